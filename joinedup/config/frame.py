"""What the frame of every page shows: the partnership's name, the menu and the notice."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.config.languages import door_in, is_for_staff, pages_of_menus, switch
from joinedup.design.place import home_path, partnership
from joinedup.foundation.permissions import Permission, may
from joinedup.inform.pages.notices import notice_to_show


@dataclass(frozen=True)
class Entry:
    """One link of a menu."""

    label: str | Promise
    href: str
    area: str = ""
    permission: Permission | None = None


MENU = [
    Entry(_("About us"), "/about/", "inform"),
    Entry(_("The challenges"), "/the-challenges/", "inform"),
    Entry(_("News and events"), "/news/", "inform"),
    Entry(_("Working with you"), "/working-with-you/", "involve"),
    Entry(_("Have your say"), "/have-your-say/", "involve"),
    Entry(_("Newsletter"), "/newsletter/", "inform"),
    Entry(_("Contact"), "/contact/", "inform"),
]
FOOTER = [
    Entry(_("My area"), "/my-area/"),
    Entry(_("Events"), "/events/"),
    Entry(_("What we did"), "/what-we-did/"),
    Entry(_("What people told us"), "/stories/"),
    Entry(_("Meetings"), "/meetings/"),
    Entry(_("Measures"), "/measures/"),
    Entry(_("Spend"), "/spend/"),
    Entry(_("Programmes"), "/programmes/"),
    Entry(_("Animations"), "/animations/"),
    Entry(_("Privacy"), "/privacy/"),
    Entry(_("Accessibility"), "/accessibility/"),
    Entry(_("Cookies"), "/cookies/"),
    Entry(_("Terms"), "/terms/"),
    Entry(_("Site map"), "/sitemap/"),
    Entry(_("Staff sign in"), "/workspace/"),
]
WORKSPACE_MENU = [
    Entry(_("Today"), "/workspace/", permission=Permission.WORKSPACE_ENTER),
    Entry(_("What people said"), "/workspace/contributions/", "involve", Permission.CONTRIBUTION_VIEW),
    Entry(_("Read and sort"), "/workspace/triage/", "involve", Permission.CONTRIBUTION_SORT),
    Entry(_("Cases"), "/workspace/cases/", "involve", Permission.CASE_VIEW),
    Entry(_("Themes"), "/workspace/themes/", "involve", Permission.THEME_CHANGE),
    Entry(_("What came of it"), "/workspace/what-came-of-it/", "involve", Permission.THREAD_TELL),
    Entry(
        _("Answers owed"), "/workspace/what-came-of-it/answers-owed/", "involve", Permission.ANSWERS_OWED_VIEW
    ),
    Entry(_("Newsletter numbers"), "/workspace/newsletter/", "inform", Permission.SUBSCRIBER_VIEW),
    Entry(_("Programmes"), "/workspace/programmes/", "govern", Permission.PROGRAMME_CHANGE),
    Entry(_("Meetings"), "/workspace/meetings/", "govern", Permission.MEETING_CHANGE),
    Entry(
        _("What boards asked of us"),
        "/workspace/meetings/actions/",
        "govern",
        Permission.MEETING_ACTION_FINISH,
    ),
    Entry(_("Measures"), "/workspace/measures/", "govern", Permission.MEASURE_CHANGE),
    Entry(_("Spend"), "/workspace/spend/", "govern", Permission.SPEND_CHANGE),
    Entry(_("Events"), "/workspace/events/", "inform", Permission.EVENT_SIGN_UP_VIEW),
    Entry(_("Organisations"), "/workspace/organisations/", permission=Permission.ORGANISATION_VIEW),
    Entry(_("Staff"), "/workspace/staff/", permission=Permission.MEMBER_VIEW),
    Entry(_("Pages"), "/workspace/pages/", "inform", Permission.PAGE_EDIT),
    Entry(_("Notice"), "/workspace/notice/", "inform", Permission.NOTICE_CHANGE),
    Entry(_("Missed searches"), "/workspace/search/", "inform", Permission.SEARCH_VIEW),
    Entry(_("Messages"), "/workspace/messages/", permission=Permission.MESSAGE_VIEW),
    Entry(_("Audit"), "/workspace/audit/", permission=Permission.AUDIT_VIEW),
    Entry(_("Data protection"), "/workspace/data-protection/", permission=Permission.PERSON_EXPORT),
    Entry(_("Edit pages"), "/editor/", "inform", Permission.PAGE_EDIT),
    Entry(_("Design"), "/design/", permission=Permission.DESIGN_VIEW),
    Entry(_("What you are here"), "/workspace/you/", permission=Permission.WORKSPACE_ENTER),
    Entry(_("Your account"), "/account/second-step/", permission=Permission.WORKSPACE_ENTER),
    Entry(_("Sign out"), "/account/logout/", permission=Permission.WORKSPACE_ENTER),
]


_menu_door = lru_cache(door_in)  # doors stand still while the platform runs


def _here(href: str, request: HttpRequest) -> str:
    """Where an entry leads in the language of this page: to English, where nothing else is there yet."""
    code = get_language() or settings.LANGUAGE_CODE
    if code == settings.LANGUAGE_CODE:
        return href
    return _menu_door(href, code) or pages_of_menus(request).get(href, {}).get(code, href)


def _drawn(entries: list[Entry], request: HttpRequest) -> list[dict[str, Any]]:
    path, drawn = request.path, []
    for entry in entries:
        href = _here(entry.href, request)
        is_here = path == href or (entry.href != "/workspace/" and path.startswith(href))
        drawn.append({"label": entry.label, "href": href, "area": entry.area, "current": is_here})
    return drawn


def _workspace_menu(request: HttpRequest) -> list[dict[str, Any]]:
    allowed = [e for e in WORKSPACE_MENU if e.permission is not None and may(request.user, e.permission)]
    return _drawn(allowed, request)


def _footer(request: HttpRequest) -> list[dict[str, Any]]:
    """The links at the foot of each page; staff sign in where the workspace is, which may be another host."""
    elsewhere = "" if settings.WORKSPACE_URL == settings.SITE_URL else settings.WORKSPACE_URL
    return [
        {**link, "href": elsewhere + link["href"]} if link["href"] == "/workspace/" else link
        for link in _drawn(FOOTER, request)
    ]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nothing is fetched until a template asks for it."""
    is_staff_page = is_for_staff(request)
    return {
        "partnership": partnership(),
        "site_url": settings.SITE_URL,
        "is_demo": settings.IS_DEMO,
        "navigation": SimpleLazyObject(lambda: _drawn(MENU, request)),
        "footer_links": SimpleLazyObject(lambda: _footer(request)),
        "signed_in_links": SimpleLazyObject(lambda: _workspace_menu(request)),
        "notice": SimpleLazyObject(notice_to_show),
        "search_action": "" if is_staff_page else reverse_lazy("search:results"),
        "newsletter_action": reverse_lazy("newsletter:sign-up"),
        "languages": SimpleLazyObject(lambda: [] if is_staff_page else switch(request)),
        "home_href": home_path(),
    }
