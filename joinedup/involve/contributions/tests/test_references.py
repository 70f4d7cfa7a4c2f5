"""References: random, read over the phone, and forgiving when typed back."""

import re

from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.contributions import references

CODES = st.text(alphabet=references.ALPHABET, min_size=8, max_size=8)


def test_a_new_one_carries_the_initials_and_eight_characters_without_lookalikes():
    for _time in range(200):
        assert re.fullmatch(r"THT-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", references.new_reference())


def test_another_place_has_its_own_initials(settings):
    settings.PARTNERSHIP = {**settings.PARTNERSHIP, "name": "Isles of Lilly Together"}
    assert references.prefix() == "IOLT"
    assert references.parse("1o1t 7k2m 9qx4") == "IOLT-7K2M-9QX4"


def test_a_place_without_letters_has_some_all_the_same(settings):
    settings.PARTNERSHIP = {**settings.PARTNERSHIP, "name": "ঢাকা"}
    assert references.parse(references.new_reference()) is not None


@given(CODES)
def test_what_is_written_is_read_back(code):
    assert references.parse(references.written(code)) == references.written(code)


@given(CODES, st.sampled_from(["", " ", "-", "–", "_", ". ", "  -  "]), st.booleans(), st.booleans())
def test_small_letters_gaps_dashes_and_missing_initials_are_forgiven(code, gap, small, initials):
    typed = gap.join([*([references.prefix()] if initials else []), code[:4], code[4:]])
    assert references.parse(f" {typed.lower() if small else typed} ") == references.written(code)


@given(CODES, st.data())
def test_o_for_nought_and_i_or_l_for_one_are_forgiven(code, data):
    swap = {"0": "Oo", "1": "IiLl"}
    typed = "".join(data.draw(st.sampled_from(swap[c])) if c in swap else c for c in code)
    assert references.parse(f"tht {typed}") == references.written(code)


@given(st.text(max_size=120))
def test_any_text_is_a_reference_or_none_and_never_a_fault(text):
    found = references.parse(text)
    assert found is None or references.parse(found) == found


def test_what_cannot_be_one_is_none():
    for typed in ("", "THT", "THT-7K2M", "THT-7K2M-9QXU", "XYZ-7K2M-9QX4", "7" * 500, "<script>"):
        assert references.parse(typed) is None, typed
