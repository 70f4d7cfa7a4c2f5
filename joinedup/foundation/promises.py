"""The socket for promises: what we said that we would do, and where we did not.

A subject plugs in with a file `promises.py` that calls `register`. `manage.py check_promises` asks all of
them on live data. Rules that can be broken by one row stand in the database as constraints and triggers;
here stand those that need time, several rows, or other areas.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Promise:
    """One thing we promise, and where it is broken on a day."""

    key: str
    """`<app label>.<what>`."""
    words: str
    """What we promise, in a sentence."""
    broken: Callable[[datetime.date], Iterable[str]]
    """Each place where it is broken, named by kind, key and reference: no names, no words of anybody."""


_promises: dict[str, Promise] = {}


def register(promise: Promise) -> None:
    """Plug one in. Raises ValueError when another one has its key."""
    if _promises.setdefault(promise.key, promise) != promise:
        raise ValueError(f"Two promises are called {promise.key!r}.")


def promises() -> list[Promise]:
    """Every promise, by key."""
    return [_promises[key] for key in sorted(_promises)]
