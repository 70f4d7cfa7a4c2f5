"""Which words are set right, and which are left as they were typed."""

from collections.abc import Callable

import pytest

from joinedup.inform.search import meanings
from joinedup.inform.search.asking import understand

Put = Callable[..., None]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["bsl", "BSL", "gp", "xsle", "ise", "dwp", "isl"])
def test_three_letters_or_fewer_are_never_taken_for_another_word(indexed: Put, typed: str) -> None:
    indexed("Isle of Dogs", "isle is gap dip")
    corrected = understand(typed).corrected
    assert corrected == ("isle" if typed == "xsle" else "")


def test_a_short_word_in_capitals_is_taken_for_initials(indexed: Put) -> None:
    indexed("Camps", "both left")
    assert understand("camhs").corrected == "camps"
    assert understand("CAMHS").corrected == understand("help from CAMHS").corrected == ""
    indexed("Hospital")
    assert understand("HOSPTIAL").corrected == "hospital"


def test_a_bengali_word_of_three_signs_is_still_set_right(indexed: Put) -> None:
    indexed("দাঁত", key="test.thing:k:bn", language="bn")
    assert understand("দাত").corrected == "দাঁত"


@pytest.mark.parametrize("short", sorted(meanings.initials()))
def test_initials_we_know_are_searched_as_what_they_stand_for(indexed: Put, short: str) -> None:
    indexed("Zzz", "both left isle")
    question = understand(short.upper())
    assert question.corrected == ""
    assert [wish.said for wish in question.wishes] == [
        word for word in meanings.initials()[short] if word not in {"of", "for"}
    ]
    assert all(short in wish.stems for wish in question.wishes)


@pytest.mark.parametrize("typed", ["havve your sey", "have yuor sya", "hve your say", "haev your say"])
def test_a_question_that_is_nearly_a_name_is_that_name(indexed: Put, typed: str) -> None:
    indexed("Have your say", "a form")
    indexed("See", "see " * 9)
    assert understand(typed).corrected == "have your say"
    assert understand(typed, literally=True).corrected == ""


def test_a_question_of_which_no_word_is_right_is_no_name(indexed: Put) -> None:
    indexed("Red bag", "a bag")
    assert understand("rad bsg").corrected == ""


def test_figures_are_never_taken_for_others(indexed: Put) -> None:
    indexed("Call 1234 today", "now")
    assert understand("call 1235 tdoay").corrected != "call 1234 today"


@pytest.mark.parametrize("typed", ["he hits me", "bangla", "sylheti", "crisis", "overdose"])
def test_words_of_our_lists_are_known_though_no_page_has_them(indexed: Put, typed: str) -> None:
    indexed("His", "bangle crises hints")
    question = understand(typed)
    assert (question.corrected, question.unknown) == ("", [])
