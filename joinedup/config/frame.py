"""What the frame of every page shows: the partnership's name, the menu and the notice."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.config.languages import switch
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
    Entry(_("Working with you"), "/working-with-you/", "involve"),
    Entry(_("Have your say"), "/have-your-say/", "involve"),
    Entry(_("Newsletter"), "/newsletter/", "inform"),
    Entry(_("Contact"), "/contact/", "inform"),
]
FOOTER = [
    Entry(_("Privacy"), "/privacy/"),
    Entry(_("Accessibility"), "/accessibility/"),
    Entry(_("Cookies"), "/cookies/"),
    Entry(_("Terms"), "/terms/"),
    Entry(_("Site map"), "/sitemap/"),
    Entry(_("Staff sign in"), "/workspace/"),
]
WORKSPACE_MENU = [
    Entry(_("Workspace"), "/workspace/", permission=Permission.WORKSPACE_ENTER),
    Entry(_("What people said"), "/workspace/contributions/", "involve", Permission.CONTRIBUTION_VIEW),
    Entry(_("Newsletter numbers"), "/workspace/newsletter/", "inform", Permission.SUBSCRIBER_VIEW),
    Entry(_("Organisations"), "/workspace/organisations/", permission=Permission.ORGANISATION_VIEW),
    Entry(_("Staff"), "/workspace/staff/", permission=Permission.MEMBER_VIEW),
    Entry(_("Notice"), "/workspace/notice/", "inform", Permission.NOTICE_CHANGE),
    Entry(_("Messages"), "/workspace/messages/", permission=Permission.MESSAGE_VIEW),
    Entry(_("Audit"), "/workspace/audit/", permission=Permission.AUDIT_VIEW),
    Entry(_("Edit pages"), "/editor/", "inform", Permission.PAGE_EDIT),
    Entry(_("Design"), "/design/", permission=Permission.DESIGN_VIEW),
    Entry(_("Your account"), "/account/second-step/", permission=Permission.WORKSPACE_ENTER),
    Entry(_("Sign out"), "/account/logout/", permission=Permission.WORKSPACE_ENTER),
]


def _drawn(entries: list[Entry], path: str) -> list[dict[str, Any]]:
    return [
        {
            "label": entry.label,
            "href": entry.href,
            "area": entry.area,
            "current": path == entry.href or (entry.href != "/workspace/" and path.startswith(entry.href)),
        }
        for entry in entries
    ]


def _workspace_menu(request: HttpRequest) -> list[dict[str, Any]]:
    allowed = [e for e in WORKSPACE_MENU if e.permission is not None and may(request.user, e.permission)]
    return _drawn(allowed, request.path)


def _footer(path: str) -> list[dict[str, Any]]:
    """The links at the foot of each page; staff sign in where the workspace is, which may be another host."""
    elsewhere = "" if settings.WORKSPACE_URL == settings.SITE_URL else settings.WORKSPACE_URL
    return [
        {**link, "href": elsewhere + link["href"]} if link["href"] == "/workspace/" else link
        for link in _drawn(FOOTER, path)
    ]


def is_for_staff(request: HttpRequest) -> bool:
    """Whether the page is one of the workspace, which speaks English."""
    return request.path.startswith(("/workspace/", "/editor/", "/account/", "/outbox/", "/design/"))


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nothing is fetched until a template asks for it."""
    return {
        "partnership": settings.PARTNERSHIP,
        "site_url": settings.SITE_URL,
        "is_demo": settings.IS_DEMO,
        "navigation": _drawn(MENU, request.path),
        "footer_links": _footer(request.path),
        "signed_in_links": SimpleLazyObject(lambda: _workspace_menu(request)),
        "notice": SimpleLazyObject(notice_to_show),
        "newsletter_action": reverse("newsletter:sign-up"),
        "languages": SimpleLazyObject(lambda: [] if is_for_staff(request) else switch(request)),
        "home_href": "/" if get_language() == settings.LANGUAGE_CODE else f"/{get_language()}/",
    }
