"""Reading the thread forwards, to what came of a theme, and backwards, to who spoke."""

import datetime
from itertools import pairwise
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from joinedup.foundation.identity.models import User
from joinedup.foundation.thread.actions import tie, untie
from joinedup.foundation.thread.chains import onwards, voices_behind
from joinedup.foundation.thread.plugs import Part
from joinedup.foundation.thread.tests.conftest import DAY, Area

pytestmark = pytest.mark.django_db
ORDER = [Part.THEME, Part.DECISION, Part.PROJECT, Part.MEASURE]


@pytest.fixture
def by(officer: User) -> User:
    return officer


def chained(area: Area, by: User, *parts: Part, **options: Any) -> list[tuple[str, int]]:
    """One thing of each part, each tied to the next."""
    ends = [area.put(part, **options) for part in parts]
    for start, end in pairwise(ends):
        tie(start=start, end=end, on=DAY, by=by)
    return ends


def titles(area: Area, start: tuple[str, int], **options: Any) -> set[str]:
    return {thing.title for thing in onwards(start, **options).things.values()}


def test_a_chain_holds_everything_that_followed(area: Area, by: User) -> None:
    ends = chained(area, by, *ORDER)
    money = area.put(Part.SPEND)
    tie(start=ends[2], end=money, on=DAY, by=by)
    chain = onwards(ends[0])
    assert set(chain.things) == {*ends, money}
    assert chain.after(ends[2]) == [ends[3], money]
    assert [thing.title for _end, thing in chain.of(Part.SPEND)] == ["spend 1"]


def test_what_may_not_be_shown_hides_what_is_behind_it(area: Area, by: User) -> None:
    ends = chained(area, by, *ORDER)
    area.put(Part.DECISION, public=False)
    assert titles(area, ends[0]) == {"theme 1"}
    assert titles(area, ends[0], only_public=False) == {"theme 1", "decision 1", "project 1", "measure 1"}


def test_a_chain_of_something_that_may_not_be_shown_is_empty(area: Area, by: User) -> None:
    [theme, _decision] = chained(area, by, Part.THEME, Part.DECISION, public=False)
    chain = onwards(theme)
    assert (chain.things, chain.links) == ({}, [])


def test_a_link_that_was_taken_back_leads_nowhere(area: Area, by: User) -> None:
    ends = chained(area, by, *ORDER)
    untie(link=onwards(ends[0]).links[1], by=by)
    assert titles(area, ends[0]) == {"theme 1", "decision 1"}


def test_a_thing_two_ways_lead_to_stands_there_once(area: Area, by: User) -> None:
    theme, first, second = area.put(Part.THEME), area.put(Part.DECISION, 1), area.put(Part.DECISION, 2)
    project = area.put(Part.PROJECT)
    for decision in (first, second):
        tie(start=theme, end=decision, on=DAY, by=by)
        tie(start=decision, end=project, on=DAY, by=by)
    chain = onwards(theme)
    assert len(chain.things) == 4
    assert len(chain.links) == 4


def test_things_of_a_part_stand_by_their_day_and_those_without_one_last(area: Area, by: User) -> None:
    theme = area.put(Part.THEME)
    for key, days in ((1, 5), (2, 1)):
        decision = area.put(Part.DECISION, key, on=DAY + datetime.timedelta(days=days))
        tie(start=theme, end=decision, on=DAY, by=by)
    undated = area.put(Part.DECISION, 3, on=None)  # type: ignore[arg-type]
    tie(start=theme, end=undated, on=DAY, by=by)
    assert [end[1] for end, _thing in onwards(theme).of(Part.DECISION)] == [2, 1, 3]


def test_a_chain_costs_as_many_queries_for_many_things_as_for_one(
    area: Area, by: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ends = chained(area, by, *ORDER)
    for key in range(2, 12):
        project = area.put(Part.PROJECT, key)
        tie(start=ends[1], end=project, on=DAY, by=by)
    area.asked = 0
    with django_assert_num_queries(1):
        onwards(ends[0])
    assert area.asked == 4


class TestVoices:
    def test_are_found_from_wherever_the_chain_is(self, area: Area, by: User) -> None:
        ends = chained(area, by, *ORDER)
        for key in (1, 2, 3):
            tie(start=area.put(Part.VOICE, key), end=ends[0], on=DAY, by=by)
        for end in ends:
            assert {link.start_key for link in voices_behind(end)} == {1, 2, 3}

    def test_of_other_themes_are_not_among_them(self, area: Area, by: User) -> None:
        ends = chained(area, by, *ORDER)
        tie(start=area.put(Part.VOICE, 1), end=ends[0], on=DAY, by=by)
        other = area.put(Part.THEME, 2)
        tie(start=area.put(Part.VOICE, 2), end=other, on=DAY, by=by)
        assert [link.start_key for link in voices_behind(ends[3])] == [1]

    def test_that_were_taken_out_are_gone(self, area: Area, by: User) -> None:
        theme = area.put(Part.THEME)
        link = tie(start=area.put(Part.VOICE), end=theme, on=DAY, by=by)
        untie(link=link, by=by)
        assert not voices_behind(theme).exists()
