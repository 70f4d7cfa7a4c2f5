"""A file of comments in, the same file with suggestions out: every row, in order, its cells unchanged.

`foundation/doors/csv_reading.py` fits imports, where a bad row is refused. Here every row must come out, so
nothing is refused that can be read at all: what was odd about a row is told, and the row is sorted.
"""

import codecs
import csv
import io
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from joinedup.foundation.doors import csv_files
from joinedup.involve.sorting.engine import Sorter, Suggestion

ADDED = (
    "pred_theme_p0",
    "pred_theme_p1",
    "pred_criticality",
    "pred_sentiment3",
    "pred_sentiment5",
    "confidence",
)
MOST_BYTES = 500_000_000
_AT_ONCE = 600
_NOT_UTF8 = "signs that are not UTF-8, read as Windows-1252"
_MOST_LINES = 500  # of one comment whose quotation marks are out of place
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx and ods; xls


class FileFault(ValueError):
    """The file cannot be sorted at all; the message says what to do."""


@dataclass(frozen=True)
class Record:
    """One row: the line it begins in, counted from 1, its cells, and what was odd about it."""

    line: int
    cells: list[str]
    odd: tuple[str, ...] = ()


def lines_of(content: bytes) -> tuple[list[str], set[int]]:
    """The lines with their ends, and which of them, counted from 0, were not UTF-8. Raises FileFault.

    UTF-8 with or without its mark, UTF-16 with its mark; a line that is neither is read as Windows-1252.
    """
    if len(content) > MOST_BYTES:
        raise FileFault(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Sort it in parts.")
    if not content.strip():
        raise FileFault("The file is empty. Its first line should name the columns.")
    if content.startswith(_WORKBOOKS):
        raise FileFault("This is a workbook. Save it as CSV UTF-8 and sort that.")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _cut(content.decode("utf-16", errors="replace")), set()
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return _cut(content.decode("utf-8")), set()
    except UnicodeDecodeError:
        return _line_by_line(content)


def _cut(text: str) -> list[str]:
    return list(io.StringIO(text, newline=""))


def _line_by_line(content: bytes) -> tuple[list[str], set[int]]:
    lines: list[str] = []
    odd: set[int] = set()
    for raw in content.splitlines(keepends=True):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError:
            odd.add(len(lines))
            lines.append(raw.decode("cp1252", errors="replace"))
    return lines, odd


def records(lines: Sequence[str], not_utf8: set[int]) -> Iterator[Record]:
    """The rows, the heading first; empty lines are passed over. Quotation marks out of place stop nothing."""
    start = 0
    while start < len(lines):
        reader = csv.reader((lines[place] for place in range(start, len(lines))), strict=True)
        ended = start
        try:
            for cells in reader:
                begun, ended = ended, start + reader.line_num
                if cells:
                    is_odd = bool(not_utf8) and not not_utf8.isdisjoint(range(begun, ended))
                    yield Record(begun + 1, cells, (_NOT_UTF8,) if is_odd else ())
            return
        except csv.Error:
            found, start = _mended(lines, ended)
            yield found


def _mended(lines: Sequence[str], start: int) -> tuple[Record, int]:
    """A row with quotation marks out of place: taken whole if it ends soon, else its first line alone."""
    soon = lines[start : start + _MOST_LINES]
    reader = csv.reader(iter(soon))
    cells = next(reader)
    taken = reader.line_num
    if taken == len(soon) and taken > 1:
        cells, taken = next(csv.reader([soon[0]])), 1
    cells = [cell.rstrip("\r\n") if place == len(cells) - 1 else cell for place, cell in enumerate(cells)]
    return Record(start + 1, cells, ("a quotation mark is missing or out of place",)), start + taken


def _fitted(record: Record, width: int) -> Record:
    many = len(record.cells)
    if many == width:
        return record
    if many < width:
        odd = f"{many} cells for {width} columns, the rest taken as blank"
        return Record(record.line, record.cells + [""] * (width - many), (*record.odd, odd))
    odd = f"{many} cells for {width} columns, what is beyond them left out"
    return Record(record.line, record.cells[:width], (*record.odd, odd))


def _headings(first: Record) -> list[str]:
    names = [cell.strip().lower() for cell in first.cells]
    if "text" not in names:
        raise FileFault("The first line should name the columns. Missing: text.")
    if names.count("text") > 1 or names.count("question") > 1:
        raise FileFault("Two columns are called text, or question. Keep one.")
    return names


def cells_of(found: Suggestion) -> list[str]:
    """A suggestion as train.csv writes its labels; blank but for the confidence where there is none."""
    if not found.theme_p0:
        return ["", "", "", "", "", "0.000"]
    return [
        found.theme_p0,
        found.theme_p1,
        f"{found.criticality}.0",
        found.sentiment3,
        f"{found.sentiment5}.0",
        f"{found.confidence:.3f}",
    ]


@dataclass
class Filed:
    """What was done: how many rows, how many of them have no words, and what was odd, a line each."""

    rows: int
    wordless: int
    odd: list[str]


class Filing:
    """Sorts one file. `is_for_spreadsheet`: a ' goes before cells that a spreadsheet would run."""

    def __init__(self, sorter: Sorter, *, is_for_spreadsheet: bool = False) -> None:
        self.sorter = sorter
        self.is_for_spreadsheet = is_for_spreadsheet
        self.filed = Filed(0, 0, [])

    def sort(self, source: Path, target: Path) -> Filed:
        """Read one file, write the other whole or not at all. Raises FileFault and OSError."""
        if target.resolve() == source.resolve():
            raise FileFault("The file to write is the file to read. Name another.")
        csv.field_size_limit(sys.maxsize)
        found = records(*lines_of(source.read_bytes()))
        half = target.with_name(f".{target.name}.half")
        try:
            with half.open("w", encoding="utf-8", newline="") as file:
                file.writelines(self._written(found))
            half.replace(target)
        finally:
            half.unlink(missing_ok=True)
        return self.filed

    def _written(self, found: Iterator[Record]) -> Iterator[str]:
        first = next(found, Record(1, []))
        names = _headings(first)
        kept = [place for place, name in enumerate(names) if name not in ADDED]
        rows = self._rows(found, names, kept)
        headings = [first.cells[place] for place in kept] + list(ADDED)
        if self.is_for_spreadsheet:
            return csv_files.lines(headings, rows)
        return _plain_lines([headings], rows)

    def _rows(self, found: Iterator[Record], names: list[str], kept: list[int]) -> Iterator[list[str]]:
        text = names.index("text")
        question = names.index("question") if "question" in names else None
        while batch := [_fitted(record, len(names)) for record in islice(found, _AT_ONCE)]:
            asked = [record.cells[question] if question is not None else "" for record in batch]
            texts = [record.cells[text] for record in batch]
            suggested = self.sorter.suggest(texts, asked, with_words=False)
            for record, suggestion in zip(batch, suggested, strict=True):
                self._note(record, suggestion)
                yield [record.cells[place] for place in kept] + cells_of(suggestion)

    def _note(self, record: Record, suggestion: Suggestion) -> None:
        self.filed.rows += 1
        odd = record.odd
        if not suggestion.theme_p0:
            self.filed.wordless += 1
            odd = (*odd, "no words, so nothing is suggested")
        self.filed.odd += [f"Line {record.line}: {what}" for what in odd]


class _Line:
    """What the writer writes to: hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def _plain_lines(*parts: Iterable[list[str]]) -> Iterator[str]:
    writer = csv.writer(_Line())
    return (str(writer.writerow(row)) for part in parts for row in part)
