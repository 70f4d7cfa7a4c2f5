"""The door of search, and the page on which editors see what was looked for in vain."""

import logging
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import private, public, requires
from joinedup.foundation.doors.throttle import client_address
from joinedup.foundation.permissions import Permission
from joinedup.inform.search import actions, hurry, numbers
from joinedup.inform.search.asking import Question, understand
from joinedup.inform.search.findable import address, ways_in
from joinedup.inform.search.finding import CANDIDATES, Answers, Found, find
from joinedup.inform.search.marking import excerpt, marked
from joinedup.inform.search.models import Entry

A_PAGE = 10
OTHERS = 5  # results in other languages on the first page
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """One result as it is shown."""

    title: SafeString
    href: str
    kind: str
    language: str
    excerpt: SafeString
    is_over: bool


def _lines(found: list[Found], stems: set[str]) -> dict[int, Line]:
    """The results by key of the entry, fetched with one query."""
    entries = Entry.objects.in_bulk([each.pk for each in found])
    return {
        pk: Line(
            title=marked(entry.title, stems),
            href=entry.href,
            kind=entry.kind,
            language=entry.language,
            excerpt=excerpt(entry.summary, entry.body if entry.shows_body else "", stems),
            is_over=entry.is_over,
        )
        for pk, entry in entries.items()
    }


def _page(request: HttpRequest, /, *, status: int = 200, **context: Any) -> HttpResponse:
    shown = {"noindex": True, "is_search": True, "crumbs": _crumbs(), **context}
    if "question" not in shown:
        shown["doors"] = ways_in(get_language() or settings.LANGUAGE_CODE)
    response = render(request, "search/results.html", shown, status=status)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _crumbs() -> list[dict[str, str]]:
    home = "/" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/"
    return [{"label": _("Home"), "href": home}, {"label": _("Search")}]


def _note(question: Question, language: str) -> None:
    """Count what was not found. A count that fails, for want of a right or of room, spoils no search."""
    try:
        actions.note_missed(question=question, language=language)
    except DatabaseError:
        _log.warning("A missed search could not be counted", exc_info=True)


def _shown(answers: Answers, stems: set[str], number: str) -> dict[str, Any]:
    """One page of what was found: the reader's language, and on the first page a few of the others."""
    page: Page[Found] = Paginator(answers.own or answers.others, A_PAGE).get_page(number)
    others = answers.others[:OTHERS] if answers.own and page.number == 1 else []
    lines = _lines([*page.object_list, *others], stems)
    found = [lines[each.pk] for each in page.object_list if each.pk in lines]
    return {
        "page": page,
        "own": found if answers.own else [],
        "others": [lines[each.pk] for each in others if each.pk in lines] if answers.own else found,
        "is_cut": len(answers.own) >= CANDIDATES,
    }


@public
@require_safe
def results(request: HttpRequest) -> HttpResponseBase:
    """What answers `?q=`: of the page's language first. `?exact=1` takes misspelt words as they are."""
    language = get_language() or settings.LANGUAGE_CODE
    literally = request.GET.get("exact") == "1"
    typed = request.GET.get("q", "")
    if typed.strip() and hurry.searches_too_often(client_address(request)):
        response = _page(request, status=429, query="", is_too_often=True)
        response.headers["Retry-After"] = str(settings.RATES[hurry.RATE][1])
        return response
    question = understand(typed, literally=literally)
    if not question.text:
        return _page(request, query="")
    answers = find(question, language=language)
    number = request.GET.get("page", "1")
    if request.method == "GET" and number == "1" and not literally and (answers.is_empty or question.unknown):
        _note(question, language)
    same: dict[str, str] = {"q": question.text, **({"exact": "1"} if literally else {})}
    response = _page(
        request,
        query=question.text,
        question=question,
        is_empty=answers.is_empty,
        say_href=address("/have-your-say/", language) or "/have-your-say/",
        address=f"?{urlencode(same)}&page=",
        exact_address=f"?{urlencode({'q': question.text, 'exact': '1'})}",
        **_shown(answers, question.stems, number),
    )
    return private(response)  # what someone looked for stays in no cache, ours or a shared computer's


@requires(Permission.SEARCH_VIEW)
@require_safe
def missed_searches(request: HttpRequest) -> HttpResponse:
    """What people looked for in the last 90 days and did not find; nobody is named."""
    crumbs = [{"label": _("Workspace"), "href": "/workspace/"}, {"label": _("Missed searches")}]
    page = Paginator(numbers.missed_most(), 50).get_page(request.GET.get("page"))
    context = {"crumbs": crumbs, "page": page, "search_address": reverse("search:results")}
    return render(request, "workspace_search/missed.html", {**context, "kept_out": numbers.kept_out()})
