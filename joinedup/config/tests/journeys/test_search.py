"""Someone finds a page by a misspelt word, in English and in Bengali, with the keyboard alone."""

from collections.abc import Iterator
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from joinedup.config.tests.journeys.conftest import DESKTOP, PHONE, Site, Visitor, visit

pytestmark = pytest.mark.browser


@pytest.fixture(params=[PHONE, DESKTOP])
def reader(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visitor]:
    someone = visit(browser, site, request.param)
    yield someone
    someone.context.close()
    assert someone.complaints == []


def press_enter(reader: Visitor) -> None:
    with reader.page.expect_navigation():
        reader.page.keyboard.press("Enter")
    reader.check()


def search_by_keyboard(reader: Visitor, box: str, text: str) -> None:
    reader.tab_to(box)
    reader.page.keyboard.type(text)
    press_enter(reader)


def open_result(reader: Visitor, title: str) -> None:
    reader.tab_to(title, "a")
    press_enter(reader)


def test_a_page_by_a_misspelt_english_word(reader: Visitor) -> None:
    reader.open("/")
    search_by_keyboard(reader, "Search this site", "accesibility statment")
    assert reader.says("Showing results for accessibility statement.")
    assert reader.page.locator("mark").first.is_visible()
    open_result(reader, "Accessibility statement")
    assert reader.page.url.endswith("/accessibility/")


def test_a_page_by_a_misspelt_bengali_word(reader: Visitor) -> None:
    reader.open("/bn/newsletter/")
    box = reader.page.locator(".jo-header-search label").text_content() or ""
    search_by_keyboard(reader, box, "মতমত")
    assert "/bn/search/" in reader.page.url
    assert "মতমত" in unquote(reader.page.url)
    assert reader.page.locator("html").get_attribute("lang") == "bn"
    assert reader.page.locator(".jo-search__corrected strong").inner_text() == "মতামত"
    open_result(reader, reader.page.locator(".jo-results__title").first.inner_text())
    assert reader.page.url.endswith("/bn/have-your-say/")


def test_nothing_found_and_the_empty_search_are_sound_too(reader: Visitor) -> None:
    reader.open("/search/")
    reader.check()
    search_by_keyboard(reader, "What are you looking for?", "qqqqzzzz")
    assert reader.says("We found nothing for “qqqqzzzz”.")
    assert reader.page.get_by_role("search").count() == 1


def test_someone_in_need_is_led_to_the_numbers_to_call(reader: Visitor) -> None:
    reader.open("/")
    search_by_keyboard(reader, "Search this site", "my mum fell and needs help at home")
    assert reader.says("In an emergency call 999.")
    open_result(reader, "Contact us")
    assert reader.page.url.endswith("/contact/")


def test_a_bengali_page_is_found_from_english(reader: Visitor) -> None:
    reader.open("/")
    search_by_keyboard(reader, "Search this site", "bangla")
    reader.page.locator(".jo-results__title a").first.click()
    reader.check()
    assert reader.page.url.endswith("/bn/")


def test_results_of_both_languages_on_one_page(reader: Visitor) -> None:
    reader.open("/bn/search/?q=newsletter+মতামত")
    reader.check()
    assert reader.says("In English")


def test_the_search_page_fits_the_smallest_phone(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 320)
    for path in ("/", "/search/?q=complain", "/bn/search/?q=মতামত", "/search/?q=my+mum+fell" + "x" * 250):
        someone.open(path)
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert not someone.page.evaluate(wide), path
    someone.context.close()


def test_it_works_without_scripts(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, PHONE, java_script_enabled=False)
    someone.open("/")
    someone.page.get_by_role("searchbox").fill("complain")
    someone.page.get_by_role("searchbox").press("Enter")
    someone.page.wait_for_url("**/search/?q=complain")
    assert someone.page.get_by_role("link", name="Have your say").count() > 0
    someone.context.close()
