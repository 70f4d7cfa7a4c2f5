"""CSV files that a spreadsheet opens without running anything in them (RFC 4180, UTF-8)."""

import csv
import unicodedata
from collections.abc import Iterable, Iterator

# Excel takes a file for UTF-8 only when it begins so.
MARK = "\ufeff"
_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
_UNSEEN = ("Cf", "Cc")


class _Echo:
    """What the writer writes to: hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula: a dangerous beginning gets a ' before it.

    Blanks and invisible characters before the sign do not hide it. None is an empty cell.
    Source: OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection
    """
    text = "" if value is None else str(value)
    visible = 0
    while visible < len(text) and (text[visible].isspace() or unicodedata.category(text[visible]) in _UNSEEN):
        visible += 1
    if text.startswith(_STARTS) or text[visible:].startswith(_STARTS):
        return f"'{text}"
    return text


def lines(headings: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file, line by line, every cell made safe; rows are taken only as they are needed."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield MARK + str(writer.writerow([safe_cell(heading) for heading in headings]))
    for row in rows:
        yield str(writer.writerow([safe_cell(cell) for cell in row]))
