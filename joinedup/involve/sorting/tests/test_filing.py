"""Every row comes out, in order, its cells unchanged, whatever came in."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from joinedup.involve.sorting import filing
from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.filing import ADDED, FileFault, Filing
from joinedup.involve.sorting.tests.comments import COLUMNS, file_of, labelled

_ANY_SIGN = st.characters(exclude_categories=["Cs"])
BLANK = dict.fromkeys(ADDED, "") | {"confidence": "0.000"}


class Sorted:
    """A file before and after."""

    def __init__(self, sorter: Sorter, folder: Path) -> None:
        self.sorter, self.source, self.target = sorter, folder / "in.csv", folder / "out.csv"

    def of_bytes(self, content: bytes, **options: Any) -> list[dict[str, str]]:
        self.source.write_bytes(content)
        self.filed = Filing(self.sorter, **options).sort(self.source, self.target)
        with self.target.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def of_texts(self, *texts: str) -> list[dict[str, str]]:
        file = io.StringIO(newline="")
        csv.writer(file).writerows([["id", "text"], *([str(n), text] for n, text in enumerate(texts))])
        return self.of_bytes(file.getvalue().encode())


@pytest.fixture
def sort(small: Sorter, tmp_path: Path) -> Sorted:
    return Sorted(small, tmp_path)


class TestTheContract:
    def test_all_columns_stay_and_six_are_added(self, sort: Sorted) -> None:
        file_of(sort.source, labelled()[:5])
        sort.of_bytes(sort.source.read_bytes())
        heading = sort.target.read_text(encoding="utf-8").splitlines()[0]
        assert heading.split(",") == [*COLUMNS, *ADDED]

    def test_every_row_comes_out_in_order_with_its_cells(self, sort: Sorted) -> None:
        rows = labelled(1300)
        file_of(sort.source, rows)
        out = sort.of_bytes(sort.source.read_bytes())
        assert [{name: row[name] for name in COLUMNS} for row in out] == rows
        assert sort.filed.rows == 1300

    def test_labels_are_written_as_in_the_labelled_file(self, sort: Sorted) -> None:
        rows = labelled()
        labels = {name: {row[name] for row in rows} for name in COLUMNS}
        file_of(sort.source, rows)
        for row in sort.of_bytes(sort.source.read_bytes()):
            for name in ("theme_p0", "theme_p1", "criticality", "sentiment3", "sentiment5"):
                assert row[f"pred_{name}"] in labels[name] - {""}
            assert 0 <= float(row["confidence"]) <= 1

    @pytest.mark.parametrize("blank", [("org",), ("service",), ("question",), ("org", "question")])
    def test_columns_may_be_blank(self, sort: Sorted, blank: tuple[str, ...]) -> None:
        file_of(sort.source, [row | dict.fromkeys(blank, "") for row in labelled()[:9]])
        assert all(row["pred_theme_p0"] for row in sort.of_bytes(sort.source.read_bytes()))

    def test_only_the_text_is_needed(self, sort: Sorted) -> None:
        assert sort.of_bytes(b"Text\r\nthe soup was cold\r\n")[0]["pred_theme_p0"] == "Food"

    def test_a_sorted_file_sorted_again_is_the_same(self, sort: Sorted) -> None:
        file_of(sort.source, labelled()[:9])
        sort.of_bytes(sort.source.read_bytes())
        first = sort.target.read_bytes()
        sort.of_bytes(first)
        assert sort.target.read_bytes() == first

    def test_a_known_question_is_used(self, sort: Sorted) -> None:
        heading, text = b"question,text\r\n", b",as usual\r\n"
        asked = sort.of_bytes(heading + b"Trust A - Q2" + text + b"Trust A - Q1" + text)
        assert asked[0]["pred_criticality"] > asked[1]["pred_criticality"]
        assert asked[0]["pred_sentiment3"] != asked[1]["pred_sentiment3"]

    def test_an_unknown_question_changes_nothing(self, sort: Sorted) -> None:
        out = sort.of_bytes(b"question,text\r\nWhat next?,the soup was cold\r\n,the soup was cold\r\n")
        assert [out[0][name] for name in ADDED] == [out[1][name] for name in ADDED]


class TestTexts:
    @pytest.mark.parametrize("text", ["", " ", "...", "?!"])
    def test_without_words_get_no_suggestion_and_are_told(self, sort: Sorted, text: str) -> None:
        out = sort.of_texts("the soup was cold", text)
        assert {name: out[1][name] for name in ADDED} == BLANK
        assert sort.filed.odd == ["Line 3: no words, so nothing is suggested"]
        assert sort.filed.wordless == 1

    @pytest.mark.parametrize(
        "text",
        [
            "=1+1 soup",
            "@SUM(A1) soup",
            '"quoted", with a comma',
            "two\nlines",
            "two\r\nlines",
            "a lone\rreturn",
            "  blanks round it  ",
            "signs \U0001f375 and \u0938\u0942\u092a",
            "a \0 nought",
            "cold soup " * 10_000,
        ],
    )
    def test_come_out_as_they_went_in(self, sort: Sorted, text: str) -> None:
        out = sort.of_texts("before", text, "after")
        assert [row["text"] for row in out] == ["before", text, "after"]
        assert out[1]["pred_theme_p0"]

    def test_for_a_spreadsheet_formulas_are_made_safe(self, sort: Sorted) -> None:
        out = sort.of_bytes(b"text\r\n=1+1\r\nsoup\r\n", is_for_spreadsheet=True)
        assert [row["text"] for row in out] == ["'=1+1", "soup"]

    @settings(max_examples=50)
    @given(texts=st.lists(st.text(_ANY_SIGN, max_size=30), min_size=1, max_size=4))
    def test_of_any_kind_come_out_in_order(
        self, small: Sorter, tmp_path_factory: Any, texts: list[str]
    ) -> None:
        sort = Sorted(small, tmp_path_factory.mktemp("any"))
        assert [row["text"] for row in sort.of_texts(*texts)] == texts


class TestEncodings:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
    def test_of_unicode_are_read(self, sort: Sorted, encoding: str) -> None:
        assert sort.of_bytes("text\r\nthe café soup\r\n".encode(encoding))[0]["text"] == "the café soup"
        assert sort.filed.odd == []

    def test_a_line_in_windows_1252_is_read_and_told(self, sort: Sorted) -> None:
        out = sort.of_bytes("text\ncafé\n".encode() + "the café’s soup\n".encode("cp1252") + b"tea\n")
        assert [row["text"] for row in out] == ["café", "the café’s soup", "tea"]
        assert sort.filed.odd == ["Line 3: signs that are not UTF-8, read as Windows-1252"]

    def test_bytes_that_are_nothing_lose_no_row(self, sort: Sorted) -> None:
        assert len(sort.of_bytes(b"text\nsoup \x81\x8d\ntea\n")) == 2


class TestBrokenRows:
    def test_a_short_row_is_filled_and_told(self, sort: Sorted) -> None:
        out = sort.of_bytes(b"id,text,org\r\n1,soup\r\n2,tea,x\r\n")
        assert [(row["text"], row["org"]) for row in out] == [("soup", ""), ("tea", "x")]
        assert sort.filed.odd == ["Line 2: 2 cells for 3 columns, the rest taken as blank"]

    def test_a_long_row_is_cut_and_told(self, sort: Sorted) -> None:
        out = sort.of_bytes(b"id,text\r\n1,cold, soup\r\n2,tea\r\n")
        assert [row["text"] for row in out] == ["cold", "tea"]
        assert sort.filed.odd == ["Line 2: 3 cells for 2 columns, what is beyond them left out"]

    def test_a_quotation_mark_never_closed_takes_one_row(self, sort: Sorted) -> None:
        out = sort.of_bytes(b'id,text\r\n1,"cold soup\r\n2,tea\r\n3,"late, again"\r\n')
        assert [row["text"] for row in out] == ["cold soup", "tea", "late, again"]
        assert sort.filed.odd == ["Line 2: a quotation mark is missing or out of place"]

    def test_a_quotation_mark_out_of_place_is_told(self, sort: Sorted) -> None:
        out = sort.of_bytes(b'id,text\r\n1,"cold" soup\r\n2,tea\r\n')
        assert [row["text"] for row in out] == ["cold soup", "tea"]
        assert len(sort.filed.odd) == 1

    def test_empty_lines_are_no_rows(self, sort: Sorted) -> None:
        assert len(sort.of_bytes(b"text\r\n\r\nsoup\r\n\r\n\r\ntea\r\n")) == 2

    def test_line_numbers_count_the_lines_of_texts(self, sort: Sorted) -> None:
        sort.of_bytes(b'text,org\r\n"one\r\ntwo",x\r\nsoup\r\n')
        assert sort.filed.odd == ["Line 4: 1 cells for 2 columns, the rest taken as blank"]

    def test_no_remark_repeats_a_text(self, sort: Sorted) -> None:
        sort.of_bytes(b'id,text\r\n1,"secret soup\r\n2\r\n3,secret,soup,tea\r\n4,secret \xff\r\n')
        assert len(sort.filed.odd) >= 4
        assert not any("secret" in odd or "soup" in odd for odd in sort.filed.odd)


class TestFilesThatCannotBeSorted:
    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "empty"),
            (b"  \r\n", "empty"),
            (b"id,comment\r\n1,soup\r\n", "Missing: text"),
            (b"text,Text\r\n1,soup\r\n", "Two columns"),
            (b"PK\x03\x04rest", "workbook"),
            (b"\xd0\xcf\x11\xe0rest", "workbook"),
        ],
    )
    def test_are_told_and_nothing_is_written(self, sort: Sorted, content: bytes, told: str) -> None:
        with pytest.raises(FileFault, match=told):
            sort.of_bytes(content)
        assert sorted(path.name for path in sort.target.parent.iterdir()) == ["in.csv"]

    def test_too_large(self, sort: Sorted, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(filing, "MOST_BYTES", 10)
        with pytest.raises(FileFault, match="larger"):
            sort.of_bytes(b"text\r\nsoup\r\n")

    def test_onto_themselves(self, sort: Sorted) -> None:
        sort.target = sort.source
        with pytest.raises(FileFault, match="Name another"):
            sort.of_bytes(b"text\r\nsoup\r\n")
        assert sort.source.read_bytes() == b"text\r\nsoup\r\n"

    def test_a_heading_alone_gives_a_heading_alone(self, sort: Sorted) -> None:
        assert sort.of_bytes(b"id,text\r\n") == []
        assert sort.filed.rows == 0


def test_what_stood_there_stays_when_sorting_fails(sort: Sorted, monkeypatch: pytest.MonkeyPatch) -> None:
    sort.target.write_text("old")
    monkeypatch.setattr(Sorter, "suggest", lambda *_args, **_options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sort.of_bytes(b"text\r\nsoup\r\n")
    assert sort.target.read_text() == "old"
    assert not list(sort.target.parent.glob(".*half"))
