"""The language of a page is in its address: English as it stands, others under their code, as /bn/."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, translate_url
from django.utils import translation
from wagtail.models import Page


def address_says_language(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware. Neither cookie nor browser setting is asked, so an address means one page to everyone."""

    def answer(request: HttpRequest) -> HttpResponse:
        code = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        translation.activate(code)
        request.LANGUAGE_CODE = code
        response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return answer


STAFF_PATHS = ("/workspace/", "/editor/", "/account/", "/outbox/", "/design/")


def is_for_staff(request: HttpRequest) -> bool:
    """Whether the page is one of the workspace, which speaks English and is never kept."""
    return request.path.startswith(STAFF_PATHS)


def _page_addresses(request: HttpRequest) -> dict[str, str]:
    """Where the page of the editor at this address stands in each language."""
    route: Any = Page.route_for_request(request, translation_path(request.path_info))
    if route is None:
        return {}
    versions = Page.objects.translation_of(route.page, inclusive=True).live().select_related("locale")
    return {page.locale.language_code: str(page.get_url(request)) for page in versions}


def translation_path(path: str) -> str:
    """The path without the language at its start, and without the first slash."""
    code = translation.get_language_from_path(path)
    return path.removeprefix(f"/{code}").removeprefix("/") if code else path.removeprefix("/")


def switch(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages of the site, each with the address of this page in it, or else of its first page."""
    match = request.resolver_match
    pages = _page_addresses(request) if match is not None and match.view_name == "wagtail_serve" else None
    found = []
    for code, label in settings.LANGUAGES:
        here = code == translation.get_language()
        home = "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
        if here:
            href = request.path
        elif pages is not None:
            href = pages.get(code, home)
        else:
            href = _door(request, code, home)
        found.append({"code": code, "label": label, "href": href, "current": here})
    return found


def _door(request: HttpRequest, code: str, home: str) -> str:
    """The same door in another language; doors that stand in one language only lead to its first page."""
    try:
        href = translate_url(request.path, code)
    except NoReverseMatch:
        return home
    return home if href == request.path else href
