"""Words and stems: what is the same word, in English and in Bengali."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.inform.search import words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("complaint", "complaints"),
        ("nurse", "Nurses"),
        ("café", "cafe"),
        ("STRASSE", "straße"),
        ("what’s", "what"),
        ("A&E", "a&e"),
        ("don’t", "dont"),
        ("নিউজলেটার", "নিউজলেটারের"),
        ("নিউজলেটার", "নিউজলেটারে"),
        ("নিউজলেটার", "নিউজলেটারগুলো"),
        ("অভিযোগ", "অভিযোগের"),
        ("অভিযোগ", "অভিযোগটি"),
        ("সেবা", "সেবার"),
        ("সেবা", "সেবায়"),
        ("সেবা", "সেবাকে"),
        ("হাসপাতাল", "হাসপাতালে"),
        ("হাসপাতাল", "হাসপাতালগুলোর"),
        ("ডাক্তার", "ডাক্তাররা"),
        ("ডাক্তার", "ডাক্তারদের"),
        ("খবর", "খবরও"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert words.stems(one) == words.stems(other) != []


@pytest.mark.parametrize(("one", "other"), [("care", "car"), ("news", "newsletter"), ("খবর", "খাবার")])
def test_other_words_do_not(one: str, other: str) -> None:
    assert words.stems(one) != words.stems(other)


def test_bengali_words_keep_their_vowel_signs_and_are_not_broken_at_them() -> None:
    assert words.words("নিউজলেটারের জন্য, কী?") == ["নিউজলেটারের", "জন্য", "কী"]


def test_the_letter_y_is_the_same_however_it_is_typed() -> None:
    assert words.words("\u09df") == words.words("\u09af\u09bc") != []
    assert words.words("র\u200d্যাব") == words.words("র্যাব")


def test_a_word_knows_where_it_stands() -> None:
    text = "“Nurses”, <b>GPs</b> & A&E"
    assert [text[s.start : s.end] for s in words.spots(text)] == ["Nurses", "b", "GPs", "b", "A&E"]


@given(st.text())
def test_whatever_is_written_words_are_plain_letters_figures_and_marks(text: str) -> None:
    for spot in words.spots(text):
        stem = words.stem(spot.word)
        assert stem
        assert not set(stem) & set("'\"\\&|!:*() \0<>"), stem
        assert words.words(spot.word) == [spot.word]


@given(st.text(alphabet="কখগতদনপবমরলসহািীুেোটগুলোর", min_size=1, max_size=14))
def test_stemming_a_bengali_stem_changes_nothing_more(text: str) -> None:
    for word in words.words(text):
        assert words.stem(words.stem(word)) == words.stem(word)
