"""What the database refuses, whatever code or hand writes to it."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.meetings.factories import (
    a_board,
    a_decision,
    a_held_meeting,
    a_meeting,
    an_action,
    an_item,
    day,
)

pytestmark = pytest.mark.django_db


def refused(make: Any, *args: Any, **fields: Any) -> bool:
    try:
        with transaction.atomic():
            make(*args, **fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("fields", [{"name": ""}, {"purpose": ""}, {"quorum": 0}])
def test_a_board_has_a_name_a_purpose_and_a_quorum_of_someone(fields: dict[str, Any]) -> None:
    assert refused(a_board, **fields)


def test_a_board_stands_once() -> None:
    row = a_board()
    assert refused(a_board, slug=row.slug)
    assert refused(a_board, name=row.name)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": "held"},
        {"place": ""},
        {"state": "completed"},
        {"state": "completed", "minutes": "We met."},
        {"state": "completed", "present": 5},
        {"state": "completed", "minutes": "We met.", "present": 0},
        {"minutes": "Before we met."},
        {"present": 5},
        {"quorum": 5},
        {"state": "cancelled"},
        {"cancelled_because": "of rain"},
        {"state": "cancelled", "cancelled_because": "of rain", "minutes": "We met."},
    ],
)
def test_a_meeting_that_was_held_has_minutes_and_a_cancelled_one_says_why(fields: dict[str, Any]) -> None:
    assert refused(a_meeting, **fields)


def test_meetings_in_each_state_are_taken() -> None:
    assert a_meeting().is_planned
    assert a_held_meeting(quorum=4).had_quorum
    assert a_meeting(state="cancelled", cancelled_because="of rain").cancelled_because


def test_a_board_meets_once_a_day() -> None:
    row = a_meeting()
    assert refused(a_meeting, row.board, held_on=row.held_on)
    assert not refused(a_meeting, held_on=row.held_on)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": ""},
        {"question": ""},
        {"about_kind": "x.theme"},
        {"about_key": 3},
        {"how_many_spoke": "25"},
        {"about_kind": "x.theme", "about_key": 3, "how_many_spoke": "25"},
        {"about_kind": "x.theme", "about_key": 3, "what_people_told_us": "It is dark."},
    ],
)
def test_an_item_about_people_says_what_they_told_us(fields: dict[str, Any]) -> None:
    assert refused(an_item, **fields)


def test_an_item_stands_once_on_an_agenda() -> None:
    row = an_item()
    assert refused(an_item, row.meeting, title=row.title)
    assert not refused(an_item, title=row.title)


@pytest.mark.parametrize("fields", [{"reason": ""}, {"text": ""}, {"outcome": "maybe"}, {"outcome": ""}])
def test_no_decision_without_a_reason(fields: dict[str, Any]) -> None:
    assert refused(a_decision, **fields)


def test_an_item_is_decided_once() -> None:
    row = a_decision()
    assert refused(a_decision, row.item)


@pytest.mark.parametrize(
    "fields",
    [
        {"text": ""},
        {"owner": ""},
        {"finished_on": day(0)},
        {"finished_on": day(0), "note": "Bought."},
        {"finished_on": day(0), "finished_by_kind": "system"},
        {"finished_by_kind": "system", "note": "Bought."},
        {"note": "Bought."},
        {"due_on": None},
    ],
)
def test_what_is_finished_has_a_day_a_note_and_someone(barts: Organisation, fields: dict[str, Any]) -> None:
    assert refused(an_action, barts, **fields)


def test_a_finished_action_is_taken(barts: Organisation) -> None:
    assert an_action(barts, finished_on=day(0), note="Bought.", finished_by_kind="system").is_finished


def test_what_others_rest_on_cannot_be_deleted(barts: Organisation) -> None:
    action = an_action(barts)
    decision = action.decision
    for row in (decision, decision.item, decision.item.meeting, decision.item.meeting.board, barts):
        with pytest.raises(ProtectedError):
            row.delete()
