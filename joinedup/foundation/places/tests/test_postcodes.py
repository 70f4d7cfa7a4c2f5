"""What a text can mean as a postcode, whether or not there is such a one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.places.postcodes import AREAS, beginning, candidates, is_well_formed, shown, tidy


@pytest.mark.parametrize(
    "text", ["E1 4DG", "e14dg", " e1  4dg. ", "E1-4DG", "E 1 4 D G", "Ｅ１ ４ＤＧ", "E1\u00a04DG", "e১ ৪dg"]
)
def test_spaces_capitals_and_the_digits_of_any_script_do_not_matter(text: str) -> None:
    assert candidates(text) == ["E14DG"]


@pytest.mark.parametrize("text", ["El 4DG", "EI 4DG", "e1 4dg"])
def test_an_i_or_a_small_l_is_read_as_one_where_only_a_figure_can_stand(text: str) -> None:
    assert candidates(text) == ["E14DG"]


def test_an_o_is_read_as_nought_where_only_a_figure_can_stand() -> None:
    assert candidates("E1 OAA") == ["E10AA"]


def test_a_nought_is_read_as_o_where_only_a_letter_can_stand() -> None:
    assert candidates("0X1 2JD") == ["OX12JD"]


def test_a_well_formed_postcode_is_never_changed_into_another() -> None:
    # LL1 could be a slip for L11, but it is a postcode as it stands.
    assert candidates("LL1 1AA") == ["LL11AA"]


def test_when_a_slip_can_mean_two_postcodes_both_are_named() -> None:
    # A small L stands for a one in the one, for itself in the other.
    assert candidates("LLI 1AA") == ["L111AA", "LL11AA"]


def test_the_postcode_is_found_at_the_end_of_an_address() -> None:
    assert candidates("160 Whitechapel Road, London e1 1bj") == ["E11BJ"]


def test_a_text_with_two_postcodes_means_both() -> None:
    assert candidates("from E1 1BJ to E3 5AA") == ["E11BJ", "E35AA"]


@pytest.mark.parametrize(
    "text", ["", "  ", "hello", "E1 4CG", "ZZ1 1AA", "12345", "E1", "EEE 111", "E1 4DG1"]
)
def test_what_is_no_whole_postcode_means_none(text: str) -> None:
    assert candidates(text) == []


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("e14", "E14 "),
        ("E1 4", "E1 4"),
        ("e1 4d", "E1 4D"),
        ("E14D", "E1 4D"),
        ("E1W", "E1W "),
        ("SW1A", "SW1A "),
    ],
)
def test_the_first_part_of_a_postcode_is_known_as_one(text: str, start: str) -> None:
    assert beginning(text) == start


@pytest.mark.parametrize("text", ["", "Bow", "E", "ZZ1", "E1 4DG", "14"])
def test_what_begins_no_postcode_is_no_first_part(text: str) -> None:
    assert beginning(text) == ""


def test_a_postcode_is_shown_with_its_space() -> None:
    assert shown("EC3N4AB") == "EC3N 4AB"


def test_the_uk_has_a_hundred_and_twenty_four_postcode_areas() -> None:
    assert len(AREAS) == 124


@given(st.text(max_size=300))
def test_any_text_at_all_is_read_without_a_fault(text: str) -> None:
    assert all(is_well_formed(postcode) for postcode in candidates(text))
    assert tidy(tidy(text)) == tidy(text)
    beginning(text)
