"""The socket of the thread: what each area lets it tell of its own things.

A subject plugs in with a file `thread.py` that calls `register`. The thread knows parts, keys and words;
which area a thing is of, and who else may see it, only that area knows.
"""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import Actor, Permission

End = tuple[str, int]
"""A thing as the thread names it: `<app label>.<model>`, and its key."""


class Part(StrEnum):
    """What a thing is in the chain from a voice to a change."""

    VOICE = "voice"
    THEME = "theme"
    DECISION = "decision"
    PROJECT = "project"
    MEASURE = "measure"
    SPEND = "spend"
    ANSWER = "answer"


# Which part may follow which, and how a reader is told.
STEPS: dict[tuple[Part, Part], str | Promise] = {
    (Part.VOICE, Part.THEME): _("is about"),
    (Part.VOICE, Part.ANSWER): _("was answered"),
    (Part.THEME, Part.DECISION): _("was decided on"),
    (Part.THEME, Part.ANSWER): _("was answered"),
    (Part.DECISION, Part.PROJECT): _("is being done as"),
    (Part.DECISION, Part.ANSWER): _("was answered"),
    (Part.PROJECT, Part.SPEND): _("is paid from"),
    (Part.PROJECT, Part.MEASURE): _("is measured by"),
}


@dataclass(frozen=True)
class Thing:
    """One thing as the thread tells of it: plain words, and its own page where it has one."""

    title: str
    on: datetime.date | None = None
    """The day it was said, decided, begun or measured."""
    text: str = ""
    href: str = ""
    slug: str = ""
    """Of a theme: the last part of the address under which its whole chain stands."""
    is_public: bool = False
    organisation_id: int | None = None
    next_step: str = ""
    """What happens next, in plain words, where that is known."""
    has_failed: bool = False
    """It says that something could not be done."""
    picture: Callable[[], str] | None = None
    """Draws it, as HTML that is safe to print, from what was read already: it asks the database nothing."""


class Form(StrEnum):
    """How someone wants to be told."""

    EMAIL = "email"
    PHONE = "phone"
    LETTER = "letter"
    REFERENCE = "reference"
    """Nothing is sent: they read it when they come back."""
    NOBODY = "nobody"
    """They took back what they said, or there is no way left to reach them."""


@dataclass(frozen=True)
class Reach:
    """How one voice is told: in which form, and where staff find what it takes."""

    form: Form
    label: str = ""
    href: str = ""
    organisation_id: int | None = None


@dataclass(frozen=True)
class Owed:
    """Answers that one organisation owes: how many wait, how many past the day promised, since when."""

    organisation_id: int | None
    waiting: int
    late: int
    oldest_on: datetime.date


@dataclass(frozen=True)
class Voices:
    """What a kind of voices lets be done for the people behind them."""

    reach: Callable[[Collection[int]], Mapping[int, Reach]]
    """How each of these is told, in one query whatever their number."""
    shown: Callable[[Any, int], list[Thing]]
    """The latest of these that everyone may read, at most so many; the keys may come as a query."""
    send: Callable[[int, str, Callable[[], str], Actor], bool]
    """Write to one by email: key, words, and what gives, in the reader's language, the path of the page
    where they say whether it changed. False where there is no way to write to them."""
    owed: Callable[[datetime.date], Iterable[Owed]]
    """Who owes answers on that day, one entry for each organisation; None for what is with nobody yet."""


@dataclass(frozen=True)
class Kind:
    """One kind of things: a model of some area, by its label."""

    key: str
    """`<app label>.<model>`."""
    part: Part
    words: str | Promise
    things: Callable[[Collection[int]], Mapping[int, Thing]]
    """Those of these keys that are there, in one query whatever their number."""
    permission: Permission
    """What someone needs to tie such a thing to what came before it."""
    owner: Callable[[int], object] | None = None
    """Whose it is: what has the `organisation_id` the permission is asked for, where the thing has none."""
    choices: Callable[[], Mapping[int, Thing]] | None = None
    """Those that can be chosen by hand, the likeliest first; None where links come about in another way."""
    begin: Callable[[End], str] | None = None
    """Where staff begin a new one after that thing."""
    voices: Voices | None = None
    """Of voices only."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Plug a kind in. Raises ValueError when another one has its key."""
    if _kinds.setdefault(kind.key, kind) != kind:
        raise ValueError(f"Two kinds of things are called {kind.key!r}.")


def kind(key: str) -> Kind:
    """The kind of that key. Raises KeyError for one that nobody plugged in."""
    return _kinds[key]


def kinds() -> list[Kind]:
    """Every kind, by key."""
    return [_kinds[key] for key in sorted(_kinds)]


def keys_of(part: Part) -> list[str]:
    """The keys of the kinds that are this part of a chain."""
    return [each.key for each in kinds() if each.part is part]


def kind_is_one_of(end: End, parts: Collection[Part]) -> bool:
    """Whether that thing is of one of these parts of a chain; one of a kind nobody plugged in is of none."""
    known = _kinds.get(end[0])
    return known is not None and known.part in parts


def things(ends: Collection[tuple[str, int]]) -> dict[tuple[str, int], Thing]:
    """Those of these (kind, key) that are there: one query for each kind among them."""
    found: dict[tuple[str, int], Thing] = {}
    for name in sorted({name for name, _key in ends} & _kinds.keys()):
        wanted = [key for other, key in ends if other == name]
        found.update({(name, key): thing for key, thing in _kinds[name].things(wanted).items()})
    return found
