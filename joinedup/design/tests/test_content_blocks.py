"""Each block of the editor becomes plain, meaningful HTML."""

import pytest
from django.core.exceptions import ValidationError

from joinedup.design import gallery
from joinedup.design.blocks import CONTENT_BLOCKS
from joinedup.design.tests.drawn import Element, read

BLOCKS = dict(CONTENT_BLOCKS)


def drawn(name: str, **changes: object) -> Element:
    """The block with its example from the gallery, some fields changed."""
    block = BLOCKS[name]
    return read(block.render(block.to_python(gallery.BLOCKS[name] | changes)))


def test_every_block_has_an_example_a_template_and_help_beside_its_fields() -> None:
    for name, block in CONTENT_BLOCKS:
        assert block.meta.template, name
        assert name in gallery.BLOCKS or name == "image"
        silent = [
            key
            for key, child in block.child_blocks.items()
            if hasattr(child, "field") and not child.field.help_text
        ]
        assert silent == [], f"{name}: {silent}"


def test_rich_section() -> None:
    page = drawn("rich_section")
    assert page.one("h2").has(id="how-a-meeting-works")
    assert page.one("h3").text == "Before you come"
    assert len(page.all("li")) == 2
    assert drawn("rich_section", heading="").all("h2") == []


def test_anchor_of_a_heading_in_another_script() -> None:
    assert drawn("rich_section", heading="আমাদের কথা").one("h2").attributes["id"] == "আমাদের-কথা"


def test_inset_says_aloud_what_it_is() -> None:
    assert drawn("inset").one(class_="nhsuk-inset-text").text.startswith("Information: You can also")


def test_warning() -> None:
    page = drawn("warning", heading="<b>Danger</b>")
    assert page.one("h2").text == "Important: <b>Danger</b>"
    assert page.one("a").attributes["href"] == "tel:999"


def test_card() -> None:
    page = drawn("card")
    assert page.one("h2").one("a").attributes["href"] == "/find-help/"
    assert page.one(class_="jo-card").has(class_="jo-area--coordinate")
    assert page.one("svg").has(aria_hidden="true", focusable="false")


def test_cards_stand_below_the_heading_of_their_group() -> None:
    page = drawn("card_group")
    assert page.one("h2").text == "Four ways to take part"
    assert len(page.one("ul").all("h3")) == 4
    assert len(drawn("card_group", heading="").all("h2")) == 4


def test_details_opens_without_a_script() -> None:
    page = drawn("details")
    assert page.one("details").one("summary").text == "What happens to my words?"
    assert "three working days" in page.one("details").text


def test_do_and_dont() -> None:
    page = drawn("do_and_dont")
    assert [h.text for h in page.all("h2")] == ["Do", "Do not"]
    assert page.all("li")[2].text == "do not send your NHS number"
    assert [h.text for h in drawn("do_and_dont", dont=[]).all("h2")] == ["Do"]


def test_do_and_dont_needs_one_line() -> None:
    block = BLOCKS["do_and_dont"]
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"do": [], "dont": []}))


def test_summary_list() -> None:
    page = drawn("summary_list")
    assert [dt.text for dt in page.one("dl").all("dt")] == ["Opening times", "Language"]
    assert len(page.one("dl").all("dd")[0].all("br")) == 1


def test_table() -> None:
    page = drawn("table")
    table = page.one("table")
    assert table.one("caption").text == "Three places are open on Saturdays"
    assert [th.text for th in table.all("th", scope="col")] == ["Place", "Opens", "Closes"]
    assert [th.text for th in table.all("th", scope="row")] == ["Library", "Health centre", "Community hall"]
    assert len(table.all("td")) == 6
    assert page.one(role="region").has(tabindex="0"), "a wide table must scroll by keyboard too"
    assert drawn("table", first_column_is_header=False).all("th", scope="row") == []


def test_table_with_a_missing_cell_is_refused_by_row() -> None:
    block = BLOCKS["table"]
    with pytest.raises(ValidationError) as refused:
        block.clean(block.to_python(gallery.BLOCKS["table"] | {"rows": "Library | 10am | 4pm\nHall | 9am"}))
    assert "Row 2 has 2 cells; there are 3 heads." in str(refused.value.as_json_data())


def test_facts_say_where_they_come_from() -> None:
    page = drawn("facts")
    first, second = page.one("ul").all("li")
    assert first.all("p")[0].text == "310,300"
    assert first.one("a").attributes["href"] == "https://www.ons.gov.uk/census"
    assert second.all("p")[2].text == "Source: Census 2021"
    assert second.all("a") == []


def test_quote() -> None:
    page = drawn("quote")
    assert page.one("figure").one("blockquote").text.startswith("I told my story once")
    assert page.one("figcaption").text == "Rahima, carer, Bow (invented example)"
    assert drawn("quote", is_invented=False).one("figcaption").text == "Rahima, carer, Bow"


def test_steps() -> None:
    page = drawn("steps")
    steps = page.one("ol").all("li")
    assert steps[0].all("p")[0].text == "By 2015"
    assert steps[1].one("h3").text == "The Vanguard programme ends"
    assert steps[1].one("a").attributes["href"] == "https://www.example.org/history"


def test_button_link() -> None:
    assert drawn("button_link").one("a").has(class_="nhsuk-button", href="/have-your-say/")
    assert drawn("button_link", style="action").one("a").has(class_="jo-action")


def test_drawing() -> None:
    page = drawn("drawing")
    assert page.one("img").has(alt="Six people of different ages round a table.", width="640", loading="lazy")
    assert page.one("img").attributes["src"].endswith("/drawings/people.svg")
    assert page.one("figcaption").text == "We plan with people, not for them."
    assert drawn("drawing", words="").one("img").has(alt="")


def test_contacts() -> None:
    page = drawn("contacts")
    assert page.one("h3").text == "The partnership’s office"
    assert {a.attributes["href"] for a in page.all("a")} == {
        "tel:02079460000",
        "mailto:hello@example.org",
        "/contact/",
    }
    assert page.all("a")[-1].text == "More: The partnership’s office"
