"""The days we promise count working days."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.contributions.working_days import bank_holidays, is_working_day, working_days_after

DAYS = st.dates(min_value=datetime.date(2000, 1, 1), max_value=datetime.date(2099, 12, 1))
NUMBERS = st.integers(min_value=0, max_value=60)


def days(*texts: str) -> set[datetime.date]:
    return {datetime.date.fromisoformat(text) for text in texts}


@pytest.mark.parametrize(
    ("year", "kept"),
    [
        # As published by the government for England and Wales.
        (2021, "2021-01-01 2021-04-02 2021-04-05 2021-05-03 2021-05-31 2021-08-30 2021-12-27 2021-12-28"),
        (2024, "2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25 2024-12-26"),
        (2026, "2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28"),
        (2028, "2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28 2028-12-25 2028-12-26"),
    ],
)
def test_bank_holidays_are_those_of_the_calendar(year, kept):
    assert bank_holidays(year) == days(*kept.split())


def test_when_christmas_is_on_a_sunday_boxing_day_keeps_its_monday():
    assert {day for day in bank_holidays(2022) if day.month == 12} == days("2022-12-26", "2022-12-27")


def test_the_weekend_is_skipped():
    assert working_days_after(datetime.date(2026, 11, 20), 3) == datetime.date(2026, 11, 25)


def test_what_comes_on_a_saturday_counts_from_monday():
    assert working_days_after(datetime.date(2026, 11, 21), 1) == datetime.date(2026, 11, 23)


def test_christmas_is_skipped():
    assert working_days_after(datetime.date(2026, 12, 23), 3) == datetime.date(2026, 12, 30)


@given(DAYS, NUMBERS.filter(bool))
def test_a_promise_never_falls_on_a_day_off(day, number):
    assert is_working_day(working_days_after(day, number))


@given(DAYS, NUMBERS)
def test_exactly_that_many_working_days_lie_after_the_start(day, number):
    due = working_days_after(day, number)
    between = [day + datetime.timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert sum(is_working_day(one) for one in between) == number


@given(DAYS, NUMBERS, NUMBERS)
def test_more_days_are_never_sooner(day, one, other):
    assert (working_days_after(day, one) <= working_days_after(day, other)) or one > other


@given(st.integers(min_value=1979, max_value=2150))
def test_every_year_has_eight_and_none_on_a_weekend(year):
    kept = bank_holidays(year)
    assert len(kept) == 8
    assert all(day.weekday() < 5 and day.year == year for day in kept)
