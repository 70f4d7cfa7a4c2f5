"""Files of payments: good rows come in whatever stands between them, and every fault says where it is."""

import datetime
import io
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.doors import csv_files, csv_reading
from joinedup.foundation.doors.csv_reading import FileFault
from joinedup.govern.spend.payments_file import COLUMNS, Read, as_rows, headings, read

HEAD = "on,amount,payee,what_for,reference"
GOOD = "2026-05-01,10.50,Canal Trust,Wicks,INV-1"


def of(*rows: str, head: str = HEAD) -> Read:
    return read("\n".join([head, *rows]).encode())


def told(found: Read) -> list[str]:
    return [str(each.fault) for each in found.refused]


def test_a_good_row_is_read_as_it_stands() -> None:
    [line] = of(GOOD).lines.values()
    assert (line.line, line.reference, line.on) == (2, "INV-1", datetime.date(2026, 5, 1))
    assert (line.amount, line.payee, line.what_for) == (Decimal("10.50"), "Canal Trust", "Wicks")


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1234.5", "1234.50"),
        ('"1,234.50"', "1234.50"),
        ("£10", "10.00"),
        ("-50", "-50.00"),
        ("−50.05", "-50.05"),
        ("-£50", "-50.00"),
        ("+3", "3.00"),
        (".05", "0.05"),
        ("'-50", "-50.00"),
    ],
)
def test_amounts_come_as_people_write_them(text: str, amount: str) -> None:
    [line] = of(GOOD.replace("10.50", text)).lines.values()
    assert line.amount == Decimal(amount)
    assert line.amount.as_tuple().exponent == -2


