"""Parts other blocks are made of: links, areas, drawings, figures."""

import re
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from joinedup.design.drawings import drawing_choices

# A path of this site, an anchor, or a full address; never "//host" or "/\host", which look
# like paths and are not: browsers read a backslash there as a slash.
ADDRESS = re.compile(r"^(/(?![/\\])\S*|#\S+|https?://\S+|mailto:\S+@\S+|tel:\+?[\d]+)$")

TEXT_FEATURES = ["h3", "h4", "bold", "ol", "ul", "link"]
SHORT_FEATURES = ["bold", "ol", "ul", "link"]

AREA_CHOICES = [
    ("inform", _("Telling: pages, news (river)")),
    ("involve", _("Hearing: feedback, ideas (brick)")),
    ("coordinate", _("Helping: services, care (leaf)")),
    ("govern", _("Answering for it: figures, decisions (plum)")),
]


def validate_address(address: str) -> None:
    """Refuse what is neither a path of this site nor a full address (so no script addresses either)."""
    if not ADDRESS.match(address):
        raise ValidationError(
            _("Enter a path such as /contact/ or a full address such as https://www.example.org/"),
            code="address",
        )


class LinkValue(blocks.StructValue):  # type: ignore[misc]
    """The value of a link, with the one address it leads to."""

    @property
    def href(self) -> str:
        """Address of the chosen page, else the typed address, else nothing."""
        page = self.get("page")
        if page is not None:
            return str(page.url or "")
        return str(self.get("address") or "")


class LinkBlock(blocks.StructBlock):  # type: ignore[misc]
    """A page of this site, or an address. Exactly one of the two."""

    page = blocks.PageChooserBlock(
        required=False,
        label=_("Page"),
        help_text=_("A page of this website. It stays right when the page moves."),
    )
    address = blocks.CharBlock(
        required=False,
        max_length=500,
        label=_("Or an address"),
        validators=[validate_address],
        help_text=_("A path such as /have-your-say/ or a full address of another website."),
    )

    class Meta:
        """How editors see it."""

        icon = "link"
        label = _("Link")
        value_class = LinkValue
        needs_target = True

    def clean(self, value: Mapping[str, Any]) -> Any:
        """Ask for one target, not two."""
        cleaned = super().clean(value)
        if cleaned.get("page") and cleaned.get("address"):
            raise StructBlockValidationError(
                {"address": ValidationError(_("Choose a page or type an address, not both."), code="both")}
            )
        if self.meta.needs_target and not (cleaned.get("page") or cleaned.get("address")):
            raise StructBlockValidationError(
                {"page": ValidationError(_("Choose a page or type an address."), code="required")}
            )
        return cleaned


class OptionalLinkBlock(LinkBlock):
    """A link that may be left out."""

    class Meta:
        """How editors see it."""

        needs_target = False


class FactFigureBlock(blocks.StructBlock):  # type: ignore[misc]
    """One number, what it means and where it comes from."""

    number = blocks.CharBlock(
        max_length=40, label=_("Number"), help_text=_("As people should read it: 310,300 or 1 in 4.")
    )
    meaning = blocks.TextBlock(
        label=_("What it means"), rows=2, help_text=_("One short sentence: what the number counts, and when.")
    )
    source = blocks.CharBlock(
        max_length=200, label=_("Source"), help_text=_("Who published it, and in which year.")
    )
    source_url = blocks.URLBlock(
        required=False, label=_("Address of the source"), help_text=_("Where a reader can check it.")
    )

    class Meta:
        """How editors see it."""

        icon = "order"
        label = _("Figure")


def heading_block(help_text: Any = None, *, required: bool = True) -> blocks.CharBlock:
    """The heading of a section, a second-level heading on the page."""
    return blocks.CharBlock(
        required=required,
        max_length=120,
        label=_("Heading"),
        help_text=help_text or _("A few plain words; say what the section is about."),
    )


def rich_text_block(
    features: list[str], *, required: bool = True, help_text: Any = None
) -> blocks.RichTextBlock:
    """Formatted words, without the top two heading levels."""
    return blocks.RichTextBlock(
        features=features,
        required=required,
        label=_("Text"),
        help_text=help_text or _("Short sentences, plain words. Say “you” and “we”."),
    )


def area_block(*, required: bool = False) -> blocks.ChoiceBlock:
    """Which of the four areas a thing belongs to; draws the coloured edge."""
    return blocks.ChoiceBlock(
        choices=AREA_CHOICES,
        required=required,
        label=_("Area"),
        help_text=_("Draws the coloured edge. The words must say the same without it."),
    )


def drawing_block(*, default: str | None = None) -> blocks.ChoiceBlock:
    """One of our own drawings."""
    return blocks.ChoiceBlock(
        choices=drawing_choices,
        required=False,
        default=default,
        label=_("Drawing"),
        help_text=_("One of our own drawings of the borough, or none."),
    )


def link_label_block() -> blocks.CharBlock:
    """The words of a link; they start with a verb."""
    return blocks.CharBlock(
        required=False,
        max_length=80,
        label=_("Words of the link"),
        help_text=_("Start with a verb, and make sense alone: “Read about the partnership”."),
    )
