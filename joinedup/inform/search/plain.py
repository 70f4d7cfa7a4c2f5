"""What stands on a page, in plain words: its title, what it is about, its headings and its text."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText
from wagtail.search.index import SearchField

from joinedup.foundation.findable import Findable

PREFIX = "wagtailcore.page"

# Parts of a block that head what follows; they weigh more than running text.
_HEADS = {"heading", "title", "name", "caption", "label", "summary"}
_UNSEEN = (blocks.ChoiceBlock, blocks.MultipleChoiceBlock, blocks.URLBlock)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/)\S*")
_BREAK = re.compile(r"<(?:/p|/li|/h[1-6]|/td|/th|br)\b[^>]*>", re.IGNORECASE)
_HEADING = re.compile(r"<h[1-6][^>]*>(.*?)</h[1-6]>", re.DOTALL | re.IGNORECASE)
_OWN_FIELDS = {"title", "lead", "search_description", "seo_title", "slug", "url_path"}


@dataclass
class Texts:
    """What was found on the way through a page."""

    headings: list[str] = field(default_factory=list)
    running: list[str] = field(default_factory=list)

    def add(self, text: str, *, is_heading: bool = False) -> None:
        """Keep one piece, without the white space around and within."""
        if (tidy := " ".join(text.split())) and not _ADDRESS.fullmatch(tidy):
            (self.headings if is_heading else self.running).append(tidy)


def key_of(page: Page) -> str:
    """The key of a page; a page has one language."""
    return f"{PREFIX}:{page.pk}:{page.locale.language_code}"


def without_markup(text: str) -> str:
    """Words of rich text, a line for each paragraph, item or cell."""
    return html.unescape(strip_tags(_BREAK.sub("\n", text)))


def _read_rich_text(source: str, into: Texts) -> None:
    for heading in _HEADING.findall(source):
        into.add(without_markup(heading), is_heading=True)
    for line in without_markup(_HEADING.sub("\n", source)).splitlines():
        into.add(line)


def read_block(block: blocks.Block, value: Any, into: Texts, name: str = "") -> None:
    """Everything a reader can read in a block. Choices, such as which drawing, are not read."""
    if value is None or isinstance(block, _UNSEEN):
        return
    if isinstance(block, blocks.StreamBlock):
        for child in value:
            read_block(child.block, child.value, into, child.block_type)
    elif isinstance(block, blocks.ListBlock):
        for child in value:
            read_block(block.child_block, child, into, name)
    elif isinstance(block, ImageBlock):  # a StructBlock whose value is the picture itself
        into.add("" if value.decorative else value.contextual_alt_text or "")
    elif isinstance(block, blocks.StructBlock):
        for child_name, child_block in block.child_blocks.items():
            read_block(child_block, value.get(child_name), into, child_name)
    elif isinstance(value, RichText):
        _read_rich_text(value.source, into)
    else:
        for text in block.get_searchable_content(value):
            into.add(html.unescape(str(text)), is_heading=name in _HEADS)


def _fields(page: Page) -> Iterator[str]:
    """Names of the model's own fields that its `search_fields` call text, each once."""
    names = [f.field_name for f in page.get_search_fields() if isinstance(f, SearchField)]
    return (name for name in dict.fromkeys(names) if name not in _OWN_FIELDS)


def plain_text(page: Page) -> Texts:
    """Headings and running text of a page, given as its specific type."""
    found = Texts()
    if page.seo_title and page.seo_title != page.title:
        found.add(page.seo_title, is_heading=True)
    model_fields = {model_field.name: model_field for model_field in page._meta.get_fields()}
    for name in _fields(page):
        value, model_field = getattr(page, name, None), model_fields.get(name)
        if isinstance(model_field, StreamField):
            read_block(model_field.stream_block, value, found)
        elif isinstance(model_field, RichTextField):
            _read_rich_text(str(value or ""), found)
        else:
            for text in _lines(value() if callable(value) else value):
                found.add(text)
    return found


def _lines(value: Any) -> list[str]:
    """What a plain field, or a method that a model names as searchable, says; a number is no text."""
    if isinstance(value, str):
        return value.splitlines()
    return [line for each in value for line in _lines(each)] if isinstance(value, list | tuple) else []


def _kind(page: Page) -> str:
    """What it is in a reader's words: as its model says by `reader_kind`, else simply a page."""
    return str(getattr(page, "reader_kind", _("Page")))


def findable(page: Page) -> tuple[Findable, str]:
    """A page, given as its specific type, as a thing that can be found; and its headings."""
    language = page.locale.language_code
    found = plain_text(page)
    lead = getattr(page, "lead", "")
    summary = page.search_description or lead or (found.running[0] if found.running else "")
    if lead and lead != summary:
        found.running.insert(0, lead)
    parts = page.get_url_parts()
    with translation.override(language):
        thing = Findable(
            key=key_of(page),
            kind=_kind(page),
            language=language,
            title=page.title,
            summary=summary,
            body="\n".join(found.running),
            href=str(parts[2]) if parts else "",
            over_from=getattr(page, "end_at", None),  # of an event
        )
    return thing, "\n".join(found.headings)


def public_pages() -> Any:
    """Every page anyone may read, in every language, below the root of a site."""
    return Page.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("pk")
