"""Boards, their meetings, and what stands on an agenda. Every verb asks for MEETING_CHANGE."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation import findable
from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread import plugs
from joinedup.govern.meetings import counting
from joinedup.govern.meetings.models import AgendaItem, Board, Decision, Meeting
from joinedup.govern.programmes import keeping

CHANGE = Permission.MEETING_CHANGE


def tell_search(*rows: Board | Meeting) -> None:
    """Search hears of boards and meetings whose pages changed."""
    for row in rows:
        findable.changed.send(sender=type(row), key=f"{row._meta.label_lower}:{row.pk}:en")


@transaction.atomic
def add_board(*, row: Board, members: Iterable[Organisation] = (), by: Actor) -> Board:
    """Keep a new board, as the caller filled it, and who sits on it. Raises ValidationError by field."""
    ask(by, CHANGE, row)
    row.slug = row.slug or keeping.free_slug(row.name, Board.objects.all())
    keeping.insert(row)
    row.members.set(members)
    record(verb="govern_meetings.add_board", by=by, subject=row)
    tell_search(row)
    return row


@transaction.atomic
def change_board(
    *, board: Board, version: int, by: Actor, members: Iterable[Organisation] | None = None, **fields: Any
) -> Board:
    """Change some fields of a board, and who sits on it where `members` is given.

    Raises ValidationError with the faults by field, or the codes of `keeping.held`.
    """
    ask(by, CHANGE, board)
    now = keeping.held(board, version)
    changed = keeping.update(now, fields)
    if members is not None:
        now.members.set(members)
        bump()
    record(verb="govern_meetings.change_board", by=by, subject=now, details={"fields": changed})
    tell_search(now, *now.meetings.all())
    return now


@transaction.atomic
def plan(*, row: Meeting, by: Actor) -> Meeting:
    """Keep a new meeting, as the caller filled it. Raises ValidationError with the faults by field."""
    ask(by, CHANGE, row)
    keeping.insert(row)
    record(verb="govern_meetings.plan", by=by, subject=row, details={"on": row.held_on.isoformat()})
    tell_search(row)
    return row


@transaction.atomic
def change_meeting(*, meeting: Meeting, version: int, by: Actor, **fields: Any) -> Meeting:
    """Change when and where a meeting is, or who may read about it.

    Its day stays once it was held or cancelled, or something was decided: decisions are of that day.
    Raises ValidationError with the faults by field, or the codes of `keeping.held`.
    """
    ask(by, CHANGE, meeting)
    now = keeping.held(meeting, version)
    moves = fields.get("held_on", now.held_on) != now.held_on
    if moves and (not now.is_planned or Decision.objects.filter(item__meeting=now).exists()):
        raise ValidationError(
            {"held_on": [_("It was held or cancelled, or something was decided. Its day stays.")]}
        )
    changed = keeping.update(now, fields)
    record(verb="govern_meetings.change_meeting", by=by, subject=now, details={"fields": changed})
    tell_search(now)
    return now


@transaction.atomic
def hold(*, meeting: Meeting, version: int, minutes: str, present: int, by: Actor) -> Meeting:
    """Say that a meeting was held, how many members were there, and publish its minutes.

    Once more corrects the minutes. Raises ValidationError for a meeting that was cancelled or is still to
    come, with the faults by field, or with the codes of `keeping.held`.
    """
    ask(by, CHANGE, meeting)
    now = keeping.held(meeting, version)
    if now.state == Meeting.State.CANCELLED:
        raise ValidationError(_("This meeting was cancelled."), code="cancelled")
    if now.held_on > timezone.localdate():
        raise ValidationError(_("This meeting is still to come."), code="future")
    said: dict[str, Any] = {"state": Meeting.State.HELD, "minutes": minutes, "present": present}
    if not now.is_held:
        said["quorum"] = now.board.quorum
    changed = keeping.update(now, said)
    record(verb="govern_meetings.hold", by=by, subject=now, details={"fields": changed})
    tell_search(now)
    return now


@transaction.atomic
def cancel(*, meeting: Meeting, version: int, reason: str, by: Actor) -> Meeting:
    """Cancel a meeting that was planned. What stands on its agenda stays there to be read.

    Raises ValidationError when it was held, cancelled or has decided, without a reason, or with the codes
    of `keeping.held`.
    """
    ask(by, CHANGE, meeting)
    now = keeping.held(meeting, version)
    if not now.is_planned or Decision.objects.filter(item__meeting=now).exists():
        raise ValidationError(_("It was held or cancelled, or has decided. It cannot be cancelled."))
    if not reason.strip():
        raise ValidationError({"cancelled_because": [_("Say why it was cancelled.")]})
    keeping.update(now, {"state": Meeting.State.CANCELLED, "cancelled_because": reason})
    record(verb="govern_meetings.cancel", by=by, subject=now)
    tell_search(now)
    return now


def _open_agenda(meeting: Meeting) -> Meeting:
    """The meeting, held to the end of the transaction; raises ValidationError when its agenda is closed."""
    now = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if not now.is_planned:
        raise ValidationError(
            {"meeting": [_("This meeting was held or cancelled. Choose one that is planned.")]}
        )
    return now


@transaction.atomic
def put(*, row: AgendaItem, about: tuple[str, int] | None = None, by: Actor) -> AgendaItem:
    """Put something on the agenda of a meeting, as the caller filled it; last where no place is said.

    `about` names what it is about in the thread, such as a theme: then it must say what people told us, and
    how many spoke is counted and kept now. Raises ValidationError with the faults by field, for a meeting
    that is no longer planned, and with the code `gone` for a thing that is not there.
    """
    ask(by, CHANGE, row.meeting)
    row.meeting = _open_agenda(row.meeting)
    if about is not None:
        if not plugs.things([about]):
            raise ValidationError(_("What this is about is not there any more."), code="gone")
        row.about_kind, row.about_key = about
        row.how_many_spoke = counting.who_spoke(about)
    if not row.position:
        row.position = (row.meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
    keeping.insert(row)
    details = {"meeting": str(row.meeting.pk), "about": f"{about[0]}:{about[1]}" if about else ""}
    record(verb="govern_meetings.put", by=by, subject=row, details=details)
    tell_search(row.meeting)
    return row


def undecided(item: AgendaItem) -> None:
    """Raises ValidationError when the board has decided on it: what it decided on stays as it was."""
    if Decision.objects.filter(item=item.pk).exists():
        raise ValidationError(_("The board has decided on this. It stays as it was."), code="decided")


@transaction.atomic
def change_item(*, item: AgendaItem, version: int, by: Actor, **fields: Any) -> AgendaItem:
    """Change what an agenda says, until the board has decided on it.

    Raises ValidationError with the faults by field, or the codes of `keeping.held`.
    """
    ask(by, CHANGE, item.meeting)
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    now = keeping.held(item, version)
    undecided(now)
    changed = keeping.update(now, fields)
    record(verb="govern_meetings.change_item", by=by, subject=now, details={"fields": changed})
    tell_search(now.meeting)
    return now


@transaction.atomic
def take_off(*, item: AgendaItem, version: int, by: Actor) -> None:
    """Take something off an agenda, until the board has decided on it. Raises as `change_item`."""
    ask(by, CHANGE, item.meeting)
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    now = keeping.held(item, version)
    undecided(now)
    record(verb="govern_meetings.take_off", by=by, subject=now, details={"meeting": str(now.meeting_id)})
    tell_search(now.meeting)
    now.delete()
