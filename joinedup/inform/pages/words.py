"""What a page says and where it links, read from its fields and blocks without drawing it."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.rich_text import RichText

from joinedup.design.link_blocks import LinkBlock, validate_address

_NAMES = ("label", "link_label", "heading", "name", "title", "summary", "source", "line")
_BLOCK_TAGS = {"p", "li", "h2", "h3", "h4", "h5", "br", "hr", "ul", "ol", "blockquote"}
_PLAIN_FIELDS = (models.CharField, models.TextField)


@dataclass(frozen=True)
class Link:
    """One link of a page: the address as written, or the key of a page; and the words people press."""

    href: str
    words: str
    page_id: int | None = None


@dataclass(frozen=True)
class Leaf:
    """A block that holds a value itself, and the groups it stands in, innermost first."""

    block: Any
    value: Any
    groups: tuple[Any, ...] = ()

    @property
    def words(self) -> str:
        """The words that name it: those of the nearest group that has any."""
        for group in self.groups:
            for name in _NAMES:
                found = group.get(name)
                if isinstance(found, str) and found:
                    return found
        return ""


class _RichWords(HTMLParser):
    """Text and links of formatted words as Wagtail keeps them."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[Link] = []
        self._open: tuple[str, int | None] | None = None
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCK_TAGS:
            self.text.append("\n")
        if tag == "a":
            said = dict(attrs)
            key = str(said.get("id") or "")
            page_id = int(key) if said.get("linktype") == "page" and key.isdigit() else None
            self._open, self._words = (str(said.get("href") or ""), page_id), []

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self.text.append("\n")
        if tag == "a" and self._open is not None:
            href, page_id = self._open
            self.links.append(Link(href, " ".join("".join(self._words).split()), page_id))
            self._open = None

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if self._open is not None:
            self._words.append(data)


def _rich(source: str) -> _RichWords:
    parser = _RichWords()
    parser.feed(source)
    parser.close()
    return parser


def leaves(block: Any, value: Any, groups: tuple[Any, ...] = ()) -> Iterator[Leaf]:
    """Every block below this one that holds a value itself."""
    if isinstance(block, blocks.BaseStreamBlock):
        for child in value or ():
            yield from leaves(child.block, child.value, groups)
    elif isinstance(block, blocks.ListBlock):
        for item in value or ():
            yield from leaves(block.child_block, item, groups)
    elif isinstance(block, blocks.BaseStructBlock) and hasattr(value, "get"):
        if isinstance(block, LinkBlock):
            yield Leaf(block, value, groups)
        for name, child in block.child_blocks.items():
            yield from leaves(child, value.get(name), (value, *groups))
    else:
        yield Leaf(block, value, groups)


def own_fields(model: type[Page]) -> list[Any]:
    """The fields a page type adds to Wagtail's own."""
    theirs = {field.name for field in Page._meta.get_fields()}
    return [f for f in model._meta.concrete_fields if f.name not in theirs and not f.primary_key]


def _leaves_of(page: Any) -> Iterator[Leaf]:
    for field in own_fields(type(page)):
        if isinstance(field, StreamField):
            yield from leaves(field.stream_block, getattr(page, field.name))


def _text_of(leaf: Leaf) -> str:
    if isinstance(leaf.value, RichText):
        return "".join(_rich(leaf.value.source).text)
    is_text = isinstance(leaf.block, blocks.CharBlock | blocks.TextBlock)
    is_address = validate_address in getattr(leaf.block.field, "validators", []) if is_text else False
    return str(leaf.value or "") if is_text and not is_address else ""


def text_of(page: Any) -> str:
    """All words of the page that people read, one block after another, each on lines of its own."""
    said = [str(page.title)]
    for field in own_fields(type(page)):
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            said += [_text_of(leaf) for leaf in leaves(field.stream_block, value)]
        elif isinstance(field, RichTextField):
            said.append("".join(_rich(value or "").text))
        elif (
            isinstance(field, _PLAIN_FIELDS) and not field.choices and not isinstance(field, models.URLField)
        ):
            said.append(str(value or ""))
    return "\n".join(part for part in said if part.strip())


def _links_of_leaf(leaf: Leaf) -> Iterator[Link]:
    if isinstance(leaf.block, LinkBlock):
        if leaf.block.meta.needs_target and not leaf.value.get("page") and not leaf.value.get("address"):
            yield Link("", leaf.words)  # its page was deleted
    elif isinstance(leaf.value, RichText):
        yield from _rich(leaf.value.source).links
    elif isinstance(leaf.value, Page):
        yield Link("", leaf.words or leaf.value.title, leaf.value.pk)
    elif isinstance(leaf.block, blocks.URLBlock) and leaf.value:
        yield Link(str(leaf.value), leaf.words)
    elif isinstance(leaf.block, blocks.CharBlock) and validate_address in leaf.block.field.validators:
        yield from [Link(str(leaf.value), leaf.words)] if leaf.value else []


def pictures_of(page: Any) -> set[int]:
    """The keys of the pictures that the page's blocks and fields show."""
    found = {leaf.value.pk for leaf in _leaves_of(page) if isinstance(leaf.value, AbstractImage)}
    for field in own_fields(type(page)):
        if field.is_relation and issubclass(field.related_model, AbstractImage):
            found.add(getattr(page, field.attname))
    return found - {None}


def links_of(page: Any) -> list[Link]:
    """Every link of the page's blocks and fields, each once, in their order."""
    found: list[Link] = []
    for leaf in _leaves_of(page):
        found += _links_of_leaf(leaf)
    for field in own_fields(type(page)):
        value = getattr(page, field.attname)
        if isinstance(field, RichTextField):
            found += _rich(value or "").links
        elif isinstance(field, models.URLField) and value:
            found.append(Link(str(value), str(field.verbose_name)))
        elif field.is_relation and value and issubclass(field.related_model, Page):
            found.append(Link("", str(field.verbose_name), value))
    return list(dict.fromkeys(found))
