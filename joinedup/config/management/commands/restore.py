"""`manage.py restore FILE`: puts the site back as a backup has it, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from joinedup.config.backup.archive import BadArchive
from joinedup.config.backup.making import key_mark
from joinedup.config.backup.restoring import Restored, Unfinished, restore

BY_HAND = "see “What a restore must not bring back” in docs/operations.md for what to look at by hand."


class Command(BaseCommand):
    """Stop server and worker first. Staff have to sign in again afterwards."""

    help = "Put database and uploads back from a file that `manage.py backup` wrote."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from; `--replace` for a place where somebody has worked already."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--replace", action="store_true", help="Throw away what is there now.")
        parser.add_argument(
            "--endings", type=Path, help="A list of what has ended, from `backup` or `endings`."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back and say what came."""
        try:
            found = restore(options["archive"], replace=options["replace"], given=options["endings"])
        except Unfinished as fault:
            raise CommandError(
                f"The database is back, but not everything else: {fault}\nMend that, then start the worker: "
                "it finishes what is left."
            ) from fault
        except (BadArchive, OSError, Error) as fault:
            raise CommandError(f"Nothing was changed. {fault}") from fault
        manifest = found.manifest
        self.stdout.write(
            f"The site is as it was on {manifest.made_at}: {len(manifest.rows) or 'all'} tables, "
            f"{len(manifest.files) - 1} uploads. Now start server and worker."
        )
        self._tell_endings(found)
        if manifest.key_mark != key_mark():
            self.stderr.write(
                "JOINEDUP_SECRET_KEY is another one than then: links in mails and one-time codes of that "
                "time work only with the old key in JOINEDUP_OLD_SECRET_KEYS."
            )

    def _tell_endings(self, found: Restored) -> None:
        """Say what was ended again, and plainly where that could not be known."""
        for what, count in [pair for each in found.ended for pair in each.counts.items()]:
            self.stdout.write(f"Kept as it was before the restore: {count} {what}.")
        if found.was_empty and not found.was_given:
            self.stderr.write(
                "There was nothing here to read, so nobody knows what has ended since the backup was made. "
                f"People who left or were erased, and staff whose roles ended, may be back: {BY_HAND}"
            )
        elif found.unread and not found.was_empty:
            unread = ", ".join(found.unread)
            self.stderr.write(f"Not all could be read here of what has ended ({unread}): {BY_HAND}")
        if not all(each.is_of_this_site for each in found.ended):
            self.stderr.write(f"A list of what has ended is of another site and was not used: {BY_HAND}")
