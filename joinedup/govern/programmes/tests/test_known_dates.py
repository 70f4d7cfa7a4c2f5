"""Dates as known: never more exact than the source, and what is missing is said to be missing."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.govern.programmes.known_dates import KnownDate, Precision, known, span, words

DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 12, 31))


@given(DAYS)
def test_a_day_is_told_with_its_day(day: datetime.date) -> None:
    assert words(day, Precision.DAY) == f"{day.day} {day:%B} {day.year}"


@given(DAYS)
def test_a_month_never_shows_a_day(day: datetime.date) -> None:
    assert words(day, Precision.MONTH) == f"{day:%B} {day.year}"


@given(DAYS)
def test_a_year_never_shows_a_month(day: datetime.date) -> None:
    assert words(day, Precision.YEAR) == str(day.year)


@given(DAYS)
def test_what_is_not_known_is_not_told(day: datetime.date) -> None:
    assert words(day, Precision.UNKNOWN) == ""
    assert words(None, Precision.DAY) == ""


@given(DAYS, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]))
def test_what_is_stored_gives_back_what_was_known(day: datetime.date, precision: Precision) -> None:
    said = known(day, precision)
    assert said is not None
    assert said.precision == precision
    assert said.first() <= day <= said.last()
    for stored in (said.first(), said.last()):
        assert known(stored, precision) == said
        assert words(stored, precision) == words(day, precision)


@given(DAYS, st.sampled_from([Precision.DAY, Precision.MONTH, Precision.YEAR]), st.text(min_size=1))
def test_someones_own_words_stand_in_place_of_figures(
    day: datetime.date, precision: Precision, own: str
) -> None:
    assert words(day, precision, own) == own


@given(st.text(min_size=1), st.text(min_size=1), st.booleans())
def test_a_span_with_both_ends_tells_both(began: str, ended: str, goes_on: bool) -> None:
    told = span(began, ended, goes_on=goes_on)
    assert told[1:] == f"{began} to {ended}"[1:] or told.endswith(f" to {ended}")
    assert "not found" not in told.replace(began, "").replace(ended, "")


@pytest.mark.parametrize(
    ("began", "ended", "goes_on", "told"),
    [
        ("March 2015", "31 March 2018", False, "March 2015 to 31 March 2018"),
        ("by 2017", "", False, "By 2017. We have not found when it ended"),
        ("2016", "", True, "2016, and it goes on"),
        ("", "2018", False, "Until 2018. We have not found when it began"),
        ("", "", True, "It goes on. We have not found when it began"),
        ("", "", False, "We have not found its dates"),
    ],
)
def test_a_span_says_what_is_missing(began: str, ended: str, goes_on: bool, told: str) -> None:
    assert span(began, ended, goes_on=goes_on) == told


@pytest.mark.parametrize("parts", [(2017, 13), (2017, 2, 29), (2017, None, 3), (0,)])
def test_there_is_no_such_date(parts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        KnownDate(*parts)


def test_an_end_that_is_known_by_its_month_lasts_until_the_month_does() -> None:
    assert KnownDate(2016, 2).last() == datetime.date(2016, 2, 29)
    assert KnownDate(2017).last() == datetime.date(2017, 12, 31)
