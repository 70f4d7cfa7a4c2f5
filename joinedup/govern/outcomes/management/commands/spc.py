"""`manage.py spc`: XmR charts of series in a file. It needs no database."""

import csv
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from joinedup.foundation.doors.csv_reading import FileFault
from joinedup.govern.outcomes import spc_files


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise CommandError(f"{path} cannot be read: {fault.strerror}.") from None


def _write(path: Path, headings: Iterable[str], rows: Iterable[list[str]]) -> None:
    half = path.with_name(f".{path.name}.half")
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)
    half.replace(path)


class Command(BaseCommand):
    """Rules and names of the columns: joinedup/govern/outcomes/xmr.py and spc_files.py."""

    help = "Write the points and the summary of XmR charts for the series of a file."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two files in, two files out."""
        for name, what in (
            ("cases", "how to draw each case"),
            ("series", "case_id, f, x (date) and y (value)"),
            ("points", "file to write, a row for each point"),
            ("summary", "file to write, a row for each chart"),
        ):
            parser.add_argument(f"--{name}", type=Path, required=True, help=what)

    def handle(self, *args: Any, **options: Any) -> None:
        """Good rows are drawn and bad ones named; any that is named makes the command end with 1."""
        faults: list[str] = []
        try:
            cases = spc_files.read_cases(_content(options["cases"]), faults)
            series = spc_files.read_series(_content(options["series"]), faults)
        except FileFault as fault:
            raise CommandError(str(fault)) from None
        drawn = spc_files.draw(cases, series)
        _write(options["points"], spc_files.POINT_COLUMNS, spc_files.points(drawn))
        _write(options["summary"], spc_files.SUMMARY_COLUMNS, spc_files.summary(drawn))
        faults += drawn.faults
        for left_out in faults:
            self.stderr.write(left_out)
        self.stdout.write(f"{len(drawn.charts)} charts drawn, {len(faults)} things left out.")
        if faults:
            raise CommandError("What was left out is named above.")
