"""Comments that say nearly the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.sorting.near import near_duplicates

# Invented pairs: the first of each is the same thing said again, the second is another matter.
SAME = [
    ("The bus to the clinic stops too far away.", "the bus to the clinic stops too far away"),
    ("We need a bench by the pharmacy on Roman Road.", "We need a bench near the pharmacy on Roman Road."),
    ("Nobody rang back about my blood test results.", "Nobody rang me back about my blood test results!!"),
    (
        "Please open the surgery on Saturdays, I work all week.",
        "Please open the surgery on Saturday, I work all week",
    ),
    (
        "The lift at the health centre has been broken for a month.",
        "Lift at the health centre has been broken a month",
    ),
]
OTHER = [
    ("The bus to the clinic stops too far away.", "The bus driver was kind to my mother."),
    ("We need a bench by the pharmacy on Roman Road.", "The pharmacy on Roman Road was out of my tablets."),
    ("Nobody rang back about my blood test results.", "My blood pressure results came the same day."),
    (
        "Please open the surgery on Saturdays, I work all week.",
        "The surgery was closed when I came on Monday.",
    ),
    ("thank you", "no thank you very much indeed for nothing"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_said_again_is_near(one: str, other: str) -> None:
    assert [place for place, _likeness in near_duplicates([one], [other])[0]] == [0]


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_matter_is_not(one: str, other: str) -> None:
    assert near_duplicates([one], [other]) == [[]]


def test_the_nearest_comes_first() -> None:
    found = near_duplicates(["cold soup again"], ["hot tea", "cold soup again today", "Cold soup, again."])[0]
    assert [place for place, _likeness in found] == [2, 1]
    assert found[0][1] == 1


def test_of_two_as_near_the_earlier_comes_first() -> None:
    assert near_duplicates(["cold soup"], ["cold soup", "cold soup"]) == [[(0, 1.0), (1, 1.0)]]


@pytest.mark.parametrize("wordless", ["", "...", "\n"])
def test_a_text_without_words_is_near_nothing(wordless: str) -> None:
    assert near_duplicates([wordless], [wordless, "soup"]) == [[]]


def test_how_near_is_for_the_caller_to_say() -> None:
    one, other = SAME[1]
    assert near_duplicates([one], [other], at_least=0.99) == [[]]


@given(st.text(alphabet="abc de", min_size=1).filter(lambda text: any(sign.isalnum() for sign in text)))
def test_every_text_with_words_is_near_itself(text: str) -> None:
    assert near_duplicates([text], [text])[0][0] == (0, 1.0)


def test_among_nothing_nothing_is_near() -> None:
    assert near_duplicates(["soup"], []) == [[]]


def test_what_shares_nothing_is_not_near_however_little_is_asked() -> None:
    assert near_duplicates(["soup"], ["tram", ""], at_least=0) == [[]]


@given(st.lists(st.text(alphabet="ab c", max_size=12), max_size=5), st.text(alphabet="ab c", max_size=12))
def test_likeness_is_a_share_and_above_what_was_asked(among: list[str], text: str) -> None:
    for _place, likeness in near_duplicates([text], among, at_least=0.5)[0]:
        assert 0.5 <= likeness <= 1
