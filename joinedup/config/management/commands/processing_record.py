"""`manage.py processing_record`: the record of processing (UK GDPR article 30), from the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from joinedup.config.house import processing


class Command(BaseCommand):
    """Prints it; with `--write` puts it in docs, where a test compares it with the code."""

    help = "Print the record of processing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One switch."""
        parser.add_argument("--write", action="store_true", help="Write docs/record-of-processing.md.")

    def handle(self, *args: Any, **options: Any) -> None:
        """To the screen or to the file."""
        if options["write"]:
            processing.FILE.write_text(processing.record(), encoding="utf-8")
            self.stdout.write(f"Written to {processing.FILE}.")
        else:
            self.stdout.write(processing.record(), ending="")
