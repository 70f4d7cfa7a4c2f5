"""Blocks that pages may hold: those of the design, and panels that other subjects offer."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from joinedup.design.blocks import CONTENT_BLOCKS, HOME_BLOCKS
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
