"""Components editors may put on any page. One block a component, one template each."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageBlock

from joinedup.design.link_blocks import (
    SHORT_FEATURES,
    TEXT_FEATURES,
    FactFigureBlock,
    LinkBlock,
    OptionalLinkBlock,
    area_block,
    drawing_block,
    heading_block,
    rich_text_block,
)


class RichSectionBlock(blocks.StructBlock):  # type: ignore[misc]
    """A heading and words under it."""

    heading = heading_block(required=False)
    text = rich_text_block(TEXT_FEATURES)

    class Meta:
        """How editors see it."""

        icon = "pilcrow"
        label = _("Heading and text")
        template = "design/blocks/rich_section.html"


class InsetBlock(blocks.StructBlock):  # type: ignore[misc]
    """Words set apart from the rest."""

    text = rich_text_block(SHORT_FEATURES, help_text=_("One thing that must not be missed. Use it rarely."))

    class Meta:
        """How editors see it."""

        icon = "openquote"
        label = _("Inset text")
        template = "design/blocks/inset.html"


class WarningCalloutBlock(blocks.StructBlock):  # type: ignore[misc]
    """A warning people need before they go on."""

    heading = heading_block(_("What the warning is about, such as “If you are in danger now”."))
    text = rich_text_block(SHORT_FEATURES, help_text=_("What to do, and whom to call."))

    class Meta:
        """How editors see it."""

        icon = "warning"
        label = _("Warning")
        template = "design/blocks/warning.html"


class CardBlock(blocks.StructBlock):  # type: ignore[misc]
    """One place to go to, with a line about it."""

    heading = heading_block(_("What people find there."))
    text = blocks.TextBlock(
        required=False, rows=2, label=_("Text"), help_text=_("One or two short sentences.")
    )
    link = LinkBlock(label=_("Leads to"))
    area = area_block()

    class Meta:
        """How editors see it."""

        icon = "form"
        label = _("Card")
        template = "design/blocks/card.html"


class CardGroupBlock(blocks.StructBlock):  # type: ignore[misc]
    """Two or more cards side by side."""

    heading = heading_block(required=False)
    cards = blocks.ListBlock(CardBlock(), min_num=1, max_num=12, label=_("Cards"))

    class Meta:
        """How editors see it."""

        icon = "grip"
        label = _("Group of cards")
        template = "design/blocks/card_group.html"


class DetailsBlock(blocks.StructBlock):  # type: ignore[misc]
    """Words that only some readers need, folded away."""

    summary = blocks.CharBlock(
        max_length=120, label=_("Question or title"), help_text=_("What people press to open it.")
    )
    text = rich_text_block(TEXT_FEATURES, help_text=_("Never fold away what everyone needs."))

    class Meta:
        """How editors see it."""

        icon = "collapse-down"
        label = _("Expander")
        template = "design/blocks/details.html"


class DoAndDontBlock(blocks.StructBlock):  # type: ignore[misc]
    """What to do and what not to do, in two lists."""

    do = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Do")),
        default=[],
        label=_("Do"),
        help_text=_("Start with a verb."),
    )
    dont = blocks.ListBlock(
        blocks.CharBlock(max_length=200, label=_("Do not")),
        default=[],
        label=_("Do not"),
        help_text=_("Start with a verb; the words “do not” are added."),
    )

    class Meta:
        """How editors see it."""

        icon = "tasks"
        label = _("Do and do not")
        template = "design/blocks/do_and_dont.html"

    def clean(self, value: Mapping[str, Any]) -> Any:
        """Two empty lists say nothing."""
        cleaned = super().clean(value)
        if not cleaned["do"] and not cleaned["dont"]:
            raise StructBlockValidationError(
                {"do": ValidationError(_("Write at least one thing to do or not to do."), code="empty")}
            )
        return cleaned


class SummaryRowBlock(blocks.StructBlock):  # type: ignore[misc]
    """One line of a summary list."""

    label = blocks.CharBlock(
        max_length=80, label=_("Label"), help_text=_("What the value is, such as “Opening times”.")
    )
    value = blocks.TextBlock(rows=2, label=_("Value"), help_text=_("New lines are kept."))

    class Meta:
        """How editors see it."""

        label = _("Line")


class SummaryListBlock(blocks.StructBlock):  # type: ignore[misc]
    """Labels and values, one pair a line."""

    heading = heading_block(required=False)
    rows = blocks.ListBlock(SummaryRowBlock(), min_num=1, label=_("Lines"))

    class Meta:
        """How editors see it."""

        icon = "list-ul"
        label = _("Summary list")
        template = "design/blocks/summary_list.html"


class FactFiguresBlock(blocks.StructBlock):  # type: ignore[misc]
    """Numbers side by side, each with its meaning and source."""

    heading = heading_block(required=False)
    figures = blocks.ListBlock(FactFigureBlock(), min_num=1, max_num=9, label=_("Figures"))

    class Meta:
        """How editors see it."""

        icon = "order"
        label = _("Figures")
        template = "design/blocks/facts.html"


class QuoteBlock(blocks.StructBlock):  # type: ignore[misc]
    """Someone's own words."""

    text = blocks.TextBlock(
        rows=3, label=_("Words"), help_text=_("As they were said. No quotation marks needed.")
    )
    who = blocks.CharBlock(
        max_length=120, label=_("Who said it"), help_text=_("A name only with that person's consent.")
    )
    role = blocks.CharBlock(
        required=False, max_length=160, label=_("Who that is"), help_text=_("Such as “carer, Bow”.")
    )
    is_invented = blocks.BooleanBlock(
        required=False, label=_("Invented example"), help_text=_("Readers are told that nobody said this.")
    )

    class Meta:
        """How editors see it."""

        icon = "openquote"
        label = _("Quote")
        template = "design/blocks/quote.html"


