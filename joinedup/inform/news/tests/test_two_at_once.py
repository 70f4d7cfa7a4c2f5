"""The last place, asked for by several people at the same moment, goes to one of them; one address that
asks several times at once is there once. On both databases.
"""

import os
import sqlite3
import subprocess
import sys
import threading
import uuid
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from wagtail.models import Locale, Page

from joinedup.inform.news.actions.signing_up import sign_up
from joinedup.inform.news.factories import asked, event, site
from joinedup.inform.news.models import EventPage, EventSignUp

PEOPLE = 6
RUNNER = """
import sys, time, django
django.setup()
from joinedup.inform.news.actions.signing_up import Asked, sign_up
from joinedup.inform.news.models import EventPage
page = EventPage.objects.get(pk=int(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(3):
    email = f"p{sys.argv[2]}-{number}@example.org" if number else "one@example.org"
    asked = Asked(name="A", email=email, phone="", people=1)
    sign_up(event=page, asked=asked, once=f"{sys.argv[2]}-{number}-" + "x" * 20)
"""


@pytest.fixture
def _root(transactional_db: None) -> None:
    """The root of the tree, which a migration makes and an earlier test of this kind swept away."""
    english, _created = Locale.objects.get_or_create(language_code="en")
    if not Page.objects.exists():
        Page.add_root(title="Root", slug="root", locale=english)


def counts(rows: list[tuple[str, int]]) -> dict[str, int]:
    found = {"placed": 0, "waiting": 0}
    for state, people in rows:
        found[state] += people
    return found


@pytest.mark.slow
@pytest.mark.usefixtures("_root")
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="the same on SQLite stands below")
def test_threads_on_postgresql() -> None:
    site()
    page = event(max_places=2)
    start, faults = threading.Barrier(PEOPLE), []

    def person(email: str) -> None:
        mine = EventPage.objects.get(pk=page.pk)
        start.wait(timeout=30)
        try:
            sign_up(event=mine, asked=asked(email=email), once=uuid.uuid4().hex)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    addresses = [f"p{number}@example.org" if number % 2 else "one@example.org" for number in range(PEOPLE)]
    people = [threading.Thread(target=person, args=[email]) for email in addresses]
    for one in people:
        one.start()
    for one in people:
        one.join(timeout=60)
    assert faults == []
    rows = list(EventSignUp.objects.values_list("state", "people"))
    assert counts(rows) == {"placed": 2, "waiting": PEOPLE // 2 - 1}


@pytest.mark.slow
@pytest.mark.usefixtures("_root")
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="the same on PostgreSQL stands above")
def test_processes_on_sqlite(tmp_path: Path) -> None:
    site()
    page = event(max_places=2)
    file = tmp_path / "shared.sqlite3"
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
    environment = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{file}",
        "DJANGO_SETTINGS_MODULE": "joinedup.config.settings",
        "JOINEDUP_MODE": "test",
        "JOINEDUP_DATA_DIR": str(tmp_path),
    }
    people = [
        subprocess.Popen(
            [sys.executable, "-c", RUNNER, str(page.pk), str(number)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(3)
    ]
    for one in people:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in people:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    for one in people:
        one.communicate(timeout=60)
        assert one.returncode == 0
    with closing(sqlite3.connect(file)) as kept:
        rows = kept.execute("SELECT state, people FROM inform_news_eventsignup").fetchall()
    assert counts(rows) == {"placed": 2, "waiting": 5}
