"""`manage.py backup FILE`: database and uploads in one file, while the site runs."""

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from joinedup.config.backup import endings
from joinedup.config.backup.archive import BadArchive
from joinedup.config.backup.making import back_up
from joinedup.config.backup.restoring import settle_if_alone

PREFIX, SUFFIX = "joinedup-", ".tar.gz"


class Command(BaseCommand):
    """Never overwrites. Given a folder, it names the file by the time, and can throw away the oldest."""

    help = "Write the whole site (database and uploads) to one file that only its owner can read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to, and how many to keep there."""
        parser.add_argument("target", type=Path, help="A new file, or a folder.")
        parser.add_argument("--keep", type=int, help="In a folder: keep only so many of the newest.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, then say what is in it."""
        target, keep = Path(options["target"]), options["keep"]
        if keep is not None and (keep < 1 or not target.is_dir()):
            raise CommandError("--keep takes a number from 1, and a folder to keep them in.")
        if is_folder := target.is_dir():
            now = datetime.datetime.now(datetime.UTC)
            target /= f"{PREFIX}{now:%Y%m%dT%H%M%SZ}{SUFFIX}"
        try:
            settle_if_alone()  # a restore that was killed is finished first
            manifest = back_up(target)
        except FileExistsError as fault:
            raise CommandError(
                f"{target} is there already, and a backup never overwrites anything."
            ) from fault
        except (BadArchive, OSError, Error) as fault:
            raise CommandError(f"No backup was made: {fault}") from fault
        self.stdout.write(
            f"{target}: {sum(manifest.rows.values())} rows of {len(manifest.rows)} tables, "
            f"{len(manifest.files) - 1} uploads, {target.stat().st_size} bytes."
        )
        if is_folder:
            self._leave_endings(target.parent)
        if is_folder and keep is not None:
            for old in sorted(target.parent.glob(f"{PREFIX}*{SUFFIX}"))[:-keep]:
                old.unlink()
                self.stdout.write(f"{old.name}: deleted, {keep} newer ones are kept.")

    def _leave_endings(self, folder: Path) -> None:
        """The newest list of what has ended lies beside the archives, for when an older one is put back."""
        since = datetime.datetime.now(datetime.UTC) - endings.REACH
        try:
            head = endings.write_down(folder / endings.NAME, since=since)
        except OSError as fault:
            raise CommandError(f"The backup was made, but no list of what has ended: {fault}") from fault
        if head.unread:
            raise CommandError(
                f"The backup was made, but not read was what has ended: {', '.join(head.unread)}"
            )
