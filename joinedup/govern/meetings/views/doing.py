"""Where actions are given and changed by who keeps meetings, and finished by who owns them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.govern.meetings import access
from joinedup.govern.meetings.actions import deciding
from joinedup.govern.meetings.forms import ActionForm, FinishForm
from joinedup.govern.meetings.models import Action, Decision
from joinedup.govern.meetings.views.keeping import by, page_of
from joinedup.govern.programmes.views.editing import confirm, edit

CHANGE, FINISH = Permission.MEETING_CHANGE, Permission.MEETING_ACTION_FINISH
_MOST_FINISHED = 50


@requires(FINISH)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The actions the user may finish, the longest late first, and those finished last."""
    rows = access.actions_for(request.user)
    context = {
        "actions": rows.open(),  # type: ignore[attr-defined]  # an ActionQuerySet
        "finished": rows.filter(finished_on__isnull=False).order_by("-finished_on", "-pk")[:_MOST_FINISHED],
        "may_change": may(request.user, CHANGE),
    }
    return render(request, "workspace_meetings/actions.html", context)


@requires(CHANGE)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an organisation something to do because of a decision."""
    rows = Decision.objects.select_related("item__meeting__board")
    decision = access.get_for(request.user, CHANGE, rows, pk=pk)
    meeting = decision.item.meeting

    def keep(said: dict[str, Any], version: int) -> str:
        deciding.give(row=Action(decision=decision, **said), by=by(request))
        return page_of(meeting)

    page = {
        "heading": _("Who does what by when"),
        "back": page_of(meeting),
        "facts": [(_("What was decided"), decision.text)],
        "button": _("Give this action"),
        "done": _("The action is given."),
    }
    return edit(request, form_type=ActionForm, row=Action(decision=decision), keep=keep, page=page)


@requires(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is to be done, by whom or by when."""
    row = access.get_for(request.user, CHANGE, Action.objects.in_full(), pk=pk)
    back = page_of(row.decision.item.meeting)

    def keep(said: dict[str, Any], version: int) -> str:
        deciding.change_action(action=row, version=version, by=by(request), **said)
        return back

    page = {"heading": _("Change an action"), "back": back}
    return edit(request, form_type=ActionForm, row=row, keep=keep, page=page)


@requires(FINISH)
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Say when an action was done, and what was done."""
    row = access.action_for(request.user, pk)
    back = reverse("workspace_meetings:actions")

    def keep(said: dict[str, Any], version: int) -> str:
        on, note = said["finished_on"], said["note"]
        deciding.finish(action=row, version=version, on=on, note=note, by=by(request))
        return back

    facts = [
        (_("What is done"), row.text),
        (_("Where it stands"), row.told),
        (_("What was decided"), row.decision.text),
        (_("Why"), row.decision.reason),
    ]
    page = {
        "heading": _("Is it done?"),
        "back": back,
        "facts": facts,
        "button": _("Mark as done"),
        "done": _("Marked as done. Everyone can read what you wrote."),
    }
    return edit(request, form_type=FinishForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that an action was finished, after asking once."""
    row = access.get_for(request.user, CHANGE, Action.objects.in_full(), pk=pk)

    def act(version: int) -> None:
        deciding.reopen(action=row, version=version, by=by(request))

    page = {
        "back": page_of(row.decision.item.meeting),
        "heading": _("Is it not done after all?"),
        "text": _("What was written about it goes from the public page. The record keeps that it was said."),
        "button": _("Take it back"),
        "done": _("It is open again."),
    }
    return confirm(request, row=row, act=act, page=page)
