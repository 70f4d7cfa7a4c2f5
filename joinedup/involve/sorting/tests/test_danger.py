"""Words that may mean danger: found as people write them, and not inside words that mean something else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.sorting.danger import _WORDS, sounds_dangerous

LETTERS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=6)
PLAIN = [word for word in _WORDS if not word.endswith("*")]


@pytest.mark.parametrize(
    "text",
    [
        "I want to die.",
        "HE HITS ME",
        "he hit  me again",
        "She hit\nme",
        "I can’t breathe",
        "I can't breathe",
        "I couldn't breathe",
        "He was stabbed.",
        "my uncle abused me",
        "They are abusive",
        "I was raped",
        "There is a rapist",
        "self-harming",
        "He is threatening me",
        "a life-threatening mistake",
        "suicidal",
        "She took an overdose",
        "I have chest pains",
        "they gave me the wrong medication",
        "My father is neglected",
        "I don’t want to live",
    ],
)
def test_these_are_found(text):
    assert sounds_dangerous(text)


@pytest.mark.parametrize(
    "text",
    [
        "My therapist listened to me.",
        "Physiotherapists and drapers",
        "He is stable now, and it is well established.",
        "The stabiliser on the stable door",
        "Rapeseed oil in the food",
        "A grape and a scrape",
        "The room has a non-threatening feel",
        "Traffic outside the clinic",
        "Dog grooming next door",
        "Artichokes for lunch",
        "The punchline",
        "The staff were lovely and the tea was hot.",
        "",
    ],
)
def test_these_are_no_alarm(text):
    assert not sounds_dangerous(text)


@given(st.sampled_from(_WORDS), LETTERS)
def test_no_word_is_found_behind_other_letters(word, letters):
    joined = letters + word.rstrip("*")
    first, *rest = joined.split()
    alone = {each.rstrip("*").split()[0] for each in _WORDS}
    if not any(first.startswith(each) for each in alone) and not sounds_dangerous(" ".join(rest)):
        assert not sounds_dangerous(joined)


@given(st.sampled_from(PLAIN), LETTERS)
def test_no_whole_word_is_found_before_other_letters(word, letters):
    open_ones = tuple(each.rstrip("*") for each in _WORDS if each.endswith("*"))
    joined = word + letters
    if not joined.startswith(open_ones) and joined not in PLAIN:
        assert not sounds_dangerous(joined) or any(each in joined for each in open_ones)


@given(st.sampled_from(_WORDS), st.sampled_from([str.upper, str.title, str.lower]))
def test_capitals_do_not_matter(word, writing):
    assert sounds_dangerous(f"And then {writing(word.rstrip('*'))}.")


@given(st.sampled_from(_WORDS))
def test_spaces_of_any_kind_do_not_matter(word):
    assert sounds_dangerous(word.rstrip("*").replace(" ", "\u00a0\n "))
