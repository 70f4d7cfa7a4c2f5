"""Files that people send, read row by row: good rows come in whatever stands between them."""

import csv
import datetime
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.doors import csv_reading
from joinedup.foundation.doors.csv_reading import CellFault, Fault, FileFault, Row, day, number, rows, whole


def read(text: str, *wanted: str) -> list[Row | Fault]:
    return list(rows(text.encode(), wanted=wanted or ("on", "value")))


def cells(found: list[Row | Fault]) -> list[list[str]]:
    return [list(row.cells.values()) for row in found if isinstance(row, Row)]


def faults(found: list[Row | Fault]) -> list[int]:
    return [row.line for row in found if isinstance(row, Fault)]


class TestTheFile:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_is_read_as_spreadsheets_write_it(self, encoding: str, separator: str, end: str) -> None:
        text = end.join(["On;Value", "2026-01-01;£5", ""]).replace(";", separator)
        assert cells(list(rows(text.encode(encoding), wanted=["on", "value"]))) == [["2026-01-01", "£5"]]

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "empty"),
            (b" \n\n", "empty"),
            (b"\xef\xbb\xbf", "empty"),
            (b"\xef\xbb\xbf\r\n", "empty"),
            ("\u00a0".encode(), "empty"),
            (b"PK\x03\x04rest", "workbook"),
            (b"\xd0\xcf\x11\xe0rest", "workbook"),
            ("on,value\n1,café".encode("latin-1"), "Line 2 has signs that are not UTF-8"),
            (b"on,value\n1,\0", "not a text file"),
            (b"on\n1", "Missing: value"),
            (b"on,value,ON\n", "Two columns are called on"),
            (b'on,"value', "first line should name the columns"),
            ("on,value".encode("utf-16")[:-1], "not UTF-8"),
        ],
        ids=[
            "nothing",
            "blank",
            "mark",
            "mark-and-line",
            "hard-space",
            "xlsx",
            "xls",
            "latin-1",
            "zero",
            "column",
            "twice",
            "quote",
            "half",
        ],
    )
    def test_that_cannot_be_read_says_what_to_do(self, content: bytes, said: str) -> None:
        with pytest.raises(FileFault, match=said):
            list(rows(content, wanted=["on", "value"]))

    def test_that_is_too_large_is_not_opened(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_reading, "MOST_BYTES", 10)
        with pytest.raises(FileFault, match="larger"):
            list(rows(b"on,value\n1,2", wanted=[]))

    def test_has_its_columns_in_any_order_and_keeps_others(self) -> None:
        [row] = read("Note, VALUE ,on\nx,5,2026-01-01")
        assert isinstance(row, Row)
        assert row.cells == {"note": "x", "value": "5", "on": "2026-01-01"}

    @given(st.binary(max_size=200))
    def test_of_any_bytes_is_read_or_refused_in_words(self, content: bytes) -> None:
        try:
            found = list(rows(content, wanted=[]))
        except FileFault:
            return
        assert all(isinstance(row, Row) or str(row).startswith("Line ") for row in found)


