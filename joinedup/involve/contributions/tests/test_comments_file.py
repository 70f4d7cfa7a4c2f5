"""Files of what people said: good rows are read whatever stands between them; faults say where they are."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.doors import csv_files
from joinedup.foundation.doors.csv_reading import FileFault
from joinedup.involve.contributions import comments_file
from joinedup.involve.contributions.comments_file import COLUMNS, Read, read
from joinedup.involve.contributions.models import LONGEST

TODAY = datetime.date(2026, 11, 23)
HEAD = ",".join(COLUMNS)  # key, said_on, kind, speaker, place, words
GOOD = "K1,2026-11-01,idea,carer,Mile End,More benches."


def of(*rows: str, head: str = HEAD) -> Read:
    return read("\n".join([head, *rows]).encode(), today=TODAY)


def only(row: str, head: str = HEAD) -> comments_file.Comment:
    found = of(row, head=head)
    assert not found.refused
    [comment] = found.comments
    return comment


def test_a_good_row_is_read_as_it_stands() -> None:
    comment = only(GOOD)
    assert (comment.line, comment.key, comment.said_on) == (2, "K1", datetime.date(2026, 11, 1))
    assert (comment.kind, comment.speaker, comment.place) == ("idea", "carer", "Mile End")
    assert comment.words == "More benches."


def test_only_words_are_needed() -> None:
    comment = only("Thank you.", head="words")
    assert (comment.key, comment.said_on, comment.place) == ("", None, "")
    assert (comment.kind, comment.speaker) == ("feedback", "resident")


@pytest.mark.parametrize("cell", ["2026-11-01", "01/11/2026", "1.11.2026", "1 November 2026", "46327"])
def test_days_come_as_people_and_spreadsheets_write_them(cell: str) -> None:
    assert only(GOOD.replace("2026-11-01", cell)).said_on == datetime.date(2026, 11, 1)


@pytest.mark.parametrize("cell", ["Idea", "IDEA", " idea "])
def test_kinds_come_in_small_and_capital_letters(cell: str) -> None:
    assert only(GOOD.replace("idea", cell)).kind == "idea"


def test_speakers_come_in_the_words_of_the_form() -> None:
    assert only(GOOD.replace("carer", "Member of staff")).speaker == "staff"


BAD_ROWS = {
    "no words": (GOOD.replace("More benches.", " "), "words", "There are no words"),
    "too many words": (GOOD.replace("More", "x" * LONGEST), "words", "The most is 10,000"),
    "cell without end": (GOOD.replace("More", "x" * 20_001), "words", "longer than 20000"),
    "day to come": (GOOD.replace("2026-11-01", "2026-11-24"), "said_on", "24 November 2026 is still to come"),
    "a day of a 1904 spreadsheet": (GOOD.replace("2026-11-01", "44865"), "said_on", "three years ago"),
    "31 February": (GOOD.replace("2026-11-01", "31/02/2026"), "said_on", "not a date"),
    "American day": (GOOD.replace("2026-11-01", "11/31/2026"), "said_on", "not a date"),
    "text for a day": (GOOD.replace("2026-11-01", "last week"), "said_on", "not a date"),
    "a number for a day": (GOOD.replace("2026-11-01", "12"), "said_on", "not a date"),
    "a formula for a day": (GOOD.replace("2026-11-01", "=TODAY()"), "said_on", "not a date"),
    "another kind": (GOOD.replace("idea", "complaint"), "kind", "Write feedback or idea"),
    "another speaker": (GOOD.replace("carer", "=1+1"), "speaker", "Write resident or patient or carer"),
    "long key": (GOOD.replace("K1", "9" * 81), "key", "at most 80"),
    "long place": (GOOD.replace("Mile End", "x" * 201), "place", "at most 200"),
    "too few cells": ("K1,2026-11-01,idea", "", "There are 6 columns, and 3 here"),
    "too many cells": (GOOD + ",more", "", "There are 6 columns, and 7 here"),
    "open quotation mark": ('K1,,,,,"More benches.', "", "quotation mark"),
}


@pytest.mark.parametrize("name", BAD_ROWS)
def test_a_bad_row_is_named_and_the_others_come(name: str) -> None:
    row, column, problem = BAD_ROWS[name]
    found = of("A,,,,,First.", row, "B,,,,,Last.")
    assert [comment.key for comment in found.comments] == ["A", "B"]
    [refused] = found.refused
    assert (refused.fault.line, refused.fault.column) == (3, column)
    assert problem in refused.fault.problem


def test_a_row_whose_columns_have_moved_leaves_no_words_behind() -> None:
    [refused] = of("Zohra Quill,She waited three hours,idea,,,More benches.").refused
    assert (refused.fault.column, refused.key) == ("said_on", "")
    assert "waited" not in refused.fault.problem


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04rest", "workbook"),
        ("words\nTrüst".encode("latin-1"), "Line 2 has signs that are not UTF-8"),
        (b"comment,day\nHello,1", "Missing: words"),
        (b"words,words\n", "Two columns are called words"),
        (b"\x00\x01\x02", "not a text file"),
        (b'"', "name the columns"),
        (b"words\n" + b"x" * comments_file.MOST_BYTES, "larger than 5 MB"),
        (b"words\n" + b"x\n" * (comments_file.MOST_ROWS + 1), "more than 2,000 rows"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(content: bytes, problem: str) -> None:
    with pytest.raises(FileFault, match=problem):
        read(content, today=TODAY)


def test_as_many_rows_as_there_may_be_are_read() -> None:
    rows = [f"{number},,,,,Words." for number in range(comments_file.MOST_ROWS)]
    assert len(of(*rows).comments) == comments_file.MOST_ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_files_come_as_spreadsheets_write_them(encoding: str, separator: str, end: str) -> None:
    text = end.join([HEAD.upper(), GOOD.replace("More", "বেঞ্চ 😀"), "", ",,,,,"]).replace(",", separator)
    found = read(text.encode(encoding), today=TODAY)
    assert ([row.words for row in found.comments], found.refused) == (["বেঞ্চ 😀 benches."], [])


def test_columns_stand_in_any_order_and_the_others_are_named() -> None:
    found = of("More benches.,amina@example.org,K1", head="words,email,key")
    assert [(row.key, row.words) for row in found.comments] == [("K1", "More benches.")]
    assert found.unread == ["email"]


def test_words_of_several_lines_stay_in_one_row() -> None:
    found = of('A,,,,,"One.\nTwo, and ""three""."', "B,,,,,Last.")
    assert [row.words for row in found.comments] == ['One.\nTwo, and "three".', "Last."]
    assert found.comments[1].line == 4


@pytest.mark.parametrize(
    ("first", "second", "column", "problem"),
    [
        ("A,,,,,Hello.", "A,,,,,Hello.", "key", "The same as line 2"),
        (",,,,,Hello.", ",,,,,Hello.", "words", "The same as line 2"),
        (",2026-11-01,,,,Hello.", ",1/11/2026,,,,Hello.", "words", "The same as line 2"),
        (",,,,,Hello you.", ",,,,,Hello   you.", "words", "The same as line 2"),
        (",,,,,Caf\u00e9", ",,,,,Cafe\u0301", "words", "The same as line 2"),
        ("A,,,,,Hello.", "A,,,,,Goodbye.", "key", "stands in line 2 already, with other words"),
    ],
)
def test_a_card_that_stands_twice_is_read_once(first: str, second: str, column: str, problem: str) -> None:
    found = of(first, second)
    assert [row.line for row in found.comments] == [2]
    [refused] = found.refused
    assert (refused.fault.line, refused.fault.column) == (3, column)
    assert problem in refused.fault.problem


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A,,,,,Hello.", "B,,,,,Hello."),
        ("A,,,,,Hello.", ",,,,,Hello."),
        (",2026-11-01,,,,Hello.", ",2026-11-02,,,,Hello."),
        (",,,,,Hello.", ",,,,,Hello!"),
    ],
)
def test_cards_that_differ_in_key_day_or_words_are_two(first: str, second: str) -> None:
    assert len(of(first, second).comments) == 2


@pytest.mark.parametrize("evil", ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "'=1+1"])
def test_what_a_spreadsheet_would_run_stays_the_text_it_is(evil: str) -> None:
    comment = only(f"{evil.replace(' ', '')},,,,{evil},{evil}")
    assert (comment.words, comment.place) == (evil, evil)
    written = "".join(csv_files.lines(["words"], [[comment.words]]))
    assert f'"{evil}"' not in written or evil.startswith("'")


def test_words_that_hold_a_telephone_number_are_marked() -> None:
    assert only(",,,,,Ring me on 020 7946 0123.").has_details
    assert not only(",,,,,Thank you.").has_details


@given(st.binary(max_size=300))
def test_whatever_the_file_holds_it_is_read_or_refused_in_words(content: bytes) -> None:
    for begin in (b"", b"words\n", b"key,words\n"):
        try:
            found = read(begin + content, today=TODAY)
        except FileFault:
            continue
        else:
            assert all(comment.words.strip() for comment in found.comments)
            assert all(refused.fault.problem for refused in found.refused)
