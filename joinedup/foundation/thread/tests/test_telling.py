"""Telling everyone at the start, in the form of each: once, whatever is killed on the way."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import telling as telling_actions
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.telling import (
    LONGEST,
    Decided,
    carry_on,
    decline,
    latecomers,
    let_go_of_unreachable,
    mark_told,
    tell,
    tell_latecomers,
)
from joinedup.foundation.thread.models import Telling, Told
from joinedup.foundation.thread.plugs import Form, Part
from joinedup.foundation.thread.tests.conftest import (
    BY,
    DAY,
    WORDS,
    Area,
    chain_of,
    telling_of,
    told_people,
)

pytestmark = pytest.mark.django_db
WORKER = System("worker")
TODAY = timezone.localdate()


def written_to() -> list[str]:
    return sorted(Message.objects.values_list("to", flat=True))


@pytest.fixture
def offer(area: Area) -> Telling:
    """A decision, of which two people by email may be told."""
    return telling_of(chain_of(area, Form.EMAIL, Form.EMAIL)[Part.DECISION])


class TestDeciding:
    def test_to_tell_keeps_the_words_and_who_decided(self, offer: Telling, officer: User) -> None:
        row = tell(telling=offer, text=f"  {WORDS} ", by=officer)
        assert (row.state, row.text) == (Telling.State.SENDING, WORDS)
        assert row.decided_by_key == officer.actor_id
        event = AuditEvent.objects.get(verb="foundation_thread.tell")
        assert event.details == {"people": 2}, "no words in the record"

    @pytest.mark.parametrize("words", ["", "  \n", "x" * (LONGEST + 1)])
    def test_no_words_and_too_many_are_refused(self, offer: Telling, words: str) -> None:
        with pytest.raises(ValidationError):
            tell(telling=offer, text=words, by=BY)
        assert not Told.objects.exists()

    def test_to_tell_nobody_needs_a_reason(self, offer: Telling, officer: User) -> None:
        with pytest.raises(ValidationError):
            decline(telling=offer, why="  ", by=officer)
        assert decline(telling=offer, why="They heard it at the meeting", by=officer).why_not
        assert not Told.objects.exists()

    def test_the_database_holds_that_not_telling_has_a_reason(self, offer: Telling) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Telling.objects.filter(pk=offer.pk).update(state="declined", decided_at=timezone.now())

    @pytest.mark.parametrize("first", ["tell", "decline"])
    @pytest.mark.parametrize("second", ["tell", "decline"])
    def test_the_second_of_two_at_once_hears_that_it_is_decided(
        self, offer: Telling, first: str, second: str
    ) -> None:
        acts: dict[str, Callable[[], Telling]] = {
            "tell": lambda: tell(telling=offer, text=WORDS, by=BY),
            "decline": lambda: decline(telling=offer, why="No news", by=BY),
        }
        acts[first]()
        with pytest.raises(Decided):
            acts[second]()
        assert Told.objects.count() == (2 if first == "tell" else 0)

    @pytest.mark.parametrize("who", ["stranger", "partner", "editor", "privacy_officer", "administrator"])
    def test_is_not_for_others(self, offer: Telling, who: str, request: pytest.FixtureRequest) -> None:
        for by in (request.getfixturevalue(who), VISITOR):
            with pytest.raises(PermissionRefused):
                tell(telling=offer, text=WORDS, by=by)
            with pytest.raises(PermissionRefused):
                decline(telling=offer, why="No", by=by)

    def test_someone_at_the_start_by_two_ways_is_told_once(self, area: Area) -> None:
        ends = chain_of(area, Form.EMAIL)
        other = area.put(Part.THEME, 2)
        tie(start=("test.voice", 1), end=other, on=DAY, by=BY)
        tie(start=other, end=ends[Part.DECISION], on=DAY, by=BY)
        row = Telling.objects.filter(about_kind="test.decision").order_by("pk")[0]
        assert tell(telling=row, text=WORDS, by=BY).told.count() == 1

    def test_whoever_comes_before_it_is_decided_is_told_too(self, area: Area, offer: Telling) -> None:
        tie(start=area.voice(3), end=("test.theme", 1), on=DAY, by=BY)
        assert tell(telling=offer, text=WORDS, by=BY).told.count() == 3


class TestEachForm:
    def test_emails_wait_for_the_worker_and_then_carry_the_words_and_the_way_to_say_so(
        self, area: Area
    ) -> None:
        [told] = told_people(area, Form.EMAIL)
        assert written_to() == []
        assert carry_on(by=WORKER) == 1
        told.refresh_from_db()
        message = Message.objects.get()
        assert (message.to, told.told_on) == ("voice-1@example.org", TODAY)
        assert WORDS in message.text
        assert "/what-we-did/your-word/" in message.text

    @pytest.mark.parametrize("form", [Form.PHONE, Form.LETTER])
    def test_calls_and_letters_wait_for_a_person(self, area: Area, form: Form) -> None:
        [told] = told_people(area, form)
        assert carry_on(by=WORKER) == 0
        told.refresh_from_db()
        assert (told.told_on, told.gone_on) == (None, None)
        assert told.telling.state == Telling.State.SENDING

    def test_who_comes_back_by_reference_is_told_at_once(self, area: Area) -> None:
        [told] = told_people(area, Form.REFERENCE)
        assert told.told_on == TODAY
        assert told.telling.state == Telling.State.TOLD

    def test_who_cannot_be_reached_is_marked_and_keeps_nobody_waiting(self, area: Area) -> None:
        [told] = told_people(area, Form.NOBODY)
        assert (told.told_on, told.gone_on) == (None, TODAY)
        assert told.telling.state == Telling.State.TOLD

    def test_it_is_told_once_the_last_one_was(self, area: Area) -> None:
        rows = told_people(area, Form.EMAIL, Form.PHONE, Form.REFERENCE)
        telling = rows[0].telling
        carry_on(by=WORKER)
        telling.refresh_from_db()
        assert telling.state == Telling.State.SENDING
        mark_told(told=rows[1], on=TODAY, by=BY)
        telling.refresh_from_db()
        assert telling.state == Telling.State.TOLD

    def test_public_pages_are_drawn_anew(self, area: Area) -> None:
        rows = told_people(area, Form.EMAIL, Form.PHONE)
        before = current()
        carry_on(by=WORKER)
        between = current()
        mark_told(told=rows[1], on=TODAY, by=BY)
        assert before < between < current()


class TestMarking:
    def test_keeps_the_day_who_noted_it_and_what_they_said(self, area: Area, officer: User) -> None:
        [told] = told_people(area, Form.PHONE)
        row = mark_told(told=told, on=TODAY, by=officer, verdict="disputed")
        assert (row.told_on, row.noted_by_key, row.verdict_on) == (TODAY, officer.actor_id, TODAY)
        assert list(Told.objects.disputed()) == [row], "what is said by phone counts as much"

    def test_twice_is_once(self, area: Area) -> None:
        [told] = told_people(area, Form.PHONE)
        mark_told(told=told, on=TODAY, by=BY)
        with pytest.raises(Decided):
            mark_told(told=told, on=TODAY, by=BY)

    @pytest.mark.parametrize("days", [-1, 1])
    def test_a_day_to_come_or_before_the_decision_is_refused(self, area: Area, days: int) -> None:
        [told] = told_people(area, Form.LETTER)
        with pytest.raises(ValidationError):
            mark_told(told=told, on=TODAY + datetime.timedelta(days=days), by=BY)

    def test_another_word_than_yes_or_no_is_refused(self, area: Area) -> None:
        [told] = told_people(area, Form.PHONE)
        with pytest.raises(ValidationError):
            mark_told(told=told, on=TODAY, by=BY, verdict="perhaps")


class TestAWorker:
    def test_that_was_killed_half_way_goes_on_where_it_stopped(
        self, area: Area, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told_people(area, *[Form.EMAIL] * 4)
        real, sent = area.send, []

        def killed(key: int, text: str, path: Callable[[], str], by: object) -> bool:
            done = real(key, text, path, WORKER)
            sent.append(key)
            if len(sent) == 3:
                raise KeyboardInterrupt
            return done

        monkeypatch.setattr("joinedup.foundation.thread.plugs._kinds", with_send(killed))
        with pytest.raises(KeyboardInterrupt):
            carry_on(by=WORKER)
        assert len(written_to()) == 2, "the message of the third went with its mark"
        assert carry_on(by=WORKER) == 2
        assert written_to() == [f"voice-{key}@example.org" for key in (1, 2, 3, 4)]
        assert carry_on(by=WORKER) == 0

    def test_that_fails_with_one_tells_the_others(self, area: Area, caplog: pytest.LogCaptureFixture) -> None:
        told_people(area, Form.EMAIL, Form.EMAIL, Form.EMAIL)
        area.broken = {2}
        assert carry_on(by=WORKER) == 2
        assert "Could not tell number" in caplog.text
        assert "example.org" not in caplog.text
        area.broken = set()
        assert carry_on(by=WORKER) == 1
        assert len(set(written_to())) == 3

    def test_that_finds_it_told_by_another_one_tells_nobody_twice(
        self, area: Area, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told_people(area, Form.EMAIL, Form.EMAIL)
        real = area.send

        def meanwhile(key: int, text: str, path: Callable[[], str], by: object) -> bool:
            if key == 1:
                monkeypatch.setattr("joinedup.foundation.thread.plugs._kinds", with_send(real))
                carry_on_others(Told.objects.waiting().exclude(voice_key=1))
            return real(key, text, path, WORKER)

        monkeypatch.setattr("joinedup.foundation.thread.plugs._kinds", with_send(meanwhile))
        assert carry_on(by=WORKER) == 1
        assert written_to() == ["voice-1@example.org", "voice-2@example.org"]

    def test_sends_no_more_than_it_was_told_in_one_go(self, area: Area) -> None:
        told_people(area, *[Form.EMAIL] * 3)
        assert [carry_on(by=WORKER, most=2) for _round in range(3)] == [2, 1, 0]


class TestWhoTookItBack:
    def test_before_the_email_went_is_not_written_to(self, area: Area) -> None:
        rows = told_people(area, Form.EMAIL, Form.EMAIL)
        area.forms[1] = Form.NOBODY
        assert carry_on(by=WORKER) == 1
        assert written_to() == ["voice-2@example.org"]
        rows[0].refresh_from_db()
        assert rows[0].gone_on == TODAY
        rows[0].telling.refresh_from_db()
        assert rows[0].telling.state == Telling.State.TOLD

    def test_and_is_erased_is_not_written_to(self, area: Area) -> None:
        [told] = told_people(area, Form.EMAIL)
        del area.forms[1]
        assert carry_on(by=WORKER) == 0
        told.refresh_from_db()
        assert told.gone_on == TODAY

    @pytest.mark.parametrize("form", [Form.PHONE, Form.LETTER])
    def test_does_not_wait_for_a_call_or_a_letter_for_ever(self, area: Area, form: Form) -> None:
        rows = told_people(area, form, form)
        area.forms[1] = Form.NOBODY
        assert let_go_of_unreachable() == 1
        assert let_go_of_unreachable() == 0
        del area.forms[2]
        carry_on(by=WORKER)
        rows[0].telling.refresh_from_db()
        assert rows[0].telling.state == Telling.State.TOLD


class TestWhoComesLater:
    def test_and_spoke_before_it_came_about_can_be_told_in_the_same_words(
        self, area: Area, officer: User
    ) -> None:
        [told] = told_people(area, Form.REFERENCE)
        tie(start=area.voice(2), end=("test.theme", 1), on=DAY, by=BY)
        assert list(latecomers(told.telling)) == [("test.voice", 2)]
        assert tell_latecomers(telling=told.telling, by=officer) == 1
        assert carry_on(by=WORKER) == 1
        told.telling.refresh_from_db()
        assert told.telling.state == Telling.State.TOLD
        assert tell_latecomers(telling=told.telling, by=officer) == 0

    def test_and_spoke_after_it_hears_of_it_in_their_answer(self, area: Area) -> None:
        [told] = told_people(area, Form.EMAIL)
        tie(start=area.voice(2), end=("test.theme", 1), on=DAY + datetime.timedelta(days=11), by=BY)
        assert latecomers(told.telling) == {}

    def test_is_not_counted_where_nobody_was_to_be_told(self, area: Area, offer: Telling) -> None:
        decline(telling=offer, why="No news", by=BY)
        tie(start=area.voice(3), end=("test.theme", 1), on=DAY, by=BY)
        offer.refresh_from_db()
        assert latecomers(offer) == {}

    def test_is_told_by_nobody_who_may_not(self, area: Area, stranger: User, partner: User) -> None:
        [told] = told_people(area, Form.EMAIL)
        tie(start=area.voice(2), end=("test.theme", 1), on=DAY, by=BY)
        for by in (stranger, partner, VISITOR):
            with pytest.raises(PermissionRefused):
                tell_latecomers(telling=told.telling, by=by)
        assert told.telling.told.count() == 1


def with_send(send: Callable[..., bool]) -> dict[str, object]:
    """The kinds as they are, with another way of writing to voices."""
    from_now = dict(plugs._kinds)
    voice = from_now["test.voice"]
    assert voice.voices is not None
    from_now["test.voice"] = replace(voice, voices=replace(voice.voices, send=send))
    return from_now  # type: ignore[return-value]


def carry_on_others(rows: QuerySet[Told]) -> None:
    """What another worker does meanwhile."""
    for row in rows:
        assert telling_actions._send(row.pk, WORKER)
