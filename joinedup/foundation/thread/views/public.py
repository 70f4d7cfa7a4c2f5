"""What everyone may read: what we did about each theme, who owes answers, whether it changed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from joinedup.foundation.doors.entry import keep_address_quiet, public
from joinedup.foundation.doors.throttle import client_address, too_many
from joinedup.foundation.doors.trust import confirming
from joinedup.foundation.thread import ledger, story, verdict_links
from joinedup.foundation.thread.actions.hearing import say
from joinedup.foundation.thread.drawing import people, picture
from joinedup.foundation.thread.models import Told
from joinedup.foundation.thread.plugs import Part


@public
def listing(request: HttpRequest) -> HttpResponse:
    """Each theme in short: what people told us, and the first things that came of it."""
    stories = [
        {"story": each, "people": people(each), "not_done": next(iter(each.could_not), None)}
        for each in story.in_short()
    ]
    return render(request, "thread/list.html", {"stories": stories})


def _told(slug: str) -> dict[str, Any]:
    found = story.in_full(slug)
    if found is None:
        raise Http404
    return {
        "story": found,
        "people": people(found),
        "picture": picture(found),
        "decisions": found.of(Part.DECISION),
        "projects": found.of(Part.PROJECT),
        "money": found.of(Part.SPEND),
        "measures": found.of(Part.MEASURE),
        "answers": found.of(Part.ANSWER),
    }


@public
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """One theme's whole chain, as a picture and as text."""
    return render(request, "thread/theme.html", _told(slug))


@public
def board(request: HttpRequest, slug: str) -> HttpResponse:
    """The same on one page, to print for a board."""
    return render(request, "thread/board.html", {**_told(slug), "today": timezone.localdate()})


@public
def owed(request: HttpRequest) -> HttpResponse:
    """Who owes answers: how many, and how long the oldest has waited."""
    lines, total = ledger.public_lines(timezone.localdate())
    return render(request, "thread/owed.html", {"lines": lines, "total": total, "day": timezone.localdate()})


def _verdict_page(request: HttpRequest, told: Told | None, **more: Any) -> HttpResponse:
    context = {"told": told, "noindex": True, **more}
    return _quiet(render(request, "thread/verdict.html", context, status=404 if told is None else 200))


def _quiet(response: HttpResponse) -> HttpResponse:
    """No page learns the address one came from: the pass is in it."""
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


@confirming
def verdict(request: HttpRequest, token: str, *, trusted: bool) -> HttpResponse:
    """Where someone says with one press whether it changed. Opening the page says nothing yet."""
    keep_address_quiet(request, instead="/what-we-did/")
    if too_many("thread.verdict", client_address(request)):
        return _quiet(render(request, "thread/busy.html", {"noindex": True}, status=429))
    told = verdict_links.by_token(token)
    if told is None or request.method != "POST":
        return _verdict_page(request, told)
    word = request.POST.get("verdict", "")
    if word not in (Told.Verdict.CONFIRMED, Told.Verdict.DISPUTED):
        return _verdict_page(request, told, missing=True)
    if not trusted:
        return _verdict_page(request, told, confirm=word)
    return _verdict_page(request, say(told=told, verdict=word), done=True)
