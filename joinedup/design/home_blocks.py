"""Sections of the home page, in the order the partnership's first page had them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from joinedup.design.icons import icon_choices
from joinedup.design.link_blocks import (
    SHORT_FEATURES,
    FactFigureBlock,
    OptionalLinkBlock,
    area_block,
    drawing_block,
    heading_block,
    link_label_block,
    rich_text_block,
    validate_address,
)

NEWSLETTER_ADDRESS = "/newsletter/"


class SectionBlock(blocks.StructBlock):  # type: ignore[misc]
    """What all sections of the home page share: an area and a picture beside the heading."""

    class Meta:
        """Each section says its own area and picture."""

        group = _("Home page")
        section_area = "inform"
        section_icon = "people"

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Give the template the area and the picture of the section."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        return context | {"section_area": self.meta.section_area, "section_icon": self.meta.section_icon}


class WayInBlock(blocks.StructBlock):  # type: ignore[misc]
    """One of the big plain ways in on the first screen."""

    label = blocks.CharBlock(
        max_length=40, label=_("Words"), help_text=_("Two or three words, such as “Find help”.")
    )
    line = blocks.CharBlock(max_length=90, label=_("One line"), help_text=_("What people can do there."))
    href = blocks.CharBlock(
        max_length=300,
        label=_("Address"),
        validators=[validate_address],
        help_text=_("A path such as /find-help/."),
    )
    area = area_block(required=True)
    icon = blocks.ChoiceBlock(
        choices=icon_choices,
        required=False,
        label=_("Picture"),
        help_text=_("The small picture beside the words; empty takes the one of the area."),
    )

    class Meta:
        """How editors see it."""

        icon = "arrow-right"
        label = _("Way in")
        template = "design/blocks/way_in.html"


class HomeIntroBlock(SectionBlock):
    """The first screen: one sentence and the ways in."""

    heading = heading_block(_("The main heading of the home page: what this is."))
    sentence = blocks.TextBlock(rows=2, label=_("One sentence"), help_text=_("What we do for the reader."))
    drawing = drawing_block(default="hero")
    drawing_words = blocks.CharBlock(
        required=False,
        max_length=250,
        label=_("Description of the drawing"),
        help_text=_("For those who cannot see it. Leave it empty if the drawing only decorates."),
    )
    ways = blocks.ListBlock(
        WayInBlock(), min_num=1, max_num=6, label=_("Ways in"), help_text=_("Four is best.")
    )

    class Meta:
        """How editors see it."""

        icon = "home"
        label = _("First screen")
        template = "design/blocks/home_intro.html"


class TextSectionBlock(SectionBlock):
    """A section of heading, words, drawing and one link; the blocks below differ in meaning and colour."""

    heading = heading_block()
    text = rich_text_block(SHORT_FEATURES)
    drawing = drawing_block()
    link_label = link_label_block()
    link = OptionalLinkBlock(label=_("Leads to"))

    class Meta:
        """How editors see it."""

        template = "design/blocks/text_section.html"


class WhatWeAreBlock(TextSectionBlock):
    """What the partnership is."""

    class Meta:
        """How editors see it."""

        icon = "group"
        label = _("What we are")
        section_area = "inform"
        section_icon = "partners"


class PartnersSectionBlock(SectionBlock):
    """The partners. The page gives `partners`: `name` and, if known, `kind`, `text`, `href`, `logo`."""

    heading = heading_block()
    text = rich_text_block(SHORT_FEATURES, required=False)
    link_label = link_label_block()
    link = OptionalLinkBlock(label=_("Leads to"))

    class Meta:
        """How editors see it."""

        icon = "group"
        label = _("Our partners")
        template = "design/blocks/partners.html"
        section_area = "inform"
        section_icon = "people"


class MilestoneSectionBlock(SectionBlock):
    """A milestone of the past and what came of it, such as the Vanguard programme."""

    heading = heading_block()
    when = blocks.CharBlock(
        required=False, max_length=80, label=_("When"), help_text=_("Such as “2015 to 31 March 2018”.")
    )
    text = rich_text_block(SHORT_FEATURES)
    figures = blocks.ListBlock(FactFigureBlock(), default=[], max_num=4, label=_("Figures"))
    drawing = drawing_block(default="vanguard")
    link_label = link_label_block()
    link = OptionalLinkBlock(label=_("Leads to"))

    class Meta:
        """How editors see it."""

        icon = "history"
        label = _("Milestone")
        template = "design/blocks/milestone.html"
        section_area = "govern"
        section_icon = "flag"


class WorkingWithYouBlock(TextSectionBlock):
    """How people take part."""

    class Meta:
        """How editors see it."""

        icon = "group"
        label = _("Working with you")
        section_area = "involve"
        section_icon = "people"


class NewsletterBoxBlock(SectionBlock):
    """One box for an email address; the newsletter's own page asks to confirm."""

    heading = heading_block()
    text = rich_text_block(SHORT_FEATURES, required=False)
    action = blocks.CharBlock(
        required=False,
        max_length=300,
        label=_("Address of the sign-up page"),
        validators=[validate_address],
        help_text=_("Leave it empty for the usual one."),
    )
    button = blocks.CharBlock(
        max_length=60, default=_("Sign up"), label=_("Words of the button"), help_text=_("Start with a verb.")
    )

    class Meta:
        """How editors see it."""

        icon = "mail"
        label = _("Newsletter box")
        template = "design/blocks/newsletter.html"
        section_area = "inform"
        section_icon = "letter"

    def get_context(self, value: Any, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Send the form where the editor says, else where the page says, else to the usual address."""
        context = super().get_context(value, parent_context=parent_context)
        given = value.get("action") or (parent_context or {}).get("newsletter_action")
        return context | {"newsletter_action": given or NEWSLETTER_ADDRESS}


class StatementBlock(SectionBlock):
    """A statement that stands exactly as the partnership agreed it."""

    heading = heading_block()
    text = blocks.TextBlock(
        rows=4, label=_("Words"), help_text=_("Word for word as agreed. New lines are kept.")
    )

    class Meta:
        """How editors see it."""

        template = "design/blocks/statement.html"


class VisionSectionBlock(StatementBlock):
    """Our vision."""

    class Meta:
        """How editors see it."""

        icon = "view"
        label = _("Our vision")
        section_area = "coordinate"
        section_icon = "eye"


class MissionSectionBlock(StatementBlock):
    """Our mission."""

    class Meta:
        """How editors see it."""

        icon = "pick"
        label = _("Our mission")
        section_area = "govern"
        section_icon = "flag"


class ValueBlock(blocks.StructBlock):  # type: ignore[misc]
    """One value."""

    name = blocks.CharBlock(
        max_length=120, label=_("Value"), help_text=_("Word for word, such as “We are inclusive”.")
    )
    meaning = blocks.TextBlock(
        required=False,
        rows=2,
        label=_("What that means"),
        help_text=_("One sentence a resident can hold us to."),
    )

    class Meta:
        """How editors see it."""

        label = _("Value")


class ValuesSectionBlock(SectionBlock):
    """Our values."""

    heading = heading_block()
    values = blocks.ListBlock(ValueBlock(), min_num=1, max_num=8, label=_("Values"))

    class Meta:
        """How editors see it."""

        icon = "success"
        label = _("Our values")
        template = "design/blocks/values.html"
        section_area = "coordinate"
        section_icon = "star"


class CallToResidentsBlock(TextSectionBlock):
    """The call to residents to get in touch."""

    class Meta:
        """How editors see it."""

        icon = "comment"
        label = _("Call to residents")
        template = "design/blocks/call_to_residents.html"
        section_area = "involve"
        section_icon = "involve"


class IntegratedCareBlock(TextSectionBlock):
    """Integrated care in every community."""

    class Meta:
        """How editors see it."""

        icon = "globe"
        label = _("Integrated care")
        section_area = "coordinate"
        section_icon = "coordinate"
