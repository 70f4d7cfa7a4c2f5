"""Texts name their sources by a short mark; pages show links, search shows neither."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.govern.programmes.citations import cited, keys_in, paragraphs, plain


@dataclass(frozen=True)
class Page:
    label: str
    url: str


NAO = {"nao-2018": Page("National Audit Office, 29 June 2018", "https://www.nao.org.uk/x/?a=1&b=2")}


def test_a_mark_becomes_a_link_to_its_source() -> None:
    html = cited("It grew more slowly. [nao-2018]", NAO)
    assert html == (
        '<p>It grew more slowly. (<a href="https://www.nao.org.uk/x/?a=1&amp;b=2" rel="external">'
        "Source: National Audit Office, 29 June 2018</a>)</p>"
    )


def test_a_source_without_an_address_is_named_without_a_link() -> None:
    assert cited("So. [paper]", {"paper": Page("Board paper <1>", "")}) == (
        "<p>So. (Source: Board paper &lt;1&gt;)</p>"
    )


def test_a_mark_of_no_known_source_is_left_out() -> None:
    assert cited("So. [gone]", {}) == "<p>So.</p>"


def test_an_empty_line_makes_a_new_paragraph() -> None:
    assert paragraphs("One\r\n\r\nTwo\n \nThree") == ["One", "Two", "Three"]


def test_search_reads_the_words_alone() -> None:
    assert plain("It grew. [nao-2018] More.") == "It grew. More."
    assert keys_in("a [one-1] b", "c [two] [Not] [ ]") == {"one-1", "two"}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "a < b & c", '"><img src=x>'])
def test_what_editors_type_is_never_markup(text: str) -> None:
    html = cited(text, NAO)
    assert "<script" not in html
    assert "<img" not in html


@given(st.text())
def test_any_text_gives_paragraphs_and_nothing_else(text: str) -> None:
    html = cited(text, {})
    inside = html.replace("<p>", "").replace("</p>", "")
    assert "<" not in inside
    assert ">" not in inside
