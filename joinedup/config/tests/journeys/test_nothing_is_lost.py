"""What was confirmed on the screen is there after server and worker were killed at once."""

import http.cookiejar
import os
import re
import signal
import sys
import time
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from joinedup.config.tests.journeys.conftest import Site, start_site

pytestmark = pytest.mark.browser


@dataclass
class Reader:
    """Someone who fills in forms without a browser's screen: keeps cookies, sends back what a form holds."""

    site: Site
    opener: urllib.request.OpenerDirector = field(
        default_factory=lambda: urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        )
    )

    def send(self, path: str, **words: str) -> str:
        """Open the page, fill in its form and send it; the page that answers."""
        with self.opener.open(self.site.address + path, timeout=30) as answer:
            page = answer.read().decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        body = urllib.parse.urlencode({**hidden, **words}).encode()
        request = urllib.request.Request(
            self.site.address + path, body, {"Referer": self.site.address + path}
        )
        with self.opener.open(request, timeout=30) as answer:
            return str(answer.read().decode())


def pull_the_plug(running: Site) -> None:
    """SIGKILL to all of it: nobody gets to say goodbye."""
    os.killpg(running.process.pid, signal.SIGKILL)
    running.process.wait(timeout=20)
    if running.process.stdout is not None:
        running.process.stdout.close()


@pytest.fixture
def sites() -> Iterator[list[Site]]:
    started: list[Site] = []
    yield started
    for running in started:
        if running.process.poll() is None:
            pull_the_plug(running)


def term(page: str, name: str) -> str:
    found = re.search(rf'<dd[^>]* id="{name}">([^<]+)</dd>', page)
    assert found, name
    return found.group(1)


def test_what_was_confirmed_outlives_a_killed_server(tmp_path: Path, sites: list[Site]) -> None:
    email = f"steady-{uuid.uuid4().hex[:8]}@example.org"
    sites.append(start_site(tmp_path))
    reader = Reader(sites[0])
    confirmed = reader.send("/newsletter/", email=email, language="en")
    assert "<h1" in confirmed
    assert "heck your email" in confirmed
    thanks = reader.send(
        "/have-your-say/",
        kind="idea",
        words="A lamp on the canal path would help us all.",
        speaker="resident",
        about="self",
        email=email,
        reply_by="email",
        language="en",
    )
    reference, word = term(thanks, "reference"), term(thanks, "word")
    pull_the_plug(sites[0])

    begun = time.monotonic()
    sites.append(start_site(tmp_path))
    sys.stdout.write(f"\nsecond start: {time.monotonic() - begun:.1f} s\n")
    status = Reader(sites[1]).send("/have-your-say/your-reference/", reference=reference, word=word)
    assert "A lamp on the canal path would help us all." in status
    assert "We have it. A person reads it by" in status
    assert reference in sites[1].mail_to(email, reference)
    assert "/newsletter/confirm/" in sites[1].mail_to(email, "/newsletter/confirm/")
    assert len(sites[1].letters_to(email)) == 2
    wait_until_sent(sites[1], email)


def wait_until_sent(running: Site, email: str) -> None:
    """The worker goes on where it was stopped: both are sent, each once."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        letters = [running.get(link) for link in running.letters_to(email)]
        if len(letters) == 2 and all(">Sent<" in letter for letter in letters):
            return
        time.sleep(0.5)
    raise AssertionError("the mails were not sent after the second start")
