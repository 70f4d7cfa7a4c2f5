"""Plain text in which `[key]` names a source, as paragraphs for a page or without marks for search."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_MARK = re.compile(r"\s*\[([a-z0-9]+(?:-[a-z0-9]+)*)\]")
_GAP = re.compile(r"\n\s*\n")


class Cited(Protocol):
    """What a source must tell to be cited."""

    @property
    def label(self) -> str:
        """Who published it, and when."""

    @property
    def url(self) -> str:
        """Where it is, empty when it is nowhere on the web."""


def keys_in(*texts: str) -> set[str]:
    """The keys of all sources that texts name."""
    return {key for text in texts for key in _MARK.findall(text)}


def plain(text: str) -> str:
    """The text without its marks."""
    return _MARK.sub("", text)


def paragraphs(text: str) -> list[str]:
    """The text cut where lines are left empty."""
    return [part.strip() for part in _GAP.split(text.replace("\r\n", "\n")) if part.strip()]


def link(source: Cited) -> SafeString:
    """A source as the words a reader follows."""
    words = _("Source: %(label)s") % {"label": source.label}
    if not source.url:
        return conditional_escape(words)
    return format_html('<a href="{}" rel="external">{}</a>', source.url, words)


def _inline(text: str, sources: Mapping[str, Cited]) -> Iterable[str]:
    parts = _MARK.split(text)
    for position, part in enumerate(parts):
        if position % 2 == 0:
            yield conditional_escape(part)
        elif part in sources:
            yield format_html(" ({})", link(sources[part]))


def cited(text: str, sources: Mapping[str, Cited]) -> SafeString:
    """The text as paragraphs, each mark as a link to its source; a mark of no known source is left out."""
    return format_html_join(
        "\n",
        "<p>{}</p>",
        ((SafeString("".join(_inline(part, sources))),) for part in paragraphs(text)),
    )
