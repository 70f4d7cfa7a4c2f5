"""A resident looks up a postcode, reads about the area, and is answered kindly from elsewhere too."""

import pytest
from playwright.sync_api import Browser

from joinedup.config.tests.journeys.conftest import Site, Visitor, visit

pytestmark = pytest.mark.browser

AREAS = ("north-west", "south-west", "north-east", "south-east")


def ask(someone: Visitor, text: str, path: str = "/my-area/") -> None:
    someone.open(path)
    someone.page.locator("#main").get_by_role("textbox").fill(text)
    someone.page.locator("#main form").get_by_role("button").click()
    someone.page.wait_for_load_state()


def test_a_postcode_leads_to_its_ward_and_on_to_its_area(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/my-area/")
    visitor.check()
    ask(visitor, "el 1bj")
    assert page.get_by_role("heading", level=1).inner_text() == "E1 1BJ is in South West"
    assert visitor.says("Whitechapel")
    assert visitor.says("We read what you wrote as E1 1BJ.")
    assert page.get_by_role("img", name="A dot shows where the postcode is").is_visible()
    assert page.url.endswith("/my-area/")
    visitor.check()
    page.get_by_role("link", name="More about South West").click()
    page.wait_for_url("**/my-area/south-west/")
    assert page.get_by_role("img", name="South West is marked").is_visible()
    assert visitor.says("22 of its 38 neighbourhoods are among the most deprived fifth of England")
    assert visitor.says("Contains Royal Mail data")
    visitor.check()
    assert visitor.context.cookies() == []


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("SW1A 1AA", "That postcode is not in Tower Hamlets"),
        ("E16 9ZZ", "We do not know that postcode in Tower Hamlets"),
        ("E1 0AB", "E1 0AB is in South West"),
        ("E98 1AD", "E98 1AD is in South West"),
    ],
)
def test_each_kind_of_answer_is_sound(visitor: Visitor, text: str, heading: str) -> None:
    ask(visitor, text)
    assert visitor.page.get_by_role("heading", level=1).inner_text() == heading
    visitor.check()


def test_half_a_postcode_is_told_what_is_missing_and_where_it_may_be(visitor: Visitor) -> None:
    ask(visitor, "E1W")
    visitor.is_told("Write the whole of your postcode")
    visitor.page.get_by_role("status").get_by_role("link", name="South West").click()
    visitor.page.wait_for_url("**/my-area/south-west/")


@pytest.mark.parametrize("prefix", ["", "/bn"])
def test_every_area_is_sound_in_both_languages(visitor: Visitor, prefix: str) -> None:
    for key in AREAS:
        visitor.open(f"{prefix}/my-area/{key}/")
        visitor.check()
    ask(visitor, "E3 5AA", f"{prefix}/my-area/")
    assert visitor.page.url.endswith(f"{prefix}/my-area/")
    visitor.check()


def test_the_language_can_be_changed_on_the_page_of_an_area(visitor: Visitor) -> None:
    visitor.open("/my-area/north-west/")
    visitor.page.get_by_role("link", name="বাংলা").click()
    visitor.page.wait_for_url("**/bn/my-area/north-west/")
    assert "উত্তর-পশ্চিম" in visitor.page.get_by_role("heading", level=1).inner_text()


def test_all_of_it_by_keyboard(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 375)
    someone.open("/my-area/")
    someone.tab_to("Your postcode")
    someone.page.keyboard.type("e14 5ab")
    someone.page.keyboard.press("Enter")
    someone.page.get_by_role("heading", name="E14 5AB is in South East").wait_for()
    someone.tab_to("More about South East")
    someone.page.keyboard.press("Enter")
    someone.page.wait_for_url("**/my-area/south-east/")
    someone.context.close()
    assert someone.complaints == []


def test_it_works_without_javascript(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 375, java_script_enabled=False)
    ask(someone, "E1 1BJ")
    assert someone.says("E1 1BJ is in South West")
    someone.context.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_of_places_scrolls_sideways_on_the_smallest_phone(
    browser: Browser, site: Site, direction: str
) -> None:
    someone = visit(browser, site, 320)
    for path in ("/my-area/", "/my-area/south-east/", "/bn/my-area/south-west/"):
        someone.open(path)
        someone.page.evaluate(f"document.documentElement.dir = '{direction}'")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert someone.page.evaluate(wide) <= 0, path
    someone.context.close()
