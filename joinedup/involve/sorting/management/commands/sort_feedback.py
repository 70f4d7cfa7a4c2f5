"""`manage.py sort_feedback IN.csv OUT.csv`: suggestions for a file of comments. It needs no database."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.filing import FileFault, Filing
from joinedup.involve.sorting.weights import WeightsFault


class Command(BaseCommand):
    """Says on stderr, by line, what was odd. It never repeats what a comment says."""

    help = "Write a copy of a file of comments with suggested themes, tone and confidence."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file in, one file out."""
        parser.add_argument("source", type=Path, help="CSV with a column called text, and question if known")
        parser.add_argument("target", type=Path, help="CSV to write")
        parser.add_argument(
            "--for-spreadsheet",
            action="store_true",
            help="Put a ' before cells that a spreadsheet would run. Without it all cells are as they came.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Sort every row and say how many."""
        began = time.perf_counter()
        try:
            filing = Filing(Sorter.load(), is_for_spreadsheet=options["for_spreadsheet"])
            filed = filing.sort(options["source"], options["target"])
        except (FileFault, WeightsFault) as fault:
            raise CommandError(str(fault)) from None
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be read or written: {fault.strerror}.") from None
        spent = time.perf_counter() - began
        for odd in filed.odd:
            self.stderr.write(odd)
        self.stderr.write(
            f"{filed.rows:,} rows sorted in {spent:.1f} s ({filed.rows / spent:,.0f} a second); "
            f"{filed.wordless:,} without words, {len(filed.odd):,} remarks."
        )
