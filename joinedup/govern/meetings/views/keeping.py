"""Where boards and meetings are kept. Every door asks for MEETING_CHANGE; the actions ask again."""

from typing import Any, cast

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Actor, Permission
from joinedup.govern.meetings import access
from joinedup.govern.meetings.actions import planning
from joinedup.govern.meetings.forms import BoardForm, CancelForm, HoldForm, MeetingForm
from joinedup.govern.meetings.models import Action, Board, Meeting
from joinedup.govern.meetings.views.public import agenda
from joinedup.govern.programmes.views.editing import edit

CHANGE = Permission.MEETING_CHANGE


def by(request: HttpRequest) -> Actor:
    """Who acts; `requires` let only people with an account come this far."""
    return cast("Actor", request.user)


def page_of(row: Board | Meeting) -> str:
    """The workspace page that shows a board or a meeting."""
    return reverse(f"workspace_meetings:{row._meta.model_name}", args=[row.pk])


def _board(request: HttpRequest, pk: int) -> Board:
    return access.get_for(request.user, CHANGE, Board.objects.all(), pk=pk)


def meeting_for(request: HttpRequest, pk: int) -> Meeting:
    """The meeting, or Http404."""
    return access.get_for(request.user, CHANGE, Meeting.objects.select_related("board"), pk=pk)


@requires(CHANGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All boards, and the meetings that come next or wait for something."""
    today = timezone.localdate()
    meetings = Meeting.objects.select_related("board")
    context = {
        "boards": Board.objects.annotate(meetings_kept=Count("meetings")),
        "coming": meetings.coming(today),
        "waiting": meetings.without_minutes(today),
        "late": Action.objects.overdue(today).count(),
    }
    return render(request, "workspace_meetings/list.html", context)


@requires(CHANGE)
def add_board(request: HttpRequest) -> HttpResponse:
    """Add a board."""

    def keep(said: dict[str, Any], version: int) -> str:
        members = said.pop("members")
        return page_of(planning.add_board(row=Board(**said), members=members, by=by(request)))

    page = {"heading": _("Add a board"), "back": reverse("workspace_meetings:list")}
    return edit(request, form_type=BoardForm, row=Board(), keep=keep, page=page)


@requires(CHANGE)
@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """One board with its meetings."""
    row = _board(request, pk)
    meetings = row.meetings.annotate(
        asked=Count("items", distinct=True), decided=Count("items__decision", distinct=True)
    )
    context = {"board": row, "meetings": meetings, "members": row.members.all()}
    return render(request, "workspace_meetings/board.html", context)


@requires(CHANGE)
def change_board(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said about a board."""
    row = _board(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.change_board(board=row, version=version, by=by(request), **said))

    page = {"heading": _("Change %(name)s") % {"name": row.name}, "back": page_of(row)}
    return edit(request, form_type=BoardForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan a meeting of a board."""
    row = _board(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.plan(row=Meeting(board=row, **said), by=by(request)))

    page = {"heading": _("Plan a meeting of %(name)s") % {"name": row.name}, "back": page_of(row)}
    return edit(request, form_type=MeetingForm, row=Meeting(board=row), keep=keep, page=page)


def _next_step(row: Meeting, items: list[dict[str, Any]]) -> dict[str, str]:
    """What is to be done with a meeting now, as the words of its button and where that is done."""
    if row.may_decide:
        for each in items:
            if each["decision"] is None:
                return {
                    "label": _("Write down the decision: %(title)s") % {"title": each["item"].title},
                    "href": reverse("workspace_meetings:decide", args=[each["item"].pk]),
                }
        if row.is_planned:
            return {
                "label": _("Publish the minutes"),
                "href": reverse("workspace_meetings:hold", args=[row.pk]),
            }
    elif row.is_planned:
        return {
            "label": _("Put something on the agenda"),
            "href": reverse("workspace_meetings:put", args=[row.pk]),
        }
    return {}


@requires(CHANGE)
@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: its agenda, decisions and actions, and the next step."""
    row = meeting_for(request, pk)
    items = agenda(row)
    context = {"meeting": row, "board": row.board, "agenda": items, "next": _next_step(row, items)}
    return render(request, "workspace_meetings/meeting.html", context)


@requires(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change when and where a meeting is."""
    row = meeting_for(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.change_meeting(meeting=row, version=version, by=by(request), **said))

    page = {"heading": _("Change %(name)s") % {"name": row}, "back": page_of(row)}
    return edit(request, form_type=MeetingForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a meeting was held and publish its minutes, or correct them."""
    row = meeting_for(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.hold(meeting=row, version=version, by=by(request), **said))

    page = {
        "heading": _("Minutes of %(name)s") % {"name": row},
        "back": page_of(row),
        "button": _("Publish the minutes"),
        "done": _("The minutes are published."),
    }
    return edit(request, form_type=HoldForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a meeting."""
    row = meeting_for(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        reason = said["cancelled_because"]
        return page_of(planning.cancel(meeting=row, version=version, reason=reason, by=by(request)))

    page = {
        "heading": _("Cancel %(name)s") % {"name": row},
        "back": page_of(row),
        "button": _("Cancel the meeting"),
        "done": _("The meeting is cancelled, and its page says so."),
    }
    return edit(request, form_type=CancelForm, row=row, keep=keep, page=page)
