"""A real site and a real browser: the demonstration, started as a newcomer would, and Debian's chromium."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from joinedup.config.environment import ROOT
from joinedup.config.tests import kept
from joinedup.foundation.identity.sample import SAMPLE_PASSWORD

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESKTOP = 375, 1280


@dataclass
class Site:
    """The running demonstration."""

    address: str
    process: "subprocess.Popen[bytes]"
    data_dir: Path
    environment: dict[str, str]

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=20) as answer:
            return str(answer.read().decode())

    def letters_to(self, recipient: str) -> list[str]:
        """Where in the outbox the messages to that address are, the newest first."""
        rows = re.findall(
            r'href="(/outbox/[0-9a-f-]{36}/)".*?<td>(.*?)</td>', self.get("/outbox/"), re.DOTALL
        )
        return [link for link, to in rows if to == recipient]

    def mail_to(self, recipient: str, containing: str = "") -> str:
        """The newest message to that address, as the outbox shows it; waits for it up to ten seconds."""
        until = time.monotonic() + 10
        while time.monotonic() < until:
            for link in self.letters_to(recipient):
                text = self.get(link)
                if containing in text:
                    return text
            time.sleep(0.3)
        raise AssertionError(f"no message to {recipient} with {containing!r}")

    def code_for(self, email: str) -> str:
        """The six-figure code a sample sign-in is asked for, as the outbox shows it."""
        found = re.search(re.escape(email) + r"\D*?(\d{6})", re.sub(r"<[^>]+>", " ", self.get("/outbox/")))
        assert found, f"no code for {email}"
        return found.group(1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def migrated(data_dir: Path) -> None:
    """Spare a new site its migrations."""
    file, url = data_dir / "joinedup.sqlite3", os.environ.get("DATABASE_URL", "")
    if url.startswith("postgres"):
        kept.bring(url)
    elif kept.database().exists() and not file.exists():
        data_dir.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept.database(), file)


def start_site(data_dir: Path, **settings: str) -> Site:
    """`manage.py demo` on a port of its own, with these settings besides, ready when this returns.

    A new site begins with the migrated database that was kept, if there is one.
    """
    port = free_port()
    migrated(data_dir)
    environment = {
        **os.environ,
        "JOINEDUP_MODE": "demo",
        "JOINEDUP_DATA_DIR": str(data_dir),
        "JOINEDUP_SITE_URL": f"http://127.0.0.1:{port}",
        "PYTHONWARNINGS": "ignore",
        **settings,
    }
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        start_new_session=True,  # a group of its own, so that all of it can be killed at once
    )
    assert process.stdout is not None
    said = []
    for line in iter(process.stdout.readline, b""):
        said.append(line.decode())
        if "Press Ctrl+C" in said[-1]:
            return Site(f"http://127.0.0.1:{port}", process, data_dir, environment)
    process.stdout.close()
    process.wait(timeout=20)
    raise AssertionError("the demonstration did not start:\n" + "".join(said))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    running = start_site(tmp_path_factory.mktemp("site"))
    yield running
    running.process.terminate()
    running.process.wait(timeout=20)
    if running.process.stdout is not None:
        running.process.stdout.close()
    shutil.rmtree(running.data_dir, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield chromium
        chromium.close()


# What differs each time a page is drawn: form protection, and the key against double clicks.
_FRESH = re.compile(r'name="(?:csrfmiddlewaretoken|once)" value="[^"]*"')
_sound: set[tuple[str, str]] = set()


@dataclass
class Visitor:
    """Someone with a browser. Anything the browser complains of fails the test."""

    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.site.address + path)

    def check(self) -> None:
        """axe finds nothing serious or critical here, and the page does not scroll sideways.

        The very same page at the same width was found so before, once it has been: it is not asked again.
        """
        same = (str(self.page.viewport_size), _FRESH.sub("", self.page.content()))
        if same in _sound:
            return
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        wanted = json.dumps({"runOnly": RULES, "resultTypes": ["violations"]})
        violations: list[dict[str, Any]] = self.page.evaluate(
            f"axe.run({wanted}).then(result => result.violations)"
        )
        grave = [
            f"{v['impact']}: {v['id']}: {v['nodes'][0]['html'][:200]} ({v['nodes'][0]['failureSummary']})"
            for v in violations
            if v["impact"] in ("serious", "critical")
        ]
        assert grave == [], f"{self.page.url}: {grave}"
        width = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert width <= 0, f"{self.page.url} scrolls sideways by {width}px"
        _sound.add(same)

    def says(self, words: str) -> bool:
        return words in self.page.locator("main").inner_text()

    def press(self, name: str) -> None:
        """Press the button of that name, and wait until what comes of it is there."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).click()
        self.page.wait_for_load_state()

    def is_told(self, problem: str) -> None:
        """The error summary says so, and the page is sound with it."""
        self.page.get_by_role("alert").get_by_text(problem).first.wait_for()
        self.check()

    def tab_to(self, name: str, role: str = "") -> None:
        """Press Tab until the control with that name has the focus, as people without a mouse do."""
        for _press in range(120):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(
                """() => { const e = document.activeElement;
                const label = e.labels && e.labels[0] ? e.labels[0].innerText : '';
                return [e.getAttribute('aria-label') || label || e.innerText || e.value || '',
                        e.type || e.tagName.toLowerCase()] }"""
            )
            if name.lower() in str(found[0]).strip().lower() and (not role or found[1] == role):
                return
        raise AssertionError(f"Tab never reached {name!r} on {self.page.url}")


