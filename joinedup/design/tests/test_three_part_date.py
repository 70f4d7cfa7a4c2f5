"""A date in three boxes is read as typed; what is impossible comes back for the person to mend."""

import datetime

import pytest
from django import forms

from joinedup.design.renderer import NhsFormRenderer
from joinedup.design.tests.drawn import read
from joinedup.design.widgets import ThreePartDate


class Birthday(forms.Form):
    day = forms.DateField(label="When", widget=ThreePartDate())


def typed(day: str, month: str, year: str) -> Birthday:
    return Birthday({"day_day": day, "day_month": month, "day_year": year}, renderer=NhsFormRenderer())


@pytest.mark.parametrize("parts", [("27", "3", "1957"), (" 27 ", "03", "1957")])
def test_a_date_is_read(parts: tuple[str, str, str]) -> None:
    form = typed(*parts)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["day"] == datetime.date(1957, 3, 27)


@pytest.mark.parametrize(
    "parts",
    [("31", "2", "2020"), ("x", "3", "1957"), ("27", "", "1957"), ("-1", "3", "1957"), ("🙂", "3", "1957")],
)
def test_what_is_no_date_is_refused_and_kept(parts: tuple[str, str, str]) -> None:
    form = typed(*parts)
    assert not form.is_valid()
    page = read(form)
    assert page.one("input", id="id_day_year").attributes["value"] == parts[2]
    assert page.one("input", id="id_day_month").attributes["value"] == parts[1]
    assert page.one("input", id="id_day_day").has(class_="nhsuk-input--error")


def test_three_empty_boxes_are_no_answer() -> None:
    form = typed("", "", "")
    assert not form.is_valid()
    assert form.errors["day"] == ["This field is required."]


def test_a_known_date_fills_the_boxes() -> None:
    page = read(Birthday(initial={"day": datetime.date(1957, 3, 27)}, renderer=NhsFormRenderer()))
    assert [page.one(id=f"id_day_{part}").attributes["value"] for part in ("day", "month", "year")] == [
        "27",
        "3",
        "1957",
    ]
