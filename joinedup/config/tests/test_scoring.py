"""The plain loop of the benchmark follows the same rules as the charts, so that the two may be compared."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.config.house import scoring
from joinedup.govern.outcomes.xmr import Direction, chart

BEGAN = datetime.date(2021, 1, 1)


@settings(max_examples=200)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
def test_the_plain_loop_and_the_charts_agree_on_every_point(values: list[int]) -> None:
    days = [(BEGAN + datetime.timedelta(days=place), float(value)) for place, value in enumerate(values)]
    ours = [str(point.cause) for point in chart(days, direction=Direction.INCREASE).points]
    assert scoring.plain([float(value) for value in values]) == ours


@pytest.mark.django_db
def test_the_rows_of_the_table_are_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "MEASURES", 6)
    lines = list(scoring.rows(lambda what, measured, beside, ratio: f"{what}|{measured}|{beside}|{ratio}"))
    assert len(lines) == 2
    assert all("points/s" in line for line in lines)


@pytest.mark.django_db
def test_a_difference_is_never_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scoring, "MEASURES", 2)
    monkeypatch.setattr(scoring, "plain", lambda values: ["common"] * len(values))
    with pytest.raises(AssertionError, match="do not agree"):
        list(scoring.rows(lambda *cells: str(cells)))
