"""Whatever people do in whatever order: nobody is on the list without having said yes twice since."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import System
from joinedup.inform.newsletter import access, actions, factories
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

STEPS = ("ask", "confirm latest", "confirm any", "change", "leave", "press twice", "a minute", "eight days")


class Story:
    """One person and what they do; it keeps every link they were ever sent."""

    def __init__(self) -> None:
        self.person: Subscriber | None = None
        self.confirm_tokens: list[str] = []
        self.preference_tokens: list[str] = []

    def ask(self) -> None:
        self.person = factories.asked()
        if self.person.state == "pending":
            self.confirm_tokens.append(factories.confirm_token(self.person))

    def ask_twice(self) -> None:
        self.ask()
        self.ask()

    def confirm(self, tokens: list[str]) -> None:
        for token in tokens:
            self.person = actions.confirm(token=token)
            self.preference_tokens.append(access.preferences_token(self.person))

    def change(self) -> None:
        for token in self.preference_tokens[-1:]:
            actions.change(token=token, name="Changed", topics=[], language="so")

    def leave(self) -> None:
        if self.person is not None:
            actions.leave(token=access.leave_token(self.person), one_click=True)

    def wait(self) -> None:
        Message.objects.update(created_at=timezone.now() - timedelta(minutes=2))

    def forget(self) -> None:
        later = timezone.now() + timedelta(days=8)
        actions.forget_requests(by=System("test"), now=later)
        actions.forget_evidence(by=System("test"), now=later)

    def do(self, step: str, number: int) -> None:
        tokens = self.confirm_tokens
        steps: dict[str, Callable[[], None]] = {
            "ask": self.ask,
            "confirm latest": lambda: self.confirm(tokens[-1:]),
            "confirm any": lambda: self.confirm([tokens[number % len(tokens)]] if tokens else []),
            "change": self.change,
            "leave": self.leave,
            "press twice": self.ask_twice,
            "a minute": self.wait,
            "eight days": self.forget,
        }
        with suppress(access.LinkLost):
            steps[step]()


def explained(kinds: list[str]) -> str:
    """The state that follows from the ledger alone."""
    state = "nothing"
    for kind in kinds:
        if kind == "asked":
            assert state in ("nothing", "left")
            state = "pending"
        elif kind == "asked-again":
            assert state == "pending"
        elif kind == "confirmed":
            assert state == "pending"
            state = "confirmed"
        elif kind == "changed":
            assert state == "confirmed"
        else:
            assert state in ("pending", "confirmed")
            state = "left"
    return state


def check() -> None:
    assert Subscriber.objects.count() <= 1
    for person in Subscriber.objects.all():
        events = list(ConsentEvent.objects.filter(subscriber=person))
        assert explained([event.kind for event in events]) == person.state
        if person.state == "confirmed":
            confirmed = [event for event in events if event.kind == "confirmed"][-1]
            last_end = max([e.pk for e in events if e.kind in ("left", "lapsed")], default=0)
            assert last_end < confirmed.answers_id < confirmed.pk
            assert all(event.pk < confirmed.pk for event in events if event.kind.startswith("asked"))
        if person.state == "left":
            assert (person.email, person.name) == (None, "")
            assert not person.topics.exists()


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5)), max_size=12))
def test_the_ledger_explains_the_state_and_confirmed_means_confirmed(story: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        told = Story()
        for step, number in story:
            told.do(step, number)
            check()
        transaction.set_rollback(True)
