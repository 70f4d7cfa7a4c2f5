"""Beside every field an editor fills in stands a sentence that helps, on every page type of every subject."""

from collections.abc import Iterator
from typing import Any

import pytest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, PanelGroup
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page, get_page_models

PAGES = [model for model in get_page_models() if model is not Page]
# Wagtail's own fields, which it labels itself in words everyone knows.
THEIR_OWN = {
    "title": "the name of the page, above everything else",
    "go_live_at": "its group says what a schedule does",
    "expire_at": "its group says what a schedule does",
}


def panels(panel: Any) -> Iterator[Any]:
    if isinstance(panel, PanelGroup):
        for child in panel.children:
            yield from panels(child)
    elif isinstance(panel, FieldPanel):
        yield panel


def without_help(block: Any, path: str, helped: bool = False) -> Iterator[str]:
    """The names of the blocks below this one that say nothing, unless the list they stand in does."""
    said = bool(getattr(block.meta, "help_text", None)) or bool(
        getattr(getattr(block, "field", None), "help_text", "")
    )
    if isinstance(block, ImageBlock):
        yield from [] if said or helped else [path]  # its own parts are labelled by the picture chooser
    elif isinstance(block, blocks.BaseStreamBlock | blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from without_help(child, f"{path}.{name}")
    elif isinstance(block, blocks.ListBlock):
        yield from without_help(block.child_block, path, helped or said)
    elif not said and not helped and not isinstance(block, blocks.StaticBlock):
        yield path


@pytest.mark.parametrize("model", PAGES, ids=lambda model: model._meta.label)
def test_every_field_of_this_page_type_has_guidance(model: type[Page]) -> None:
    silent = []
    for panel in panels(model.get_edit_handler()):
        field = model._meta.get_field(panel.field_name)
        if isinstance(field, StreamField):
            silent += without_help(field.stream_block, f"{model._meta.label}.{field.name}")
        elif not (panel.help_text or field.help_text) and field.name not in THEIR_OWN:
            silent.append(f"{model._meta.label}.{field.name}")
    assert silent == []


def test_a_block_that_says_nothing_is_caught() -> None:
    silent = blocks.StructBlock(
        [("words", blocks.CharBlock()), ("kind", blocks.CharBlock(help_text="Which?"))]
    )
    assert list(without_help(blocks.ListBlock(silent), "page.body")) == ["page.body.words"]
