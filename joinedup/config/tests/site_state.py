"""Everything a site holds and shows, as digests: run inside the site (see sites.py)."""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment

from joinedup.config.backup.making import left_out, names_below
from joinedup.config.house import links

# Made anew for every visitor: form protection, and the key against double clicks.
_FRESH = re.compile(rb'(name="(?:csrfmiddlewaretoken|once)" value=")[^"]*')


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
    """Digest of each public page that can be reached."""
    settings.ALLOWED_HOSTS = ["*"]
    shown: dict[str, str] = {}

    class Remembering(Client):
        def get(self, path: str, *args: Any, **more: Any) -> Any:
            answer = super().get(path, *args, **more)
            if answer.status_code == 200 and not answer.streaming:
                shown[path] = _digest(_FRESH.sub(rb"\1", answer.content))
            return answer

    _seen, dead = links.crawl(Remembering())
    assert dead == [], dead
    return shown


def tell(*, with_pages: bool) -> None:
    """Print it as JSON."""
    setup_test_environment()
    shown = pages() if with_pages else {}
    root = Path(settings.MEDIA_ROOT)
    uploads = {name: _digest((root / name).read_bytes()) for name in names_below(root)}
    print(json.dumps({"pages": shown, "tables": tables(), "uploads": uploads}))  # noqa: T201
