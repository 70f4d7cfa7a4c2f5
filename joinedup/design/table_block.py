"""A small table editors type as lines of text: faster than a grid, and easy to paste into."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


def cells(line: str) -> list[str]:
    """The cells of one line of a table."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


class TableValue(blocks.StructValue):  # type: ignore[misc]
    """A table as typed, with its cells taken apart."""

    @property
    def header(self) -> list[str]:
        """The heads of the columns."""
        return cells(self["columns"])

    @property
    def body(self) -> list[list[str]]:
        """The rows, each a list of cells."""
        return [cells(line) for line in self["rows"].splitlines() if line.strip()]


class TableBlock(blocks.StructBlock):  # type: ignore[misc]
    """A small table with a caption and a header row."""

    caption = blocks.CharBlock(
        max_length=160, label=_("Caption"), help_text=_("The message of the table in one sentence.")
    )
    columns = blocks.CharBlock(
        max_length=300,
        label=_("Heads of the columns"),
        help_text=_("Separated by | such as: Day | Opens | Closes"),
    )
    rows = blocks.TextBlock(
        rows=8,
        label=_("Rows"),
        help_text=_("One row a line, cells separated by | in the order of the heads."),
    )
    first_column_is_header = blocks.BooleanBlock(
        required=False, default=True, label=_("The first cell names its row"), help_text=_("Usually yes.")
    )

    class Meta:
        """How editors see it."""

        icon = "table"
        label = _("Table")
        template = "design/blocks/table.html"
        value_class = TableValue

    def clean(self, value: Mapping[str, Any]) -> Any:
        """Every row needs as many cells as there are heads."""
        cleaned = super().clean(value)
        wanted = len(cleaned.header)
        for number, row in enumerate(cleaned.body, start=1):
            if len(row) != wanted:
                words = _("Row %(row)s has %(found)s cells; there are %(wanted)s heads.")
                details = {"row": number, "found": len(row), "wanted": wanted}
                raise StructBlockValidationError(
                    {"rows": ValidationError(words, code="cells", params=details)}
                )
        return cleaned
