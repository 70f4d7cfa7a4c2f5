"""Everything a site holds and shows, as digests: run inside the site (see sites.py)."""

import hashlib
import json
import re
from collections import Counter, deque
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment
from django.urls import Resolver404, resolve

from joinedup.config.backup.making import left_out, names_below
from joinedup.config.house import links

# Made anew for every visitor: form protection, and the key against double clicks.
_FRESH = re.compile(rb'(name="(?:csrfmiddlewaretoken|once)" value=")[^"]*')

OF_A_KIND = 3  # pages of one route and language


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def tables() -> dict[str, list[object]]:
    """Rows and digest of each table, but of those a backup leaves out and of the version stamp."""
    found: dict[str, list[object]] = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name in [*left_out(), "foundation_freshness_stamp"]:
                continue
            cursor.execute(f'SELECT * FROM "{name}"')
            rows = sorted(repr(row) for row in cursor.fetchall())
            found[name] = [len(rows), _digest("\n".join(rows).encode())]
    return found


def pages() -> dict[str, str]:
    """Digest of public pages: of each kind the first few that links from the home page lead to."""
    settings.ALLOWED_HOSTS = ["*"]
    client, shown = Client(), dict[str, str]()
    to_see, seen, met = deque(["/"]), {"/"}, Counter[str]()
    while to_see:
        path = to_see.popleft()
        answer = client.get(path)
        if answer.status_code != 200 or answer.streaming:
            continue
        shown[path] = _digest(_FRESH.sub(rb"\1", answer.content))
        if not answer.headers["Content-Type"].startswith("text/html"):
            continue
        for link in sorted(links.links_in(answer.content.decode(), path)):
            plain = urldefrag(link).url
            kind = _kind(plain)
            if plain in seen or kind is None or met[kind] >= OF_A_KIND:
                continue
            met[kind] += 1
            seen.add(plain)
            to_see.append(plain)
    return shown


def _kind(path: str) -> str | None:
    """The route of an address, in its language; None where none is ours to draw."""
    if path.startswith(settings.STATIC_URL):
        return None
    try:
        return f"{path[:4] == '/bn/'} {resolve(urlsplit(path).path).route}"
    except Resolver404:
        return None


def tell(*, with_pages: bool) -> None:
    """Print it as JSON."""
    setup_test_environment()
    shown = pages() if with_pages else {}
    root = Path(settings.MEDIA_ROOT)
    uploads = {name: _digest((root / name).read_bytes()) for name in names_below(root)}
    print(json.dumps({"pages": shown, "tables": tables(), "uploads": uploads}))  # noqa: T201
