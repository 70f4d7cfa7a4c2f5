"""A programme manager, and an area that stands in for the one that holds themes."""

from collections.abc import Callable, Collection
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission, System
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.plugs import Kind, Part, Thing

End = tuple[str, int]


class Area:
    """Themes and voices by their keys."""

    def __init__(self) -> None:
        self.held: dict[str, dict[int, Thing]] = {"test.voice": {}, "test.theme": {}}

    def of(self, kind: str, keys: Collection[int]) -> dict[int, Thing]:
        return {key: self.held[kind][key] for key in keys if key in self.held[kind]}

    def theme(self, key: int = 1, **fields: Any) -> End:
        said: dict[str, Any] = {"title": "Dark towpaths", "text": "People fear the dark.", "is_public": True}
        self.held["test.theme"][key] = Thing(**(said | fields))
        return "test.theme", key

    def voices(self, theme: End, many: int) -> None:
        """So many people who speak about the theme."""
        for key in range(1, many + 1):
            self.held["test.voice"][key] = Thing(title=f"Voice {key}")
            tie(start=("test.voice", key), end=theme, on=timezone.localdate(), by=System("test"))


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch, db: None) -> Area:
    """The area beside ours; whoever may change themes may tie to them."""
    made = Area()
    monkeypatch.setattr(plugs, "_kinds", dict(plugs._kinds))
    for kind, part in (("test.voice", Part.VOICE), ("test.theme", Part.THEME)):

        def things(keys: Collection[int], kind: str = kind) -> dict[int, Thing]:
            return made.of(kind, keys)

        plugs.register(Kind(kind, part, part.title(), things, Permission.THEME_CHANGE))
    return made


@pytest.fixture
def manager(elft: Organisation) -> User:
    """Who keeps meetings."""
    return person("manager", elft, "programme-manager")


@pytest.fixture
def client(manager: User, client_for: Callable[[User], Client]) -> Client:
    """The browser of the programme manager."""
    return client_for(manager)
