"""The site map in its forms, the files that robots read, and the notice."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Page, Site

from joinedup.foundation.doors.entry import public, requires
from joinedup.foundation.permissions import Permission
from joinedup.inform.pages import actions
from joinedup.inform.pages.forms import NoticeForm
from joinedup.inform.pages.notices import notice_to_show


def public_pages(request: HttpRequest) -> Any:
    """Every page anyone may read, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    return site.root_page.get_descendants(inclusive=True).live().public().order_by("path")


@public
@require_GET
def site_map(request: HttpRequest) -> HttpResponse:
    """Every public page as a list of lists, for people."""
    pages = list(public_pages(request))
    top = pages[0].depth if pages else 0
    rows = [{"title": p.title, "href": p.get_url(request), "level": p.depth - top} for p in pages]
    doors = [entry for entry in settings.SITE_MAP_DOORS if entry["href"] not in {row["href"] for row in rows}]
    return render(request, "pages/site_map.html", {"rows": rows, "doors": doors})


class ManyTongues(Sitemap[Any]):
    """A site map that names, beside each address, where the same thing stands in other languages."""

    def versions(self, item: Any) -> dict[str, str]:
        """Its path in each language it has."""
        raise NotImplementedError

    def _urls(self, page: int | str, protocol: str, domain: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = super()._urls(page, protocol, domain)  # type: ignore[misc]
        for row in rows:
            found = self.versions(row["item"])
            if len(found) > 1:
                row["alternates"] = [
                    {"lang_code": code, "location": f"{protocol}://{domain}{href}"}
                    for code, href in found.items()
                ]
        return rows


class PageSitemap(ManyTongues):
    """The pages in every language, for search engines."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.found: dict[Any, dict[str, str]] = {}

    def items(self) -> Any:
        """Every public page."""
        site = Site.find_for_request(self.request)
        roots = site.root_page.get_translations(inclusive=True).live() if site is not None else []
        below = [page.get_descendants(inclusive=True).live().public() for page in roots]
        pages = [page for rows in below for page in rows.select_related("locale").order_by("path")]
        for page in pages:
            self.found.setdefault(page.translation_key, {})[page.locale.language_code] = self.location(page)
        return pages

    def versions(self, item: Page) -> dict[str, str]:
        """The page and its translations."""
        return self.found[item.translation_key]

    def location(self, item: Page) -> str:
        """Its path."""
        return str(item.get_url(self.request))

    def lastmod(self, item: Page) -> datetime.datetime | None:
        """When it was last published."""
        return item.last_published_at  # type: ignore[no-any-return]


class DoorSitemap(ManyTongues):
    """The doors that are not pages, such as the newsletter form, in every language they have."""

    def items(self) -> list[dict[str, Any]]:
        """Those of the settings."""
        doors = [self.versions(entry) for entry in settings.SITE_MAP_DOORS]
        return [{"href": href} for found in doors for href in found.values()]

    def versions(self, item: dict[str, Any]) -> dict[str, str]:
        """A door that stands in one language only keeps its address in all others."""
        with translation.override(translation.get_language_from_path(item["href"]) or settings.LANGUAGE_CODE):
            there = {code: translate_url(item["href"], code) for code, _label in settings.LANGUAGES}
        english = there[settings.LANGUAGE_CODE]
        return {
            code: href for code, href in there.items() if code == settings.LANGUAGE_CODE or href != english
        }

    def location(self, item: dict[str, Any]) -> str:
        """Its path."""
        return str(item["href"])


@public
@require_GET
def sitemap_xml(request: HttpRequest) -> HttpResponse:
    """The site map as sitemaps.org has it."""
    return sitemap_view(request, {"pages": PageSitemap(request), "doors": DoorSitemap()})


@public
@require_GET
def robots_txt(request: HttpRequest) -> HttpResponse:
    """What robots may read: the public site, not the workspace or personal links (RFC 9309)."""
    lines = [
        "User-agent: *",
        "Disallow: /workspace/",
        "Disallow: /editor/",
        "Disallow: /account/",
        "Disallow: /have-your-say/your-reference/",
        *(f"Disallow: /{code}/have-your-say/your-reference/" for code, _l in settings.LANGUAGES[1:]),
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public
@require_GET
def security_txt(request: HttpRequest) -> HttpResponse:
    """Whom to tell about a fault in our security (RFC 9116). Valid for half a year from each reading."""
    expires = (timezone.now() + datetime.timedelta(days=180)).replace(
        microsecond=0, second=0, minute=0, hour=0
    )
    lines = [
        f"Contact: mailto:{settings.PARTNERSHIP['email']}",
        f"Expires: {expires.strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@requires(Permission.NOTICE_CHANGE)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """Show a notice on every page, or see which one shows."""
    form = NoticeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        actions.show_notice(
            title=words["title"],
            body=words["body"],
            link_text=words["link_text"],
            link_href=words["link_href"],
            ends_at=form.ends_at(),
            by=request.user,  # type: ignore[arg-type]
        )
        messages.success(request, _("The notice now shows on every page."))
        return redirect("pages:notice")
    return render(request, "pages/notice.html", {"form": form, "showing": notice_to_show()})


@requires(Permission.NOTICE_CHANGE)
@require_POST
def end_notice(request: HttpRequest) -> HttpResponse:
    """Take the notice down."""
    actions.end_notice(by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("No notice shows now."))
    return redirect("pages:notice")
