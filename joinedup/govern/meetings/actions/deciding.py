"""What boards decide, and who does what by when because of it."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, PermissionRefused, ask
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import tie
from joinedup.govern.meetings import access
from joinedup.govern.meetings.actions.planning import tell_search, undecided
from joinedup.govern.meetings.models import Action, AgendaItem, Decision, Meeting
from joinedup.govern.programmes import keeping

CHANGE = Permission.MEETING_CHANGE
KIND = "govern_meetings.decision"


@transaction.atomic
def decide(*, item: AgendaItem, outcome: str, text: str, reason: str, by: Actor) -> Decision:
    """Write down what the board decided on an item and why, and tie it to what the item is about.

    The link is dated the day of the meeting; where that thing is gone, the decision stands without it.
    Raises ValidationError with the faults by field, and for a meeting that was cancelled or is still to
    come, and for an item that has its decision.
    """
    ask(by, CHANGE, item.meeting)
    meeting = Meeting.objects.select_for_update().get(pk=item.meeting_id)
    if not meeting.may_decide:
        raise ValidationError(
            _("Nothing can be decided at a meeting that was cancelled or is still to come."), code="closed"
        )
    undecided(item)
    row = keeping.insert(Decision(item=item, outcome=outcome, text=text, reason=reason))
    record(verb="govern_meetings.decide", by=by, subject=row, details={"outcome": row.outcome})
    if item.about is not None and plugs.things([item.about]):
        tie(start=item.about, end=(KIND, row.pk), on=meeting.held_on, by=by)
    tell_search(meeting)
    return row


@transaction.atomic
def change_decision(*, decision: Decision, version: int, by: Actor, **fields: Any) -> Decision:
    """Put right how a decision was written down. Raises ValidationError by field, or as `keeping.held`."""
    ask(by, CHANGE, decision)
    now = keeping.held(decision, version)
    changed = keeping.update(now, fields)
    record(verb="govern_meetings.change_decision", by=by, subject=now, details={"fields": changed})
    tell_search(now.item.meeting)
    return now


@transaction.atomic
def give(*, row: Action, by: Actor) -> Action:
    """Give an organisation something to do because of a decision, as the caller filled it.

    Raises ValidationError with the faults by field.
    """
    ask(by, CHANGE, row.decision)
    keeping.insert(row)
    record(
        verb="govern_meetings.give", by=by, subject=row, details={"organisation": str(row.organisation_id)}
    )
    tell_search(row.decision.item.meeting)
    return row


@transaction.atomic
def change_action(*, action: Action, version: int, by: Actor, **fields: Any) -> Action:
    """Change what is to be done, by whom or by when. What is finished stays as it was.

    Raises ValidationError with the faults by field, or the codes of `keeping.held`.
    """
    ask(by, CHANGE, action.decision)
    now = keeping.held(action, version)
    if now.is_finished:
        raise ValidationError(_("This is finished. It stays as it was."), code="finished")
    changed = keeping.update(now, fields)
    record(verb="govern_meetings.change_action", by=by, subject=now, details={"fields": changed})
    tell_search(now.decision.item.meeting)
    return now


@transaction.atomic
def finish(*, action: Action, version: int, on: datetime.date, note: str, by: Actor) -> Action:
    """Say on which day an action was done, and what was done; the note is public.

    For its organisation (MEETING_ACTION_FINISH) and for who keeps meetings (MEETING_CHANGE). Raises
    PermissionRefused, and ValidationError with the faults by field, when it is finished already, or with
    the codes of `keeping.held`.
    """
    if not access.may_finish(by, action):
        raise PermissionRefused(str(Permission.MEETING_ACTION_FINISH))
    now = keeping.held(action, version)
    if now.is_finished:
        raise ValidationError(_("This is finished already."), code="finished")
    fields = {
        "finished_on": on,
        "note": note,
        "finished_by_kind": by.actor_kind,
        "finished_by_key": by.actor_id,
    }
    keeping.update(now, fields)
    record(verb="govern_meetings.finish", by=by, subject=now, details={"on": on.isoformat()})
    tell_search(now.decision.item.meeting)
    return now


@transaction.atomic
def reopen(*, action: Action, version: int, by: Actor) -> Action:
    """Take back that an action was finished. The record keeps that it was said.

    Raises ValidationError when it is not finished, or with the codes of `keeping.held`.
    """
    ask(by, CHANGE, action.decision)
    now = keeping.held(action, version)
    if not now.is_finished:
        raise ValidationError(_("This is not finished."), code="open")
    fields = {"finished_on": None, "note": "", "finished_by_kind": "", "finished_by_key": ""}
    keeping.update(now, fields)
    record(verb="govern_meetings.reopen", by=by, subject=now)
    tell_search(now.decision.item.meeting)
    return now
