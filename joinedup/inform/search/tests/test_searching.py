"""The page of results, as a visitor sees it."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.inform.search import hurry
from joinedup.inform.search.jobs import build

Put = Callable[..., None]
pytestmark = pytest.mark.django_db


def search(text: str, path: str = "/search/", **more: str) -> str:
    answer = Client().get(f"{path}?{urlencode({'q': text, **more})}")
    assert answer.status_code == 200
    return answer.content.decode()


def hrefs(html: str) -> list[str]:
    return re.findall(r'jo-results__title"><a href="([^"]+)"', html)


def test_an_empty_search_shows_the_box_and_popular_ways_in() -> None:
    html = search("  ")
    assert 'role="search"' in html
    assert 'href="/have-your-say/"' in html
    assert hrefs(html) == []


def ways_in(path: str) -> list[str]:
    html = Client().get(path).content.decode()
    return re.findall(r'<li><a href="([^"]+)"', html.split("What many people")[-1].split("</ul>")[0])


def test_the_empty_search_offers_help_and_the_first_ways_in_and_no_others(indexed: Put) -> None:
    always = ["/contact/#find-help", "/have-your-say/", "/newsletter/", "/my-area/", "/sitemap/"]
    assert ways_in("/search/") == always
    for name in ("news", "events"):
        indexed(name.title(), href=f"/{name}/")
    assert ways_in("/search/") == [*always[:2], "/news/", "/events/", *always[2:]]


def test_the_first_ways_in_lead_to_the_reader_s_language_where_they_stand_in_it(indexed: Put) -> None:
    indexed("News", href="/news/")
    indexed("অনুষ্ঠান", key="test.thing:e:bn", language="bn", href="/bn/events/")
    html = Client().get("/bn/search/").content.decode().split("<main")[1]
    assert 'href="/bn/have-your-say/"' in html
    assert 'href="/bn/events/"' in html
    assert 'href="/news/" hreflang="en"' in html


def test_titles_and_texts_are_found_and_the_words_marked(indexed: Put) -> None:
    indexed("Falls clinic", "A nurse checks your balance and your shoes at home.")
    html = search("balance nurses")
    assert hrefs(html) == ["/falls-clinic/"]
    assert "A <mark>nurse</mark> checks your <mark>balance</mark>" in html
    assert "Programme" in html
    assert "1 result" in html


def test_what_stands_in_a_text_is_never_taken_for_markup(indexed: Put) -> None:
    indexed("<b>Falls</b> & <script>alert(1)</script>", "x <img src=x onerror=alert(1)> balance <mark>")
    html = search("falls balance")
    main = html.split("<main")[1]
    assert "<script>alert" not in main
    assert "<img" not in main
    assert "&lt;b&gt;<mark>Falls</mark>&lt;/b&gt;" in main


def test_what_was_typed_is_never_taken_for_markup() -> None:
    html = search('"><script>alert(1)</script>')
    assert "<script>alert" not in html
    assert "We found nothing" in html


def test_a_word_in_the_title_comes_before_one_in_the_text(indexed: Put) -> None:
    indexed("Something else", "here are falls and balance " * 3)
    indexed("Falls", "a clinic")
    assert hrefs(search("falls")) == ["/falls/", "/something-else/"]


def test_the_page_s_language_comes_first_and_the_other_under_its_name(indexed: Put) -> None:
    indexed("NHS newsletter", "nhs nhs nhs")
    indexed("এনএইচএস NHS", "খবর", key="test.thing:b:bn", language="bn", href="/bn/nhs/")
    assert hrefs(search("nhs")) == ["/nhs-newsletter/", "/bn/nhs/"]
    html = search("nhs", "/bn/search/")
    assert hrefs(html) == ["/bn/nhs/", "/nhs-newsletter/"]
    assert html.index("/bn/nhs/") < html.index("In English") < html.index("/nhs-newsletter/")


def test_no_heading_is_left_out(indexed: Put) -> None:
    indexed("NHS newsletter", "nhs")
    indexed("এনএইচএস NHS", "খবর", key="test.thing:b:bn", language="bn", href="/bn/nhs/")
    main = search("nhs").split("<main")[1].split("</main>")[0]
    assert re.findall(r"<(h\d)", main) == ["h1", "h2", "h2", "h3"]


def test_what_is_over_says_so_in_its_language_and_comes_after_what_can_be_used(indexed: Put) -> None:
    now = timezone.now()
    indexed("Falls team", "falls " * 9, over_from=now - timedelta(days=9))
    indexed("Falls meeting", "falls " * 9, over_from=now + timedelta(days=9))
    indexed("Help", "balance", summary="A clinic for falls")
    html = search("falls")
    assert hrefs(html) == ["/falls-meeting/", "/help/", "/falls-team/"]
    assert html.count("· <strong>Ended</strong>") == 1
    assert "Programme · <strong>Ended</strong>" in html
    indexed("পড়ে যাওয়া", key="test.thing:f:bn", language="bn", href="/bn/f/", over_from=now)
    assert "· <strong>শেষ হয়েছে</strong>" in search("যাওয়া", "/bn/search/")


def test_what_is_over_comes_first_for_whoever_asks_for_it_by_name(indexed: Put) -> None:
    over = timezone.now() - timedelta(days=9)
    indexed("Balance team", "falls " * 9, over_from=over)
    indexed("Programme for falls", "balance", over_from=over)
    indexed("Clinic", summary="balance and falls")
    for named in ("the balance team", "balence team"):
        assert hrefs(search(named))[0] == "/balance-team/", named
    assert hrefs(search("falls"))[0] == "/programme-for-falls/"
    assert hrefs(search("balance"))[0] == "/clinic/"


def test_a_slip_is_set_right_and_said_so_with_the_way_back(indexed: Put) -> None:
    indexed("Hospital", "Wards")
    html = search("hosiptal")
    assert hrefs(html) == ["/hospital/"]
    assert "Showing results for <strong>hospital</strong>" in html
    assert "Search instead for “hosiptal”" in html
    assert 'href="?q=hosiptal&amp;exact=1"' in html
    literally = search("hosiptal", exact="1")
    assert hrefs(literally) == []
    assert "Showing results" not in literally


def test_a_slip_in_bengali_is_set_right(indexed: Put) -> None:
    indexed("হাসপাতাল", "সেবা", key="test.thing:h:bn", language="bn", href="/bn/h/")
    html = search("হাসপাতল", "/bn/search/")
    assert hrefs(html) == ["/bn/h/"]
    assert "<strong>হাসপাতাল</strong>" in html


def test_a_bengali_word_is_found_by_another_form_of_it(indexed: Put) -> None:
    indexed("নিউজলেটার", "খবর", key="test.thing:n:bn", language="bn", href="/bn/n/")
    html = search("নিউজলেটারের", "/bn/search/")
    assert hrefs(html) == ["/bn/n/"]
    assert "<mark>নিউজলেটার</mark>" in html


def test_words_people_say_are_understood(indexed: Put) -> None:
    indexed("Emergency", "A&E is for emergencies")
    for said in ("A&E", "a and e", "casualty"):
        assert hrefs(search(said)) == ["/emergency/"], said


def test_the_last_word_may_be_half_typed(indexed: Put) -> None:
    indexed("Physiotherapy", "strong legs")
    assert hrefs(search("physio")) == ["/physiotherapy/"]


def test_nothing_found_says_so_kindly_with_what_to_do() -> None:
    html = search("zzzzqqq")
    assert "We found nothing for “zzzzqqq”" in unescape(html)
    for way in ("020 7946 0123", "/sitemap/", "/have-your-say/", "999"):
        assert way in html


@pytest.mark.parametrize("text", ["balance " + "x" * 250, "balance " * 40, "balance and strength " * 5])
def test_a_long_question_is_cut_and_that_is_said(indexed: Put, text: str) -> None:
    indexed("Balance", "strength")
    html = search(text)
    assert hrefs(html) == ["/balance/"]
    assert "That was a long search. We looked for the first part of it." in html
    assert "That was a long search" not in search("balance and strength")


@pytest.mark.parametrize("text", ["x" * 199, "x" * 200, "x" * 900, "!?", "😀"])
def test_what_holds_no_word_is_answered_not_passed_over(text: str) -> None:
    assert "We found nothing for" in search(text)
    assert ("That was a long search" in search(text)) is (len(text) >= 200)


def test_a_word_no_page_has_is_named(indexed: Put) -> None:
    indexed("Hospital", "Wards")
    assert "No page here has this word: zzzzqqq." in search("hospital zzzzqqq")


def test_results_come_in_pages(indexed: Put) -> None:
    for number in range(23):
        indexed(f"Clinic {number:02}", "balance")
    seen = []
    for page in ("1", "2", "3"):
        html = search("balance", page=page)
        assert "23 results" in html
        seen += hrefs(html)
    assert len(seen) == len(set(seen)) == 23
    assert '<a href="?q=balance&amp;page=2">' in search("balance")
    assert hrefs(search("balance", page="999")) == hrefs(search("balance", page="3"))
    assert hrefs(search("balance", page="x")) == hrefs(search("balance"))


def test_one_address_is_shown_once(indexed: Put) -> None:
    indexed("Newsletter", "by email", key="test.thing:1:en", href="/n/")
    indexed("Newsletter page", "by email", key="test.thing:2:en", href="/n/")
    assert hrefs(search("newsletter")) == ["/n/"]


def test_the_words_a_door_is_found_by_are_not_shown() -> None:
    build()
    html = search("unsubscribe")
    assert "/newsletter/" in hrefs(html)
    assert "join the mailing list" not in html


def test_search_engines_stay_out_and_no_cookie_is_set(indexed: Put) -> None:
    answer = Client().get("/search/?q=x")
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert "no-store" not in Client().get("/search/").headers.get("Cache-Control", "")
    assert Client().post("/search/", {"q": "x"}).status_code == 405


def test_the_box_stands_on_every_public_page_and_leads_to_its_own_language() -> None:
    for path, action in (("/newsletter/", "/search/"), ("/bn/newsletter/", "/bn/search/")):
        html = Client().get(path).content.decode()
        assert html.count('role="search"') == 1
        assert f'role="search" action="{action}"' in html
    assert 'role="search"' not in Client().get("/account/login/").content.decode()


def test_no_more_than_twelve_queries(indexed: Put) -> None:
    for number in range(30):
        indexed(f"Clinic {number}", "balance and strength")
    client = Client()
    client.get("/search/")
    for text in ("balance", "blaance strenght", "zzzz", "dentist balance", "a and e", "ব্যথা"):
        hurry.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": text})
        assert len(queries) <= 12, (text, [q["sql"][:80] for q in queries])


def test_too_many_searches_in_a_hurry_are_asked_to_wait(
    settings: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hurry, "WITHIN", 600.0)  # however slow the machine is
    settings.RATES = {**settings.RATES, "search.look": (3, 600)}  # type: ignore[attr-defined]
    client = Client()
    answers = [client.get("/search/?q=x").status_code for _ in range(hurry.FREE + 4)]
    assert answers == [200] * (hurry.FREE + 3) + [429]
    last = client.get("/search/?q=x")
    assert last.headers["Retry-After"] == "600"
    assert "Please wait a few minutes" in last.content.decode()
    assert client.get("/search/").status_code == 200
    assert Client(REMOTE_ADDR="10.9.9.9").get("/search/?q=x").status_code == 200
