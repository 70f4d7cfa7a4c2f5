"""The socket for search: what each subject lets the public find besides pages.

A subject plugs in with a file `findable.py` that calls `register`, and its actions send `changed`
with the key of what changed. Search listens; no subject knows it.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.dispatch import Signal
from django.utils.functional import Promise

LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)  # over, and nobody knows since when


@dataclass(frozen=True)
class Findable:
    """One thing the public may find. All texts are plain, without markup."""

    key: str
    """`<app label>.<model>:<id>:<language>`, the same for as long as the thing exists."""
    kind: str | Promise
    """What it is in a reader's words, such as "Programme"."""
    language: str
    title: str
    summary: str
    body: str
    href: str
    """Its address on this site, beginning with a slash."""
    over_from: datetime.datetime | None = None
    """From when it is over: then it is shown as ended, below what people can use today."""


@dataclass(frozen=True)
class Source:
    """All findable things of one model, and one of them by its key (None: not public, or gone)."""

    prefix: str
    """`<app label>.<model>`, with which its keys begin."""
    everything: Callable[[], Iterator[Findable]]
    one: Callable[[str], Findable | None]
    named: Callable[[], Iterator[Findable]] | None = None
    """All of them with an empty body, for lists; where bodies cost nothing, `everything` does for both."""


changed = Signal()  # sent with key=...: the thing was added, changed, hidden or deleted
_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Plug a source in. Raises ValueError when another one has its prefix."""
    if _sources.setdefault(source.prefix, source) != source:
        raise ValueError(f"Two sources are called {source.prefix!r}.")


def everything() -> Iterator[Findable]:
    """Every findable thing of every subject."""
    for source in _sources.values():
        yield from source.everything()


def named() -> Iterator[Findable]:
    """Every findable thing, for a list of names: the bodies may be empty."""
    for source in _sources.values():
        yield from (source.named or source.everything)()


def one(key: str) -> Findable | None:
    """The thing with that key, if the public may find it today."""
    source = _sources.get(key.partition(":")[0])
    return source.one(key) if source is not None else None
