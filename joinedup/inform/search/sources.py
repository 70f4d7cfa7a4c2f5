"""Everything the public may find: pages, and what other subjects plug into the socket for search."""

from collections.abc import Iterator

from wagtail.models import Page

from joinedup.foundation import findable
from joinedup.foundation.findable import Findable
from joinedup.inform.search import plain

_BATCH = 50


def everything() -> Iterator[tuple[Findable, str]]:
    """Every findable thing with its headings, a few in memory at a time."""
    pks = list(plain.public_pages().values_list("pk", flat=True))
    for start in range(0, len(pks), _BATCH):
        for page in plain.public_pages().filter(pk__in=pks[start : start + _BATCH]).specific():
            thing, headings = plain.findable(page)
            if thing.href:
                yield thing, headings
    for thing in findable.everything():
        yield thing, ""


def page(pk: int) -> tuple[Findable, str] | None:
    """One page, if the public may read it."""
    found: Page | None = plain.public_pages().filter(pk=pk).specific().first()
    if found is None:
        return None
    thing, headings = plain.findable(found)
    return (thing, headings) if thing.href else None
