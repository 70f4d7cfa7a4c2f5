"""The newsletter's doors. Reading a page never changes anything; pressing its button does."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from joinedup.design.place import home_path
from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import keep_address_quiet, private, public, requires
from joinedup.foundation.doors.throttle import client_address, mailbox, too_many
from joinedup.foundation.doors.trust import confirming, refill
from joinedup.foundation.permissions import Permission
from joinedup.inform.newsletter import access, actions
from joinedup.inform.newsletter.forms import Preferences, SignUp
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber, Topic

form_methods = require_http_methods(["GET", "HEAD", "POST"])


def _keep_link(response: HttpResponse, *, has_form: bool = False) -> HttpResponse:
    """Keep an address that carries a token out of caches, search engines and other people's logs.

    Under `no-referrer` a browser sends `Origin: null` with a form, which the form protection must
    refuse. So pages with a protected form say `strict-origin`: the site's name may go out with a
    click, the address of the page never does.
    """
    private(response)
    response.headers["Referrer-Policy"] = "strict-origin" if has_form else "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _page(request: HttpRequest, name: str, /, *, status: int = 200, **context: Any) -> HttpResponse:
    return render(request, f"newsletter/{name}.html", {"noindex": True, **context}, status=status)


def _lost(request: HttpRequest) -> HttpResponse:
    """The same page, whatever is wrong with the link: altered, too old, used up, or no longer meant."""
    keep_address_quiet(request, instead=reverse("newsletter:sign-up"))
    return _keep_link(_page(request, "lost", status=404))


def _too_often(request: HttpRequest, rate: str) -> HttpResponse:
    response = _page(request, "too_often", status=429)
    response.headers["Retry-After"] = str(settings.RATES[rate][1])
    return response


def _sign_up_page(request: HttpRequest, form: forms.Form, *, has_to_repeat: bool = False) -> HttpResponse:
    crumbs = [{"label": _("Home"), "href": home_path()}, {"label": _("Newsletter")}]
    return _page(request, "sign_up", form=form, crumbs=crumbs, has_to_repeat=has_to_repeat, noindex=False)


def _asked(request: HttpRequest) -> HttpResponse:
    """A form that was filled in and sent. A robot's gets the answer that everybody gets."""
    if too_many("newsletter.ask", client_address(request)):
        return _too_often(request, "newsletter.ask")
    form = SignUp(request.POST)
    if form.is_trapped:
        return redirect("newsletter:check-your-email")
    if not form.is_valid():
        return _sign_up_page(request, form)
    email = form.cleaned_data["email"]
    if too_many("newsletter.ask.address", mailbox(email)):
        return _too_often(request, "newsletter.ask.address")
    actions.ask(email=email, page=request.path, wording=form.consent, **form.chosen())
    deliver_soon()
    return redirect("newsletter:check-your-email")


@confirming
@form_methods
def sign_up(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """Ask for the newsletter. The box on the home page posts here without a token, to be confirmed."""
    if request.method != "POST":
        return _sign_up_page(request, SignUp())
    if not trusted:
        return _sign_up_page(request, refill(SignUp, request.POST), has_to_repeat=True)
    return _asked(request)


@public
@require_safe
def check_your_email(request: HttpRequest) -> HttpResponse:
    """What happens next: the same words for everybody, and no address."""
    return _page(request, "check_your_email")


@confirming
@form_methods
def confirm(request: HttpRequest, token: str, *, trusted: bool) -> HttpResponse:
    """The confirming link: a page with one button, which puts the person on the list."""
    try:
        if request.method == "POST" and trusted:
            subscriber = actions.confirm(token=token)
            deliver_soon()
            return _keep_link(redirect("newsletter:thank-you", access.preferences_token(subscriber)))
        asking = access.asking(token)
    except access.LinkLost:
        return _lost(request)
    is_on_list = asking.subscriber.state == Subscriber.State.CONFIRMED
    page = _page(
        request,
        "confirm",
        wording=asking.wording,
        has_to_repeat=request.method == "POST",
        choices_token=access.preferences_token(asking.subscriber) if is_on_list else "",
    )
    return _keep_link(page, has_form=True)


@public
@require_safe
def thank_you(request: HttpRequest, token: str = "") -> HttpResponse:
    """Said after confirming; with the way to one's choices when the link carries it."""
    try:
        access.chooser(token)
    except access.LinkLost:
        token = ""
    return _keep_link(_page(request, "thank_you", token=token))


@confirming
@form_methods
def preferences(request: HttpRequest, token: str, *, trusted: bool) -> HttpResponse:
    """The person's choices, to change; and the way out."""
    is_sent = request.method == "POST"
    has_to_repeat = is_sent and not trusted
    try:
        subscriber = access.chooser(token)
        form: forms.Form = Preferences(request.POST if is_sent else None, initial=Preferences.of(subscriber))
        if has_to_repeat:
            form = refill(Preferences, request.POST)
        elif isinstance(form, Preferences) and form.is_valid():
            actions.change(token=token, **form.chosen())
            return _keep_link(redirect(f"{request.path}?saved=yes"), has_form=True)
    except access.LinkLost:
        return _lost(request)
    context: dict[str, Any] = {
        "form": form,
        "has_to_repeat": has_to_repeat,
        "is_saved": not is_sent and "saved" in request.GET,
        "leave_token": access.leave_token(subscriber),
    }
    return _keep_link(_page(request, "preferences", **context), has_form=True)


def _is_one_click(request: HttpRequest) -> bool:
    """Whether a mail program sent this (RFC 8058). A body that cannot be read is no reason to refuse."""
    try:
        return request.POST.get("List-Unsubscribe") == "One-Click"
    except (MultiPartParserError, SuspiciousOperation):
        return False


@csrf_exempt
@public
@form_methods
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Leave the list. Any POST does it, without cookie or form protection: the token says who leaves.

    A mail program is answered at once, because RFC 8058 has it follow no redirect.
    """
    try:
        if request.method == "POST":
            one_click = _is_one_click(request)
            actions.leave(token=token, one_click=one_click)
            return _keep_link(_page(request, "left") if one_click else redirect("newsletter:left"))
        subscriber = access.leaver(token)
    except access.LinkLost:
        return _lost(request)
    has_left = subscriber is None or subscriber.state == Subscriber.State.LEFT
    return _keep_link(_page(request, "left" if has_left else "leave"))


@public
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Said after leaving."""
    return _keep_link(_page(request, "left"))


@requires(Permission.SUBSCRIBER_VIEW)
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """How many people there are, in numbers only."""
    states, languages = Subscriber.objects.count_by("state"), settings.PARTNERSHIP["languages"]
    confirmed = Subscriber.objects.filter(state=Subscriber.State.CONFIRMED)
    kinds = (ConsentEvent.Kind.ASKED, ConsentEvent.Kind.CONFIRMED, ConsentEvent.Kind.LEFT)
    months = ConsentEvent.objects.by_month(kinds)
    by_language = sorted(confirmed.count_by("language").items(), key=lambda pair: -pair[1])
    context: dict[str, Any] = {
        "crumbs": [{"label": _("Workspace"), "href": "/workspace/"}, {"label": _("Newsletter")}],
        "states": [(state.label, states.get(state.value, 0)) for state in Subscriber.State],
        "topics": Topic.objects.with_people(),
        "by_language": [(languages.get(key, key), people) for key, people in by_language],
        "months": [(month, [events.get(kind, 0) for kind in kinds]) for month, events in months],
    }
    return _page(request, "counts", **context)