BAD_ROWS = {
    "text in the amount": (GOOD.replace("10.50", "ten"), "amount", "not a number"),
    "half a penny": (GOOD.replace("10.50", "10.505"), "amount", "Write pounds and pence"),
    "nothing": (GOOD.replace("10.50", "0.00"), "amount", "A payment of nothing"),
    "no amount": (GOOD.replace("10.50", ""), "amount", "Write a number"),
    "too much": (GOOD.replace("10.50", "100000000000"), "amount", "too large"),
    "exponent": (GOOD.replace("10.50", "1E+5"), "amount", "not a number"),
    "formula for an amount": (GOOD.replace("10.50", "=1+1"), "amount", "not a number"),
    "percent": (GOOD.replace("10.50", "10%"), "amount", "not a number"),
    "no day": (GOOD.replace("2026-05-01", ""), "on", "Write a date"),
    "31 February": (GOOD.replace("2026-05-01", "31/02/2026"), "on", "not a date"),
    "American day": (GOOD.replace("2026-05-01", "05/31/2026"), "on", "not a date"),
    "spreadsheet day": (GOOD.replace("2026-05-01", "46143"), "on", "2026-05-01"),
    "day to come": (GOOD.replace("2026-05-01", "2999-01-01"), "on", "still to come"),
    "no payee": (GOOD.replace("Canal Trust", " "), "payee", "empty"),
    "no words": (GOOD.replace("Wicks", ""), "what_for", "empty"),
    "no reference": (GOOD.replace("INV-1", ""), "reference", "empty"),
    "long reference": (GOOD.replace("INV-1", "9" * 81), "reference", "longer than 80"),
    "long payee": (GOOD.replace("Canal Trust", "x" * 201), "payee", "longer than 200"),
    "long words": (GOOD.replace("Wicks", "x" * 301), "what_for", "longer than 300"),
    "shortened reference": (GOOD.replace("INV-1", "1.23E+11"), "reference", "has shortened this number"),
    "too few cells": ("2026-05-01,10.50,Canal Trust", "", "There are 5 columns, and 3 here"),
    "too many cells": (GOOD + ",more", "", "There are 5 columns, and 6 here"),
    "open quotation mark": ('2026-05-01,10.50,"Canal Trust,Wicks,INV-1', "", "quotation mark"),
    "cell without end": (GOOD.replace("Wicks", "x" * 20_001), "what_for", "longer than 20000"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_named_and_the_others_come(name: str) -> None:
    row, column, problem = BAD_ROWS[name]
    before, after = GOOD.replace("INV-1", "A"), GOOD.replace("INV-1", "B")
    found = of(before, row, after)
    assert set(found.lines) == {"A", "B"}
    [refused] = found.refused
    assert (refused.fault.line, refused.fault.column) == (3, column)
    assert problem in refused.fault.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        (f"{HEAD}\n{GOOD}".replace("Trust", "Tr\u00fcst").encode("latin-1"), "not UTF-8"),
        (b"on,amount,payee,what_for\n", "Missing: reference"),
        (f"{HEAD},on\n".encode(), "Two columns are called on"),
        (b"\x00\x01\x02", "not a text file"),
        (b'"', "name the columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content: bytes, problem: str) -> None:
    with pytest.raises(FileFault, match=problem):
        read(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_come_as_spreadsheets_write_them(encoding: str, separator: str, end: str) -> None:
    text = end.join([HEAD.upper(), GOOD, "", ",,,,"]).replace(",", separator)
    found = read(text.encode(encoding))
    assert (list(found.lines), found.refused) == (["INV-1"], [])


def test_columns_stand_in_any_order_and_others_are_passed_over() -> None:
    found = of("INV-1,x,Wicks,2026-05-01,Canal Trust,10.50", head="reference,vat,what_for,on,payee,amount")
    assert list(found.lines) == ["INV-1"]


@pytest.mark.parametrize("other", ["11.00", "-10.50"])
def test_one_reference_with_two_figures_is_wrong_each_time(other: str) -> None:
    found = of(GOOD, GOOD.replace("INV-1", "B"), GOOD.replace("10.50", other), GOOD)
    assert list(found.lines) == ["B"]
    assert [each.fault.line for each in found.refused] == [2, 4, 5]
    assert all("more than once" in each for each in told(found))


def test_one_reference_with_other_words_is_wrong_each_time() -> None:
    found = of(GOOD, GOOD.replace("Wicks", "Oil"))
    assert (found.lines, [each.fault.line for each in found.refused]) == ({}, [2, 3])


def test_the_same_row_twice_is_taken_once() -> None:
    found = of(GOOD, GOOD.replace(" ", "  "))
    assert (list(found.lines), found.refused) == (["INV-1"], [])


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(1)"])
def test_what_a_spreadsheet_would_run_stays_text_and_is_harmless_when_it_goes_back(evil: str) -> None:
    found = of(GOOD.replace("Canal Trust", f'"{evil}"').replace("Wicks", f'"{evil}"'))
    [line] = found.lines.values()
    assert (line.payee, line.what_for) == (evil, evil)
    found = of(GOOD.replace("Canal Trust", f'"{evil}"').replace("10.50", evil))
    lines = "".join(csv_files.lines(headings(), as_rows(found.refused)))
    assert f',"{evil}' not in lines
    assert f"\"'{evil}" in lines


def test_refused_rows_can_be_put_right_and_sent_again() -> None:
    rows = (GOOD.replace("10.50", "-50").replace("2026-05-01", "soon"), "one,two", GOOD.replace("INV-1", "B"))
    found = of(*rows)
    text = "".join(csv_files.lines(headings(), as_rows(found.refused)))
    again = read(text.replace("soon", "2026-05-01").encode())
    [line] = again.lines.values()
    assert (line.reference, line.amount, line.on) == ("INV-1", Decimal("-50.00"), datetime.date(2026, 5, 1))
    assert [each.fault.column for each in again.refused] == ["reference"]


def test_what_cannot_be_told_apart_goes_back_as_it_stood() -> None:
    [row] = as_rows(of("one,two").refused)
    assert (row[: len(COLUMNS)], row[-1]) == ([""] * len(COLUMNS), "one,two")


def test_a_file_with_very_many_faults_is_read_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_reading, "MOST_FAULTS", 3)
    found = of(*["x,y"] * 5, GOOD)
    assert found.lines == {}
    assert "Too many rows are wrong" in told(found)[-1]


def test_today_is_not_to_come() -> None:
    assert of(GOOD.replace("2026-05-01", timezone.localdate().isoformat())).lines


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6))
def test_whatever_stands_in_cells_is_taken_or_refused_with_its_line(rows: list[list[str]]) -> None:
    kept = io.StringIO(newline="")
    kept.write("".join(csv_files.lines(COLUMNS, rows)))
    try:
        found = read(kept.getvalue().encode())
    except FileFault:
        return
    assert all(each.fault.line > 1 and each.fault.problem for each in found.refused)
    for line in found.lines.values():
        values: tuple[Any, ...] = (line.payee, line.what_for, line.reference, line.amount)
        assert all(values)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(content: bytes) -> None:
    try:
        found = read(content)
    except FileFault:
        return
    assert all(str(each.fault).startswith("Line ") for each in found.refused)
