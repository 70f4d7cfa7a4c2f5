"""What staff see of events: who comes, what they need, who is still to be told."""

import uuid
from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.inform.news import access, phones, spreadsheet
from joinedup.inform.news.access_words import Need
from joinedup.inform.news.actions import cancelling
from joinedup.inform.news.actions.exporting import export
from joinedup.inform.news.forms import CancelEventForm
from joinedup.inform.news.models import EventPage, EventSignUp
from joinedup.inform.news.models.coming import KEPT_FOR

SEEN = Permission.EVENT_SIGN_UP_VIEW


@requires(SEEN)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Events ahead, and those whose sign-ups we still hold, with how many come."""
    now = timezone.now()
    state = EventSignUp.State
    events = (
        EventPage.objects.in_first_language()
        .filter(end_at__gt=now - KEPT_FOR)
        .annotate(
            placed=Sum("sign_ups__people", filter=Q(sign_ups__state=state.PLACED), default=0),
            waiting=Sum("sign_ups__people", filter=Q(sign_ups__state=state.WAITING), default=0),
        )
        .order_by("start_at", "pk")
    )
    shown = list(events)
    context = {
        "crumbs": [{"label": _("Workspace"), "href": "/workspace/"}, {"label": _("Events")}],
        "ahead": [event for event in shown if not event.is_over],
        "over": [event for event in reversed(shown) if event.is_over],
    }
    return render(request, "news/workspace/list.html", context)


def _needs(rows: list[EventSignUp]) -> list[str]:
    """What those who come need, counted in people who signed up, such as "2 ask for: A hearing loop"."""
    counted = Counter(need for row in rows for need in row.needs)
    languages = Counter(row.interpreter_language for row in rows if row.interpreter_language)
    said = []
    for need in Need:
        if not (number := counted[need.value]):
            continue
        words = ngettext("%(number)s asks for: %(need)s", "%(number)s ask for: %(need)s", number)
        line = words % {"number": number, "need": need.label}
        if need is Need.INTERPRETER:
            named = settings.PARTNERSHIP["languages"]
            line += f" ({', '.join(f'{named.get(k, k)}: {n}' for k, n in languages.most_common())})"
        said.append(line)
    return said


@requires(SEEN)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: what people need on top, then who still must be told, then everyone."""
    event = access.get_for(request.user, SEEN, pk=pk)
    rows = list(event.sign_ups.standing().in_order())
    for row in rows:
        row.event = event
        row.phone_as_said = phones.as_said(row.phone) if row.phone else ""
        named = settings.PARTNERSHIP["languages"]
        row.interpreter = named.get(row.interpreter_language, row.interpreter_language)
    placed = [row for row in rows if row.state == EventSignUp.State.PLACED]
    waiting = [row for row in rows if row.state == EventSignUp.State.WAITING]
    untold = [row for row in rows if row.is_to_be_told] if not event.is_over else []
    context: dict[str, Any] = {
        "crumbs": [
            {"label": _("Workspace"), "href": "/workspace/"},
            {"label": _("Events"), "href": "/workspace/events/"},
            {"label": event.title},
        ],
        "event": event,
        "needs": _needs(placed),
        "needs_waiting": _needs(waiting),
        "people": sum(row.people for row in placed),
        "people_waiting": sum(row.people for row in waiting),
        "lists": [(_("Who has a place"), placed), (_("The waiting list, first come first"), waiting)],
        "to_write": [row for row in untold if row.email and event.is_cancelled],
        "to_ring": [row for row in untold if not (row.email and event.is_cancelled)],
        "may_cancel": may(request.user, Permission.PAGE_PUBLISH) and event.live and not event.is_over,
        "forgotten_on": timezone.localdate(event.end_at + KEPT_FOR),
    }
    return render(request, "news/workspace/detail.html", context)


@requires(SEEN)
@require_safe
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone who comes or waits, as a CSV file."""
    event = access.get_for(request.user, SEEN, pk=pk)
    rows = export(event=event, by=request.user)  # type: ignore[arg-type]
    response = HttpResponse(spreadsheet.written(rows), content_type="text/csv; charset=utf-8")
    name = f"{slugify(event.slug)}-{timezone.localdate().isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _say_heard(request: HttpRequest, heard: cancelling.Heard) -> None:
    """Say how many were written to, and how many must be rung."""
    words = ngettext(
        "We write to %(number)s person now.", "We write to %(number)s people now.", heard.written
    )
    messages.success(request, words % {"number": heard.written})
    if heard.to_ring:
        words = ngettext(
            "%(number)s gave no email: ring them.", "%(number)s gave no email: ring them.", heard.to_ring
        )
        messages.warning(request, words % {"number": heard.to_ring})


@requires(Permission.PAGE_PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel an event: its page says so, and everyone who signed up hears of it once."""
    event = access.get_for(request.user, Permission.PAGE_PUBLISH, pk=pk)
    if event.is_cancelled or event.is_over or not event.live:
        return redirect("workspace_events:detail", pk)
    form = CancelEventForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            heard = cancelling.cancel_event(
                event=event,
                reason=form.cleaned_data["reason"],
                by=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            deliver_soon()
            _say_heard(request, heard)
            return redirect("workspace_events:detail", pk)
    signed = event.sign_ups.standing().count()
    return render(request, "news/workspace/cancel.html", {"event": event, "form": form, "signed": signed})


@requires(Permission.PAGE_PUBLISH)
@require_POST
def tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell those who have not heard yet that the event is cancelled; for one cancelled in the page editor."""
    event = access.get_for(request.user, Permission.PAGE_PUBLISH, pk=pk)
    heard = cancelling.tell_everyone(event=event, by=request.user)  # type: ignore[arg-type]
    deliver_soon()
    _say_heard(request, heard)
    return redirect("workspace_events:detail", pk)


@requires(SEEN)
@require_POST
def told(request: HttpRequest, pk: int, sign_up: uuid.UUID) -> HttpResponse:
    """Someone rang the person: note that they heard."""
    event = access.get_for(request.user, SEEN, pk=pk)
    row = event.sign_ups.filter(pk=sign_up).first()
    if row is None:
        raise Http404
    if cancelling.note_told(sign_up=row, by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("Noted."))
    return redirect("workspace_events:detail", pk)
