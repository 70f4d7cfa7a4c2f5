"""Signing up for an event, and the page of one's own place. Reading never changes anything; buttons do."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import private
from joinedup.foundation.doors.throttle import client_address, mailbox, too_many
from joinedup.foundation.doors.trust import confirming, refill
from joinedup.inform.news import access
from joinedup.inform.news.actions import signing_up as actions
from joinedup.inform.news.forms import SignUpForm
from joinedup.inform.news.models import EventPage, EventSignUp

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _page(request: HttpRequest, name: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"news/{name}.html", {"noindex": True, **context}, status=status)


def _keep_link(response: HttpResponse, *, has_form: bool = True) -> HttpResponse:
    """Keep an address that carries a token out of caches, search engines and other people's logs.

    Pages with a protected form say `strict-origin`, because under `no-referrer` a browser sends
    `Origin: null` with the form, which the form protection must refuse.
    """
    private(response)
    response.headers["Referrer-Policy"] = "strict-origin" if has_form else "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _crumbs(event: EventPage) -> list[dict[str, Any]]:
    return [
        {"label": _("Home"), "href": "/"},
        {"label": _("Events"), "href": "/events/"},
        {"label": event.title, "href": event.get_url()},
        {"label": _("Sign up")},
    ]


def _form_page(
    request: HttpRequest, event: EventPage, form: forms.Form, *, has_to_repeat: bool = False
) -> HttpResponse:
    """The form, which says before anyone writes whether there is a place or a waiting list."""
    free = actions.free_places(event)
    return _page(
        request,
        "sign_up",
        event=event,
        form=form,
        has_to_repeat=has_to_repeat,
        free=free,
        is_full=free == 0,
        crumbs=_crumbs(event),
    )


def _busy(request: HttpRequest, rate: str) -> HttpResponse:
    response = _page(request, "too_often", status=429)
    response.headers["Retry-After"] = str(settings.RATES[rate][1])
    return response


def _asked(request: HttpRequest, event: EventPage) -> HttpResponse:
    """A form that was filled in and sent."""
    if too_many("event.sign_up", client_address(request)):
        return _busy(request, "event.sign_up")
    form = SignUpForm(request.POST)
    if not form.is_valid():
        return _form_page(request, event, form)
    return _taken(request, event, form)


def _taken(request: HttpRequest, event: EventPage, form: SignUpForm) -> HttpResponse:
    """What comes of a form that is filled in well."""
    if form.cleaned_data["website"]:
        return _page(request, "not_a_person", status=400)
    asked = form.asked()
    reached_at = mailbox(asked.email) if asked.email else asked.phone
    if too_many("event.sign_up.address", reached_at):
        return _busy(request, "event.sign_up.address")
    try:
        row = actions.sign_up(event=event, asked=asked, once=form.cleaned_data["once"])
    except actions.TooMany:
        words = _("There is room for %(number)s people at this event. Write a smaller number, or ring us.")
        form.add_error("people", words % {"number": event.max_places})
    except ValidationError as fault:
        form.add_error(None, fault.messages)
    if form.errors:
        return _form_page(request, event, form)
    deliver_soon()
    return _keep_link(redirect("news:your-place", access.token(row)))


@confirming
@form_methods
def sign_up(request: HttpRequest, slug: str, *, trusted: bool) -> HttpResponse:
    """Sign up for an event that takes sign-ups; otherwise the page that says why not."""
    event = access.event_to_sign_up_for(slug)
    if not event.takes_sign_ups_at(timezone.now()):
        return _page(request, "closed", event=event)
    if request.method != "POST":
        return _form_page(request, event, SignUpForm())
    if not trusted:
        return _form_page(request, event, refill(SignUpForm, request.POST), has_to_repeat=True)
    try:
        return _asked(request, event)
    except actions.NotOpen:
        event.refresh_from_db()
        return _page(request, "closed", event=event)


@confirming
@form_methods
def your_place(request: HttpRequest, token: str, *, trusted: bool) -> HttpResponse:
    """What someone's link opens: whether they have a place, and the button that takes it back."""
    try:
        if request.method == "POST" and trusted:
            actions.withdraw(token=token)
            deliver_soon()
            return _keep_link(redirect("news:your-place", token))
        row = access.sign_up_of(token)
    except access.LinkLost:
        return _keep_link(_page(request, "lost", status=404))
    standing = row.state != EventSignUp.State.WITHDRAWN and not row.event.is_over
    page = _page(
        request,
        "your_place",
        sign_up=row,
        event=row.event,
        may_withdraw=standing,
        has_to_repeat=request.method == "POST",
    )
    return _keep_link(page)
