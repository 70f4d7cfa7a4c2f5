"""Every link a resident can follow from the home page."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

_LINK = re.compile(r"<(?:a|link|form|img|script)\b[^>]*?\b(?:href|action|src)=\"([^\"]*)\"", re.IGNORECASE)
_ANCHOR = re.compile(r"\bid=\"([^\"]+)\"")


def links_in(html: str, page: str) -> set[str]:
    """Addresses of this site that a page names, absolute, anchors kept; other sites are left out."""
    found = {urljoin(page, unescape(link)) for link in _LINK.findall(html)}
    return {link for link in found if not urlsplit(link).scheme and not link.startswith("//")}


def crawl(client: Client, start: str = "/") -> tuple[dict[str, set[str]], list[str]]:
    """Follow every link. Returns the pages with their links, and what is dead in words.

    A link that answers with a redirect to the sign-in is alive; an anchor must exist on its page.
    """
    pages: dict[str, set[str]] = {}
    anchors: dict[str, set[str]] = {}
    dead: list[str] = []
    to_see, seen = [(start, "the start")], {start}
    while to_see:
        address, source = to_see.pop()
        response = client.get(address)
        if response.streaming:  # read to its end a file closes itself; `close` would close the connection
            deque(response, maxlen=0)
        if response.status_code >= 400:
            dead.append(f"{address} ({response.status_code}), on {source}")
            continue
        if "text/html" not in response.headers.get("Content-Type", "") or response.status_code >= 300:
            continue
        html = response.content.decode()
        pages[address], anchors[address] = links_in(html, address), set(_ANCHOR.findall(html))
        for link in pages[address]:
            plain = urldefrag(link).url
            if plain in seen:
                continue
            seen.add(plain)
            if not plain.startswith(settings.STATIC_URL):
                to_see.append((plain, address))
            elif finders.find(plain.removeprefix(settings.STATIC_URL)) is None:
                dead.append(f"{plain} (no such file), on {address}")
    for page, links in pages.items():
        for link in links:
            plain, anchor = urldefrag(link)
            if anchor and plain in anchors and anchor not in anchors[plain]:
                dead.append(f"{link}: no such place on the page, on {page}")
    return pages, dead
