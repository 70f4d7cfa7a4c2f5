"""Counts of people, shown so that nobody can be found in them."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.numbers.disclosure import HIDDEN, Shown, share, shown, table

COUNTS = st.integers(min_value=0, max_value=100_000)


@pytest.mark.parametrize(
    ("people", "said"),
    [(0, "0"), (1, HIDDEN), (7, HIDDEN), (8, "10"), (12, "10"), (13, "15"), (17, "15"), (18, "20")],
)
def test_few_are_hidden_and_others_rounded(people: int, said: str) -> None:
    assert str(shown(people)) == said


def test_there_is_no_fewer_than_nobody() -> None:
    with pytest.raises(ValueError, match="Nobody"):
        shown(-1)


@given(COUNTS)
def test_a_count_lies_within_what_is_shown_of_it(people: int) -> None:
    told = shown(people)
    assert told.fewest <= people <= told.most
    assert {shown(each) for each in range(told.fewest, told.most + 1)} == {told}


@given(COUNTS.filter(bool))
def test_no_count_but_nought_is_shown_as_it_is_for_certain(people: int) -> None:
    told = shown(people)
    assert told.most - told.fewest >= 4


@pytest.mark.parametrize("many", [1, 2, 3, 4])
def test_no_hidden_part_can_be_worked_out_from_all_that_is_shown(many: int) -> None:
    """Tried out: every table of these sizes with counts up to 12, grouped by what a reader sees of it."""
    seen = defaultdict(list)
    for counts in product(range(13), repeat=many):
        told = table({str(place): people for place, people in enumerate(counts)})
        seen[(tuple(told.parts.values()), told.total)].append(counts)
    for (parts, _total), behind in seen.items():
        for place, part in enumerate(parts):
            if part.is_hidden:
                assert len({counts[place] for counts in behind}) >= 2, (parts, behind)


def test_four_hidden_parts_would_be_given_away_by_their_total_of_28() -> None:
    assert table({"a": 7, "b": 7, "c": 7, "d": 7}).total is None
    assert table({"a": 1, "b": 2, "c": 3, "d": 4}).total is None, "or leaving it out would say something"


@given(st.lists(st.integers(min_value=8, max_value=10_000), min_size=1, max_size=6))
def test_a_total_without_hidden_parts_is_shown_and_rounded_for_itself(counts: list[int]) -> None:
    told = table({str(place): people for place, people in enumerate(counts)})
    assert told.total == shown(sum(counts))


@given(COUNTS, COUNTS)
def test_a_share_comes_from_what_is_shown_and_nothing_else(part: int, rest: int) -> None:
    first, whole = shown(part), shown(part + rest)
    same = {
        share(shown(one), shown(all_of_them))
        for one in (first.fewest, first.most)
        for all_of_them in (whole.fewest, whole.most)
    }
    assert same == {share(first, whole)}


def test_there_is_no_share_of_a_hidden_count_nor_of_nobody() -> None:
    assert share(shown(3), shown(100)) is None
    assert share(shown(0), shown(3)) is None
    assert share(shown(0), shown(0)) is None
    assert share(Shown(25), Shown(100)) == 25
