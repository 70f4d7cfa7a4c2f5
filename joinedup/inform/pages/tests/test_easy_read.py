"""Easy read pages: a picture beside each short sentence, and links both ways with the page in more words."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.blocks import StreamBlockValidationError

from joinedup.foundation.permissions import System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import ContentPage, EasyReadPage, HomePage
from joinedup.inform.pages.words import text_of

BY = System("test")
ROW = {"image": None, "drawing": "people", "words": "We help people in Tower Hamlets."}


def easy(home: HomePage, rows: Any = None, **changes: Any) -> EasyReadPage:
    blocks = EasyReadPage._meta.get_field("body").stream_block
    raw = [{"type": "heading", "value": "Who we are"}, {"type": "row", "value": rows or ROW}]
    page = EasyReadPage(title="About us in easy read", slug="easy", **changes)
    page.body = blocks.clean(blocks.to_python(raw))
    return put_page(page=page, parent=home, by=BY)  # type: ignore[return-value]


def contact() -> ContentPage:
    return ContentPage.objects.get(slug="contact")


def test_it_shows_pictures_beside_sentences(home: HomePage, client: Client) -> None:
    easy(home)
    html = client.get("/easy/").content.decode()
    assert "We help people in Tower Hamlets." in html
    assert "jo-easy__picture" in html
    assert "This is easy read" in html


def test_both_pages_lead_to_each_other(home: HomePage, client: Client) -> None:
    easy(home, easy_version_of=contact())
    assert 'href="/easy/"' in client.get("/contact/").content.decode()
    assert 'href="/contact/">Contact us</a>' in client.get("/easy/").content.decode()


def test_a_draft_of_it_is_not_linked(home: HomePage, client: Client) -> None:
    easy(home, easy_version_of=contact()).unpublish()
    assert 'href="/easy/"' not in client.get("/contact/").content.decode()


def test_when_the_other_page_goes_no_dead_link_is_left(home: HomePage, client: Client) -> None:
    easy(home, easy_version_of=contact())
    contact().unpublish()
    assert 'href="/contact/">Contact us</a>' not in client.get("/easy/").content.decode()


@pytest.mark.parametrize("row", [{**ROW, "drawing": ""}, {**ROW, "words": ""}, {**ROW, "words": "x" * 161}])
def test_a_sentence_needs_a_picture_and_a_picture_a_sentence(row: Any, home: HomePage) -> None:
    with pytest.raises(StreamBlockValidationError):
        easy(home, row)


def test_no_page_is_the_easy_version_of_itself(home: HomePage) -> None:
    page = easy(home)
    page.easy_version_of = page.page_ptr
    with pytest.raises(ValidationError):
        page.full_clean()


def test_its_words_can_be_found_and_judged(home: HomePage) -> None:
    assert "We help people in Tower Hamlets." in text_of(easy(home))


def test_a_written_page_costs_at_most_twelve_queries(
    home: HomePage, client: Client, django_assert_max_num_queries: Any
) -> None:
    easy(home, easy_version_of=contact())
    for path in ("/about/", "/contact/", "/easy/", "/privacy/", "/"):
        client.get(path)
        with django_assert_max_num_queries(12):
            client.get(path)
