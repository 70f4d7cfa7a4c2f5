"""Where agendas are filled and decisions written down. Every door asks for MEETING_CHANGE."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission
from joinedup.govern.meetings import access, counting
from joinedup.govern.meetings.actions import deciding, planning
from joinedup.govern.meetings.forms import DecisionForm, ItemForm, PutForm
from joinedup.govern.meetings.models import AgendaItem, Decision
from joinedup.govern.meetings.views.keeping import by, meeting_for, page_of
from joinedup.govern.programmes.views.editing import confirm, edit

CHANGE = Permission.MEETING_CHANGE
_MOST_FIGURES = 18  # more than any key has


def _item(request: HttpRequest, pk: int) -> AgendaItem:
    rows = AgendaItem.objects.select_related("meeting__board")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    meeting_for(request, row.meeting_id)
    return row


def _decision(request: HttpRequest, pk: int) -> Decision:
    rows = Decision.objects.select_related("item__meeting__board")
    return access.get_for(request.user, CHANGE, rows, pk=pk)


@requires(CHANGE)
def put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put something on the agenda of a meeting that nobody spoke to us about."""
    meeting = meeting_for(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.put(row=AgendaItem(meeting=meeting, **said), by=by(request)).meeting)

    page = {
        "heading": _("Put something on the agenda of %(name)s") % {"name": meeting},
        "back": page_of(meeting),
        "button": _("Put it on the agenda"),
        "done": _("It is on the agenda."),
    }
    return edit(request, form_type=ItemForm, row=AgendaItem(meeting=meeting), keep=keep, page=page)


@requires(CHANGE)
def put_about(request: HttpRequest) -> HttpResponse:
    """Put on an agenda what people spoke about; `kind` and `key` name it in the thread."""
    kind, key = request.GET.get("kind", ""), request.GET.get("key", "")
    if not (key.isascii() and key.isdecimal() and len(key) <= _MOST_FIGURES):
        raise Http404
    about = (kind, int(key))
    thing = access.thing_to_put(request.user, *about)
    row = AgendaItem(
        about_kind=kind, about_key=about[1], title=thing.title[:160], what_people_told_us=thing.text[:3000]
    )

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.put(row=AgendaItem(**said), about=about, by=by(request)).meeting)

    page = {
        "heading": _("Put “%(title)s” on an agenda") % {"title": thing.title},
        "back": thing.href or reverse("workspace_meetings:list"),
        "facts": [(_("How many spoke"), counting.in_words(counting.who_spoke(about)))],
        "intro": _("The board should hear what people told us, not only what we want to do."),
        "button": _("Put it on the agenda"),
        "done": _("It is on the agenda."),
    }
    return edit(request, form_type=PutForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def change_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an agenda says."""
    row = _item(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return page_of(planning.change_item(item=row, version=version, by=by(request), **said).meeting)

    page = {"heading": _("Change “%(title)s”") % {"title": row.title}, "back": page_of(row.meeting)}
    return edit(request, form_type=ItemForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Take something off an agenda, after asking once."""
    row = _item(request, pk)

    def act(version: int) -> None:
        planning.take_off(item=row, version=version, by=by(request))

    page = {
        "back": page_of(row.meeting),
        "heading": _("Take it off the agenda?"),
        "button": _("Take it off the agenda"),
        "done": _("It is off the agenda."),
    }
    return confirm(request, row=row, act=act, page=page)


def _said_before(row: AgendaItem) -> list[tuple[str, str]]:
    """What whoever writes down a decision should have in sight."""
    told = [(_("What the board is asked"), row.question)]
    if row.what_people_told_us:
        told.append((_("What people told us"), row.what_people_told_us))
    return told


@requires(CHANGE)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what the board decided on an item, and why."""
    row = _item(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        deciding.decide(item=row, by=by(request), **said)
        return page_of(row.meeting)

    page = {
        "heading": _("The decision on “%(title)s”") % {"title": row.title},
        "back": page_of(row.meeting),
        "facts": _said_before(row),
        "button": _("Write down the decision"),
        "done": _("The decision is written down."),
    }
    return edit(request, form_type=DecisionForm, row=Decision(item=row), keep=keep, page=page)


@requires(CHANGE)
def change_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Put right how a decision was written down."""
    row = _decision(request, pk)
    meeting = row.item.meeting

    def keep(said: dict[str, Any], version: int) -> str:
        deciding.change_decision(decision=row, version=version, by=by(request), **said)
        return page_of(meeting)

    page = {
        "heading": _("Change the decision on “%(title)s”") % {"title": row.item.title},
        "back": page_of(meeting),
        "facts": _said_before(row.item),
    }
    return edit(request, form_type=DecisionForm, row=row, keep=keep, page=page)
