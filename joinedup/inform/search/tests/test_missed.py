"""What people looked for in vain is counted without telling who they are."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.dataprotection.actions import forget_due
from joinedup.foundation.permissions import System
from joinedup.inform.search import actions, hurry, missed
from joinedup.inform.search.asking import understand
from joinedup.inform.search.models import MissedSearch

pytestmark = pytest.mark.django_db


def look(text: str, path: str = "/search/", **more: str) -> None:
    hurry.forget()
    assert Client().get(path, {"q": text, **more}).status_code == 200


def on(day: datetime.date, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda: day)
        actions.note_missed(question=understand(text), language="en")


def test_ordinary_words_nobody_has_written_about_are_kept_with_day_language_and_count() -> None:
    look("Dentist!")
    look("dentist ")
    row = MissedSearch.objects.get()
    assert (row.words, row.language, row.day, row.times) == ("dentist", "en", timezone.localdate(), 2)


def test_what_was_found_is_not_kept(indexed: Callable[..., None]) -> None:
    indexed("Dentists", "teeth")
    for text in ("dentist", "denitst", "teeth", ""):
        look(text)
    assert not MissedSearch.objects.exists()


def test_a_search_of_which_one_word_was_not_found_is_kept(indexed: Callable[..., None]) -> None:
    indexed("Hospital", "Wards")
    look("hospital parking")
    assert MissedSearch.objects.get().words == "hospital parking"


def test_a_bengali_word_is_kept_too() -> None:
    look("দাঁতের ব্যথা", "/bn/search/")
    assert MissedSearch.objects.get(language="bn").words == "দাঁতের ব্যথা"


@pytest.mark.parametrize(
    "text",
    [
        "dentist anna@example.org",
        "dentist 020 7946 0123",
        "943 476 5919",
        "dentist 12345",
        "dentist e1 4dg",
        "dentist E14DG",
        "dentist " * 9,
    ],
)
def test_what_may_tell_of_a_person_is_not_even_counted(text: str) -> None:
    look(text)
    assert not MissedSearch.objects.exists()


SENTENCE = "my mum fell and needs help at home"


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "pain after hip operation",
        "my pregnancy",
        "wife pregnant",
        "mums dementia",
        "আমার ক্যান্সার",
        "my pregnancy test",
    ],
)
def test_what_someone_tells_of_themselves_is_counted_without_its_words(
    indexed: Callable[..., None], text: str
) -> None:
    indexed("Hospital", "needs help at home after pain")
    look(text)
    assert list(MissedSearch.objects.values_list("words", "times")) == [("", 1)]


def test_it_is_kept_in_words_once_the_same_was_asked_on_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        assert set(MissedSearch.objects.values_list("words", flat=True)) <= {""}
        on(datetime.date(2026, 11, 1 + number), SENTENCE, monkeypatch)
    assert set(MissedSearch.objects.values_list("words", flat=True)) == {SENTENCE}


def test_a_search_that_was_cut_is_not_counted() -> None:
    look("a b c d e f g h i j k l zzz qqq")
    assert not MissedSearch.objects.exists()


def test_a_name_is_only_a_digest_until_it_was_asked_on_three_days(monkeypatch: pytest.MonkeyPatch) -> None:
    first = datetime.date(2026, 11, 1)
    for number in range(2):
        on(first + datetime.timedelta(days=number), "Zbigniew Quux", monkeypatch)
        on(first + datetime.timedelta(days=number), "zbigniew quux", monkeypatch)
    assert set(MissedSearch.objects.values_list("words", flat=True)) == {""}
    assert "quux" not in str(list(MissedSearch.objects.values()))
    on(first + datetime.timedelta(days=9), "Zbigniew Quux", monkeypatch)
    assert set(MissedSearch.objects.values_list("words", flat=True)) == {"zbigniew quux"}
    assert sum(MissedSearch.objects.values_list("times", flat=True)) == 5


def test_the_digest_needs_our_key(settings: object) -> None:
    here = missed.digest("zbigniew quux")
    settings.SECRET_KEY = "another" * 10  # type: ignore[attr-defined]
    assert missed.digest("zbigniew quux") != here


def test_a_flood_fills_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(missed, "MOST_A_DAY", 4)
    for number in range(9):
        look(f"zzz{'q' * number}")
    look("zzz")
    assert MissedSearch.objects.count() == 4
    assert max(MissedSearch.objects.values_list("times", flat=True)) == 2


def test_turning_the_page_or_asking_literally_counts_nothing() -> None:
    look("dentist", page="2")
    look("dentist", exact="1")
    Client().head("/search/?q=dentist")
    assert not MissedSearch.objects.exists()


def test_rows_go_after_ninety_days(monkeypatch: pytest.MonkeyPatch) -> None:
    today = timezone.localdate()
    for days in (0, 90, 91, 400):
        on(today - datetime.timedelta(days=days), "dentist", monkeypatch)
    rules = {kept.rule.key: kept.count for kept in forget_due(by=System("test"))}
    assert rules["inform_search.missed_search"] == 2
    assert MissedSearch.objects.count() == 2


def test_editors_see_what_was_missed_the_most_frequent_first(
    editor: object, client_for: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    look("parking")
    for days in range(2):
        on(timezone.localdate() - datetime.timedelta(days=days), "dentist", monkeypatch)
    look("zbigniew quux")
    html = client_for(editor).get("/workspace/search/").content.decode()
    assert html.index(">dentist<") < html.index(">parking<")
    assert "quux" not in html
    assert "1 search is counted without its words" in html
    assert "/workspace/search/" in client_for(editor).get("/workspace/").content.decode()


def test_strangers_and_other_staff_do_not(
    stranger: object, officer: object, client_for: Callable[..., Client]
) -> None:
    assert Client().get("/workspace/search/").status_code == 302
    assert client_for(stranger).get("/workspace/search/").status_code == 403
    assert client_for(officer).get("/workspace/search/").status_code == 403
