"""The socket for work: what needs someone today.

A subject plugs in with a file `worklist.py` that calls `register`. Staff see one list of all of it when
they come in, the most pressing first; no subject knows what the others ask for.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from joinedup.foundation.permissions import Permission, may


@dataclass(frozen=True)
class Need:
    """One thing to do, in words that begin with the verb, and where it is done."""

    words: str
    href: str
    due_on: datetime.date | None = None
    about: str = ""
    """What it is about, in a few words; nothing that tells who someone is."""
    is_urgent: bool = False
    """Someone may come to harm: it stands above everything else, whatever the dates."""


@dataclass(frozen=True)
class Source:
    """One kind of work, and what of it needs this person on that day."""

    key: str
    title: str | Promise
    permission: Permission
    """Who has not this one anywhere is not asked about it."""
    needs: Callable[[object, datetime.date], Iterable[Need]]
    href: str = ""
    """Where the whole list of this kind is."""


@dataclass(frozen=True)
class Pile:
    """What one source asks of one person, the most pressing first."""

    source: Source
    needs: tuple[Need, ...]

    def late(self, day: datetime.date) -> int:
        """How many should have been done before that day."""
        return sum(need.due_on is not None and need.due_on < day for need in self.needs)


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Plug a source in. Raises ValueError when another one has its key."""
    if _sources.setdefault(source.key, source) != source:
        raise ValueError(f"Two kinds of work are called {source.key!r}.")


def _first(need: Need) -> tuple[bool, datetime.date]:
    return not need.is_urgent, need.due_on or datetime.date.max


def for_user(user: object, day: datetime.date) -> list[Pile]:
    """The piles of this person, empty ones left out; the pile with the most pressing need first."""
    piles = [
        Pile(source, tuple(sorted(source.needs(user, day), key=_first)))
        for source in _sources.values()
        if may(user, source.permission)
    ]
    return sorted(
        (pile for pile in piles if pile.needs), key=lambda pile: (_first(pile.needs[0]), pile.source.key)
    )
