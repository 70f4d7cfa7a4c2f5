"""How often pages are read: counted without knowing the reader, written in batches, shown by month."""

import csv
import datetime
import io
import threading
import time
from collections.abc import Iterator

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.pages import counts
from joinedup.inform.pages.after_actions import add_counts, forget_counts
from joinedup.inform.pages.models import HomePage, PageCount
from joinedup.inform.pages.upkeep import months_after

TODAY = datetime.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[counts.Readings]:
    counts.is_countable.cache_clear()
    readings = counts.Readings()
    monkeypatch.setattr(counts, "readings", readings)
    yield readings
    counts.is_countable.cache_clear()


def rows() -> dict[str, int]:
    return dict(PageCount.objects.values_list("path", "count"))


def test_readings_are_added_up_by_page_and_day(home: HomePage, fresh: counts.Readings) -> None:
    for path in ("/", "/about/", "/about/"):
        counts.count(path)
    assert rows() == {}
    assert fresh.write() == 3
    counts.count("/about/")
    fresh.write()
    assert rows() == {"/": 1, "/about/": 3}
    assert set(PageCount.objects.values_list("day", flat=True)) == {timezone.localdate()}


@pytest.mark.parametrize(
    "agent",
    ["", "Googlebot/2.1", "bingbot", "curl/8", "python-requests/2", "Mozilla/5.0 (compatible; AhrefsBot/7)",
     "HeadlessChrome", "UptimeMonitor"],
)  # fmt: skip
def test_programs_that_say_so_are_not_counted(agent: str, home: HomePage, fresh: counts.Readings) -> None:
    counts.count("/about/", agent)
    assert fresh.write() == 0


def test_people_are(home: HomePage, fresh: counts.Readings) -> None:
    counts.count("/about/", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140 Safari/537.36")
    assert fresh.write() == 1


@pytest.mark.parametrize(
    "path",
    ["/newsletter/preferences/secret-token/", "/newsletter/confirm/abc/", "/workspace/", "/editor/",
     "/media/images/x.png", "/account/invitation/secret/", "not-a-path",
     "/no/" + "x" * 300 + "/"],
)  # fmt: skip
def test_addresses_that_hold_a_secret_or_are_for_staff_are_never_kept(
    path: str, home: HomePage, fresh: counts.Readings
) -> None:
    counts.count(path)
    fresh.write()
    assert rows() == {}


def test_a_row_holds_a_path_a_day_and_a_number_and_nothing_else() -> None:
    assert {f.name for f in PageCount._meta.get_fields()} == {"id", "path", "day", "count"}


def test_nothing_is_lost_while_the_database_is_away(
    home: HomePage, fresh: counts.Readings, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts.count("/about/")
    with monkeypatch.context() as away:
        away.setattr(counts, "add_counts", lambda **k: (_ for _ in ()).throw(DatabaseError()))
        assert fresh.write() == 0
    counts.count("/about/")
    assert fresh.write() == 2
    assert rows() == {"/about/": 2}


def test_many_threads_lose_no_reading(fresh: counts.Readings) -> None:
    def read() -> None:
        for _turn in range(500):
            counts.count("/about/")

    threads = [threading.Thread(target=read) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(fresh._gathered.values()) == 4000


def test_a_hundred_readings_wake_the_writer(fresh: counts.Readings) -> None:
    for _turn in range(counts.EVERY_READINGS - 1):
        counts.count("/about/")
    assert not fresh._due.is_set()
    counts.count("/about/")
    assert fresh._due.is_set()


@pytest.mark.slow
def test_counting_costs_next_to_nothing(fresh: counts.Readings) -> None:
    start = time.thread_time()
    for _turn in range(20_000):
        counts.count("/about/", "Mozilla/5.0")
    assert (time.thread_time() - start) / 20_000 < 0.000_02


@pytest.fixture
def counted(home: HomePage) -> None:
    before = months_after(TODAY, -1)
    add_counts(counts={("/", TODAY): 7, ("/about/", TODAY): 3, ("/about/", before): 5, ("/gone/", before): 1})


class TestTheReport:
    @pytest.fixture(autouse=True)
    def _november(self, monkeypatch: pytest.MonkeyPatch, editor: User) -> None:
        editor.memberships.update(starts_on=datetime.date(2026, 1, 1))
        monkeypatch.setattr(timezone, "localdate", lambda *a, **k: TODAY)

    def test_it_says_how_often_this_month_and_the_last(self, counted: None, writer: Client) -> None:
        html = writer.get("/workspace/pages/read/").content.decode()
        assert "Pages were read 10 times in November 2026, and 6 times in October 2026" in html
        assert html.index(">The partnership<") < html.index(">/gone/<")
        assert '<rect width="43"' in html

    def test_as_csv(self, counted: None, writer: Client) -> None:
        text = writer.get("/workspace/pages/read.csv?month=2026-11").content.decode()
        lines = list(csv.reader(io.StringIO(text)))
        assert lines[0] == ["address", "title", "2026-11", "2026-10"]
        assert ["/about/", "The partnership", "3", "5"] in lines

    def test_a_title_is_no_formula(self, counted: None, home: HomePage, writer: Client) -> None:
        home.title = "=1+1"
        home.save()
        assert "'=1+1" in writer.get("/workspace/pages/read.csv").content.decode()

    @pytest.mark.parametrize("month", ["2026-13", "x", "2019-01", "2030-01", "٢٠٢٦-١١"])
    def test_a_month_that_is_none_or_not_kept_is_not_found(self, month: str, writer: Client) -> None:
        assert writer.get("/workspace/pages/read/", {"month": month}).status_code == 404


def test_counts_are_kept_for_25_months(home: HomePage, officer: User) -> None:
    first = months_after(TODAY, -25)
    add_counts(counts={("/", first): 1, ("/", first - datetime.timedelta(days=1)): 1})
    with pytest.raises(PermissionRefused):
        forget_counts(by=officer, today=TODAY)
    assert forget_counts(by=System("test"), today=TODAY) == 1
    assert PageCount.objects.get().day == first
