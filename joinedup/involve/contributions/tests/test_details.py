"""Finding personal details in what people write."""

import datetime
from itertools import pairwise

import nhs_number
import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.involve.contributions.details import Detail, find

TODAY = datetime.date(2026, 11, 23)
NEW_PLAIN = st.text(alphabet="abcdefgh ijklm,.!?\n", max_size=60)


def kinds(text: str) -> list[Detail]:
    return [finding.kind for finding in find(text, today=TODAY)]


def with_check_digit(nine: str) -> str | None:
    """Ten figures that are an NHS number, worked out here from the rule (modulus 11)."""
    rest = 11 - sum(int(figure) * (10 - place) for place, figure in enumerate(nine)) % 11
    check = {11: 0, 10: None}.get(rest, rest)
    return None if check is None else f"{nine}{check}"


class TestNhsNumbers:
    @pytest.mark.parametrize(
        "written",
        [
            "9434765919",
            "943 476 5919",
            "943-476-5919",
            "943.476.5919",
            "943  476  5919",
            "94 34 76 59 19",
            "943–476–5919",
        ],
    )
    def test_are_found_however_they_are_written(self, written):
        (finding,) = find(f"My number is {written}, thank you.", today=TODAY)
        assert finding.kind is Detail.NHS_NUMBER
        assert finding.snippet == written

    def test_are_found_in_bengali_figures_and_shown_as_typed(self):
        (finding,) = find("আমার নম্বর ৯৪৩ ৪৭৬ ৫৯১৯", today=TODAY)
        assert finding.kind is Detail.NHS_NUMBER
        assert finding.snippet == "৯৪৩ ৪৭৬ ৫৯১৯"

    @pytest.mark.parametrize(
        "written", ["943 476 5918", "94347659190", "19434765919", "0000000000", "943 476 591"]
    )
    def test_other_figures_are_not(self, written):
        assert Detail.NHS_NUMBER not in kinds(f"It cost {written} in all")

    @given(st.text(alphabet="0123456789", min_size=9, max_size=9), NEW_PLAIN, NEW_PLAIN)
    def test_every_valid_one_is_found_where_it_stands_and_no_other(self, nine, before, after):
        whole = with_check_digit(nine)
        if whole is None or len(set(whole)) == 1:
            return
        text = f"{before} {whole[:3]} {whole[3:6]} {whole[6:]} {after}"
        found = [finding for finding in find(text, today=TODAY) if finding.kind is Detail.NHS_NUMBER]
        assert bool(found) == nhs_number.is_valid(whole)
        assert all(text[f.start : f.end] == f.snippet for f in found)
        wrong = f"{whole[:9]}{(int(whole[9]) + 1) % 10}"
        assert Detail.NHS_NUMBER not in kinds(f"{before} {wrong} {after}")


class TestPhones:
    @pytest.mark.parametrize(
        "written", ["020 7946 0123", "02079460123", "07700 900123", "+44 20 7946 0123", "(020) 7946 0123"]
    )
    def test_are_found(self, written):
        assert kinds(f"ring {written} after six") == [Detail.PHONE]

    @pytest.mark.parametrize("written", ["999", "111", "12 people", "2026", "£1,200.00", "room 204"])
    def test_other_figures_are_not(self, written):
        assert kinds(f"we saw {written} there") == []


class TestEmailsAndPostcodes:
    @pytest.mark.parametrize("written", ["amina@example.org", "a.b+c@mail.example.co.uk"])
    def test_emails_are_found(self, written):
        (finding,) = find(f"(write to {written}.)", today=TODAY)
        assert (finding.kind, finding.snippet) == (Detail.EMAIL, written)

    @pytest.mark.parametrize("written", ["E1 4DG", "E14DG", "e1 4dg", "SW1A 1AA", "EC1V9BX", "E14  9GE"])
    def test_postcodes_are_found(self, written):
        assert kinds(f"I live at {written} now") == [Detail.POSTCODE]

    @pytest.mark.parametrize(
        "written", ["B12 vitamins", "ward E1", "A1 standard", "section 1 4AB", "MP3 files", "E1 4D"]
    )
    def test_other_words_are_not(self, written):
        assert kinds(f"about {written} here") == []


class TestBirthDates:
    @pytest.mark.parametrize(
        "written",
        [
            "3 March 1950", "3rd of March 1950", "03/03/1950", "3-3-50", "03.03.1950", "1950-03-03",
            "March 3, 1950", "3 Mar 1950",
        ],
    )  # fmt: skip
    def test_full_dates_long_ago_are_found(self, written):
        (finding,) = find(f"since {written} it is so", today=TODAY)
        assert (finding.kind, finding.snippet) == (Detail.BIRTH_DATE, written)

    @pytest.mark.parametrize("word", ["born", "DOB", "d.o.b.", "date of birth", "birthday"])
    def test_a_date_this_year_is_found_when_it_speaks_of_birth(self, word):
        assert kinds(f"My baby, {word}: 2 May 2026, was ill") == [Detail.BIRTH_DATE]

    @pytest.mark.parametrize(
        "written", ["on 2 May 2026", "last March", "31/02/1950", "10/10", "in 1998", "24 December 2026"]
    )
    def test_other_dates_are_not(self, written):
        assert kinds(f"we waited {written}, no more") == []

    @given(st.dates(min_value=datetime.date(1910, 1, 1), max_value=TODAY - datetime.timedelta(days=366)))
    def test_every_day_more_than_a_year_ago_is_found_in_each_way_of_writing(self, day):
        for written in (
            f"{day:%d/%m/%Y}",
            f"{day.day} {day:%B} {day.year}",
            f"{day:%B} {day.day}, {day.year}",
            day.isoformat(),
        ):
            assert kinds(f"it was {written} then") == [Detail.BIRTH_DATE], written


class TestAll:
    def test_several_are_told_in_the_order_they_stand(self):
        text = "amina@example.org 943 476 5919 E1 4DG 020 7946 0123 3 March 1950"
        assert kinds(text) == [
            Detail.EMAIL, Detail.NHS_NUMBER, Detail.POSTCODE, Detail.PHONE, Detail.BIRTH_DATE,
        ]  # fmt: skip

    @given(st.text(max_size=400))
    def test_any_text_is_gone_through_without_a_fault_and_places_are_right(self, text):
        found = find(text, today=TODAY)
        assert all(text[f.start : f.end] == f.snippet and f.snippet for f in found)
        assert all(one.end <= other.start for one, other in pairwise(found))

    @given(st.text(alphabet="abcdefghijklmnop ,.!?\n😀", max_size=300))
    def test_words_without_figures_and_signs_are_never_pointed_at(self, text):
        assert find(text, today=TODAY) == []

    def test_the_longest_text_takes_no_time_to_speak_of(self):
        for piece in ("1 ", "1", "a@", "E1", "- ", "07700 900123 ", "1/1/50 "):
            started = datetime.datetime.now(tz=datetime.UTC)
            find(piece * (10_000 // len(piece)), today=TODAY)
            assert (datetime.datetime.now(tz=datetime.UTC) - started).total_seconds() < 5