class TestRows:
    @given(st.lists(st.tuples(*[st.text(st.characters(exclude_categories=["Cs", "Cc"]))] * 2), max_size=8))
    def test_come_as_they_were_written(self, written: list[tuple[str, str]]) -> None:
        kept = io.StringIO(newline="")
        csv.writer(kept).writerows([("on", "value"), *written])
        assert cells(read(kept.getvalue())) == [
            [cell.strip() for cell in row] for row in written if any(cell.strip() for cell in row)
        ]

    def test_with_cells_too_many_or_too_few_are_named_and_the_others_come(self) -> None:
        found = read("on,value\n1,2\n1\n1,2,3\n3,4")
        assert cells(found) == [["1", "2"], ["3", "4"]]
        assert faults(found) == [3, 4]

    def test_may_end_in_empty_cells(self) -> None:
        assert cells(read("on,value\n1,2,,\n")) == [["1", "2"]]

    def test_after_a_quotation_mark_that_is_never_closed_come_all_the_same(self) -> None:
        found = read('on,value\n1,"2\n3,4\n5,6\n')
        assert cells(found) == [["3", "4"], ["5", "6"]]
        assert faults(found) == [2]

    def test_after_a_quotation_mark_in_the_wrong_place_come_all_the_same(self) -> None:
        found = read('on,value\n1,"2"x\n3,4\n')
        assert cells(found) == [["3", "4"]]
        assert faults(found) == [2]

    def test_may_hold_line_ends_within_quotation_marks_and_count_from_where_they_begin(self) -> None:
        found = read('on,value\n1,"a\nb"\n3\n')
        assert cells(found) == [["1", "a\nb"]]
        assert faults(found) == [4]

    def test_are_read_up_to_a_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_reading, "MOST_ROWS", 2)
        found = read("on,value\n1,2\n3,4\n5,6\n")
        assert len(cells(found)) == 2
        assert "more than 2 rows" in str(found[-1])

    def test_are_read_no_further_when_very_many_are_wrong(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_reading, "MOST_FAULTS", 2)
        found = read("on,value\n1\n1\n1\n1,2\n")
        assert faults(found) == [2, 3, 3]
        assert "Too many" in str(found[-1])

    def test_with_a_very_long_cell_name_the_column(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(csv_reading, "LONGEST_CELL", 3)
        [fault] = read("on,value\n1,abcd\n")
        assert str(fault) == "Line 2, value: This is longer than 3 signs."


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("5", "5"),
            ("-3.20", "-3.20"),
            ("1,234.5", "1234.5"),
            ("£1,000", "1000"),
            ("−2", "-2"),
            (".5", "0.5"),
        ],
    )
    def test_are_read_as_people_write_them(self, text: str, value: str) -> None:
        assert number(text) == Decimal(value)

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "n/a",
            "twelve",
            "1.2.3",
            "1,23",
            "NaN",
            "Infinity",
            "1e400",
            "12%",
            "=1+1",
            "5 people",
            "٣",
            "1_000",
        ],
    )
    def test_that_are_none_are_refused(self, text: str) -> None:
        with pytest.raises(CellFault, match=r"\.$"):
            number(text)

    def test_have_an_end(self) -> None:
        with pytest.raises(CellFault, match="too large"):
            number("9" * 40)

    @given(st.decimals(min_value=-(10**14), max_value=10**14, places=4))
    def test_keep_every_place(self, value: Decimal) -> None:
        assert number(f"{value:,f}") == value

    @pytest.mark.parametrize("text", ["-1", "1.5"])
    def test_of_people_are_whole(self, text: str) -> None:
        with pytest.raises(CellFault, match="whole"):
            whole(text)
        assert whole("1,200") == 1200


class TestDays:
    @pytest.mark.parametrize(
        "text",
        ["2024-04-01", "2024-4-1", "01/04/2024", "1.4.2024", "1 April 2024", "1 Apr 2024", "Apr 2024",
         "2024-04-01T00:00:00", "1-Apr-2024"],
    )  # fmt: skip
    def test_are_read_as_people_here_write_them(self, text: str) -> None:
        assert day(text) == datetime.date(2024, 4, 1)

    @pytest.mark.parametrize(
        "text",
        ["", "soon", "2024-13-01", "31/02/2024", "04/13/2024", "01/04/24", "20240401", "2024", "1 Foo 2024"],
    )
    def test_that_are_none_are_refused(self, text: str) -> None:
        with pytest.raises(CellFault, match=r"2026-11-23\.$"):
            day(text)

    def test_counted_by_a_spreadsheet_are_refused_with_what_they_seem_to_mean(self) -> None:
        with pytest.raises(CellFault, match="2024-04-01"):
            day("45383")

    def test_counted_by_a_spreadsheet_are_taken_where_that_is_asked_for(self) -> None:
        assert day("45383", counted=True) == datetime.date(2024, 4, 1)
        with pytest.raises(CellFault):
            day("20240401", counted=True)

    @given(st.dates(min_value=datetime.date(1900, 1, 1)))
    def test_come_as_they_were_written(self, on: datetime.date) -> None:
        assert day(on.isoformat()) == day(f"{on:%d/%m/%Y}") == on
