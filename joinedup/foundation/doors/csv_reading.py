"""Reading CSV files that people send (RFC 4180): the file is checked before it is read, and then row by row.

One bad row never stops the good ones. Every fault says where it is and what to do, in plain words.
"""

import codecs
import csv
import datetime
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

MOST_BYTES = 20_000_000
MOST_ROWS = 200_000
MOST_FAULTS = 1_000
LONGEST_CELL = 20_000  # characters
_SEPARATORS = ",;\t|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls
_EXCEL_BEGAN = datetime.date(1899, 12, 30)
_EXCEL_DAYS = range(20_000, 80_000)  # 1954 to 2119
_LARGEST = Decimal(10) ** 15
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|[+-]?\.\d+", re.ASCII)
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_BRITISH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})", re.ASCII)
_WRITTEN_DAY = re.compile(r"(?:(\d{1,2})[ -])?([A-Za-z]{3,9})[ -](\d{4})", re.ASCII)
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)


class FileFault(ValueError):
    """The file cannot be read at all; the message says what to do."""


class CellFault(ValueError):
    """A cell holds something else than it should; the message says what to write."""


@dataclass(frozen=True)
class Row:
    """One row: the line it begins in, counted from 1, and its cells by column, blanks round them gone."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one row, and in which column where that can be said."""

    line: int
    problem: str
    column: str = ""

    def __str__(self) -> str:
        place = _("Line %(line)s, %(column)s") if self.column else _("Line %(line)s")
        return f"{place % {'line': self.line, 'column': self.column}}: {self.problem}"


def text_of(content: bytes) -> str:
    """The file as text. UTF-8 with or without its mark, or UTF-16 with it. Raises FileFault.

    Other encodings are refused: guessing them turns names and pounds into other signs without a word.
    """
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1_000_000
        raise FileFault(_("The file is larger than %(most)s MB. Send it in parts.") % {"most": most})
    if content.startswith(_WORKBOOKS):
        raise FileFault(
            _("This is a workbook. In your spreadsheet choose Save as, then CSV UTF-8, and send that.")
        )
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise FileFault(
            _("Line %(line)s has signs that are not UTF-8. Save the file as CSV UTF-8 and send it again.")
            % {"line": line}
        ) from None
    if not text.strip():
        raise FileFault(_("The file is empty."))
    if "\0" in text:
        raise FileFault(_("This is not a text file. Save it as CSV UTF-8 and send it again."))
    return text


def _separator(heading: str) -> str:
    return max(_SEPARATORS, key=lambda sign: (heading.count(sign), -_SEPARATORS.index(sign)))


def _headings(cells: list[str], wanted: Iterable[str]) -> list[str]:
    names = [" ".join(cell.split()).lower() for cell in cells]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FileFault(_("Two columns are called %(name)s. Keep one.") % {"name": twice[0]})
    missing = [name for name in wanted if name.lower() not in names]
    if missing:
        raise FileFault(
            _("The first line should name the columns. Missing: %(names)s.") % {"names": ", ".join(missing)}
        )
    return names


def rows(content: bytes, *, wanted: Iterable[str]) -> Iterator[Row | Fault]:
    """The rows of the file and the faults among them, in the file's order; empty lines are passed over.

    Columns are found by their names in the first line, in any order and any case; others are kept as well.
    Raises FileFault before the first row when the file cannot be read at all.
    """
    lines = list(io.StringIO(text_of(content), newline=""))
    first = next(place for place, line in enumerate(lines) if line.strip())
    separator = _separator(lines[first])
    found = next(_records(lines, first, separator))
    if isinstance(found, Fault):
        raise FileFault(_("The first line should name the columns, with a comma between them."))
    _line, cells, onwards = found
    return _read(_records(lines, onwards, separator), _headings(cells, wanted))


def _records(lines: list[str], start: int, separator: str) -> Iterator[tuple[int, list[str], int] | Fault]:
    """From line `start` on: where a record begins, its cells, and where the next begins.

    After a fault it goes on with the line after that one, so a quotation mark that is never closed takes one
    line away and not all that follow.
    """
    while start < len(lines):
        reader = csv.reader(
            (lines[place] for place in range(start, len(lines))), delimiter=separator, strict=True
        )
        behind = start
        try:
            for cells in reader:
                yield behind + 1, cells, start + reader.line_num
                behind = start + reader.line_num
            return
        except csv.Error:
            yield Fault(behind + 1, _("A quotation mark is missing, or stands in the middle of a cell."))
            start = behind + 1


