"""Boards, meetings and agendas: asked for, on the record, and the second of two told."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation import findable
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.govern.meetings.actions import planning
from joinedup.govern.meetings.factories import a_board, a_decision, a_held_meeting, a_meeting, an_item, day
from joinedup.govern.meetings.models import AgendaItem, Board, Meeting
from joinedup.govern.meetings.tests.conftest import Area

pytestmark = pytest.mark.django_db
NOT_THEIRS = ["stranger", "officer", "partner", "other_partner", "editor", "privacy_officer", "administrator"]


@pytest.fixture
def told() -> Iterator[list[str]]:
    keys: list[str] = []

    def hear(sender: object, key: str, **kwargs: Any) -> None:
        keys.append(key)

    findable.changed.connect(hear)
    yield keys
    findable.changed.disconnect(hear)


def fresh_item(meeting: Meeting, **fields: Any) -> AgendaItem:
    said: dict[str, Any] = {"title": "Lamps", "question": "Do we light it?"}
    return AgendaItem(meeting=meeting, **(said | fields))


def faults(told: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(told.value.error_dict)


@pytest.mark.parametrize("who", NOT_THEIRS)
def test_only_who_keeps_meetings_may(who: str, request: Any) -> None:
    item, waiting = an_item(), a_meeting()
    verbs: list[Any] = [
        lambda by: planning.add_board(row=Board(name="Mine", purpose="x"), by=by),
        lambda by: planning.change_board(board=waiting.board, version=1, by=by, name="Mine"),
        lambda by: planning.plan(row=Meeting(board=waiting.board, held_on=day(9), place="x"), by=by),
        lambda by: planning.change_meeting(meeting=waiting, version=1, by=by, place="Mine"),
        lambda by: planning.hold(meeting=waiting, version=1, minutes="x", present=1, by=by),
        lambda by: planning.cancel(meeting=waiting, version=1, reason="x", by=by),
        lambda by: planning.put(row=fresh_item(waiting), by=by),
        lambda by: planning.change_item(item=item, version=1, by=by, title="Mine"),
        lambda by: planning.take_off(item=item, version=1, by=by),
    ]
    for by in (VISITOR, request.getfixturevalue(who)):
        for verb in verbs:
            with pytest.raises(PermissionRefused):
                verb(by)
    assert not AuditEvent.objects.filter(verb__startswith="govern_meetings").exists()


class TestBoards:
    def test_get_their_address_from_their_name_and_keep_who_sits_there(
        self, manager: User, barts: Organisation, told: list[str]
    ) -> None:
        made = [
            planning.add_board(row=Board(name=name, purpose="x"), members=[barts], by=manager)
            for name in ("Living Well!", "Living  well?")
        ]
        assert [row.slug for row in made] == ["living-well", "living-well-2"]
        assert list(made[0].members.all()) == [barts]
        assert told == [f"govern_meetings.board:{row.pk}:en" for row in made]

    def test_change_by_whoever_read_them_last(self, manager: User, barts: Organisation) -> None:
        row = a_board()
        now = planning.change_board(board=row, version=1, by=manager, name=" Lamp board ", members=[barts])
        assert (now.name, now.version, list(now.members.all())) == ("Lamp board", 2, [barts])
        with pytest.raises(ValidationError) as told:
            planning.change_board(board=row, version=1, by=manager, name="Mine")
        assert told.value.code == "clash"
        event = AuditEvent.objects.about(row).get()
        assert event.details == {"fields": ["name"]}

    def test_tell_search_of_all_their_meetings(self, manager: User, told: list[str]) -> None:
        row = a_meeting()
        planning.change_board(board=row.board, version=1, by=manager, is_public=False)
        assert f"govern_meetings.meeting:{row.pk}:en" in told


class TestMeetings:
    def test_are_planned_once_a_day(self, manager: User) -> None:
        board = a_board()
        row = planning.plan(row=Meeting(board=board, held_on=day(9), place=" The hall "), by=manager)
        assert (row.place, row.is_planned, row.is_public) == ("The hall", True, True)
        with pytest.raises(ValidationError) as told:
            planning.plan(row=Meeting(board=board, held_on=day(9), place="x"), by=manager)
        assert faults(told) == {"held_on"}

    def test_raise_the_stamp_of_public_pages(self, manager: User) -> None:
        board, before = a_board(), current()
        planning.plan(row=Meeting(board=board, held_on=day(9), place="x"), by=manager)
        assert current() > before

    def test_move_while_nothing_is_decided(self, manager: User) -> None:
        row = a_meeting()
        assert planning.change_meeting(meeting=row, version=1, by=manager, held_on=day(5)).held_on == day(5)

    @pytest.mark.parametrize("state", ["held", "cancelled", "decided"])
    def test_stay_on_their_day_after_that(self, manager: User, state: str) -> None:
        row = {
            "held": a_held_meeting,
            "cancelled": lambda: a_meeting(state="cancelled", cancelled_because="of rain"),
            "decided": lambda: a_decision().item.meeting,
        }[state]()
        with pytest.raises(ValidationError) as told:
            planning.change_meeting(meeting=row, version=1, by=manager, held_on=day(5))
        assert faults(told) == {"held_on"}
        assert planning.change_meeting(meeting=row, version=1, by=manager, is_public=False).is_public is False

    def test_are_held_with_minutes_and_the_quorum_of_that_day(self, manager: User) -> None:
        row = a_meeting(a_board(quorum=4))
        now = planning.hold(meeting=row, version=1, minutes=" We met. ", present=3, by=manager)
        assert (now.is_held, now.minutes, now.quorum, now.had_quorum) == (True, "We met.", 4, False)
        planning.change_board(board=now.board, version=1, by=manager, quorum=2)
        again = planning.hold(meeting=now, version=2, minutes="We did meet.", present=3, by=manager)
        assert (again.minutes, again.had_quorum) == ("We did meet.", False)

    @pytest.mark.parametrize(("present", "had"), [(3, False), (4, True), (5, True)])
    def test_have_a_quorum_from_its_number_on(self, manager: User, present: int, had: bool) -> None:
        row = a_meeting(a_board(quorum=4))
        now = planning.hold(meeting=row, version=1, minutes="x", present=present, by=manager)
        assert now.had_quorum is had

    def test_without_a_rule_have_neither(self) -> None:
        assert a_held_meeting().had_quorum is None
        assert a_meeting().had_quorum is None

    @pytest.mark.parametrize(
        ("fields", "code"),
        [({"held_on": day(1)}, "future"), ({"state": "cancelled", "cancelled_because": "x"}, "cancelled")],
    )
    def test_that_are_to_come_or_cancelled_are_not_held(
        self, manager: User, fields: dict[str, Any], code: str
    ) -> None:
        with pytest.raises(ValidationError) as told:
            planning.hold(meeting=a_meeting(**fields), version=1, minutes="x", present=1, by=manager)
        assert told.value.code == code

    @pytest.mark.parametrize(("minutes", "present", "field"), [(" ", 3, "minutes"), ("x", 0, "present")])
    def test_are_not_held_without_minutes_or_people(
        self, manager: User, minutes: str, present: int, field: str
    ) -> None:
        with pytest.raises(ValidationError) as told:
            planning.hold(meeting=a_meeting(), version=1, minutes=minutes, present=present, by=manager)
        assert field in faults(told)

    def test_are_held_today(self, manager: User) -> None:
        row = a_meeting(held_on=day(0))
        assert planning.hold(meeting=row, version=1, minutes="x", present=1, by=manager).is_held

    def test_are_cancelled_with_a_reason(self, manager: User) -> None:
        row = a_meeting(held_on=day(3))
        with pytest.raises(ValidationError) as told:
            planning.cancel(meeting=row, version=1, reason="  ", by=manager)
        assert faults(told) == {"cancelled_because"}
        now = planning.cancel(meeting=row, version=1, reason="Too few could come.", by=manager)
        assert (now.state, now.cancelled_because) == ("cancelled", "Too few could come.")

    def test_that_were_held_or_have_decided_are_not_cancelled(self, manager: User) -> None:
        for row in (a_held_meeting(), a_decision().item.meeting):
            with pytest.raises(ValidationError):
                planning.cancel(meeting=row, version=1, reason="x", by=manager)

    def test_are_changed_by_one_of_two(self, manager: User) -> None:
        row = a_meeting()
        planning.hold(meeting=row, version=1, minutes="x", present=1, by=manager)
        for verb in (
            lambda: planning.hold(meeting=row, version=1, minutes="y", present=1, by=manager),
            lambda: planning.cancel(meeting=row, version=1, reason="y", by=manager),
            lambda: planning.change_meeting(meeting=row, version=1, by=manager, place="y"),
        ):
            with pytest.raises(ValidationError) as told:
                verb()
            assert told.value.code == "clash"

    def test_are_on_the_record_without_any_of_their_words(self, manager: User) -> None:
        row = a_meeting()
        planning.hold(meeting=row, version=1, minutes="Secret words", present=1, by=manager)
        event = AuditEvent.objects.about(row).get()
        assert event.verb == "govern_meetings.hold"
        assert "Secret" not in str(event.details)


class TestAgendas:
    def test_take_items_one_after_the_other(self, manager: User, told: list[str]) -> None:
        meeting = a_meeting()
        first = planning.put(row=fresh_item(meeting), by=manager)
        second = planning.put(row=fresh_item(meeting, title="Boats"), by=manager)
        assert [first.position, second.position] == [1, 2]
        assert told == [f"govern_meetings.meeting:{meeting.pk}:en"] * 2

    def test_keep_a_place_that_was_chosen(self, manager: User) -> None:
        assert planning.put(row=fresh_item(a_meeting(), position=7), by=manager).position == 7

    @pytest.mark.parametrize(
        "make", [a_held_meeting, lambda: a_meeting(state="cancelled", cancelled_because="of rain")]
    )
    def test_of_meetings_that_are_over_are_closed(self, manager: User, make: Any) -> None:
        with pytest.raises(ValidationError) as told:
            planning.put(row=fresh_item(make()), by=manager)
        assert faults(told) == {"meeting"}
        assert not AgendaItem.objects.exists()

    def test_take_the_same_thing_once(self, manager: User) -> None:
        meeting = a_meeting()
        planning.put(row=fresh_item(meeting), by=manager)
        with pytest.raises(ValidationError) as told:
            planning.put(row=fresh_item(meeting), by=manager)
        assert faults(told) == {"title"}

    @pytest.mark.parametrize(("many", "kept"), [(0, "0"), (1, "*"), (7, "*"), (8, "10"), (13, "15")])
    def test_keep_how_many_spoke_as_it_may_be_published(
        self, manager: User, area: Area, many: int, kept: str
    ) -> None:
        theme = area.theme()
        area.voices(theme, many)
        row = planning.put(
            row=fresh_item(a_meeting(), what_people_told_us="It is dark."), about=theme, by=manager
        )
        assert (row.about, row.how_many_spoke) == (theme, kept)
        area.voices(theme, 40)
        row.refresh_from_db()
        assert row.how_many_spoke == kept

    @pytest.mark.parametrize("words", ["", "  \n "])
    def test_hear_what_people_told_us(self, manager: User, area: Area, words: str) -> None:
        row = fresh_item(a_meeting(), what_people_told_us=words)
        with pytest.raises(ValidationError) as told:
            planning.put(row=row, about=area.theme(), by=manager)
        assert faults(told) == {"what_people_told_us"}

    @pytest.mark.parametrize("about", [("test.theme", 99), ("no.kind", 1)])
    def test_take_nothing_about_what_is_not_there(
        self, manager: User, area: Area, about: tuple[str, int]
    ) -> None:
        row = fresh_item(a_meeting(), what_people_told_us="x")
        with pytest.raises(ValidationError) as told:
            planning.put(row=row, about=about, by=manager)
        assert told.value.code == "gone"

    def test_change_until_it_is_decided(self, manager: User) -> None:
        row = an_item()
        now = planning.change_item(item=row, version=1, by=manager, title="Lanterns")
        assert (now.title, now.version) == ("Lanterns", 2)
        a_decision(now)
        for verb in (
            lambda: planning.change_item(item=now, version=2, by=manager, title="Mine"),
            lambda: planning.take_off(item=now, version=2, by=manager),
        ):
            with pytest.raises(ValidationError) as told:
                verb()
            assert told.value.code == "decided"

    def test_cannot_be_left_without_what_people_told_us(self, manager: User, area: Area) -> None:
        row = planning.put(
            row=fresh_item(a_meeting(), what_people_told_us="x"), about=area.theme(), by=manager
        )
        with pytest.raises(ValidationError) as told:
            planning.change_item(item=row, version=1, by=manager, what_people_told_us="")
        assert faults(told) == {"what_people_told_us"}

    def test_let_go_of_an_item(self, manager: User) -> None:
        row = an_item()
        planning.take_off(item=row, version=1, by=manager)
        assert not AgendaItem.objects.exists()
        assert AuditEvent.objects.filter(verb="govern_meetings.take_off").count() == 1


def test_what_is_coming_and_what_is_past() -> None:
    board, today = a_board(), datetime.date(2026, 6, 3)
    rows = {
        "before": a_meeting(board, held_on=datetime.date(2026, 6, 2)),
        "today": a_meeting(board, held_on=today),
        "after": a_meeting(board, held_on=datetime.date(2026, 6, 4)),
        "off": a_meeting(board, held_on=datetime.date(2026, 6, 5), state="cancelled", cancelled_because="x"),
        "held": a_held_meeting(board, held_on=datetime.date(2026, 6, 1)),
    }
    assert list(Meeting.objects.coming(today)) == [rows["today"], rows["after"]]
    assert list(Meeting.objects.past(today)) == [rows["off"], rows["before"], rows["held"]]
    assert list(Meeting.objects.without_minutes(today)) == [rows["before"]]
