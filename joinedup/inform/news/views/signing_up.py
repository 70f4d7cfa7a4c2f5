"""Signing up for an event, and the page of one's own place. Reading never changes anything; buttons do.

These addresses have no form of their own for each language. They speak the one that `?language=` or
the form that was sent says; a person's own place speaks theirs.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.design.place import home_path
from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import keep_address_quiet, private, public
from joinedup.foundation.doors.throttle import client_address, mailbox, too_many
from joinedup.foundation.doors.trust import confirming, refill
from joinedup.inform.news import access
from joinedup.inform.news.actions import signing_up as actions
from joinedup.inform.news.forms import SignUpForm
from joinedup.inform.news.models import EventPage, EventSignUp

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _spoken(request: HttpRequest) -> str:
    """The language that the form or the address asks for, else that of the address's first part."""
    here = get_language() or settings.LANGUAGE_CODE
    asked = request.POST.get("language") or request.GET.get("language") or ""
    return access.language_of(asked, here)


def _page(
    request: HttpRequest, name: str, /, *, event: EventPage | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    """A page in the language in force, which it says in its headers too.

    `event` is the one that counts; `shown` has its words in the reader's language.
    """
    here = get_language() or settings.LANGUAGE_CODE
    shown = event.in_language(here) if event is not None else None
    others = [pair for pair in settings.LANGUAGES if pair[0] != here]
    facts = {"noindex": True, "event": event, "shown": shown, "other_languages": others, **context}
    response = render(request, f"news/{name}.html", facts, status=status)
    response.headers["Content-Language"] = here
    return response


def _keep_link(response: HttpResponse, *, has_form: bool = True) -> HttpResponse:
    """Keep an address that carries a token out of caches, search engines and other people's logs.

    Pages with a protected form say `strict-origin`, because under `no-referrer` a browser sends
    `Origin: null` with the form, which the form protection must refuse.
    """
    private(response)
    response.headers["Referrer-Policy"] = "strict-origin" if has_form else "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _crumbs(shown: EventPage, *, is_full: bool) -> list[dict[str, Any]]:
    return [
        {"label": _("Home"), "href": home_path()},
        {"label": _("Events"), "href": shown.get_parent().get_url()},
        {"label": shown.title, "href": shown.get_url()},
        {"label": _("Join the waiting list") if is_full else _("Sign up")},
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
        crumbs=_crumbs(event.in_language(get_language() or ""), is_full=free == 0),
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
    if asked.email:  # the same answer whether or not the address has signed up before
        href = reverse("news:sign-up-sent", args=[event.slug])
        return _keep_link(redirect(access.said_in(href, get_language() or "")))
    return _keep_link(redirect(access.place_href(row)))


def _door(request: HttpRequest, event: EventPage, *, trusted: bool) -> HttpResponse:
    """The form, what became of it, or why there is none."""
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
def sign_up(request: HttpRequest, slug: str, *, trusted: bool) -> HttpResponse:
    """Sign up for an event that takes sign-ups; otherwise the page that says why not."""
    event = access.event_to_sign_up_for(slug)
    with translation.override(_spoken(request)):
        return _door(request, event, trusted=trusted)


@public
@require_safe
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    """Said to everyone who gave an email address: the same words for all, and no address."""
    event = access.event_to_sign_up_for(slug)
    with translation.override(_spoken(request)):
        return _keep_link(_page(request, "sent", event=event), has_form=False)


def _place(request: HttpRequest, row: EventSignUp) -> HttpResponse:
    """The page of someone's place, in the language in force."""
    event, now = row.event, timezone.now()
    is_ahead = not event.is_cancelled and event.start_at > now
    return _page(
        request,
        "your_place",
        event=event,
        sign_up=row,
        may_withdraw=row.state != EventSignUp.State.WITHDRAWN and not event.is_over,
        is_given_on=is_ahead and event.max_places is not None,
        has_to_repeat=request.method == "POST",
    )


@confirming
@form_methods
def your_place(request: HttpRequest, token: str, *, trusted: bool) -> HttpResponse:
    """What someone's link opens: whether they have a place, and the button that takes it back."""
    keep_address_quiet(request, instead="/events/")
    try:
        if request.method == "POST" and trusted:
            row = actions.withdraw(token=token)
            deliver_soon()
            return _keep_link(redirect(access.place_href(row)))
        row = access.sign_up_of(token)
    except access.LinkLost:
        with translation.override(_spoken(request)):
            return _keep_link(_page(request, "lost", status=404))
    with translation.override(access.language_of(row.language)):
        return _keep_link(_place(request, row))
