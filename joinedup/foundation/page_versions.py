"""The socket for other ways to take in a page: easy read, sign language.

A subject plugs in with a file `page_versions.py` that calls `register`. A page then links to every version
of itself that is public and in its own language, without knowing who made the kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Version:
    """One kind of version: the words of the link, the page type, and its field that names the page."""

    key: str
    words: str | Promise
    model: Any
    field: str


_versions: dict[str, Version] = {}


def register(version: Version) -> None:
    """Plug a kind in. Raises ValueError when another one has its key."""
    if _versions.setdefault(version.key, version) != version:
        raise ValueError(f"Two kinds of page version are called {version.key!r}.")


def kinds() -> Iterable[Version]:
    """Every kind, by key."""
    return [_versions[key] for key in sorted(_versions)]
