"""Files for spreadsheets: nothing in them runs, nothing in them is lost."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.doors.csv_files import MARK, lines, safe_cell

DANGEROUS = "=+-@\t\r\n|%＝＋－＠"


class TestCells:
    @given(st.sampled_from(DANGEROUS), st.text())
    def test_no_cell_begins_like_a_formula(self, sign: str, rest: str) -> None:
        assert safe_cell(sign + rest) == f"'{sign}{rest}"

    @given(
        st.sampled_from([" ", "\u00a0", "\u200b", "\ufeff", "\u202e", " \x00"]),
        st.sampled_from("=+-@"),
        st.text(),
    )
    def test_nor_when_something_invisible_stands_before_the_sign(
        self, hidden: str, sign: str, rest: str
    ) -> None:
        assert safe_cell(hidden + sign + rest).startswith("'")

    @given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1), st.text())
    def test_other_words_stay_as_they_are(self, start: str, rest: str) -> None:
        assert safe_cell(start + rest) == start + rest

    @given(st.lists(st.text(), min_size=1))
    def test_what_is_written_is_read_back_whole(self, cells: list[str]) -> None:
        file = "".join(lines(["a heading"], [cells])).removeprefix(MARK)
        _headings, read = csv.reader(io.StringIO(file, newline=""))
        assert [cell.removeprefix("'") for cell in read] == [
            safe_cell(cell).removeprefix("'") for cell in cells
        ]
        assert not any(cell.startswith(tuple(DANGEROUS)) for cell in read)

    def test_nothing_is_an_empty_cell(self) -> None:
        assert safe_cell(None) == ""

    def test_a_number_is_written_as_it_is(self) -> None:
        assert safe_cell(2) == "2"


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert next(lines(["নাম"], [])).startswith(MARK)


def test_rows_are_taken_only_as_they_are_needed() -> None:
    taken = []
    file = lines(["number"], ([taken.append(number) or number] for number in range(5)))  # type: ignore[func-returns-value]
    next(file)
    next(file)
    assert taken == [0]
