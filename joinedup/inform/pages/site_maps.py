"""What stands in the site maps: pages, doors, and everything else that anyone may find."""

import datetime
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest
from django.urls import resolve, translate_url
from django.utils import translation
from wagtail.models import Page, Site

from joinedup.foundation import findable
from joinedup.foundation.findable import Findable

_EDITORS_PAGES = "wagtail_serve"


def public_pages(request: HttpRequest) -> Any:
    """Every page anyone may read, in the order of the tree."""
    site = Site.find_for_request(request)
    if site is None:
        return Page.objects.none()
    return site.root_page.get_descendants(inclusive=True).live().public().order_by("path")


def things_by_kind(known: set[str]) -> dict[str, list[Findable]]:
    """What subjects let people find besides pages, in the language in force, under what it is.

    What stands at one of the `known` addresses is left out.
    """
    found: dict[str, list[Findable]] = {}
    for thing in findable.named():
        if thing.language == translation.get_language() and thing.href not in known:
            found.setdefault(str(thing.kind), []).append(thing)
    return {kind: sorted(found[kind], key=lambda thing: thing.title.casefold()) for kind in sorted(found)}


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
        """Where the door stands. One that is part of an English page stands in English only."""
        with translation.override(translation.get_language_from_path(item["href"]) or settings.LANGUAGE_CODE):
            if resolve(item["href"]).view_name == _EDITORS_PAGES:
                return {settings.LANGUAGE_CODE: item["href"]}
            there = {code: translate_url(item["href"], code) for code, _label in settings.LANGUAGES}
        english = there[settings.LANGUAGE_CODE]
        return {
            code: href for code, href in there.items() if code == settings.LANGUAGE_CODE or href != english
        }

    def location(self, item: dict[str, Any]) -> str:
        """Its path."""
        return str(item["href"])


def _what(thing: Findable) -> str:
    """The key of a thing without its language: the same for its translations."""
    return thing.key.rpartition(":")[0]


class ThingSitemap(ManyTongues):
    """Programmes, areas, organisations: what has an address of its own and is no page of the editor."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, str]] = {}

    def items(self) -> list[Findable]:
        """Each in every language it has; doors, which have a list of their own, are left out."""
        everything = list(findable.named())
        for thing in everything:
            self.found.setdefault(_what(thing), {})[thing.language] = thing.href
        doors = {entry["href"] for entry in settings.SITE_MAP_DOORS}
        return [thing for thing in everything if not doors & set(self.versions(thing).values())]

    def versions(self, item: Findable) -> dict[str, str]:
        """The thing and its translations."""
        return self.found[_what(item)]

    def location(self, item: Findable) -> str:
        """Its path."""
        return item.href
