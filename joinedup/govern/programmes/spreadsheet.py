"""Results as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_files
from joinedup.govern.programmes.models import Programme, Result


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


def row(programme: Programme, result: Result) -> list[object]:
    """One result as cells, in the order of the headings."""
    return [
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


def written(programme: Programme, results: Iterable[Result]) -> str:
    """The whole file."""
    return "".join(csv_files.lines(headings(), (row(programme, result) for result in results)))