def visit(browser: Browser, site: Site, width: int, **options: Any) -> Visitor:
    context = browser.new_context(viewport={"width": width, "height": 800}, **options)
    context.set_default_timeout(15_000)
    visitor = Visitor(site, context, context.new_page())

    def heard(message: ConsoleMessage) -> None:
        expected = "status of 4" in message.text or "the server responded with a status" in message.text
        if message.type in ("error", "warning") and not expected:
            visitor.complaints.append(message.text)

    visitor.page.on("console", heard)
    visitor.page.on("pageerror", lambda fault: visitor.complaints.append(str(fault)))
    return visitor


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def visitor(width: int, browser: Browser, site: Site) -> Iterator[Visitor]:
    someone = visit(browser, site, width)
    yield someone
    someone.context.close()
    assert someone.complaints == []


def sign_in(someone: Visitor, email: str, password: str, code: str = "") -> None:
    """Both steps, as staff do them; without a code, with the one that the outbox shows."""
    someone.open("/workspace/")
    someone.page.get_by_label("Email address").fill(email)
    someone.page.get_by_label("Password", exact=True).fill(password)
    someone.page.get_by_role("button", name="Sign in", exact=True).click()
    someone.page.get_by_label("Code", exact=True).fill(code or someone.site.code_for(email))
    someone.page.get_by_role("button", name="Sign in", exact=True).click()
    someone.page.wait_for_url("**/workspace/")


@pytest.fixture(scope="session")
def cookies_of(browser: Browser, site: Site) -> Callable[[str], list[Any]]:
    """What a browser holds in which that sample person signed in. Each signs in once: so does a code."""
    known: dict[str, list[Any]] = {}

    def fetch(role: str) -> list[Any]:
        if role not in known:
            someone = visit(browser, site, DESKTOP)
            sign_in(someone, f"{role}@sample.example", SAMPLE_PASSWORD)
            known[role] = list(someone.context.cookies())
            someone.context.close()
        return known[role]

    return fetch


@pytest.fixture
def staff(
    width: int, browser: Browser, site: Site, cookies_of: Callable[[str], list[Any]]
) -> Iterator[Callable[..., Visitor]]:
    """A sample member of staff who has signed in, with a browser of their own: `staff("officer")`."""
    present: list[Visitor] = []

    def come(role: str, **options: Any) -> Visitor:
        present.append(visit(browser, site, width, **options))
        present[-1].context.add_cookies(cookies_of(role))
        return present[-1]

    yield come
    for someone in present:
        someone.context.close()
    assert [complaint for someone in present for complaint in someone.complaints] == []
