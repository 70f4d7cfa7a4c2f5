"""Figures as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8)."""

import csv
import io
import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from joinedup.foundation.doors.csv_files import MARK, safe_cell
from joinedup.govern.outcomes.amounts import FEW, plain
from joinedup.govern.outcomes.observations import COLUMNS, PARTS
from joinedup.govern.outcomes.reading import Line, Result

# A plain number is no formula, and stays one that programs can read: -3.5, not '-3.5.
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
REFUSED = (*COLUMNS, *PARTS)


def written(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A file of these cells, each made safe."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow([safe_cell(heading) for heading in headings])
    for row in rows:
        writer.writerow([cell if _NUMBER.fullmatch(cell) else safe_cell(cell) for cell in row])
    return MARK + file.getvalue()


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Measure"), _("Area"), _("Time"), _("First day"), _("Figure"), _("Unit"), _("Numerator"),
        _("Denominator"), _("What it says"), _("Because it is"), _("Average"), _("Usual from"), _("Usual to"),
        _("Target"), _("Definition"), _("What it counts"), _("What to bear in mind"), _("Published by"),
        _("Licence"),
    ]  # fmt: skip


def row(result: Result, line: Line) -> list[str]:
    """One figure as cells, in the order of the headings."""
    measure, seen = result.measure, line.seen
    limits = line.point.limits if line.point is not None else None
    judged = limits if limits is not None and limits.lower is not None else None
    return [
        measure.name,
        measure.area,
        line.when,
        line.on.isoformat(),
        plain(seen.value) or FEW,
        str(measure.get_unit_display()),
        plain(seen.numerator),
        plain(seen.denominator),
        str(line.sign.one),
        line.why,
        plain(judged.mean) if judged else "",
        plain(judged.lower) if judged else "",
        plain(judged.upper) if judged else "",
        plain(measure.target),
        str(line.definition),
        measure.counts,
        measure.caution,
        measure.publisher,
        measure.licence,
    ]


def figures(result: Result) -> str:
    """Every figure with what it says, the oldest first."""
    return written(headings(), (row(result, line) for line in result.lines))


def refused(rows: Iterable[Iterable[str]]) -> str:
    """Rows that were not taken: correct them, and send the file again. The last columns are for people."""
    return written([*REFUSED, "line", "what is wrong", "the line as it was"], rows)
