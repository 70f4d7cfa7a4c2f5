"""The home page's sections: right headings, an area that is never told by colour alone, no token."""

import pytest

from joinedup.design import gallery
from joinedup.design.blocks import HOME_BLOCKS
from joinedup.design.tests.drawn import Element, read

BLOCKS = dict(HOME_BLOCKS)
SECTIONS = [name for name in gallery.HOME if name != "intro"]


def drawn(name: str, context: dict[str, object] | None = None, **changes: object) -> Element:
    block = BLOCKS[name]
    return read(block.render(block.to_python(gallery.HOME[name] | changes), context=context or {}))


@pytest.mark.parametrize("name", SECTIONS)
def test_section_has_one_second_level_heading_with_a_picture_beside_it(name: str) -> None:
    page = drawn(name)
    heading = page.one("section").one("h2")
    assert heading.text == gallery.HOME[name]["heading"]
    assert heading.one("svg").has(aria_hidden="true")
    assert page.all("h1") == []


@pytest.mark.parametrize("name", SECTIONS)
def test_section_carries_the_edge_of_its_area(name: str) -> None:
    areas = [c for c in drawn(name).one("section").attributes["class"].split() if c.startswith("jo-area--")]
    assert areas == [f"jo-area--{BLOCKS[name].meta.section_area}"]


@pytest.mark.parametrize("name", ["what_we_are", "working_with_you", "call_to_residents", "integrated_care"])
def test_a_link_needs_both_words_and_an_address(name: str) -> None:
    assert drawn(name).one("a").has(href="/about/")
    assert drawn(name, link_label="").all("a") == []
    assert drawn(name, link={"page": None, "address": ""}).all("a") == []


def test_first_screen_has_the_main_heading_and_four_ways_in() -> None:
    page = drawn("intro")
    assert page.one("h1").text == "Health and care that work together"
    ways = page.one("ul").all("a")
    assert [way.one("strong").text for way in ways] == ["Find help", "Have your say", "What we did", "News"]
    assert ways[0].has(href="/find-help/", class_="jo-area--coordinate")
    image = page.one("img")
    assert "market" in image.attributes["alt"]
    assert "loading" not in image.attributes, "the first screen must not wait"


def test_a_way_in_without_its_own_picture_takes_the_one_of_its_area() -> None:
    way = gallery.HOME["intro"]["ways"][0] | {"icon": ""}
    assert drawn("intro", ways=[way]).one("svg").has(class_="jo-icon--coordinate")


def test_partners_come_from_the_page() -> None:
    page = drawn("partners", {"partners": gallery.PARTNERS})
    names = [heading.text for heading in page.one("ul").all("h3")]
    assert names == [partner["name"] for partner in gallery.PARTNERS]
    assert page.one("ul").one("a").has(href="/about/")
    assert drawn("partners").all("ul") == []


def test_milestone_shows_when_and_its_figures() -> None:
    page = drawn("milestone")
    assert page.one(class_="jo-section__when").text == "2015 to 31 March 2018"
    assert len(page.all("li", class_="jo-figure")) == 2


def test_newsletter_box_is_a_plain_form_without_a_token() -> None:
    form = drawn("newsletter").one("form")
    assert form.has(method="post", action="/newsletter/")
    assert [field.attributes["name"] for field in form.all("input")] == ["email"]
    assert form.one("label").attributes["for"] == form.one("input").attributes["id"]
    assert form.one("button").text == "Sign up"


def test_newsletter_box_goes_where_the_page_or_the_editor_says() -> None:
    context: dict[str, object] = {"newsletter_action": "/en/newsletter/"}
    assert drawn("newsletter", context).one("form").has(action="/en/newsletter/")
    assert drawn("newsletter", context, action="/elsewhere/").one("form").has(action="/elsewhere/")


@pytest.mark.parametrize("name", ["vision", "mission"])
def test_statements_stand_word_for_word(name: str) -> None:
    words = "To work together & to improve <everything>.\n\nSecond part."
    page = drawn(name, text=words)
    assert [p.text for p in page.one(class_="jo-statement").all("p")] == words.split("\n\n")


def test_values() -> None:
    items = drawn("values").one("ul").all("li")
    assert [item.all("p")[0].text for item in items][3] == "We are accountable"
    assert [len(item.all("p")) for item in items] == [2, 1, 1, 1]


def test_call_to_residents_ends_in_a_button() -> None:
    assert drawn("call_to_residents").one("a").has(class_="nhsuk-button", href="/about/")
