"""Whether a link leads somewhere: inside this site without any network, outside only if told to look."""

import re
from typing import Protocol
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.utils import translation
from wagtail.coreutils import get_dummy_request
from wagtail.models import Page, Site

from joinedup.inform.pages.upkeep import BrokenLink, path_of
from joinedup.inform.pages.words import Link, links_of

Fault = BrokenLink.Fault
AGENT = "JoinedUp link check (bot)"
MOST_REDIRECTS = 5
_ID = re.compile(r"\bid=\"([^\"]+)\"")


class Outside(Protocol):
    """Whoever asks other websites: what is wrong with an address, or nothing."""

    def __call__(self, address: str) -> BrokenLink.Fault | None:
        """Ask. Never raises."""


class Inside:
    """Our own pages, asked as a visitor would, within this process; each address once."""

    def __init__(self) -> None:
        self._handler = BaseHandler()
        self._handler.load_middleware()
        self._site = Site.objects.filter(is_default_site=True).first()
        self._seen: dict[str, tuple[int, str, frozenset[str]]] = {}

    def _ask(self, path: str) -> tuple[int, str, frozenset[str]]:
        request = get_dummy_request(path=path, site=self._site)
        request.META["HTTP_USER_AGENT"] = AGENT
        request.is_dummy = True  # the workspace's process draws public pages for itself only
        if settings.SITE_URL.startswith("https"):
            request.environ["wsgi.url_scheme"] = "https"
            request.META[(settings.SECURE_PROXY_SSL_HEADER or ("HTTP_X_FORWARDED_PROTO", ""))[0]] = "https"
        response = self._handler.get_response(request)
        html = "text/html" in response.headers.get("Content-Type", "")
        body = (
            response.content.decode(errors="replace") if html and isinstance(response, HttpResponse) else ""
        )
        return response.status_code, response.headers.get("Location", ""), frozenset(_ID.findall(body))

    def answer(self, path: str) -> tuple[int, str, frozenset[str]]:
        """Status, where it sends people on to, and the anchors on the page."""
        if path not in self._seen:
            self._seen[path] = self._ask(path)
        return self._seen[path]

    def fault(self, address: str) -> BrokenLink.Fault | None:
        """What is wrong with an address of this site (a path, perhaps with query and anchor)."""
        plain, anchor = urldefrag(address)
        path = urlsplit(plain).path
        for prefix, exists in ((settings.MEDIA_URL, _in_media), (settings.STATIC_URL, _in_static)):
            if path.startswith(prefix):
                return None if exists(unquote(path.removeprefix(prefix))) else Fault.NO_FILE
        for _turn in range(MOST_REDIRECTS):
            status, location, anchors = self.answer(plain)
            if status not in (301, 302, 307, 308):
                break
            plain = urljoin(plain, location).removeprefix(settings.SITE_URL)
            if not plain.startswith("/"):
                return None  # a redirect of ours to another website
        if status in (404, 410, 403):
            return Fault.NO_PAGE if status == 404 else Fault.NOT_PUBLIC
        if status >= 300:
            return Fault.FAULT
        return Fault.NO_ANCHOR if anchor and unquote(anchor) not in anchors else None


def _in_media(name: str) -> bool:
    return ".." not in name and default_storage.exists(name)


def _in_static(name: str) -> bool:
    return finders.find(name) is not None or staticfiles_storage.exists(name)


def _target(link: Link, page: Page, live: dict[int, str]) -> str | BrokenLink.Fault:
    """The address a link leads to, absolute within the site; or what is wrong before anything is asked."""
    if link.page_id is not None:
        if link.page_id in live:
            return live[link.page_id]
        return Fault.NOT_PUBLIC if Page.objects.filter(pk=link.page_id).exists() else Fault.NO_PAGE
    href = link.href.strip()
    if not href:
        return Fault.ADDRESS if link.words else Fault.NO_PAGE
    if href.startswith("#"):
        return path_of(page) + href
    return href.removeprefix(settings.SITE_URL) if href.startswith(settings.SITE_URL + "/") else href


def live_paths() -> dict[int, str]:
    """The address of every public page by its key."""
    return {page.pk: path_of(page) for page in Page.objects.live().public().filter(depth__gt=1)}


def fault_of(
    link: Link, page: Page, *, inside: Inside, outside: Outside | None, live: dict[int, str]
) -> BrokenLink.Fault | None:
    """What is wrong with a link of that page, if anything; others are asked through `outside` only."""
    target = _target(link, page, live)
    if isinstance(target, BrokenLink.Fault):
        return target
    scheme = urlsplit(target).scheme
    if scheme in ("mailto", "tel"):
        return None
    if scheme in ("http", "https"):
        return outside(target) if outside is not None else None
    return inside.fault(target) if target.startswith("/") and not target.startswith("//") else Fault.ADDRESS


def find_broken(outside: Outside | None = None) -> dict[int, list[tuple[Link, BrokenLink.Fault]]]:
    """Every live page by its key, with those of its links that lead nowhere."""
    found: dict[int, list[tuple[Link, BrokenLink.Fault]]] = {}
    with translation.override(settings.LANGUAGE_CODE):  # drawing pages changes the language under us
        inside, live = Inside(), live_paths()
        pages = Page.objects.live().filter(depth__gt=1, alias_of__isnull=True).order_by("path")
        for page in pages.specific():
            faults = (
                (x, fault_of(x, page, inside=inside, outside=outside, live=live)) for x in links_of(page)
            )
            found[page.pk] = [(link, fault) for link, fault in faults if fault is not None]
    return found
