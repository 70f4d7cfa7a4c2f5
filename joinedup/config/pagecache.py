"""Public pages kept whole, so that a thousand readers cost hardly more than one.

What is kept is the finished answer to a GET that came without any cookie, so it can hold no token, no
session and nothing about a person; the language is in its address. Before a kept page is served the
version stamp is asked (one small query): a page from before the last change is never served. Each
process keeps pages in memory, and what one has drawn the others find in the shared cache. Because some
pages speak of today, nothing is kept for longer than a minute.
"""

import gzip
import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from joinedup.config.languages import is_for_staff
from joinedup.foundation.freshness.actions import current
from joinedup.inform.pages.counts import count

KEPT_SECONDS = 60
MOST_BYTES = 48_000_000  # in the memory of one process
MOST_PAGES = 2_000
AROUND_A_PAGE = 3_000  # bytes that Python needs besides body and headers, measured with tracemalloc
LARGEST_PAGE = 1_000_000
LONGEST_ADDRESS = 200
# Headers that belong to one answer only; everything else of the first answer is given to all.
_NOT_KEPT = {"date", "content-encoding", "content-length", "set-cookie", "x-request-id"}
_NEVER = ("/static/", "/media/", "/health/")
# What pages can be asked besides their address. Anything else is made up, and would only fill the cache.
_QUESTIONS = {"page", "place", "topic", "kind"}
_STORED_TYPES = ("text/html", "text/plain", "text/css", "text/calendar", "text/csv", "application/xml")
_TYPES_ENDING = ("+xml", "+json")


@dataclass(frozen=True)
class Kept:
    """A finished answer: its body plain and compressed, its headers, its tag, and when it was drawn."""

    body: bytes
    packed: bytes
    headers: tuple[tuple[str, str], ...]
    tag: str
    drawn_at: float

    @property
    def weight(self) -> int:
        """Bytes of memory, about."""
        headers = sum(len(name) + len(value) for name, value in self.headers)
        return AROUND_A_PAGE + len(self.body) + len(self.packed) + headers

    @property
    def is_fresh(self) -> bool:
        """Whether it was drawn within the last minute; what claims to come from later was tampered with."""
        return 0 <= time.time() - self.drawn_at <= KEPT_SECONDS


class Shelf:
    """The pages in the memory of this process, the least used thrown out first. Safe between threads."""

    def __init__(self, most_bytes: int, most_pages: int = MOST_PAGES) -> None:
        self._most, self._most_pages, self._held = most_bytes, most_pages, 0
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> Kept | None:
        """The page under the key, if it is younger than a minute."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if not page.is_fresh:
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: str, page: Kept) -> None:
        """Keep the page, and throw out others until all fit."""
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self._held += page.weight
            while len(self._pages) > 1 and self._is_too_full():
                self._drop(next(iter(self._pages)))

    def _is_too_full(self) -> bool:
        return self._held > self._most or len(self._pages) > self._most_pages

    def _drop(self, key: str) -> None:
        self._held -= self._pages.pop(key).weight

    def clear(self) -> None:
        """Forget everything (tests)."""
        with self._lock:
            self._pages.clear()
            self._held = 0


shelf = Shelf(MOST_BYTES)
Answer = Callable[[HttpRequest], HttpResponseBase]


def may_be_asked(request: HttpRequest) -> bool:
    """Whether a kept page could answer this: a reading of a public address by someone not signed in."""
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and len(request.get_full_path()) <= LONGEST_ADDRESS
        and not request.path.startswith(_NEVER)
        and not is_for_staff(request)
    )


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether this answer is the same for everyone: asked without a cookie, answered without one."""
    if not isinstance(response, HttpResponse) or response.status_code != 200 or request.method != "GET":
        return False
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    control = response.headers.get("Cache-Control", "")
    return (
        not request.COOKIES
        and not response.cookies
        and "no-store" not in control
        and "private" not in control
        and (kind in _STORED_TYPES or kind.endswith(_TYPES_ENDING))
        and len(response.content) <= LARGEST_PAGE
    )


def key_of(request: HttpRequest, stamp: int) -> str:
    """What tells pages apart: face, stamp, host, how the reader reached it, and the whole address."""
    name = f"{settings.FACE}|{stamp}|{request.scheme}|{request.get_host()}|{request.get_full_path()}"
    return "page:" + hashlib.sha256(name.encode()).hexdigest()


def keep(response: HttpResponse) -> Kept:
    """The answer as it will be given to everyone."""
    body = response.content
    headers = tuple((k, v) for k, v in response.items() if k.lower() not in _NOT_KEPT)
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    return Kept(body, gzip.compress(body, 6, mtime=0), headers, tag, time.time())


def give(request: HttpRequest, page: Kept) -> HttpResponse:
    """A kept page as an answer: 304 when the reader has it already, compressed where that is understood."""
    packs = "gzip" in request.headers.get("Accept-Encoding", "")
    tag = f"{page.tag[:-1]}-gz{page.tag[-1]}" if packs else page.tag
    known = request.headers.get("If-None-Match", "")
    if known and tag in {each.strip().removeprefix("W/") for each in known.split(",")}:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(page.packed if packs else page.body)
        if packs:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    for name, value in page.headers:
        response.headers[name] = value
    response.headers["ETag"] = tag
    response.headers.setdefault("Cache-Control", "no-cache")
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def page_cache(get_response: Answer) -> Answer:
    """Middleware: answers from what is kept, or keeps what the rest answers; counts what was read."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if not may_be_asked(request):
            return get_response(request)
        response = _kept_or_drawn(request, get_response)
        if (
            request.method == "GET"
            and response.status_code in (200, 304)
            and "text/html" in response.headers.get("Content-Type", "")
        ):
            count(request.path, request.headers.get("User-Agent", ""))
        return response

    return answer


def _kept_or_drawn(request: HttpRequest, get_response: Answer) -> HttpResponseBase:
    if not settings.PAGE_CACHE or not request.GET.keys() <= _QUESTIONS:
        return get_response(request)
    key = key_of(request, current())
    page = shelf.get(key)
    if page is None and (page := _shared(key)) is not None:
        shelf.put(key, page)
    if page is not None:
        return give(request, page)
    response = get_response(request)
    if isinstance(response, HttpResponse) and may_be_kept(request, response):
        page = keep(response)
        shelf.put(key, page)
        if not request.GET:
            cache.set(key, page, KEPT_SECONDS)
        return give(request, page)
    return response


def _shared(key: str) -> Kept | None:
    """What another process has drawn within the last minute."""
    page = cache.get(key)
    return page if isinstance(page, Kept) and page.is_fresh else None
