"""`manage.py retention`: delete what is past its time; with `--dry-run` only say what would go."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from joinedup.foundation.dataprotection.actions import due, forget_due
from joinedup.foundation.permissions import System


class Command(BaseCommand):
    """The worker runs the same rules every six hours; running this by hand at any time is safe."""

    help = "Delete what is past its time, rule by rule."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Look before you leap."""
        parser.add_argument("--dry-run", action="store_true", help="Only say what is past its time.")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a rule."""
        by = System("retention")
        rows = due(by=by) if options["dry_run"] else forget_due(by=by)
        verb = "would go" if options["dry_run"] else "gone"
        for row in rows:
            self.stdout.write(f"{row.count:>6} {verb}  {row.rule.key}: {row.rule.what} ({row.rule.kept_for})")
