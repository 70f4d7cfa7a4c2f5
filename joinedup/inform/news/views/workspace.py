"""What staff see of events: who comes, what they need, who is still to be told."""

import uuid
from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, F, Q, QuerySet, Sum
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
from joinedup.inform.news.actions.signing_up import withdraw_for
from joinedup.inform.news.forms import CancelEventForm
from joinedup.inform.news.models import EventPage, EventSignUp
from joinedup.inform.news.models.coming import KEPT_FOR

SEEN, NAMED = Permission.EVENT_SIGN_UP_VIEW, Permission.EVENT_PERSON_VIEW


def _counted(events: QuerySet[EventPage]) -> QuerySet[EventPage]:
    """Events with how many people come and wait, and how many must still be told how it stands."""
    state, told = EventSignUp.State, EventSignUp.Told
    unheard = Q(is_cancelled=True) & ~Q(sign_ups__told=told.CANCELLED)
    unheard |= Q(is_cancelled=False) & ~Q(sign_ups__told=F("sign_ups__state"))
    counted: QuerySet[EventPage] = events.annotate(
        placed=Sum("sign_ups__people", filter=Q(sign_ups__state=state.PLACED), default=0),
        waiting=Sum("sign_ups__people", filter=Q(sign_ups__state=state.WAITING), default=0),
        to_tell=Count("sign_ups", filter=Q(sign_ups__state__in=[state.PLACED, state.WAITING]) & unheard),
    )
    return counted


@requires(SEEN)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Events ahead, and those whose sign-ups we still hold, with how many come."""
    held = EventPage.objects.in_first_language().filter(end_at__gt=timezone.now() - KEPT_FOR)
    shown = list(_counted(held).order_by("start_at", "pk"))
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


def _standing(event: EventPage) -> list[EventSignUp]:
    """Who has a place or waits, with what the list shows beside each; two with one number are marked."""
    rows = list(event.sign_ups.standing().in_order())
    times = Counter(row.phone for row in rows if row.phone)
    named = settings.PARTNERSHIP["languages"]
    for row in rows:
        row.event = event
        row.phone_as_said = phones.as_said(row.phone) if row.phone else ""
        row.is_phone_shared = times[row.phone] > 1
        row.interpreter = named.get(row.interpreter_language, row.interpreter_language)
    return rows


@requires(SEEN)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One event: what people need on top, then who still must be told, then everyone.

    Someone who may not see who comes, as a page editor, gets the numbers and nothing else.
    """
    event = access.get_for(request.user, SEEN, pk=pk)
    rows = _standing(event)
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
        "people": sum(row.people for row in placed),
        "people_waiting": sum(row.people for row in waiting),
        "to_write": sum(bool(row.email) and event.is_cancelled for row in untold),
        "may_publish": may(request.user, Permission.PAGE_PUBLISH, event),
        "is_ahead": event.live and not event.is_over,
        "forgotten_on": timezone.localdate(event.end_at + KEPT_FOR),
    }
    if may(request.user, NAMED, event):
        context |= {
            "sees_people": True,
            "may_withdraw": may(request.user, Permission.EVENT_SIGN_UP_WITHDRAW, event) and not event.is_over,
            "needs": _needs(placed),
            "needs_waiting": _needs(waiting),
            "lists": [(_("Who has a place"), placed), (_("The waiting list, first come first"), waiting)],
            "to_ring": [row for row in untold if not (row.email and event.is_cancelled)],
        }
    return render(request, "news/workspace/detail.html", context)


@requires(NAMED)
@require_safe
def take_away(request: HttpRequest, pk: int) -> HttpResponse:
    """Everyone who comes or waits, as a CSV file."""
    event = access.get_for(request.user, NAMED, pk=pk)
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
            "%(number)s gave no email. The engagement team rings them.",
            "%(number)s gave no email. The engagement team rings them.",
            heard.to_ring,
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


def _one(request: HttpRequest, permission: Permission, pk: int, key: uuid.UUID) -> EventSignUp:
    """One sign-up for that event of someone who has a place or waits, or Http404."""
    event = access.get_for(request.user, permission, pk=pk)
    row: EventSignUp | None = event.sign_ups.standing().filter(pk=key).first()
    if row is None:
        raise Http404
    row.event = event
    return row


@requires(NAMED)
@require_POST
def told(request: HttpRequest, pk: int, sign_up: uuid.UUID) -> HttpResponse:
    """Someone rang the person: note that they heard."""
    row = _one(request, NAMED, pk, sign_up)
    if cancelling.note_told(sign_up=row, by=request.user):  # type: ignore[arg-type]
        messages.success(request, _("Noted."))
    return redirect("workspace_events:detail", pk)


@requires(Permission.EVENT_SIGN_UP_WITHDRAW)
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int, sign_up: uuid.UUID) -> HttpResponse:
    """Take a sign-up back for someone who rang: asked once more, then done."""
    row = _one(request, Permission.EVENT_SIGN_UP_WITHDRAW, pk, sign_up)
    if row.event.is_over:
        return redirect("workspace_events:detail", pk)
    if request.method == "POST":
        withdraw_for(sign_up=row, by=request.user)  # type: ignore[arg-type]
        deliver_soon()
        messages.success(request, _("Taken back. What they wrote is deleted."))
        return redirect("workspace_events:detail", pk)
    return render(request, "news/workspace/withdraw.html", {"event": row.event, "row": row})
