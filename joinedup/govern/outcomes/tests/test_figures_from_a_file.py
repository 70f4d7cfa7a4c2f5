"""Figures from a CSV file: looked at before they are read, row by row, in plain words."""

import codecs
import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.doors.csv_reading import FileFault
from joinedup.govern.outcomes import observations
from joinedup.govern.outcomes.factories import a_file
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.observations import Read

TODAY = datetime.date(2026, 11, 23)
SHARES = "on,value,numerator,denominator"


def a_measure(**fields: Any) -> Measure:
    """A measure that is nowhere stored."""
    return Measure(**({"unit": "number", "every": "month", "direction": "increase"} | fields))


def read(content: bytes, **fields: Any) -> Read:
    return observations.read(content, a_measure(**fields), today=TODAY)


def values(found: Read) -> dict[str, str]:
    return {on.isoformat(): f"{figure.value.normalize():f}" for on, figure in found.figures.items()}


def test_good_rows_come_and_bad_ones_are_named() -> None:
    found = read(a_file("2024-01-01,5", "2024-02-01,many", "soon,7", "2024-03-01,8"))
    assert values(found) == {"2024-01-01": "5", "2024-03-01": "8"}
    assert [str(fault) for fault in found.faults] == [
        "Line 3: “many” is not a number. Write it in figures, such as 1234.5.",
        "Line 4: “soon” is not a date we know. Write year, month and day, such as 2026-11-23.",
    ]


@pytest.mark.parametrize(
    ("every", "text", "on"),
    [
        ("month", "2024-05", "2024-05-01"),
        ("month", "2024-05-17", "2024-05-01"),
        ("month", "May 2024", "2024-05-01"),
        ("month", "17/05/2024", "2024-05-01"),
        ("year", "2024", "2024-01-01"),
        ("year", "2024-05-17", "2024-01-01"),
        ("day", "17 May 2024", "2024-05-17"),
    ],
)
def test_times_are_read_as_people_write_them(every: str, text: str, on: str) -> None:
    assert values(read(a_file(f"{text},5"), every=every)) == {on: "5"}


@pytest.mark.parametrize(
    ("every", "text", "said"),
    [
        ("month", "2024", "Write the month as well, such as 2026-11."),
        ("month", "2024-13", "“2024-13” is not a month or year we know."),
        ("month", "45413", "If 2024-05-01 is meant, write that."),
        ("year", "45413", "If 2024-05-01 is meant, write that."),
        ("day", "2024-05", "is not a date we know"),
        ("day", "2024", "is not a date we know"),
        ("month", "May-24", "is not a date we know"),
        ("month", "31/02/2024", "is not a date we know"),
        ("month", "", "Write a date"),
        ("month", "2026-12", "Dec 2026 is still to come."),
        ("year", "2027", "2027 is still to come."),
    ],
)
def test_times_that_are_none_are_refused_in_words(every: str, text: str, said: str) -> None:
    found = read(a_file(f"{text},5"), every=every)
    assert found.figures == {}
    assert said in found.faults[0].problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write a number. Leave the row out if there is none."),
        ("n/a", "is not a number"),
        ("*", "is not a number"),
        ("12 people", "is not a number"),
        ("=1+1", "is not a number"),
        ('"=HYPERLINK(""http://x"",""y"")"', "is not a number"),
        ("@SUM(A1)", "is not a number"),
        ("1e5", "is not a number"),
        ("NaN", "is not a number"),
        ("Infinity", "is not a number"),
        ("12345678901234", "This number is too large."),
        ("9" * 500, "This number is too large."),
    ],
)
def test_text_in_numbers_is_refused_in_words(text: str, said: str) -> None:
    found = read(a_file(f"2024-01-01,{text}"))
    assert found.figures == {}
    assert said in found.faults[0].problem


def test_numbers_are_kept_to_six_places_and_fifteen_digits() -> None:
    found = read(a_file("2024-01-01,0.1234567", "2024-02-01,1234567890123.4567", '2024-03-01,"1,234.5"'))
    assert values(found) == {
        "2024-01-01": "0.123457",
        "2024-02-01": "1234567890123.46",
        "2024-03-01": "1234.5",
    }


class TestTheSameDay:
    def test_with_the_same_figure_is_taken_once_and_counted(self) -> None:
        found = read(a_file("2024-01-01,5", "2024-01,5.0", "2024-01-31,5"))
        assert values(found) == {"2024-01-01": "5"}
        assert (found.repeated, found.refused) == (2, [])

    def test_with_two_figures_is_refused_each_time(self) -> None:
        found = read(a_file("2024-01-01,5", "2024-02-01,6", "2024-01-01,7", "2024-01-01,5"))
        assert values(found) == {"2024-02-01": "6"}
        assert [(fault.line, fault.problem) for fault in found.faults] == [
            (2, "Line 4 has another figure for Jan 2024. Neither was taken."),
            (4, "Line 2 has another figure for Jan 2024. Neither was taken."),
            (5, "Line 2 has another figure for Jan 2024. Neither was taken."),
        ]

    def test_with_the_same_share_of_other_parts_is_refused(self) -> None:
        found = read(a_file("2024-01-01,,1,2", "2024-01-01,,2,4", headings=SHARES), unit="percent")
        assert found.figures == {}
        assert len(found.refused) == 2


