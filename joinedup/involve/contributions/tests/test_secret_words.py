"""The word that opens a contribution."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.contributions import secret_words
from joinedup.involve.contributions.word_list import WORDS


def test_the_list_gives_twenty_bits_in_two_words():
    assert len(WORDS) == len(set(WORDS)) == 1024
    assert all(re.fullmatch(r"[a-z]{3,10}", word) for word in WORDS)


@given(st.text())
def test_a_key_gives_always_the_same_two_words(key):
    word = secret_words.word_for(key)
    assert word == secret_words.word_for(key)
    assert set(word.split("-")) <= set(WORDS)


def test_keys_give_words_all_over_the_list():
    words = {part for number in range(4000) for part in secret_words.word_for(str(number)).split("-")}
    assert len(words) > 1000


def test_another_secret_key_gives_another_word(settings):
    before = [secret_words.word_for(str(number)) for number in range(5)]
    settings.SECRET_KEY = "another-" * 8
    assert [secret_words.word_for(str(number)) for number in range(5)] != before


@pytest.mark.parametrize(
    "typed",
    ["harbour-lantern", "Harbour Lantern", " HARBOUR – lantern. ", "harbour_lantern", "harbour\tlantern"],
)
def test_capitals_gaps_and_other_dashes_are_forgiven(typed):
    kept = secret_words.digest(reference="THT-7K2M-9QX4", word="harbour-lantern")
    assert secret_words.matches(reference="THT-7K2M-9QX4", word=typed, kept=kept)


@pytest.mark.parametrize(
    "typed", ["", "harbour", "lantern-harbour", "harbour-lanterns", "harbourlantern", "x" * 9999]
)
def test_other_words_do_not_open(typed):
    kept = secret_words.digest(reference="THT-7K2M-9QX4", word="harbour-lantern")
    assert not secret_words.matches(reference="THT-7K2M-9QX4", word=typed, kept=kept)


def test_the_word_of_one_reference_does_not_open_another():
    kept = secret_words.digest(reference="THT-7K2M-9QX4", word="harbour-lantern")
    assert not secret_words.matches(reference="THT-0000-0000", word="harbour-lantern", kept=kept)
    assert kept != secret_words.digest(reference="THT-0000-0000", word="harbour-lantern")


def test_words_go_on_working_when_the_secret_key_changes(settings):
    kept = secret_words.digest(reference="THT-7K2M-9QX4", word="harbour-lantern")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-" * 8
    assert secret_words.matches(reference="THT-7K2M-9QX4", word="harbour-lantern", kept=kept)
    settings.SECRET_KEY_FALLBACKS = []
    assert not secret_words.matches(reference="THT-7K2M-9QX4", word="harbour-lantern", kept=kept)


def test_nothing_opens_the_digest_of_nobody():
    for word in ("", "acorn-acorn", "0"):
        assert not secret_words.matches(reference="", word=word, kept=secret_words.NOBODY)
