"""A theme's whole chain: picture and text say the same, and nothing that not everyone may read."""

import datetime
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from joinedup.foundation.numbers.disclosure import shown
from joinedup.foundation.thread import chains, drawing, story
from joinedup.foundation.thread.chains import Spoke
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.plugs import STEPS, End, Part, Thing
from joinedup.foundation.thread.story import Station, Story
from joinedup.foundation.thread.tests.conftest import DAY, Area

PARTS = [Part.DECISION, Part.PROJECT, Part.MEASURE, Part.SPEND, Part.ANSWER]
THEME = ("test.theme", 1)
TITLES = st.text(min_size=1, max_size=120).filter(str.strip) | st.sampled_from(
    ["<script>alert(1)</script>", "صعود الدرج صعب جدا", "লিফট আবার নষ্ট", "Donaudampfschifffahrt" * 5, "A & B"]
)
THINGS = st.builds(
    Thing,
    title=TITLES,
    on=st.none() | st.dates(datetime.date(2025, 1, 1), datetime.date(2026, 11, 1)),
    text=st.text(max_size=40),
    is_public=st.booleans() | st.just(True),
    has_failed=st.booleans(),
)
anything = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def chained(draw: st.DrawFn) -> tuple[dict[End, Thing], dict[End, list[Link]]]:
    """A theme, some things, and links between them wherever one may follow the other."""
    things = {THEME: Thing("A theme", is_public=True, slug="a-theme")}
    for part in PARTS:
        for key in range(draw(st.integers(0, 3))):
            things[(f"test.{part}", key)] = draw(THINGS)
    following: dict[End, list[Link]] = {}
    for start in things:
        for end in things:
            step = Part(start[0].removeprefix("test.")), Part(end[0].removeprefix("test."))
            if step in STEPS and draw(st.booleans()):
                link = Link(start_kind=start[0], start_key=start[1], end_kind=end[0], end_key=end[1])
                following.setdefault(start, []).append(link)
    return things, following


def told(drawn: tuple[dict[End, Thing], dict[End, list[Link]]], first_on: datetime.date = DAY) -> Story:
    """What the page tells of it."""
    things, following = drawn
    public = {end: thing for end, thing in things.items() if thing.is_public}
    chain = chains._walked([THEME], public, following)
    return story._story(THEME, things[THEME], chain, Spoke(40, first_on, first_on))


@given(chained())
@anything
def test_everything_public_that_can_be_reached_stands_there_once(area: Area, drawn: tuple) -> None:  # type: ignore[type-arg]
    things, following = drawn
    reached, edge = {THEME}, [THEME]
    while edge:
        ends = [link.end for end in edge for link in following.get(end, ())]
        edge = [end for end in ends if end not in reached and things[end].is_public]
        reached.update(edge)
    stations = told(drawn).stations
    assert sorted(each.end for each in stations) == sorted(reached - {THEME})


@given(chained())
@anything
def test_what_not_everyone_may_read_stands_nowhere(area: Area, drawn: tuple) -> None:  # type: ignore[type-arg]
    assert all(station.thing.is_public for station in told(drawn).stations)


@given(chained())
@anything
def test_the_picture_and_the_text_have_the_same_stations_in_the_same_order(area: Area, drawn: tuple) -> None:  # type: ignore[type-arg]
    found = told(drawn)
    picture = drawing.picture(found)
    assert len(picture.marks) == len(found.stations) + 1
    for mark, station in zip(picture.marks[1:], found.stations, strict=True):
        assert mark.part == station.part
        assert mark.has_failed == station.thing.has_failed
        assert mark.lines == drawing.wrapped(station.thing.title, drawing.room(mark.x))
    by_part = [station for part in PARTS for station in found.of(part)]
    assert sorted(by_part, key=found.stations.index) == found.stations
    for part in PARTS:
        places = [found.stations.index(station) for station in found.of(part)]
        assert places == sorted(places), "each section in the order of the picture"


@given(chained())
@anything
def test_each_stands_under_one_of_those_that_led_to_it(area: Area, drawn: tuple) -> None:  # type: ignore[type-arg]
    _things, following = drawn
    above: dict[int, End] = {0: THEME}
    for station in told(drawn).stations:
        assert station.end in [link.end for link in following[above[station.depth - 1]]]
        above[station.depth] = station.end


