"""Reading and sorting without a mouse: by single keys while the list has the focus, and by Tab alone."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from joinedup.config.tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def officer(staff: Callable[..., Visitor]) -> Visitor:
    officer = staff("officer")
    officer.open("/workspace/triage/")
    return officer


def row(officer: Visitor, number: int) -> Locator:
    return officer.page.locator("[data-jo-row]").nth(number)


def is_at(officer: Visitor, number: int) -> bool:
    link = row(officer, number).locator("[data-jo-open]")
    return bool(link.evaluate("link => link === document.activeElement"))


def test_several_are_put_under_a_theme_by_keys_alone(officer: Visitor) -> None:
    keys = officer.page.keyboard
    references = [row(officer, number).locator("[data-jo-open]").inner_text() for number in (0, 1)]
    officer.tab_to(references[0], "a")
    keys.press("x")
    keys.press("j")
    assert is_at(officer, 1)
    keys.press("x")
    assert officer.page.locator("[data-jo-row] input:checked").count() == 2
    keys.press("k")
    assert is_at(officer, 0)
    officer.check()
    keys.press("t")
    keys.type("Sample: Places to walk")
    officer.tab_to("Put them there")
    keys.press("Enter")
    officer.page.get_by_role("status").first.wait_for()
    officer.check()
    left = officer.page.locator("main").inner_text()
    assert all(reference not in left for reference in references)


def test_a_row_opens_by_a_key(officer: Visitor) -> None:
    reference = row(officer, 0).locator("[data-jo-open]").inner_text()
    officer.tab_to(reference, "a")
    officer.page.keyboard.press("o")
    officer.page.wait_for_url(f"**/{reference}/")
    officer.check()


def test_a_key_pressed_elsewhere_does_nothing(officer: Visitor) -> None:
    """Who speaks to the machine, or brushes a key, moves nothing (WCAG 2.1.4)."""
    for key in "jkxot":
        officer.page.keyboard.press(key)
    assert officer.page.evaluate("document.activeElement === document.body")
    assert officer.page.locator("[data-jo-row] input:checked").count() == 0
    assert officer.page.url.endswith("/workspace/triage/")
