"""What everyone may read: boards, their meetings, decisions with their reasons, and what is late."""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import public
from joinedup.foundation.thread import plugs
from joinedup.govern.meetings import calendar_files, counting
from joinedup.govern.meetings.models import Action, AgendaItem, Board, Meeting


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Home"), "/"), (_("Meetings"), reverse("meetings:list") if more else ""), *more]
    return [{"label": label, "href": href} for label, href in trail]


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every public board with its next meeting, and how many actions are late."""
    today = timezone.localdate()
    coming = Meeting.objects.public().coming(today).select_related("board")
    following: dict[int, Meeting] = {}
    for meeting in coming:
        following.setdefault(meeting.board_id, meeting)
    late = Action.objects.public().overdue(today)
    by_board = dict(
        late.order_by().values_list("decision__item__meeting__board").annotate(number=Count("pk"))
    )
    boards = [
        {"board": board, "next": following.get(board.pk), "late": by_board.get(board.pk, 0)}
        for board in Board.objects.public()
    ]
    context = {"boards": boards, "late": sum(by_board.values()), "crumbs": _crumbs()}
    return render(request, "meetings/list.html", context)


def _by_organisation(actions: Iterable[Action]) -> list[dict[str, Any]]:
    """How many open actions each organisation has and how many are late, the latest first."""
    rows = list(actions)
    names = {row.organisation_id: row.organisation for row in rows}
    has = Counter(row.organisation_id for row in rows)
    late = Counter(row.organisation_id for row in rows if row.is_overdue)
    told = [{"organisation": names[key], "open": has[key], "late": late[key]} for key in has]
    return sorted(told, key=lambda each: (-each["late"], each["organisation"].name))


@public
@require_safe
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """A board: what comes next, what it decided, and what is still to be done, the late first."""
    row = get_object_or_404(Board.objects.public(), slug=slug)
    today = timezone.localdate()
    meetings = row.meetings.filter(is_public=True).select_related("board")
    actions = Action.objects.public().open().in_full().filter(decision__item__meeting__board=row)
    context = {
        "board": row,
        "members": row.members.all(),
        "coming": meetings.coming(today),
        "past": meetings.past(today).annotate(
            decided=Count("items__decision", distinct=True), asked=Count("items", distinct=True)
        ),
        "actions": actions,
        "organisations": _by_organisation(actions),
        "crumbs": _crumbs((row.name, "")),
    }
    return render(request, "meetings/board.html", context)


def _meeting(slug: str, day: str) -> Meeting:
    try:
        on = datetime.date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    rows = Meeting.objects.public().select_related("board")
    return get_object_or_404(rows, board__slug=slug, held_on=on)


def agenda(row: Meeting) -> list[dict[str, Any]]:
    """The items of a meeting with what is known of each; what it is about only where everyone may see it."""
    actions = Action.objects.defer("finished_by_kind", "finished_by_key").select_related("organisation")
    items = list(
        AgendaItem.objects.filter(meeting=row)
        .select_related("decision", "meeting__board")
        .prefetch_related(Prefetch("decision__actions", actions))
    )
    about = plugs.things([item.about for item in items if item.about is not None])
    return [
        {
            "item": item,
            "decision": item.decision if item.is_decided else None,
            "spoken": counting.in_words(item.how_many_spoke),
            "about": _if_shown(about.get(item.about) if item.about is not None else None),
        }
        for item in items
    ]


def _if_shown(thing: plugs.Thing | None) -> plugs.Thing | None:
    return thing if thing is not None and thing.is_public else None


@public
@require_safe
def meeting(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    """A meeting: its agenda, what people told us, what was decided and why, and its minutes."""
    row = _meeting(slug, day)
    crumbs = _crumbs((row.board.name, row.board.get_absolute_url()), (str(row), ""))
    context = {"meeting": row, "board": row.board, "agenda": agenda(row), "crumbs": crumbs}
    return render(request, "meetings/meeting.html", context)


@public
@require_safe
def calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """The public meetings of a board as a calendar, past ones too."""
    row = get_object_or_404(Board.objects.public(), slug=slug)
    meetings = row.meetings.filter(is_public=True).select_related("board")
    return HttpResponse(
        calendar_files.written(meetings),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{row.slug}.ics"'},
    )