class TestShares:
    def test_are_reckoned_from_their_parts(self) -> None:
        found = read(a_file("2024-01-01,,1,3", headings=SHARES), unit="percent")
        [figure] = found.figures.values()
        assert (figure.value, figure.numerator, figure.denominator) == (Decimal("33.333333"), 1, 3)

    def test_that_were_rounded_are_taken_as_reckoned(self) -> None:
        found = read(a_file("2024-01-01,33,1,3", headings=SHARES), unit="percent")
        assert values(found) == {"2024-01-01": "33.333333"}

    @pytest.mark.parametrize(
        ("row", "said"),
        [
            ("0.33,1,3", "The value is 0.33, but numerator and denominator make 33.3 per cent."),
            ("some,1,3", "is not a number"),
            (",1,", "Give both numerator and denominator, or neither."),
            (",,3", "Give both numerator and denominator, or neither."),
            (",1,0", "The denominator has to be more than nought."),
            (",1,-4", "The denominator has to be more than nought."),
            (",9999999999999,0.000001", "This number is too large."),
            (",,", "Write a number."),
        ],
    )
    def test_that_cannot_be_are_refused_in_words(self, row: str, said: str) -> None:
        found = read(a_file(f"2024-01-01,{row}", headings=SHARES), unit="percent")
        assert found.figures == {}
        assert said in found.faults[0].problem

    def test_are_of_per_cent_only(self) -> None:
        found = read(a_file("2024-01-01,50,1,2", headings=SHARES), unit="days")
        assert "Only per cent has a numerator" in found.faults[0].problem


class TestTheFile:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "The file is empty."),
            (b" \n\n", "The file is empty."),
            (b"PK\x03\x04rest", "This is a workbook."),
            (b"\xd0\xcf\x11\xe0rest", "This is a workbook."),
            ("on,value\n2024-01-01,£5".encode("latin-1"), "Line 2 has signs that are not UTF-8."),
            (b"on,value\n2024-01-01,5\0", "This is not a text file."),
            (b"when,what\n2024-01-01,5", "Missing: on, value."),
            (b"on,value,value\n2024-01-01,5,6", "Two columns are called value."),
            (b"x" * 2_000_001, "The file is larger than 2 MB."),
        ],
    )
    def test_that_cannot_be_read_is_refused_whole_in_words(self, content: bytes, said: str) -> None:
        with pytest.raises(FileFault, match=said.replace(".", r"\.")):
            read(content)

    @pytest.mark.parametrize("mark", [codecs.BOM_UTF8, b""])
    @pytest.mark.parametrize("end", ["\n", "\r\n"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_is_read_as_spreadsheets_write_it(self, mark: bytes, end: str, separator: str) -> None:
        text = end.join((separator.join(("On ", "VALUE")), separator.join(("2024-01-01", "5")), ""))
        assert values(read(mark + text.encode())) == {"2024-01-01": "5"}

    def test_with_rows_too_short_or_a_mark_never_closed_gives_the_others(self) -> None:
        found = read(a_file("2024-01-01,5", "2024-02-01", '"2024-03-01,6', "2024-04-01,7"))
        assert values(found) == {"2024-01-01": "5", "2024-04-01": "7"}
        assert [(each.line, each.text) for each in found.refused] == [
            (3, "2024-02-01"),
            (4, '"2024-03-01,6'),
        ]

    def test_keeps_with_a_refused_row_how_it_came(self) -> None:
        found = read(a_file("2024-01-01,five,hm", headings="on,value,remark"))
        assert found.refused[0].cells == {"on": "2024-01-01", "value": "five", "remark": "hm"}

    @given(st.binary(max_size=300))
    def test_of_any_bytes_is_read_or_refused_in_words(self, content: bytes) -> None:
        try:
            found = read(content)
        except FileFault:
            return
        assert all(str(fault) for fault in found.faults)

    @given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=12)), max_size=8))
    def test_of_any_cells_never_stops_half_way(self, rows: list[tuple[str, str]]) -> None:
        lines = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
        content = "\n".join(("on,value", *lines)).encode("utf-8", "surrogatepass")
        try:
            found = read(content)
        except FileFault:
            return
        assert (
            len(found.figures) + found.repeated + len(found.refused) <= len(rows) + content.count(b"\n") + 1
        )

    @given(
        st.dictionaries(
            st.dates(datetime.date(1990, 1, 1), TODAY),
            st.decimals(-(10**9), 10**9, allow_nan=False, places=4),
            max_size=20,
        )
    )
    def test_gives_back_what_was_written(self, written: dict[datetime.date, Decimal]) -> None:
        lines = [f"{on.isoformat()},{value:f}" for on, value in written.items()]
        found = read(a_file(*lines), every="day")
        assert {on: figure.value for on, figure in found.figures.items()} == written
        assert found.refused == []