class StepBlock(blocks.StructBlock):  # type: ignore[misc]
    """One dated step."""

    when = blocks.CharBlock(
        max_length=80,
        label=_("When"),
        help_text=_("Words for the date, as sure as you are: “by 2017”, “31 March 2018”."),
    )
    title = heading_block(_("What happened, in a few words."), required=False)
    text = rich_text_block(SHORT_FEATURES, required=False)
    source = blocks.CharBlock(required=False, max_length=200, label=_("Source"), help_text=_("Who says so."))
    source_url = blocks.URLBlock(
        required=False, label=_("Address of the source"), help_text=_("Where a reader can check it.")
    )

    class Meta:
        """How editors see it."""

        label = _("Step")


class StepsBlock(blocks.StructBlock):  # type: ignore[misc]
    """Dated steps in order: a history, or what happens next."""

    heading = heading_block(required=False)
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        """How editors see it."""

        icon = "history"
        label = _("Steps with dates")
        template = "design/blocks/steps.html"


class ButtonLinkBlock(blocks.StructBlock):  # type: ignore[misc]
    """The one thing to do next."""

    label = blocks.CharBlock(
        max_length=80, label=_("Words"), help_text=_("Start with a verb: “Send your idea”.")
    )
    link = LinkBlock(label=_("Leads to"))
    style = blocks.ChoiceBlock(
        choices=[("action", _("Arrow")), ("button", _("Button"))],
        default="action",
        label=_("Look"),
        help_text=_("A button only for the most important step of the page."),
    )

    class Meta:
        """How editors see it."""

        icon = "arrow-right"
        label = _("Next step")
        template = "design/blocks/button_link.html"


def refuse_unlicensed(picture: Any, field: str) -> None:
    """Refuse a picture that says of itself that it may not be shown (see `may_be_shown` of pictures)."""
    if picture is not None and not getattr(picture, "may_be_shown", True):
        words = _("Say first who made this picture and by which licence we may show it, under Images.")
        raise StructBlockValidationError({field: ValidationError(words, code="licence")})


class ImageWithAltBlock(blocks.StructBlock):  # type: ignore[misc]
    """A picture, described for those who cannot see it."""

    image = ImageBlock(
        label=_("Picture"), help_text=_("Describe what it shows; tick “decorative” only if it says nothing.")
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Caption"),
        help_text=_("Words everyone reads below the picture."),
    )
    credit = blocks.CharBlock(
        required=False,
        max_length=160,
        label=_("Credit"),
        help_text=_("Who made it, and by which licence we show it."),
    )

    class Meta:
        """How editors see it."""

        icon = "image"
        label = _("Picture")
        template = "design/blocks/image.html"

    def clean(self, value: Mapping[str, Any]) -> Any:
        """A picture without licence and credit goes on no page."""
        cleaned = super().clean(value)
        refuse_unlicensed(cleaned.get("image"), "image")
        return cleaned


class DrawingBlock(blocks.StructBlock):  # type: ignore[misc]
    """One of our own drawings."""

    drawing = drawing_block(default="people")
    words = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Description"),
        help_text=_("For those who cannot see it. Leave it empty if the drawing only decorates."),
    )
    caption = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Caption"),
        help_text=_("Words everyone reads below the drawing."),
    )

    class Meta:
        """How editors see it."""

        icon = "image"
        label = _("Drawing")
        template = "design/blocks/drawing.html"


class ContactBlock(blocks.StructBlock):  # type: ignore[misc]
    """One way to reach somebody."""

    name = blocks.CharBlock(
        max_length=120, label=_("Name"), help_text=_("Of the team or service, not of a person.")
    )
    text = blocks.TextBlock(
        required=False, rows=2, label=_("What for"), help_text=_("When to use this contact.")
    )
    phone = blocks.CharBlock(
        required=False, max_length=40, label=_("Phone"), help_text=_("With spaces, as people read it.")
    )
    hours = blocks.CharBlock(
        required=False, max_length=160, label=_("Hours"), help_text=_("When somebody answers.")
    )
    email = blocks.EmailBlock(
        required=False, label=_("Email"), help_text=_("An address several people read.")
    )
    address = blocks.TextBlock(
        required=False, rows=3, label=_("Postal address"), help_text=_("New lines are kept.")
    )
    link = OptionalLinkBlock(label=_("More about it"))

    class Meta:
        """How editors see it."""

        label = _("Contact")


class ContactListBlock(blocks.StructBlock):  # type: ignore[misc]
    """Ways to reach us."""

    heading = heading_block(required=False)
    contacts = blocks.ListBlock(ContactBlock(), min_num=1, label=_("Contacts"))

    class Meta:
        """How editors see it."""

        icon = "mail"
        label = _("Contacts")
        template = "design/blocks/contacts.html"
