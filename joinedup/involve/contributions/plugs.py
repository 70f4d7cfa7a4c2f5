"""The socket for what is made from a contribution: cases, suggestions, published stories.

A subject plugs in with a file `voices.py` that calls `register`. What it keeps then goes with what the
person takes back, and it hears when they say more, in the same transaction; contributions know nothing of it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from joinedup.foundation.permissions import Actor


def _nothing(contribution_id: int) -> None:
    pass


def _nobody(contribution_id: int, by: Actor) -> None:
    pass


def _never(contribution_id: int) -> bool:
    return False


@dataclass(frozen=True)
class Follower:
    """Something that follows contributions, by their keys."""

    key: str
    """`<app label>`."""
    emptied: Callable[[int], None] = _nothing
    """The person took it back: nothing made of their words may stay."""
    heard: Callable[[int], None] = _nothing
    """The person said more, or put it right."""
    hidden: Callable[[int], None] = _nothing
    """The person does not want their words shown any more: what shows them goes, what they said stays."""
    alarmed: Callable[[int, Actor], None] = _nobody
    """Someone marked it: a person may come to harm."""
    is_alarming: Callable[[int], bool] = _never
    """Whether it bears that mark."""


_followers: dict[str, Follower] = {}


def register(follower: Follower) -> None:
    """Plug one in. Raises ValueError when another one has its key."""
    if _followers.setdefault(follower.key, follower) != follower:
        raise ValueError(f"Two followers are called {follower.key!r}.")


def tell_emptied(contribution_id: int) -> None:
    """Have every follower let go of what it made of this one."""
    for follower in _followers.values():
        follower.emptied(contribution_id)


def tell_hidden(contribution_id: int) -> None:
    """Have every follower take down what shows the words of this one."""
    for follower in _followers.values():
        follower.hidden(contribution_id)


def tell_heard(contribution_id: int) -> None:
    """Tell every follower that there are more words."""
    for follower in _followers.values():
        follower.heard(contribution_id)


def tell_alarmed(contribution_id: int, by: Actor) -> None:
    """Tell every follower that someone may come to harm."""
    for follower in _followers.values():
        follower.alarmed(contribution_id, by)


def is_alarming(contribution_id: int) -> bool:
    """Whether someone marked it: a person may come to harm."""
    return any(follower.is_alarming(contribution_id) for follower in _followers.values())
