"""Figures with their units, and times, as people read them."""

import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.govern.outcomes import amounts, periods


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("58.94", "percent", "58.9%"),
        ("100", "percent", "100.0%"),
        ("-0.04", "percent", "0.0%"),
        ("-2.5", "percent", "-2.5%"),
        ("1235", "people", "1,235 people"),
        ("0", "people", "0 people"),
        (None, "people", "1 to 7 people"),
        (None, "percent", "Too few people to say"),
        ("1234567", "number", "1,234,567"),
        ("3.25", "number", "3.25"),
        ("33.25", "number", "33.2"),
        ("1", "days", "1 day"),
        ("12", "days", "12 days"),
        ("1.5", "days", "1.50 days"),
        ("1234.5", "pounds", "£1,234.50"),
        ("2000", "pounds", "£2,000"),
        ("-20", "pounds", "-£20"),
        ("91.1", "index", "91.1"),
        ("91", "index", "91.0"),
    ],
)
def test_a_figure_is_said_with_its_unit(value: str | None, unit: str, said: str) -> None:
    assert amounts.said(None if value is None else Decimal(value), unit) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("95", "percent", "95%"),
        ("92.5", "percent", "92.5%"),
        ("300", "people", "300 people"),
        ("2.5", "days", "2.50 days"),
        ("1000000", "pounds", "£1,000,000"),
    ],
)
def test_a_target_is_said_no_longer_than_it_is(value: str, unit: str, said: str) -> None:
    assert amounts.goal(Decimal(value), unit) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (60.0, "percent", "60%"),
        (2.5, "number", "2.5"),
        (0.0, "days", "0"),
        (-2000.0, "pounds", "-£2,000"),
        (1500.0, "people", "1,500"),
    ],
)
def test_the_axis_is_short(value: float, unit: str, said: str) -> None:
    assert amounts.tick(value, unit) == said


def test_a_range_has_two_ends() -> None:
    assert amounts.between(1.04, 2, "percent") == "1.0% to 2.0%"


@given(st.decimals(-(10**12), 10**12, places=6, allow_nan=False))
def test_programs_read_back_the_very_figure(value: Decimal) -> None:
    assert Decimal(amounts.plain(value)) == value
    assert "," not in amounts.plain(value)


@pytest.mark.parametrize(("every", "said"), [("day", "5 Sep 2021"), ("month", "Sep 2021"), ("year", "2021")])
def test_times_are_said_as_long_as_they_are(every: str, said: str) -> None:
    assert periods.words(datetime.date(2021, 9, 5), every) == said


@given(
    st.dates(datetime.date(1950, 1, 1), datetime.date(2080, 1, 1)),
    st.sampled_from(["day", "month", "year"]),
    st.integers(0, 30),
)
def test_the_next_time_begins_when_this_one_ends(on: datetime.date, every: str, many: int) -> None:
    first = periods.start_of(on, every)
    later = periods.after(first, every, many)
    assert periods.start_of(later, every) == later
    between = (later - first).days
    assert {"day": many, "month": 28 * many, "year": 365 * many}[every] <= between
    assert periods.after(later, every) > later
