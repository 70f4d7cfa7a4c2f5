"""A language written from right to left: the pages are the mirror of the English ones."""

import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from joinedup.config.environment import ROOT
from joinedup.config.tests.journeys.conftest import Site, Visitor, start_site, visit

pytestmark = pytest.mark.browser

# An Arabic first page with the words of the English one: it is the layout that is tried here.
FIRST_PAGE = """
from joinedup.foundation.permissions import System
from joinedup.inform.pages.actions import put_translation
from joinedup.inform.pages.models import HomePage
home = HomePage.objects.get(locale__language_code="en")
copy = HomePage(title=home.title, slug="home-ar", body=home.body, search_description=home.search_description)
put_translation(page=copy, original=home, language="ar", by=System("test"))
"""
# Where a line begins, and so the left edge of these in English is the right edge in Arabic.
AT_THE_START = [
    ".jo-brand",
    ".jo-nav__main",
    ".jo-intro__words",
    ".jo-way .jo-icon",
    ".jo-section__heading .jo-icon",
    ".jo-edge",
    ".jo-figure",
    ".jo-breadcrumb li",
    ".jo-field__label",
    ".nhsuk-hint",
    ".nhsuk-input",
    ".nhsuk-select",
    ".nhsuk-textarea",
    ".nhsuk-radios__input",
    ".nhsuk-checkboxes__input",
    ".nhsuk-error-summary",
    ".nhsuk-error-message",
    ".jo-warning .jo-icon",
    ".nhsuk-list--number",
    "main .nhsuk-button",
    ".jo-footer__who",
]
AT_THE_END = [".jo-languages", ".jo-footer__contact", ".jo-say-top .jo-drawing"]
# What is told in another language keeps its own direction, and is left out.
# How far the first visible one of each is from the edges of the window: [from the left, from the right].
EDGES = """names => Object.fromEntries(names.map(name => {
  const found = [...document.querySelectorAll(name)].find(e =>
    e.checkVisibility() && e.offsetWidth !== 1 && !e.closest('main [dir=ltr]'));
  if (!found) return [name, null];
  const box = found.getBoundingClientRect();
  return [name, [box.left, document.documentElement.clientWidth - box.right].map(Math.round)];
}))"""
# How a field with a mistake is marked, and on which side of its circle the words of a choice stand.
BORDERS = """() => { const s = getComputedStyle(document.querySelector('.nhsuk-form-group--error'));
  return [s.borderLeftWidth, s.borderRightWidth] }"""


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The sample borough with a third language, as another place would add one: in its own file."""
    folder = tmp_path_factory.mktemp("arabic")
    shipped = (ROOT / "joinedup/config/place.toml").read_text(encoding="utf-8")
    place = folder / "place.toml"
    place.write_text(shipped.replace('bn = "বাংলা"\n', 'bn = "বাংলা"\nar = "العربية"\n', 1), encoding="utf-8")
    running = start_site(folder / "data", JOINEDUP_PLACE=str(place))
    try:
        command = [sys.executable, "-W", "ignore", "manage.py", "shell", "-v0", "-c", FIRST_PAGE]
        subprocess.run(command, cwd=ROOT, env=running.environment, check=True)
        yield running
    finally:
        running.process.terminate()
        running.process.wait(timeout=20)
        if running.process.stdout is not None:
            running.process.stdout.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def reader(width: int, browser: Browser, arabic: Site) -> Iterator[Visitor]:
    someone = visit(browser, arabic, width)
    yield someone
    someone.context.close()
    assert someone.complaints == []


def edges(reader: Visitor) -> dict[str, list[int] | None]:
    return dict(reader.page.evaluate(EDGES, AT_THE_START + AT_THE_END))


def is_mirrored(reader: Visitor, path: str, *, send: bool = False) -> set[str]:
    """Compare the English page and the Arabic one; returns the names of what was there to compare."""
    found = []
    for prefix in ("", "/ar"):
        reader.open(prefix + path)
        if send:
            reader.page.locator("main form button.jo-button").last.click()
            reader.page.get_by_role("alert").wait_for()
        reader.check()
        found.append(edges(reader))
    assert reader.page.locator("html").get_attribute("dir") == "rtl"
    english, arabic = found
    wrong = {}
    for side, names in ((0, AT_THE_START), (1, AT_THE_END)):
        for name in names:
            one, other = english[name], arabic[name]
            if one is not None and other is not None and abs(one[side] - other[1 - side]) > 2:
                wrong[name] = (one, other)
    assert wrong == {}
    return {name for name, box in english.items() if box is not None}


def test_the_first_page(reader: Visitor) -> None:
    assert {".jo-brand", ".jo-way .jo-icon", ".jo-edge"} <= is_mirrored(reader, "/")


def test_the_newsletter_with_a_mistake(reader: Visitor) -> None:
    seen = is_mirrored(reader, "/newsletter/", send=True)
    assert {".nhsuk-error-summary", ".nhsuk-checkboxes__input", ".jo-breadcrumb li"} <= seen
    assert reader.page.evaluate(BORDERS) == ["0px", "4px"]


def test_having_ones_say_with_many_mistakes(reader: Visitor) -> None:
    seen = is_mirrored(reader, "/have-your-say/", send=True)
    assert {".nhsuk-radios__input", ".nhsuk-textarea", ".nhsuk-error-message"} <= seen
    circle = reader.page.locator(".nhsuk-radios__item").first
    words, dot = circle.locator("label").bounding_box(), circle.locator("input").bounding_box()
    assert words is not None
    assert dot is not None
    assert dot["x"] > words["x"]


def test_the_way_back_by_reference(reader: Visitor) -> None:
    is_mirrored(reader, "/have-your-say/your-reference/", send=True)


def test_the_menu_of_a_phone(reader: Visitor, width: int) -> None:
    if width > 768:
        pytest.skip("a wide screen shows its menu")
    reader.open("/ar/")
    reader.page.locator(".jo-nav__narrow summary").click()
    reader.check()
    first = reader.page.locator(".jo-nav__narrow a").first.bounding_box()
    assert first is not None
    assert first["x"] + first["width"] > width - 40
