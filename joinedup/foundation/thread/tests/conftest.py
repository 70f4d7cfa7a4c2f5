"""An area that stands in for real ones: of its things the thread knows keys only."""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.test import Client

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.telling import tell
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import End, Form, Kind, Owed, Part, Reach, Thing, Voices

DAY = datetime.date(2026, 3, 1)
WORDS = "The lift is mended. It was slow, and we are sorry."


@dataclass
class Area:
    """What the areas hold: each part has things by their keys; voices are reached in some form."""

    held: dict[Part, dict[int, Thing]] = field(default_factory=lambda: {part: {} for part in Part})
    asked: int = 0
    forms: dict[int, Form] = field(default_factory=dict)
    owed: list[Owed] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)
    """Voices to whom writing fails with an error."""

    def things(self, part: Part, keys: Collection[int]) -> dict[int, Thing]:
        self.asked += 1
        return {key: self.held[part][key] for key in keys if key in self.held[part]}

    def put(self, part: Part, key: int = 1, *, public: bool = True, on: Any = DAY, **said: Any) -> End:
        thing = Thing(title=f"{part} {key}", on=on, is_public=public, slug=f"{part}-{key}")
        self.held[part][key] = replace(thing, **said)
        return f"test.{part}", key

    def voice(self, key: int, form: Form = Form.EMAIL, **said: Any) -> End:
        self.forms[key] = form
        return self.put(Part.VOICE, key, **said)

    def reach(self, keys: Collection[int]) -> dict[int, Reach]:
        known = {key: self.forms[key] for key in keys if key in self.forms}
        return {key: Reach(form, f"JU-{key}", f"/said/{key}/") for key, form in known.items()}

    def shown(self, keys: Any, most: int) -> list[Thing]:
        held = self.held[Part.VOICE]
        return [held[key] for key in sorted({row["start_key"] for row in keys}) if held[key].is_public][:most]

    def send(self, key: int, text: str, path: Callable[[], str], by: Actor) -> bool:
        if key in self.broken:
            raise RuntimeError("the template is broken")
        if self.forms.get(key) is not Form.EMAIL:
            return False
        to = f"voice-{key}@example.org"
        stream = Message.Stream.REPLY
        queue(to=to, subject="News", text=f"{text} {path()}", html="", template="test", stream=stream)
        return True

    def _owed(self, day: datetime.date) -> Iterable[Owed]:
        return self.owed

    def voices(self) -> Voices:
        return Voices(self.reach, self.shown, self.send, self._owed)


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch) -> Area:
    """The only area there is."""
    made = Area()
    monkeypatch.setattr(plugs, "_kinds", {})
    for part in Part:

        def things(keys: Collection[int], part: Part = part) -> dict[int, Thing]:
            return made.things(part, keys)

        def choices(part: Part = part) -> dict[int, Thing]:
            return made.held[part]

        plugs.register(
            Kind(
                f"test.{part}",
                part,
                part.title(),
                things,
                Permission.CONTRIBUTION_SORT if part is Part.VOICE else Permission.CONTRIBUTION_ANSWER,
                choices=None if part is Part.VOICE else choices,
                begin=(lambda end: f"/begin/{end[1]}/") if part is Part.DECISION else None,
                voices=made.voices() if part is Part.VOICE else None,
            )
        )
    return made


class Everywhere:
    """Someone who may do everything: what tests tie by."""

    actor_kind = "system"
    actor_id = "tests"

    def held_roles(self) -> Iterable[tuple[str, int | None]]:
        return [("engagement-officer", None), ("programme-manager", None)]


BY = Everywhere()


@pytest.fixture
def manager(barts: Organisation) -> User:
    """Keeps meetings and projects, and tells people; does not read what they said."""
    return person("manager", barts, "programme-manager")


@pytest.fixture
def as_officer(officer: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(officer)


def chain_of(area: Area, *forms: Form) -> dict[Part, End]:
    """Voices 1, 2, 3 … in these forms, a theme they are about, and what came of it."""
    ends = {
        part: area.put(part, on=DAY + datetime.timedelta(days=10 * number))
        for number, part in enumerate((Part.THEME, Part.DECISION, Part.PROJECT, Part.MEASURE, Part.SPEND))
    }
    for key, form in enumerate(forms, 1):
        tie(start=area.voice(key, form), end=ends[Part.THEME], on=DAY, by=BY)
    for start, end in (
        (Part.THEME, Part.DECISION),
        (Part.DECISION, Part.PROJECT),
        (Part.PROJECT, Part.MEASURE),
        (Part.PROJECT, Part.SPEND),
    ):
        tie(start=ends[start], end=ends[end], on=area.held[end][1].on or DAY, by=BY)
    return ends


def telling_of(end: End) -> Telling:
    """What was offered about that thing."""
    return Telling.objects.get(about_kind=end[0], about_key=end[1])


def told_people(area: Area, *forms: Form) -> list[Told]:
    """People of these forms, told of a decision as far as pressing the button goes."""
    ends = chain_of(area, *forms)
    telling = tell(telling=telling_of(ends[Part.DECISION]), text=WORDS, by=BY)
    return list(telling.told.order_by("voice_key"))
