"""Results as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8)."""

import csv
import io
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from joinedup.govern.programmes.models import Programme, Result

# Excel takes a file for UTF-8 only when it begins so.
MARK = "\ufeff"
_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula: a dangerous beginning gets a ' before it.

    Blanks and invisible characters before the sign do not hide it.
    """
    text = "" if value is None else str(value)
    visible = 0
    while visible < len(text) and (
        text[visible].isspace() or unicodedata.category(text[visible]) in ("Cf", "Cc")
    ):
        visible += 1
    if text.startswith(_STARTS) or text[visible:].startswith(_STARTS):
        return f"'{text}"
    return text


def meanings() -> dict[str, str]:
    """What each kind of knowing means, in the words of the page."""
    return {
        Result.Basis.MEASURED: _("Someone counted or compared it. We say who. They may not be neutral."),
        Result.Basis.CLAIMED: _("Someone says so, or judged it. We have not seen it counted."),
        Result.Basis.MIXED: _("Part was counted, and part is what people said or judged."),
    }


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Programme"), _("Project"), _("Where it is about"), _("What came of it"), _("Figure"),
        _("What the figure counts"), _("How it is known"), _("What that means"), _("Compared with"),
        _("By whom"), _("Time it is about"), _("What to bear in mind"), _("Source"), _("Publisher"),
        _("Published"), _("Web address"), _("Read by us on"),
    ]  # fmt: skip


def row(programme: Programme, result: Result) -> list[str]:
    """One result as cells, in the order of the headings."""
    cells = [
        programme.name,
        result.project.name if result.project is not None else "",
        result.get_scope_display(),
        result.statement,
        result.figure,
        result.unit,
        result.get_basis_display(),
        meanings()[result.basis],
        result.compared_with,
        result.by_whom,
        result.period or _("Not stated"),
        result.caveat,
        result.source.title,
        result.source.publisher,
        result.source.published or _("Not seen"),
        result.source.url,
        result.source.retrieved_on.isoformat(),
    ]
    return [safe_cell(cell) for cell in cells]


def written(programme: Programme, results: Iterable[Result]) -> str:
    """The whole file."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(headings())
    writer.writerows(row(programme, result) for result in results)
    return MARK + file.getvalue()
