"""The socket for data protection: what each subject keeps about a person, and for how long.

A subject plugs in with a file `dataprotection.py` that calls `keeps` for each rule of time, `holds`
for each place where something about a person may stand, and `ends` for each thing that people can
end (a consent, a role) and that must not come back with a backup. The commands and the privacy
officer's page ask the socket, so a new subject cannot be forgotten by a list kept elsewhere.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from joinedup.foundation.permissions import Actor


@dataclass(frozen=True)
class Rule:
    """How long one kind of thing is kept. `due` only counts; `forget` deletes and says how many."""

    key: str
    """`<app label>.<kind>`."""
    what: str | Promise
    kept_for: str | Promise
    why: str | Promise
    due: Callable[[datetime.datetime], int]
    forget: Callable[[Actor, datetime.datetime], int]


Entry = dict[str, Any]
"""One thing that is kept: labels in words to values that JSON can hold, lists and further entries."""


@dataclass(frozen=True)
class Holder:
    """One place where something about a person may stand.

    `who` is what they are known by: an e-mail address, a telephone number or a reference, as typed.
    A place that knows people by something else finds nothing, and says so by an empty answer.
    """

    key: str
    what: str | Promise
    find: Callable[[str], list[Entry]]
    erase: Callable[[str, Actor], int] | None
    kept_because: str | Promise = ""
    """Why nothing is erased here on request, where `erase` is None."""
    addresses: Callable[[], Iterable[str]] | None = None
    """Every e-mail address that stands here, so that someone who was erased is known again by a mark."""


@dataclass(frozen=True)
class Ending:
    """One kind of thing that people end, and that stays ended when a backup from before is put back.

    `collect` gives what has ended (at least since that moment) as entries that hold keys, marks and
    times, never names, addresses, words or secrets. `apply` ends it again among rows that came back:
    what was begun anew after it had ended stays, and doing it twice changes nothing more. It returns
    how many rows it changed.
    """

    key: str
    """`<app label>.<kind>`."""
    what: str | Promise
    collect: Callable[[datetime.datetime], Iterable[Entry]]
    apply: Callable[[list[Entry], Actor], int]


_rules: dict[str, Rule] = {}
_holders: dict[str, Holder] = {}
_endings: dict[str, Ending] = {}


def keeps(rule: Rule) -> None:
    """Plug in a rule of time. Raises ValueError when another one has its key."""
    if _rules.setdefault(rule.key, rule) != rule:
        raise ValueError(f"Two rules are called {rule.key!r}.")


def holds(holder: Holder) -> None:
    """Plug in a place. Raises ValueError when another one has its key."""
    if _holders.setdefault(holder.key, holder) != holder:
        raise ValueError(f"Two places are called {holder.key!r}.")


def ends(ending: Ending) -> None:
    """Plug in a kind of ending. Raises ValueError when another one has its key."""
    if _endings.setdefault(ending.key, ending) != ending:
        raise ValueError(f"Two endings are called {ending.key!r}.")


def rules() -> Iterator[Rule]:
    """Every rule, in the order of their keys."""
    yield from (_rules[key] for key in sorted(_rules))


def holders() -> Iterator[Holder]:
    """Every place, in the order of their keys."""
    yield from (_holders[key] for key in sorted(_holders))


def endings() -> Iterator[Ending]:
    """Every kind of ending, in the order of their keys."""
    yield from (_endings[key] for key in sorted(_endings))
