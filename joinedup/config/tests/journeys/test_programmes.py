"""From the home page to what the Vanguard programme did; an editor adds a result and sees it there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from joinedup.config.tests.journeys.conftest import Site, Visitor, visit

pytestmark = pytest.mark.browser

Staff = Callable[..., Visitor]
PAGE = "/programmes/vanguard/"


def test_from_the_home_page_to_a_result_with_both_its_figures(visitor: Visitor) -> None:
    visitor.open("/")
    section = visitor.page.locator("section", has=visitor.page.locator("#a-milestone-the-vanguard-years"))
    words = section.inner_text()
    for told in ("March 2015 to 31 March 2018", "652", "449", "Measured", "67%", "68.9%", "£3,945,000"):
        assert told in words, told
    section.get_by_role("link", name="Read what the Vanguard programme did").click()
    visitor.page.wait_for_url("**" + PAGE)
    visitor.check()
    visitor.page.locator("summary", has_text="Physician Response Unit").click()
    visitor.check()
    assert visitor.says("68.9%")
    visitor.page.get_by_role("link", name="Physician Response Unit", exact=True).click()
    visitor.page.wait_for_url("**/physician-response-unit/")
    visitor.check()
    for told in ("67% of those seen", "449 ÷ 652 × 100", "68.9%", "Claimed", "Nothing stated"):
        assert visitor.says(told), told


def test_every_page_of_the_programme_is_sound(visitor: Visitor) -> None:
    visitor.open("/programmes/")
    visitor.check()
    visitor.open(PAGE)
    found = visitor.page.locator(f"main a[href^='{PAGE}']").evaluate_all("all => all.map(a => a.pathname)")
    projects = sorted({path for path in found if path.endswith("/") and path != PAGE})
    assert len(projects) >= 20
    for path in projects:
        visitor.open(path)
        visitor.check()


def test_results_open_and_sources_are_reached_by_keyboard(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 375)
    someone.open("/programmes/vanguard/physician-response-unit/")
    someone.tab_to("What share of the people seen")
    someone.page.keyboard.press("Enter")
    assert "#disagreement-" in someone.page.url
    someone.page.locator("summary").last.focus()
    someone.page.keyboard.press("Enter")
    assert someone.page.get_by_text("We last read it on").first.is_visible()
    someone.context.close()
    assert someone.complaints == []


def test_the_results_come_as_a_file(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 1280)
    someone.open(PAGE)
    with someone.page.expect_download() as waiting:
        someone.page.get_by_role("link", name="Download the results").click()
    assert waiting.value.suggested_filename == "vanguard-results.csv"
    someone.context.close()


def test_an_editor_adds_a_result_and_everyone_reads_it(staff: Staff, width: int) -> None:
    editor = staff("editor")
    page = editor.page
    editor.open("/workspace/programmes/")
    editor.check()
    page.get_by_role("link", name="Vanguard programme").click()
    editor.check()
    page.get_by_role("link", name="Red bag for people in care homes", exact=True).click()
    editor.check()
    page.get_by_role("link", name="Add a result").click()
    editor.check()
    editor.press("Save")
    editor.is_told("Please answer: What came of it")
    page.get_by_label("What came of it").fill(f"Sample: bags went with people, {width}.")
    page.get_by_label("Claimed", exact=True).check()
    page.get_by_label("Who says or measured it").fill("Sample: a care home")
    page.get_by_label("Source", exact=True).select_option(index=3)
    editor.press("Save")
    assert editor.says(f"bags went with people, {width}.")
    editor.check()
    page.get_by_role("link", name="See the public page").click()
    assert editor.says(f"bags went with people, {width}.")
    assert editor.says("Nothing stated")
    editor.check()


def test_of_two_editors_the_second_sees_both(staff: Staff) -> None:
    first, second = staff("editor"), staff("editor")
    for someone in (first, second):
        someone.open("/workspace/programmes/sources/")
        someone.check()
        someone.page.get_by_role("link", name="Discovery Data Service").click()
    label = "How far to trust it (optional)"
    first.page.get_by_label(label).fill(f"The first wrote this, {first.page.url}.")
    first.press("Save")
    second.page.get_by_label(label).fill("The second wrote that.")
    second.press("Save")
    second.is_told("Someone else changed this while you were writing.")
    assert second.says("The first wrote this")
    assert second.page.get_by_label(label).input_value() == "The second wrote that."
    second.press("Save")
    assert second.says("Sources")
