"""Blocks that pages may hold: those of the design, and panels that other subjects offer."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from joinedup.design.blocks import CONTENT_BLOCKS, HOME_BLOCKS
from joinedup.design.content_blocks import refuse_unlicensed
from joinedup.design.link_blocks import drawing_block
from joinedup.foundation import panels


class PanelBlock(blocks.ChoiceBlock):  # type: ignore[misc]
    """A panel of another subject, such as the newest animation; it draws itself anew for each reader."""

    choices = staticmethod(panels.choices)

    class Meta:
        """How editors see it."""

        icon = "grip"
        label = _("Panel")
        help_text = _("A part of the site that keeps itself up to date.")

    def render(self, value: str, context: Mapping[str, Any] | None = None) -> SafeString:
        """The panel's own HTML; nothing outside a page."""
        request = (context or {}).get("request")
        return panels.draw(value, request) if request is not None else SafeString("")


HOME_SECTIONS = [*HOME_BLOCKS, ("panel", PanelBlock())]
CONTENT_SECTIONS = [*CONTENT_BLOCKS, ("panel", PanelBlock())]


class EasyReadRowBlock(blocks.StructBlock):  # type: ignore[misc]
    """One step of an easy read text: a picture, and one short sentence that says the same."""

    image = ImageBlock(
        required=False,
        label=_("Picture"),
        help_text=_("Choose one that shows what the sentence says. Or choose a drawing instead."),
    )
    drawing = drawing_block()
    words = blocks.TextBlock(
        max_length=160,
        rows=2,
        label=_("Sentence"),
        help_text=_("One short sentence with one idea. About 15 words at most."),
    )

    class Meta:
        """How editors see it."""

        icon = "image"
        label = _("Picture and sentence")
        template = "pages/blocks/easy_read_row.html"

    def clean(self, value: Mapping[str, Any]) -> Any:
        """Exactly one of picture and drawing: without, it is no easy read; with two, it is hard to follow."""
        cleaned = super().clean(value)
        if bool(cleaned.get("image")) == bool(cleaned.get("drawing")):
            raise StructBlockValidationError(
                {"drawing": ValidationError(_("Choose either a picture or a drawing."), code="one")}
            )
        refuse_unlicensed(cleaned.get("image"), "image")
        return cleaned


EASY_READ_SECTIONS = [
    (
        "heading",
        blocks.CharBlock(
            max_length=80,
            label=_("Heading"),
            icon="title",
            template="pages/blocks/easy_read_heading.html",
            help_text=_("A few easy words for what comes next."),
        ),
    ),
    ("row", EasyReadRowBlock()),
]
