"""Who gets a place: never more than there are, and nobody waits who would fit."""

from collections.abc import Callable

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.foundation.messages.models import Message
from joinedup.inform.news import access
from joinedup.inform.news.actions.signing_up import NotOpen, free_places, sign_up, withdraw
from joinedup.inform.news.factories import asked, event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")
ROOM = 6


def states(page: EventPage) -> list[str]:
    return list(EventSignUp.objects.filter(event=page).in_order().values_list("state", flat=True))


def test_a_place_that_comes_free_goes_to_who_waits_longest_and_they_are_told(
    outbox: Callable[[], list[Message]],
) -> None:
    page = event(max_places=2)
    first = signed_up(page, people=2)
    signed_up(page, email="second@example.org")
    signed_up(page, email="third@example.org", people=2)
    withdraw(token=access.token(first))
    assert states(page) == ["withdrawn", "placed", "waiting"]
    assert [(mail.to, mail.subject) for mail in outbox() if "free" in mail.subject] == [
        ("second@example.org", "A place is free for you: An event")
    ]


def test_a_group_that_does_not_fit_keeps_no_smaller_one_out(outbox: Callable[[], list[Message]]) -> None:
    page = event(max_places=3)
    first, _second = signed_up(page), signed_up(page, people=2)
    signed_up(page, email="group@example.org", people=3)
    signed_up(page, email="one@example.org")
    withdraw(token=access.token(first))
    assert states(page) == ["withdrawn", "placed", "waiting", "placed"]


def test_leaving_the_waiting_list_frees_nothing() -> None:
    page = event(max_places=1)
    signed_up(page)
    waiting = signed_up(page)
    signed_up(page)
    withdraw(token=access.token(waiting))
    assert states(page) == ["placed", "withdrawn", "waiting"]


def test_someone_without_email_is_left_to_be_rung() -> None:
    page = event(max_places=1)
    first = signed_up(page)
    second = signed_up(page, email="", phone="+442079460123")
    withdraw(token=access.token(first))
    second.refresh_from_db()
    assert (second.state, second.told, second.is_to_be_told) == ("placed", "waiting", True)


def test_more_places_go_to_who_waits_when_the_editor_publishes(outbox: Callable[[], list[Message]]) -> None:
    page = event(max_places=1)
    signed_up(page)
    signed_up(page, email="second@example.org")
    edited = EventPage.objects.get(pk=page.pk)
    edited.max_places = 2
    edited.save_revision()
    assert states(page) == ["placed", "waiting"], "a draft gives nothing"
    edited.save_revision().publish()
    assert states(page) == ["placed", "placed"]
    assert outbox()[-1].to == "second@example.org"


def test_nobody_loses_a_place_when_there_are_fewer() -> None:
    page = event(max_places=3)
    signed_up(page, people=3)
    edited = EventPage.objects.get(pk=page.pk)
    edited.max_places = 1
    edited.save_revision().publish()
    assert states(page) == ["placed"]
    assert free_places(EventPage.objects.get(pk=page.pk)) == 0


def test_nobody_gets_a_place_at_an_event_that_is_cancelled_or_has_begun() -> None:
    page = event(max_places=1)
    first = signed_up(page)
    signed_up(page)
    EventPage.objects.filter(pk=page.pk).update(is_cancelled=True, cancel_reason="x")
    withdraw(token=access.token(first))
    assert states(page) == ["withdrawn", "waiting"]
    with pytest.raises(NotOpen):
        signed_up(page)


_step = st.one_of(
    st.tuples(st.just("sign-up"), st.integers(1, ROOM)),
    st.tuples(st.just("withdraw"), st.integers(0, 20)),
    st.tuples(st.just("room"), st.integers(1, ROOM + 4)),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(_step, max_size=14))
def test_whatever_happens_the_rule_holds(steps: list[tuple[str, int]]) -> None:
    with transaction.atomic():
        page = event(max_places=ROOM)
        most = ROOM
        for number, (what, size) in enumerate(steps):
            rows = list(EventSignUp.objects.filter(event=page).in_order())
            placed_before = {row.pk for row in rows if row.state == "placed"}
            if what == "sign-up" and size <= most:
                sign_up(event=page, asked=asked(people=size), once=f"{number}-{'x' * 20}")
            elif what == "withdraw" and rows:
                withdraw(token=access.token(rows[size % len(rows)]))
            elif what == "room":
                edited = EventPage.objects.get(pk=page.pk)
                edited.max_places = most = size
                edited.save_revision().publish()
            now = list(EventSignUp.objects.filter(event=page).in_order())
            placed = [row for row in now if row.state == "placed"]
            taken = sum(row.people for row in placed)
            new = sum(row.people for row in placed if row.pk not in placed_before)
            assert not new or taken <= most, "nobody is given a place that is not there"
            free = max(0, most - taken)
            assert all(row.people > free for row in now if row.state == "waiting"), "nobody waits who fits"
            kept = placed_before - {row.pk for row in now if row.state == "withdrawn"}
            assert kept <= {row.pk for row in placed}, "nobody loses a place"
        transaction.set_rollback(True)
