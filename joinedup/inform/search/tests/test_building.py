"""Building the index: what is right stays untouched, what is missing or left over is put right."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.freshness.actions import current
from joinedup.inform.pages.models import ContentPage
from joinedup.inform.search import actions
from joinedup.inform.search.jobs import build, sweep
from joinedup.inform.search.models import Entry, Word
from joinedup.inform.search.tests.conftest import thing

pytestmark = pytest.mark.django_db


def counts() -> dict[tuple[str, str], int]:
    return {(w.language, w.word): w.entries for w in Word.objects.all()}


def test_a_second_build_changes_nothing(published: Callable[..., ContentPage]) -> None:
    published("Falls clinic", "<p>Balance</p>")
    build()
    before, stamp = list(Entry.objects.order_by("pk").values()), current()
    again = build()
    assert (again.changed, again.removed) == (0, 0)
    assert list(Entry.objects.order_by("pk").values()) == before
    assert current() == stamp


def test_the_command_says_what_it_did(published: Callable[..., ContentPage]) -> None:
    out = StringIO()
    call_command("build_search_index", stdout=out)
    assert "can be found" in out.getvalue()


def test_what_was_missed_is_found_by_the_sweep(published: Callable[..., ContentPage]) -> None:
    published("Falls clinic")
    build()
    right = counts()
    Entry.objects.filter(title="Falls clinic").delete()
    Word.objects.filter(word="clinic").update(entries=40)
    actions.put(thing=thing("Left over"))
    assert sweep.func() == 2
    assert Entry.objects.filter(title="Falls clinic").exists()
    assert not Entry.objects.filter(title="Left over").exists()
    assert counts() == right


def test_doors_are_found_in_the_languages_they_stand_in() -> None:
    build()
    doors = Entry.objects.filter(key__startswith="inform_search.door")
    hrefs = set(doors.values_list("href", flat=True))
    assert {"/newsletter/", "/bn/newsletter/", "/about/partnership/"} <= hrefs
    assert "/bn/about/partnership/" not in hrefs


def test_words_are_counted_once_a_text_and_follow_each_change() -> None:
    actions.put(thing=thing("Falls", "falls and falls"))
    actions.put(thing=thing("More falls", "balance"))
    assert counts()["en", "falls"] == 2
    actions.put(thing=thing("More falls", "strength"))
    assert ("en", "balance") not in counts()
    actions.drop(key=thing("Falls").key)
    assert counts()["en", "falls"] == 1
    kept = counts()
    assert actions.recount() == 0
    assert counts() == kept


def test_one_change_costs_the_same_however_much_is_there(django_assert_max_num_queries: Callable) -> None:
    def cost(title: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            actions.put(thing=thing(title, "the same words"))
        return len(queries)

    first = cost("First")
    for number in range(20):
        actions.put(thing=thing(f"More {number}", "the same words"))
    assert cost("Last") <= first


def test_a_huge_text_is_taken_in_as_far_as_the_database_allows() -> None:
    body = " ".join(f"ক{'খ' * (number % 30)}{chr(0x995 + number % 20)}{number}" for number in range(60_000))
    actions.put(thing=thing("Huge", body))
    assert Entry.objects.get().title == "Huge"
