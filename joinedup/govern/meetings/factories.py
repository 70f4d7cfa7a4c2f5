"""Rows that tests begin from, saved as they stand."""

import datetime
from typing import Any

from django.utils import timezone

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.meetings.models import Action, AgendaItem, Board, Decision, Meeting


def day(number: int) -> datetime.date:
    """So many days from today; before it when less than nought."""
    return timezone.localdate() + datetime.timedelta(days=number)


def a_board(**fields: Any) -> Board:
    """A public board."""
    number = Board.objects.count() + 1
    said: dict[str, Any] = {
        "name": f"Canal board {number}",
        "slug": f"canal-board-{number}",
        "purpose": "Decides on walks by the water.",
        "is_public": True,
    }
    return Board.objects.create(**(said | fields))


def a_meeting(board: Board | None = None, **fields: Any) -> Meeting:
    """A public meeting that was planned for yesterday, without minutes yet."""
    said: dict[str, Any] = {"held_on": day(-1), "place": "The lock keeper's house"}
    return Meeting.objects.create(board=board or a_board(), **(said | fields))


def a_held_meeting(board: Board | None = None, **fields: Any) -> Meeting:
    """A public meeting with its minutes."""
    said: dict[str, Any] = {"state": Meeting.State.HELD, "minutes": "We met.", "present": 5}
    return a_meeting(board, **(said | fields))


def an_item(meeting: Meeting | None = None, **fields: Any) -> AgendaItem:
    """Something on an agenda that nobody spoke to us about."""
    number = AgendaItem.objects.count() + 1
    said: dict[str, Any] = {"title": f"Lamps {number}", "question": "Do we light the towpath?"}
    return AgendaItem.objects.create(meeting=meeting or a_meeting(), **(said | fields))


def a_decision(item: AgendaItem | None = None, **fields: Any) -> Decision:
    """Something that was agreed."""
    said: dict[str, Any] = {
        "outcome": Decision.Outcome.AGREED,
        "text": "We light it.",
        "reason": "It is dark there.",
    }
    return Decision.objects.create(item=item or an_item(), **(said | fields))


def an_action(organisation: Organisation, decision: Decision | None = None, **fields: Any) -> Action:
    """Something that an organisation has to do within ten days."""
    number = Action.objects.count() + 1
    said: dict[str, Any] = {"text": f"Buy lamp {number}", "owner": "Head of lamps", "due_on": day(10)}
    return Action.objects.create(
        organisation=organisation, decision=decision or a_decision(), **(said | fields)
    )
