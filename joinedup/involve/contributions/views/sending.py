"""The door where someone has their say."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.throttle import client_address, mailbox, too_many
from joinedup.foundation.doors.trust import confirming, refill
from joinedup.involve.contributions.actions.speaking import send
from joinedup.involve.contributions.forms.sending import ContributionForm
from joinedup.involve.contributions.models import Contribution


def _page(request: HttpRequest, form: Any, *, confirm: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "confirm": confirm,
        "read_within_days": settings.PARTNERSHIP["read_within_days"],
        "answer_within_days": settings.PARTNERSHIP["answer_within_days"],
    }
    return render(request, "contributions/send.html", context)


def refused(request: HttpRequest, words: str, *, busy: bool) -> HttpResponse:
    """A calm no, with another way, and with what was written to copy: a person may have met it by mistake."""
    return render(
        request,
        "contributions/refused.html",
        {"words": words, "busy": busy, "noindex": True},
        status=429 if busy else 400,
    )


@confirming
def say(request: HttpRequest, *, trusted: bool) -> HttpResponse:
    """The form, and what comes of it.

    The result is the answer to the POST itself, not a page of its own to be sent on to: the secret
    word would have to travel there in an address (history, logs), a cookie or a session, and must
    be in none. Loading the result again sends the same form, which gives the same row and word.
    """
    if request.method != "POST":
        kind = request.GET.get("kind", "")
        return _page(
            request, ContributionForm(initial={"kind": kind} if kind in Contribution.Kind.values else None)
        )
    if not trusted:
        return _page(request, refill(ContributionForm, request.POST), confirm=True)
    if too_many("contribution.look", client_address(request)):
        return refused(request, request.POST.get("words", ""), busy=True)
    form = ContributionForm(request.POST)
    return _take(request, form) if form.is_valid() else _page(request, form)


def _take(request: HttpRequest, form: ContributionForm) -> HttpResponse:
    """What comes of a form that is filled in well."""
    words = form.cleaned_data["words"]
    if form.cleaned_data["website"]:
        return refused(request, words, busy=False)
    email = form.cleaned_data["email"].lower()
    if too_many("contribution.send", client_address(request)) or (
        email and too_many("contribution.send.address", mailbox(email))
    ):
        return refused(request, words, busy=True)
    try:
        receipt = send(said=form.said(), once=form.cleaned_data["once"])
    except ValidationError as fault:
        form.add_error(None, fault.messages)
        return _page(request, form)
    deliver_soon()
    return render(request, "contributions/sent.html", {"receipt": receipt, "noindex": True})
