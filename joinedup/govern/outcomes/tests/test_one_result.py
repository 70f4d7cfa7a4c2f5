"""Words, signs, colours, picture, table and file are made from one result, so they cannot disagree."""

import datetime
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.govern.outcomes import drawing, periods, reading, spreadsheet, wording
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.reading import Result, Seen
from joinedup.govern.outcomes.tests.charts import CHARTS, SERIES, STEADY, drawn
from joinedup.govern.outcomes.tests.pages import Node, read, rows, sign
from joinedup.govern.outcomes.xmr import Chart, Direction, Variation

BEGAN = datetime.date(2020, 1, 1)
VALUES = st.decimals(-(10**6), 10**6, places=2, allow_nan=False)
LISTS = st.lists(st.one_of(VALUES, VALUES, VALUES, st.none()), max_size=40)
SMOOTH = st.lists(st.integers(0, 30), min_size=13, max_size=40)


def result_of(values: list[Any], direction: str, target: Any = None, anew: tuple[int, ...] = ()) -> Result:
    """A result of figures that are nowhere stored."""
    measure = Measure(
        pk=1, slug="walks", name="Walks", counts="Walks.", unit="number", every="month", area="Canal",
        publisher="Trust", direction=direction, target=None if direction == "neutral" else target,
    )  # fmt: skip
    seen = [Seen(periods.after(BEGAN, "month", place), value) for place, value in enumerate(values)]
    moment = datetime.datetime(2026, 11, 23, tzinfo=datetime.UTC)
    starts = [(periods.after(BEGAN, "month", place), "Why.", "", moment, None) for place in anew]
    return reading._result(measure, seen, starts)


RESULTS = st.builds(
    result_of,
    LISTS | SMOOTH,
    st.sampled_from(["increase", "decrease", "neutral"]),
    st.none() | VALUES,
    st.sets(st.integers(0, 40), max_size=2).map(tuple),
)


def page_of(result: Result) -> Node:
    context = {"measure": result.measure, "result": result, "partnership": {"place": "Here"}}
    parts = ("chart", "table", "card")
    return read("".join(render_to_string(f"outcomes/parts/{part}.html", context) for part in parts))


@settings(max_examples=60)
@given(RESULTS)
def test_page_picture_table_and_file_say_the_same_of_every_figure(result: Result) -> None:
    page, file = page_of(result), rows(spreadsheet.figures(result).encode())
    table = [each.all("td") for each in page.one(klass="jo-chart__table").one("tbody").all("tr")][::-1]
    told = result.lines
    assert len(table) == len(file) == len(told)
    for line, cells, row in zip(told, table, file, strict=True):
        assert cells[0].text == line.shown
        assert cells[1].text == row["What it says"] == str(line.sign.one)
        assert sign(cells[1].one("svg")) == line.sign.key
        assert cells[2].text == row["Because it is"] == line.why
        assert bool(cells[3].text) == bool(row["Usual from"]) == bool(line.usual)
        if line.seen.value is None:
            assert row["Figure"] == "1 to 7"
        else:
            assert float(row["Figure"]) == float(line.seen.value)
        assert row["First day"] == line.on.isoformat()
    for picture in page.all(klass="jo-chart__picture"):
        marks = [sign(mark) for mark in picture.all(klass="jo-chart__mark")]
        assert marks == [line.sign.key for line in told if line.seen.value is not None]


@settings(max_examples=60)
@given(RESULTS)
def test_heading_title_card_and_sign_say_the_same_of_the_measure(result: Result) -> None:
    page, told = page_of(result), result.told
    heading = page.one(klass="jo-chart__message")
    assert heading.text == told.message
    assert sign(heading.one("svg")) == told.sign.key
    card = page.one(klass="jo-measure__says")
    assert card.text.startswith(told.message)
    assert sign(card.one("svg")) == told.sign.key
    for picture in page.all(klass="jo-chart__picture"):
        assert picture.one("title").text == f"Walks: {told.message}"
        assert sign(picture.all(klass="jo-chart__mark")[-1]) == told.sign.key or result.hides_now
    legend = {sign(each) for each in page.all(klass="jo-chart__legend") for each in each.all("svg")}
    marks = {sign(mark) for mark in page.all(klass="jo-chart__mark")}
    assert marks <= legend | {told.sign.key}


@given(RESULTS)
def test_the_latest_word_is_the_one_of_the_latest_shown_figure(result: Result) -> None:
    shown = [line for line in result.lines if line.seen.value is not None]
    if shown and not result.hides_now:
        assert result.sign == shown[-1].sign
    else:
        assert result.sign == wording.OPEN


@given(RESULTS)
def test_nothing_is_judged_on_fewer_than_thirteen_figures_or_beside_hidden_ones(result: Result) -> None:
    if result.chart is None:
        return
    for group in {point.group for point in result.chart.points}:
        points = [point for point in result.chart.points if point.group == group]
        judged = [wording.is_judged(point) for point in points]
        assert len(set(judged)) == 1
        if len(points) < 13:
            assert not any(judged)
            assert {point.variation for point in points} == {Variation.COMMON}
    if len(result.figures) < 13:
        assert result.chart.assurance is None
        assert "too" in result.told.message


@given(SERIES, st.sampled_from(Direction))
def test_where_nothing_is_hidden_and_there_is_enough_the_engine_has_the_last_word(
    values: list[float], direction: Direction
) -> None:
    chart = drawn(values, direction)
    assert (reading.honest(chart) == chart) is (len(values) >= 13) or len(values) == 1


@given(CHARTS)
def test_shapes_follow_signs(chart: Chart) -> None:
    for point, mark in zip(chart.points, drawing.picture(chart).marks, strict=True):
        assert mark.sign == wording.sign_of(point)


def test_nothing_at_all_is_said_kindly() -> None:
    result = result_of([], "increase")
    assert result.told.message == "There are no figures yet."
    assert (result.latest, result.usual, result.average, result.lines) == (None, "", "", ())
    assert page_of(result).all(klass="jo-chart__picture") == []


def test_few_figures_since_limits_were_set_anew_are_named_so() -> None:
    result = result_of([10, 11] * 8, "increase", anew=(14,))
    assert result.told.because == (
        "Since the limits were set anew there are 2 figures. Fewer than 13 say little."
    )
    assert [line.sign.key for line in result.lines] == ["common"] * 14 + ["open"] * 2


@pytest.mark.parametrize(("anew", "groups"), [((), 1), ((0,), 1), ((99,), 1), ((8,), 2), ((3, 8), 3)])
def test_a_stretch_begins_at_each_start_that_has_figures_on_both_sides(
    anew: tuple[int, ...], groups: int
) -> None:
    chart = result_of(STEADY, "increase", anew=anew).chart
    assert chart is not None
    assert len({point.group for point in chart.points}) == groups


def test_starts_are_named_by_letters_in_the_order_of_their_days() -> None:
    result = result_of(STEADY, "increase", anew=(9, 4))
    assert [(start.letter, start.on.month) for start in result.starts] == [("A", 5), ("B", 10)]