@given(chained())
@anything
def test_marks_stand_inside_the_picture_and_not_on_one_another(area: Area, drawn: tuple) -> None:  # type: ignore[type-arg]
    picture = drawing.picture(told(drawn))
    for mark in picture.marks:
        assert 11 <= mark.x <= picture.width - 11
        assert mark.y >= 11
        assert mark.rows[-1][0] + 6 <= picture.height
        assert mark.text_x + max(map(len, [mark.heading, *mark.lines])) * 8 <= picture.width
    for before, after in pairwise(picture.marks):
        assert after.y - before.rows[-1][0] >= 24, "room for the days between"
    for thread in picture.threads:
        assert 0 < thread.y < picture.height


@given(chained(), st.dates(datetime.date(2025, 1, 1), datetime.date(2026, 11, 1)))
@anything
def test_days_are_never_negative_and_count_to_the_day_it_names(
    area: Area,
    drawn: tuple,  # type: ignore[type-arg]
    first_on: datetime.date,
) -> None:
    found = told(drawn, first_on)
    dates: dict[int, tuple[datetime.date, bool]] = {0: (first_on, True)}
    for station in found.stations:
        since, is_voices = dates[station.depth - 1]
        on = station.thing.on
        dates[station.depth] = (on, False) if on else (since, is_voices)
        if on is None or on < since:
            assert station.days is None
            continue
        exact = (on - since).days
        assert station.days is not None
        assert 0 <= station.days - exact <= (6 if is_voices else 0)
        assert station.is_after_voices == is_voices
    assert found.days is None or found.days >= 0


@pytest.mark.parametrize("weekday", range(7))
def test_days_after_what_people_said_tell_the_week_and_nobodys_day(area: Area, weekday: int) -> None:
    monday = datetime.date(2026, 3, 2)
    decision = ("test.decision", 1)
    things = {
        THEME: Thing("T", is_public=True),
        decision: Thing("D", datetime.date(2026, 4, 1), is_public=True),
    }
    links = {THEME: [Link(start_kind=THEME[0], start_key=1, end_kind=decision[0], end_key=1)]}
    found = told((things, links), monday + datetime.timedelta(days=weekday))
    assert [station.days for station in found.stations] == [30]
    assert found.days == 30
    assert drawing.days_between(found.stations[0]) == "about 30 days"


class TestAThingTwoWaysLeadTo:
    def stations(self, *dates: datetime.date | None) -> Sequence[Station]:
        """Two decisions on these days, and a project on the third that followed from both."""
        ends = [("test.decision", 1), ("test.decision", 2), ("test.project", 1)]
        things = {THEME: Thing("T", is_public=True)}
        things |= {end: Thing(str(end), on, is_public=True) for end, on in zip(ends, dates, strict=True)}
        links: dict[End, list[Link]] = {}
        pairs = [(THEME, ends[0]), (THEME, ends[1]), (ends[0], ends[2]), (ends[1], ends[2])]
        for start, end in pairs:
            link = Link(start_kind=start[0], start_key=start[1], end_kind=end[0], end_key=end[1])
            links.setdefault(start, []).append(link)
        return told((things, links)).stations

    def test_stands_once_under_the_last_that_led_to_it(self, area: Area) -> None:
        days = [DAY + datetime.timedelta(days=each) for each in (10, 30, 50)]
        assert [(each.end[0], each.end[1], each.days) for each in self.stations(*days)] == [
            ("test.decision", 1, 16),
            ("test.decision", 2, 36),
            ("test.project", 1, 20),
        ]

    def test_does_not_stand_under_what_came_after_it(self, area: Area) -> None:
        days = [DAY + datetime.timedelta(days=each) for each in (10, 60, 50)]
        assert [each.end for each in self.stations(*days)] == [
            ("test.decision", 1),
            ("test.project", 1),
            ("test.decision", 2),
        ]


@given(chained())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_picture_holds_no_markup_of_others(area: Area, drawn: tuple) -> None:  # type: ignore[type-arg]
    found = told(drawn)
    drawn_as = render_to_string(
        "thread/parts/picture.html", {"story": found, "picture": drawing.picture(found)}
    )
    assert "<script" not in drawn_as
    assert drawn_as.count("<g ") == len(found.stations) + 1


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "Nobody has told us about this yet"),
        (1, "A few people told us"),
        (7, "A few people told us"),
        (8, "About 10 people told us"),
        (213, "About 215 people told us"),
    ],
)
def test_how_many_spoke_is_said_as_may_be_published(area: Area, people: int, said: str) -> None:
    found = Story(Thing("T"), THEME, shown(people), DAY, DAY)
    assert drawing.people(found) == said


def test_a_long_title_is_cut_at_a_word_and_says_so(area: Area) -> None:
    lines = drawing.wrapped("A lift on every landing of the health centre and one more for the car park", 20)
    assert len(lines) == 2
    assert lines[1].endswith(" …")
    assert all(len(line) <= 20 for line in lines)
