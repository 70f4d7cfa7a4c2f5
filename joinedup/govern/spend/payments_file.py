"""Payments of a budget from a CSV file: checked row by row before anything is kept."""

import datetime
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_files, csv_reading
from joinedup.foundation.doors.csv_reading import CellFault, Fault, Row
from joinedup.govern.spend.money import LARGEST, PENNY

COLUMNS = ("on", "amount", "payee", "what_for", "reference")
_LONGEST = {"payee": 200, "what_for": 300, "reference": 80}
_SHORTENED = re.compile(r"\d+(?:\.\d+)?E\+\d+", re.IGNORECASE | re.ASCII)
_AS_IT_STOOD = "as it stood"


@dataclass(frozen=True)
class Line:
    """One payment as it stands in the file; `line` is where."""

    line: int
    reference: str
    on: datetime.date
    amount: Decimal
    payee: str
    what_for: str

    @property
    def said(self) -> tuple[datetime.date, Decimal, str, str]:
        """All but where it stands."""
        return self.on, self.amount, self.payee, self.what_for


@dataclass(frozen=True)
class Refused:
    """One row that was not taken: why, and what stood in it."""

    fault: Fault
    cells: tuple[str, ...] = ("",) * len(COLUMNS)
    raw: str = ""
    """The row as it stood, where its cells cannot be told apart."""


@dataclass
class Read:
    """What a file holds: payments by their reference, and the rows that were refused."""

    lines: dict[str, Line] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)


def read(content: bytes) -> Read:
    """The payments of a file with the columns on, amount, payee, what_for and reference.

    A reference that stands in it twice with other words or figures counts as wrong each time; twice the
    same is taken once. Raises csv_reading.FileFault.
    """
    found, seen, clashing = Read(), list[tuple[Row, Line]](), set[str]()
    raw = list(io.StringIO(csv_reading.text_of(content), newline=""))
    for row in csv_reading.rows(content, wanted=COLUMNS):
        if isinstance(row, Fault):
            found.refused.append(Refused(row, raw=raw[row.line - 1].strip()))
            continue
        try:
            line = _line(row)
        except _WrongCell as wrong:
            found.refused.append(Refused(Fault(row.line, str(wrong), wrong.column), _cells(row)))
            continue
        seen.append((row, line))
        if found.lines.setdefault(line.reference, line).said != line.said:
            clashing.add(line.reference)
    for reference in clashing:
        del found.lines[reference]
    problem = _("This reference stands here more than once with other figures or words. None was taken.")
    found.refused += [
        Refused(Fault(row.line, problem, "reference"), _cells(row))
        for row, line in seen
        if line.reference in clashing
    ]
    found.refused.sort(key=lambda refused: refused.fault.line)
    return found


class _WrongCell(CellFault):
    """What is wrong, and in which column."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column


def _plain(cell: str) -> str:
    """The cell without the ' that our own files put before what a spreadsheet would run."""
    text = cell.strip()
    return text[1:].strip() if text.startswith("'") and csv_files.safe_cell(text[1:]) == text else text


def _cells(row: Row) -> tuple[str, ...]:
    return tuple(row.cells[name] for name in COLUMNS)


def _line(row: Row) -> Line:
    cells = {name: _plain(row.cells[name]) for name in COLUMNS}
    texts = {name: _text(name, cells[name]) for name in ("reference", "payee", "what_for")}
    return Line(row.line, on=_day(cells["on"]), amount=_amount(cells["amount"]), **texts)


def _text(column: str, cell: str) -> str:
    """One line of text; whatever it begins with, it stays text and is never run."""
    text = " ".join(cell.split())
    if not text:
        raise _WrongCell(column, _("This is empty."))
    if len(text) > _LONGEST[column]:
        raise _WrongCell(column, _("This is longer than %(most)s signs.") % {"most": _LONGEST[column]})
    if column == "reference" and _SHORTENED.fullmatch(text):
        raise _WrongCell(
            column,
            _("A spreadsheet has shortened this number. Have the column shown as text and save it anew."),
        )
    return text


def _day(cell: str) -> datetime.date:
    try:
        on = csv_reading.day(cell)
    except CellFault as fault:
        raise _WrongCell("on", str(fault)) from None
    if on > timezone.localdate():
        raise _WrongCell("on", _("This day is still to come."))
    return on


def _amount(cell: str) -> Decimal:
    try:
        amount = pounds_and_pence(cell)
    except CellFault as fault:
        raise _WrongCell("amount", str(fault)) from None
    if not amount:
        raise _WrongCell("amount", _("A payment of nothing is no payment."))
    return amount


def pounds_and_pence(text: str) -> Decimal:
    """An amount as people write it: £1,234.50, 1234.5 or -50. Raises csv_reading.CellFault."""
    sign, clean = "", text.strip().replace("\N{MINUS SIGN}", "-")
    if clean.startswith("-£"):
        sign, clean = "-", clean.removeprefix("-")
    amount = csv_reading.number(clean)
    amount = -amount if sign else amount
    if abs(amount) >= LARGEST:
        raise CellFault(_("This number is too large."))
    if amount != amount.quantize(PENNY):
        raise CellFault(_("Write pounds and pence, such as 1234.50."))
    return amount.quantize(PENNY)


def headings() -> list[str]:
    """The first line of the file of refused rows; a file put right can be sent again as it is."""
    return [*COLUMNS, _("line"), _("what is wrong"), _AS_IT_STOOD]


def as_rows(refused: Iterable[Refused]) -> Iterator[list[str]]:
    """The refused rows as cells, in the order of the headings."""
    for each in refused:
        place = f"{each.fault.column}: {each.fault.problem}" if each.fault.column else each.fault.problem
        yield [*each.cells, str(each.fault.line), place, each.raw]
