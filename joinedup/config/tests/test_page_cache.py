"""The page cache: readers share a page, nobody gets another's, and a change shows at once."""

import datetime
import gzip
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, Site

from joinedup.config.pagecache import Kept, Shelf, may_be_kept, page_cache, shelf
from joinedup.foundation.freshness.actions import bump, current
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations import actions as organisations
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.inform.pages import actions
from joinedup.inform.pages.models import ContentPage, HomePage, Notice

pytestmark = pytest.mark.django_db
BY = System("tests")


@pytest.fixture(autouse=True)
def _site(db: None) -> None:
    """A small site: a first page and one under it."""
    home = HomePage(title="Together", slug="home", search_description="x", body=[])
    actions.open_site(home=home, by=BY)
    put("About")
    shelf.clear()


def drawn_by_rest(client: Client, path: str = "/") -> int:
    """Queries of one reading; a kept page costs the stamp alone."""
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


def put(title: str, **fields: Any) -> ContentPage:
    home = HomePage.objects.get()
    page = ContentPage(title=title, slug=title.lower(), search_description="x", show_in_menus=True, **fields)
    actions.put_page(page=page, parent=home, by=BY)
    return page


def cache_rows() -> list[str]:
    """Kept pages in the shared cache."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM joinedup_cache WHERE cache_key LIKE '%page:%'")
        return [key for (key,) in cursor.fetchall()]


class TestReadersShareAPage:
    def test_the_second_reader_costs_one_query(self) -> None:
        assert drawn_by_rest(Client()) > 2
        assert drawn_by_rest(Client()) == 1

    def test_a_page_of_a_list_is_kept_too(self) -> None:
        Client().get("/about/?page=1")
        assert drawn_by_rest(Client(), "/about/?page=1") == 1

    @pytest.mark.parametrize(
        "path", ["/about/?x=1", "/?fbclid=abc", "/colours.css?n=1", "/about/?page=1&x=1"]
    )
    def test_questions_that_someone_made_up_are_not_kept(self, path: str) -> None:
        for _reading in range(2):
            answer = Client().get(path)
            assert "ETag" not in answer.headers
            assert answer.status_code == 200
        assert not cache_rows()

    def test_a_question_is_kept_in_this_process_only(self) -> None:
        Client().get("/about/?page=1")
        assert not cache_rows()
        Client().get("/about/")
        assert cache_rows()

    def test_a_page_from_the_future_is_not_believed(self) -> None:
        Client().get("/about/")
        [key] = shelf._pages
        forged = Kept(b"forged", b"", (), '"t"', time.time() + 3600)
        cache.set(key, forged, 60)
        shelf.clear()
        assert b"forged" not in Client().get("/about/").content

    def test_the_faces_share_nothing(self, settings: Any) -> None:
        Client().get("/about/")
        settings.FACE = "public"
        assert drawn_by_rest(Client(), "/about/") > 2

    def test_another_process_finds_it_in_the_shared_cache(self) -> None:
        first = Client().get("/").content
        shelf.clear()  # as if the process had just started
        with CaptureQueriesContext(connection) as queries:
            assert Client().get("/").content == first
        assert all("joinedup_cache" in q["sql"] or "freshness" in q["sql"] for q in queries)

    def test_each_language_is_an_address_of_its_own(self) -> None:
        assert b'lang="en"' in Client().get("/sitemap/").content
        Client().get("/")
        assert Client().get("/", headers={"Accept-Language": "bn"}).content == Client().get("/").content

    def test_it_travels_compressed_and_plain(self) -> None:
        plain = Client().get("/")
        packed = Client().get("/", headers={"Accept-Encoding": "gzip"})
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert "Accept-Encoding" in plain.headers["Vary"]

    def test_a_reader_who_has_it_gets_no_body(self) -> None:
        tag = Client().get("/").headers["ETag"]
        again = Client().get("/", headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")

    def test_the_policies_stand_on_a_kept_page(self) -> None:
        first, second = Client().get("/"), Client().get("/")
        for name in (
            "Content-Security-Policy",
            "X-Content-Type-Options",
            "Referrer-Policy",
            "Content-Language",
        ):
            assert second.headers[name] == first.headers[name]

    def test_head_gets_the_same_headers_and_no_words(self) -> None:
        shown = Client().get("/")
        head = Client().head("/")
        assert (head.content, head.headers["ETag"]) == (b"", shown.headers["ETag"])


class TestNobodyGetsAnothers:
    def test_a_page_drawn_for_someone_signed_in_is_not_kept(
        self, editor: User, client_for: Callable[..., Client]
    ) -> None:
        signed_in = client_for(editor)
        signed_in.get("/about/")
        assert drawn_by_rest(Client(), "/about/") > 2

    def test_someone_signed_in_is_answered_anew(
        self, editor: User, client_for: Callable[..., Client]
    ) -> None:
        Client().get("/about/")
        assert drawn_by_rest(client_for(editor), "/about/") > 2

    @pytest.mark.parametrize("path", ["/newsletter/", "/have-your-say/", "/have-your-say/your-reference/"])
    def test_a_page_with_a_form_is_not_kept(self, path: str) -> None:
        first, second = Client().get(path), Client().get(path)
        assert "ETag" not in second.headers
        assert "no-store" in first.headers["Cache-Control"]

    def test_what_was_asked_with_any_cookie_is_not_kept(self) -> None:
        client = Client()
        client.cookies["csrftoken"] = "x" * 32
        client.get("/about/")
        assert drawn_by_rest(Client(), "/about/") > 2

    def test_no_kept_page_holds_a_token(self) -> None:
        for path in ("/", "/about/", "/sitemap/", "/about/partnership/", "/my-area/north-west/"):
            response = Client().get(path)
            assert "ETag" in response.headers, path
            assert b"csrfmiddlewaretoken" not in response.content
            assert not response.cookies

    def test_the_workspace_is_never_asked_of_the_cache(self) -> None:
        assert "ETag" not in Client().get("/account/login/").headers

    @pytest.mark.parametrize(
        "response",
        [
            HttpResponse(status=404),
            HttpResponse(headers={"Cache-Control": "no-store"}),
            HttpResponse(headers={"Content-Type": "image/png"}),
            HttpResponse(b"x" * 1_000_001),
        ],
    )
    def test_some_answers_are_not_kept(self, response: HttpResponse) -> None:
        request: HttpRequest = RequestFactory().get("/")
        assert may_be_kept(request, HttpResponse())
        assert not may_be_kept(request, response)

    def test_an_answer_that_sets_a_cookie_is_not_kept(self) -> None:
        response = HttpResponse()
        response.set_cookie("x", "y")
        assert not may_be_kept(RequestFactory().get("/"), response)

    def test_two_hosts_share_nothing(self, settings: Any) -> None:
        settings.ALLOWED_HOSTS = ["a.example", "b.example"]
        calls = []

        def rest(request: HttpRequest) -> HttpResponse:
            calls.append(request.get_host())
            return HttpResponse(request.get_host())

        middleware = page_cache(rest)
        for host in ("a.example", "b.example", "a.example"):
            response = middleware(RequestFactory().get("/", headers={"Host": host}))
            assert response.content.decode() == host  # type: ignore[attr-defined]
        assert calls == ["a.example", "b.example"]

    def test_a_wrong_host_is_refused_also_when_the_page_is_kept(self) -> None:
        Client().get("/")
        assert Client().get("/", headers={"Host": "evil.example"}).status_code == 400


class TestAChangeShowsAtOnce:
    def test_publishing(self) -> None:
        Client().get("/sitemap/")
        page = put("Flu")
        assert b"Flu" in Client().get("/sitemap/").content
        page.unpublish()
        assert b"Flu" not in Client().get("/sitemap/").content

    def test_going_live_on_schedule(self) -> None:
        home = HomePage.objects.get()
        page = ContentPage(title="Later", slug="later", search_description="x", live=False)
        home.add_child(instance=page)
        page.go_live_at = timezone.now() - datetime.timedelta(seconds=1)
        page.save_revision(approved_go_live_at=page.go_live_at)
        assert b"Later" not in Client().get("/sitemap/").content
        call_command("publish_scheduled", verbosity=0)
        assert b"Later" in Client().get("/sitemap/").content

    def test_moving_and_deleting(self) -> None:
        page = put("Flu")
        assert b'href="/flu/"' in Client().get("/sitemap/").content
        page.move(Page.objects.get(slug="about", locale__language_code="en"), pos="last-child")
        assert b'href="/about/flu/"' in Client().get("/sitemap/").content
        Page.objects.get(pk=page.pk).delete()
        assert b"Flu" not in Client().get("/sitemap/").content

    def test_a_notice_beginning_and_ending(self) -> None:
        Client().get("/")
        actions.show_notice(title="Flood", body="x", link_text="", link_href="", ends_at=None, by=BY)
        assert b"Flood" in Client().get("/").content
        actions.end_notice(by=BY)
        assert b"Flood" not in Client().get("/").content

    def test_an_organisation(self, barts: Organisation) -> None:
        organisations.start_membership(
            organisation=barts,
            started_latest=datetime.date(2020, 1, 1),
            started_words="by 2019",
            started_source="Invented",
            by=BY,
        )
        assert b"Barts Health NHS Trust" in Client().get("/about/partnership/").content
        barts.name = "Barts Renamed"
        barts.save()
        assert b"Barts Renamed" in Client().get("/about/partnership/").content

    def test_the_site_itself(self) -> None:
        before = current()
        Site.objects.get().save()
        assert current() > before

    def test_what_is_rolled_back_does_not_count(self) -> None:
        before = current()
        with transaction.atomic():
            bump()
            transaction.set_rollback(True)
        assert current() == before

    def test_rows_nobody_is_shown_do_not_count(self, editor: User) -> None:
        before = current()
        editor.save()
        assert current() == before

    def test_every_model_that_says_so_raises_the_stamp(self) -> None:
        before = current()
        Notice.objects.create(title="x", body="x")
        assert current() == before + 1


class TestAMinute:
    def test_a_page_is_drawn_anew_after_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        now = 1000.0
        monkeypatch.setattr("joinedup.config.pagecache.time.time", lambda: now)
        Client().get("/about/")
        cache.clear()  # its clock is another one
        assert drawn_by_rest(Client(), "/about/") == 1
        now += 61
        assert drawn_by_rest(Client(), "/about/") > 2


class TestTheShelf:
    def page(self, size: int) -> Kept:
        return Kept(b"x" * size, b"", (), '"t"', 0.0)

    @pytest.fixture(autouse=True)
    def _clock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("joinedup.config.pagecache.time.time", lambda: 0.0)

    def test_throws_out_what_was_used_least(self) -> None:
        small = Shelf(self.page(50).weight * 2)
        small.put("a", self.page(40))
        small.put("b", self.page(40))
        small.get("a")
        small.put("c", self.page(40))
        assert (small.get("b"), small.get("a") is None, small.get("c") is None) == (None, False, False)

    def test_counts_a_page_once_however_often_it_is_put(self) -> None:
        small = Shelf(self.page(50).weight * 2)
        for _round in range(10):
            small.put("a", self.page(40))
        small.put("b", self.page(40))
        assert small.get("a") is not None

    def test_empty_pages_weigh_something_too(self) -> None:
        small = Shelf(100_000)
        for number in range(200):
            small.put(str(number), self.page(0))
        assert len(small._pages) < 40

    def test_holds_so_many_pages_and_no_more(self) -> None:
        small = Shelf(10**9, most_pages=3)
        for number in range(9):
            small.put(str(number), self.page(1))
        assert [small.get(str(number)) is None for number in range(9)] == [True] * 6 + [False] * 3

    def test_can_be_switched_off(self, settings: Any) -> None:
        settings.PAGE_CACHE = False
        Client().get("/")
        assert "ETag" not in Client().get("/").headers


def test_asking_for_the_headers_is_no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []
    monkeypatch.setattr("joinedup.config.pagecache.count", lambda path, agent: counted.append(path))
    Client().head("/about/")
    Client().get("/about/")
    assert counted == ["/about/"]
