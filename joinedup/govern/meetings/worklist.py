"""What of meetings needs someone today: actions, minutes, and decisions to write down."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.permissions import Permission
from joinedup.foundation.worklist import Need, Source, register
from joinedup.govern.meetings import access
from joinedup.govern.meetings.models import Action, AgendaItem, Meeting

AHEAD = datetime.timedelta(days=14)


def actions_due(user: object, day: datetime.date) -> Iterator[Need]:
    """Actions of the user's own organisations that are late or due within two weeks."""
    rows = Action.objects.open().of_organisations(access.organisations_of(user))
    for row in rows.filter(due_on__lte=day + AHEAD).select_related("decision__item__meeting__board"):
        yield Need(
            words=_("Finish: %(text)s") % {"text": row.text},
            href=reverse("workspace_meetings:finish", args=[row.pk]),
            due_on=row.due_on,
            about=str(row.decision.item.meeting),
        )


def minutes_owed(user: object, day: datetime.date) -> Iterator[Need]:
    """Meetings whose day has passed and whose minutes nobody has published."""
    for row in Meeting.objects.without_minutes(day).select_related("board"):
        yield Need(
            words=_("Publish the minutes: %(meeting)s") % {"meeting": row},
            href=reverse("workspace_meetings:hold", args=[row.pk]),
            due_on=row.held_on,
            about=row.board.name,
        )


def decisions_owed(user: object, day: datetime.date) -> Iterator[Need]:
    """Items of meetings that are over, on which no decision is written down."""
    rows = AgendaItem.objects.filter(meeting__held_on__lt=day, decision__isnull=True)
    rows = rows.exclude(meeting__state=Meeting.State.CANCELLED).order_by("meeting__held_on", "position", "pk")
    for row in rows.select_related("meeting__board"):
        yield Need(
            words=_("Write down the decision: %(title)s") % {"title": row.title},
            href=reverse("workspace_meetings:decide", args=[row.pk]),
            due_on=row.meeting.held_on,
            about=str(row.meeting),
        )


register(
    Source(
        "govern_meetings.actions_due",
        gettext_lazy("Actions your organisation took on"),
        Permission.MEETING_ACTION_FINISH,
        actions_due,
        "/workspace/meetings/actions/",
    )
)
register(
    Source(
        "govern_meetings.minutes_owed",
        gettext_lazy("Meetings without minutes"),
        Permission.MEETING_CHANGE,
        minutes_owed,
        "/workspace/meetings/",
    )
)
register(
    Source(
        "govern_meetings.decisions_owed",
        gettext_lazy("Agenda items without a decision"),
        Permission.MEETING_CHANGE,
        decisions_owed,
        "/workspace/meetings/",
    )
)
