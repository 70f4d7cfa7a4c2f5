"""`manage.py restore FILE`: puts the site back as a backup has it, whole or not at all."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import Error

from joinedup.config.backup.archive import BadArchive
from joinedup.config.backup.making import key_mark
from joinedup.config.backup.restoring import Unfinished, restore


class Command(BaseCommand):
    """Stop server and worker first. Staff have to sign in again afterwards."""

    help = "Put database and uploads back from a file that `manage.py backup` wrote."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where from; `--replace` for a place where somebody has worked already."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--replace", action="store_true", help="Throw away what is there now.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring it back and say what came."""
        try:
            manifest = restore(options["archive"], replace=options["replace"])
        except Unfinished as fault:
            raise CommandError(
                f"The database is back, but not everything else: {fault}\nMend that, then start the worker: "
                "it finishes what is left."
            ) from fault
        except (BadArchive, OSError, Error) as fault:
            raise CommandError(f"Nothing was changed. {fault}") from fault
        self.stdout.write(
            f"The site is as it was on {manifest.made_at}: {len(manifest.rows) or 'all'} tables, "
            f"{len(manifest.files) - 1} uploads. Now start server and worker."
        )
        if manifest.key_mark != key_mark():
            self.stderr.write(
                "JOINEDUP_SECRET_KEY is another one than then: links in mails and one-time codes of that "
                "time work only with the old key in JOINEDUP_OLD_SECRET_KEYS."
            )
