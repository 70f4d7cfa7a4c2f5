"""The plain words of a page: what a reader can read, and nothing that is only for machines."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from wagtail.search import index

from joinedup.inform.pages.models import ContentPage
from joinedup.inform.search.plain import findable, plain_text

Publish = Callable[..., ContentPage]
pytestmark = pytest.mark.django_db


def test_rich_text_is_read_without_markup_and_its_headings_apart(published: Publish) -> None:
    page = published("Falls", "<h3>At &amp; after</h3><p>Balance<br>and <b>strength</b>.</p><p>Legs</p>")
    found = plain_text(page)
    assert found.headings == ["At & after"]
    assert found.running == ["Balance", "and strength.", "Legs"]


def test_every_kind_of_block_is_read_but_no_choice_and_no_address(published: Publish) -> None:
    contact = {
        "name": "Falls team",
        "text": "When you fell",
        "phone": "020 7946 0123",
        "hours": "",
        "email": "",
        "address": "",
        "link": {"address": "https://example.org/x"},
    }
    body: list[tuple[str, Any]] = [
        ("contacts", {"heading": "Find help", "contacts": [contact]}),
        ("inset", {"text": "<p>Remember</p>"}),
    ]
    found = plain_text(published("Contacts", body=body, drawing="people"))
    assert {"Find help", "Falls team"} <= set(found.headings)
    assert {"When you fell", "020 7946 0123", "Remember"} <= set(found.running)
    assert "example.org" not in str(found)
    assert "Six people" not in str(found)


def test_a_method_that_a_model_names_as_searchable_is_read_too(
    published: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = published("Film")
    monkeypatch.setattr(ContentPage, "transcript", lambda self: ["First line", "Second line"], raising=False)
    fields = (*ContentPage.search_fields, index.SearchField("transcript"))
    monkeypatch.setattr(ContentPage, "search_fields", fields)
    assert plain_text(page).running == ["First line", "Second line"]


def test_what_has_an_end_is_over_from_then(published: Publish, monkeypatch: pytest.MonkeyPatch) -> None:
    page = published("Open day")
    assert findable(page)[0].over_from is None
    end = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(ContentPage, "end_at", end, raising=False)
    assert findable(page)[0].over_from == end


def test_the_summary_is_what_the_editor_says_of_the_page_else_its_first_words(published: Publish) -> None:
    thing, _headings = findable(published("One", "<p>First words.</p>"))
    assert (thing.summary, thing.href, thing.language) == ("First words.", "/one/", "en")
    thing, _headings = findable(published("Two", "<p>Text</p>", lead="A lead."))
    assert thing.summary == "A lead."
    thing, _headings = findable(published("Three", lead="A lead.", search_description="Said of it."))
    assert thing.summary == "Said of it."
    assert "A lead." in thing.body