def _read(
    records: Iterator[tuple[int, list[str], int] | Fault], headings: list[str]
) -> Iterator[Row | Fault]:
    many = faults = 0
    for record in records:
        if isinstance(record, Fault):
            found: Row | Fault = record
        elif any(cell.strip() for cell in record[1]):
            found = _row(record[0], record[1], headings)
        else:
            continue
        many, faults = many + 1, faults + isinstance(found, Fault)
        if many > MOST_ROWS:
            problem = _("The file has more than %(most)s rows. Nothing from here on was read.")
            yield Fault(found.line, problem % {"most": MOST_ROWS})
            return
        yield found
        if faults == MOST_FAULTS:
            yield Fault(found.line, _("Too many rows are wrong. Nothing after this one was read."))
            return


def _row(line: int, cells: list[str], headings: list[str]) -> Row | Fault:
    while len(cells) > len(headings) and not cells[-1].strip():
        cells.pop()
    if len(cells) != len(headings):
        return Fault(
            line,
            _("There are %(columns)s columns, and %(cells)s here. Put text with commas in quotation marks.")
            % {"columns": len(headings), "cells": len(cells)},
        )
    for name, cell in zip(headings, cells, strict=True):
        if len(cell) > LONGEST_CELL:
            return Fault(line, _("This is longer than %(most)s signs.") % {"most": LONGEST_CELL}, name)
    return Row(line, {name: cell.strip() for name, cell in zip(headings, cells, strict=True)})


def number(text: str) -> Decimal:
    """A number as people write it: 1,234.50 or -3. Raises CellFault for anything else, an empty cell too."""
    clean = text.strip().removeprefix("£").replace("\N{MINUS SIGN}", "-").strip()
    try:
        value = Decimal(clean.replace(",", "")) if _NUMBER.fullmatch(clean) else None
    except InvalidOperation:
        value = None
    if value is None:
        if not clean:
            raise CellFault(_("Write a number. Leave the row out if there is none."))
        raise CellFault(
            _("“%(text)s” is not a number. Write it in figures, such as 1234.5.") % {"text": text[:40]}
        )
    if abs(value) >= _LARGEST:
        raise CellFault(_("This number is too large."))
    return value


def whole(text: str) -> int:
    """A whole number, nought or more. Raises CellFault."""
    value = number(text)
    if value != value.to_integral_value() or value < 0:
        raise CellFault(_("Write a whole number, nought or more."))
    return int(value)


def day(text: str, *, counted: bool = False) -> datetime.date:
    """A date: 2026-11-23, 23/11/2026, 23 November 2026, or November 2026 for its first day.

    A spreadsheet's count of days is pointed out, or with `counted` taken as the day it means.
    Raises CellFault.
    """
    clean = " ".join(text.split())
    if found := _ISO_DAY.fullmatch(clean):
        return _date(text, int(found[1]), int(found[2]), int(found[3]))
    if found := _BRITISH_DAY.fullmatch(clean):
        return _date(text, int(found[3]), int(found[2]), int(found[1]))
    if (found := _WRITTEN_DAY.fullmatch(clean)) and (month := _month(found[2])):
        return _date(text, int(found[3]), month, int(found[1] or 1))
    if clean.isdecimal() and clean.isascii() and int(clean[:9]) in _EXCEL_DAYS:
        meant = _EXCEL_BEGAN + datetime.timedelta(days=int(clean))
        if counted:
            return meant
        raise CellFault(
            _("%(text)s is how a spreadsheet counts days. If %(day)s is meant, write that.")
            % {"text": clean, "day": meant.isoformat()}
        )
    raise _no_date(text)


def _month(name: str) -> int:
    return next((place for place, month in enumerate(_MONTHS, 1) if month.startswith(name.lower())), 0)


def _date(text: str, year: int, month: int, of_month: int) -> datetime.date:
    try:
        return datetime.date(year, month, of_month)
    except ValueError:
        raise _no_date(text) from None


def _no_date(text: str) -> CellFault:
    if not text.strip():
        return CellFault(_("Write a date, such as 2026-11-23."))
    return CellFault(
        _("“%(text)s” is not a date we know. Write year, month and day, such as 2026-11-23.")
        % {"text": text[:40]}
    )
