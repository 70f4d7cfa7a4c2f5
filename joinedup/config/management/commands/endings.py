"""`manage.py endings FILE`: what has ended on this site, for a restore on another machine."""

import datetime
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.config.backup import endings


class Command(BaseCommand):
    """Quick, and as often as one likes. The file holds keys, marks and times; only its owner can read it."""

    help = "Write down what has ended (consent, roles, erasures), so that no restore brings it back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where to."""
        parser.add_argument("target", type=Path, help="The file; an older list there is replaced.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write, and say what could not be read."""
        since = datetime.datetime.now(datetime.UTC) - endings.REACH
        try:
            head = endings.write_down(options["target"], since=since)
        except OSError as fault:
            raise CommandError(f"No list was written: {fault}") from fault
        if head.unread:
            raise CommandError(f"Not everything could be read: {', '.join(head.unread)}")
        self.stdout.write(f"{options['target']}: written.")
