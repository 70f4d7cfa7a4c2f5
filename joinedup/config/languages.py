"""The language of a page is in its address: English as it stands, others under their code, as /bn/."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve, reverse
from django.utils import translation
from wagtail.models import Page, Site
from wagtail.views import serve

from joinedup.design.place import home_path
from joinedup.foundation.doors.entry import PUBLIC

PAGES = "wagtail_serve"  # the name of the route of every page of the editor
_HOME = 2  # how deep home pages stand in the tree
STAFF_PATHS = ("/workspace/", "/editor/", "/account/", "/outbox/", "/design/")


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


def is_for_staff(request: HttpRequest) -> bool:
    """Whether the page is one of the workspace, which speaks English and is never kept."""
    return request.path.startswith(STAFF_PATHS)


def without_language(path: str) -> str:
    """The path as it stands in English."""
    code = translation.get_language_from_path(path)
    return path.removeprefix(f"/{code}") if code else path


def serve_page(request: HttpRequest, path: str) -> HttpResponse:
    """A page of the editor, in the language of its address only.

    The way to it is found here and left on the request where Wagtail looks first: Wagtail would
    show the English page at /bn/ when there is no Bengali one, and ask the database more often.
    """
    request._wagtail_route_for_request = None  # type: ignore[attr-defined]
    parts = [part for part in path.split("/") if part]
    home = _home(request, is_shown=not parts)
    if home is not None:
        request._wagtail_route_for_request = home.route(request, parts)  # type: ignore[attr-defined]
    return serve(request, path)  # type: ignore[no-any-return]


def _home(request: HttpRequest, *, is_shown: bool) -> Any:
    """The first page in the language of the address, if there is one; whole if it is to be shown."""
    site = Site.find_for_request(request)
    if site is None:
        return None
    english, code = site.root_page, translation.get_language()
    if code == settings.LANGUAGE_CODE:
        return english.specific if is_shown else english.specific_deferred
    versions = english.specific_class.objects.filter(translation_key=english.translation_key)
    return versions.filter(locale__language_code=code, live=True).first()


def _match(path: str) -> ResolverMatch | None:
    """What stands at a path, given as it is in English."""
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return resolve(path)
        except Resolver404:
            return None


def door_in(path: str, code: str) -> str | None:
    """A door of ours, given by its English path, in that language; None where it stands in English only.

    A page of the editor is no door: which languages it has is for the database to say.
    """
    match = _match(path)
    if match is None or match.view_name == PAGES:
        return None
    with translation.override(code):
        there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    return there if code == settings.LANGUAGE_CODE or there != path else None


def is_open_door(path: str) -> bool:
    """Whether a path, as it stands in English, is a door that anyone may use and that asks for no key."""
    match = _match(path)
    if match is None or match.view_name == PAGES or path.startswith(STAFF_PATHS):
        return False
    return getattr(match.func, "door", "") == PUBLIC and not match.args and not match.kwargs


def _address(page: Page, home: str) -> str:
    """Where a page stands, from the place of its home page in the tree: asks the database nothing."""
    with translation.override(page.locale.language_code):
        return reverse(PAGES, args=(page.url_path.removeprefix(home),))


def _addresses(pages: Any) -> dict[str, dict[str, str]]:
    """Pages, the home pages of their languages among them, as {English path: {language: path}}; one query."""
    found = list(pages.select_related("locale"))
    homes = {page.locale_id: page.url_path for page in found if page.depth == _HOME}
    grouped: dict[Any, dict[str, str]] = {}
    for page in found:
        if page.locale_id in homes:
            addresses = grouped.setdefault(page.translation_key, {})
            addresses[page.locale.language_code] = _address(page, homes[page.locale_id])
    return {each.get(settings.LANGUAGE_CODE) or min(each.values()): each for each in grouped.values()}


def _page_here(request: HttpRequest) -> Any:
    route = getattr(request, "_wagtail_route_for_request", None)
    return route.page if route is not None else None


def pages_of_menus(request: HttpRequest) -> dict[str, dict[str, str]]:
    """The pages a menu may lead to, and their translations. One query for a request, none in English."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return {}
    kept: dict[str, dict[str, str]] | None = getattr(request, "_pages_of_menus", None)
    if kept is None:
        here = _page_here(request)
        wanted = Page.objects.live().filter(depth__gte=_HOME, depth__lte=_HOME + 1)
        if here is not None:  # the switch needs these too: one question for both
            wanted = wanted | Page.objects.live().translation_of(here, inclusive=True)
        kept = _addresses(wanted)
        request._pages_of_menus = kept  # type: ignore[attr-defined]
    return kept


def _versions(request: HttpRequest) -> dict[str, str]:
    """Where this page or door stands in each language it has."""
    here = _page_here(request)
    if here is not None:
        mine = str(here.get_url(request))
        found = pages_of_menus(request)
        if not found:
            versions = Page.objects.live().translation_of(here, inclusive=True)
            found = _addresses(versions | Page.objects.live().filter(depth=_HOME))
        return next((there for there in found.values() if mine in there.values()), {})
    path = without_language(getattr(request, "quiet_address", request.path))
    doors = {code: door_in(path, code) for code, _label in settings.LANGUAGES}
    return {code: href for code, href in doors.items() if href is not None}


def _in(code: str, words: str) -> str:
    """Words of the interface in that language."""
    with translation.override(code):
        return translation.gettext(words)


def switch(request: HttpRequest) -> list[dict[str, Any]]:
    """The languages of the site, each with the address of this page in it, or else of its first page.

    None on the answer to a form: a link would lead away from what was written, or from a word that
    is shown once. `is_same` says that it is this very page in the other language; `leads_home`, in that
    language, says that it leads to the first page, because this one is not there.
    """
    if request.method not in ("GET", "HEAD"):
        return []
    versions = _versions(request)
    here = translation.get_language()
    # Not so in a part of a page, as an archive, nor where the page keeps its address quiet.
    is_this_page = len(versions) > 1 and versions.get(here or "") == request.path
    return [
        {
            "code": code,
            "label": label,
            "href": versions.get(code, home_path(code)),
            "current": code == here,
            "is_same": is_this_page and code in versions,
            "leads_home": "" if code in versions else _in(code, "Home"),
        }
        for code, label in settings.LANGUAGES
    ]


def in_english(request: HttpRequest) -> str:
    """For an address with nothing behind it: the same one in English, if a page or an open door is there."""
    if translation.get_language() == settings.LANGUAGE_CODE:
        return ""
    path = without_language(request.path_info)
    if is_open_door(path):
        return path
    site, match = Site.find_for_request(request), _match(path)
    if site is None or match is None or match.view_name != PAGES:
        return ""
    wanted = site.root_page.url_path + path.removeprefix("/")
    return path if Page.objects.live().filter(url_path=wanted).exists() else ""
