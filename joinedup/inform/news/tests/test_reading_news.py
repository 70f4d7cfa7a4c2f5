"""The list of news: newest first, in pages, narrowed by plain links, and by month."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.organisations.models import Organisation
from joinedup.inform.news.factories import post
from joinedup.inform.news.models import NewsIndexPage, NewsPostPage
from joinedup.inform.newsletter.models import Topic

pytestmark = pytest.mark.usefixtures("site")


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def shown(html: str) -> list[str]:
    """The titles in the list, in their order."""
    import re

    return re.findall(r'jo-card__heading"><a href="[^"]+">([^<]+)</a>', html)


def test_the_newest_post_stands_first(client: Client) -> None:
    post("Old", date=day("2026-09-01"))
    post("New", date=day("2026-11-01"))
    post("Middle", date=day("2026-10-01"))
    assert shown(text(client, "/news/")) == ["New", "Middle", "Old"]


def test_a_draft_is_on_no_list(client: Client) -> None:
    post("Draft").unpublish()
    assert "Draft" not in text(client, "/news/")
    assert "Draft" not in text(client, "/news/feed/")


def test_ten_posts_a_page_and_the_rest_on_the_next(client: Client) -> None:
    for number in range(12):
        post(f"Post {number}", date=day("2026-10-01") + datetime.timedelta(days=number))
    assert len(shown(text(client, "/news/"))) == 10
    assert shown(text(client, "/news/?page=2")) == ["Post 1", "Post 0"]
    for wrong in ("0", "3", "x", "-1"):
        assert client.get(f"/news/?page={wrong}").status_code == 404


@pytest.fixture
def three(site: None) -> None:
    post("Bow", kind="locality", places=["north-east"], topics=("care-at-home",), date=day("2026-11-03"))
    post("Wapping", kind="locality", places=["south-west"], date=day("2026-10-03"))
    post("Briefing", kind="briefing", topics=("care-at-home",), date=day("2026-10-20"))


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("place=north-east", ["Bow"]),
        ("topic=care-at-home", ["Bow", "Briefing"]),
        ("kind=locality", ["Bow", "Wapping"]),
        ("kind=briefing", ["Briefing"]),
        ("kind=locality&topic=care-at-home", ["Bow"]),
        ("place=south-west&topic=care-at-home", []),
        ("utm_source=mail", ["Bow", "Briefing", "Wapping"]),
    ],
)
def test_each_choice_narrows_the_list(client: Client, query: str, titles: list[str]) -> None:
    assert shown(text(client, f"/news/?{query}")) == titles


@pytest.mark.usefixtures("three")
def test_choices_are_links_with_how_much_is_behind_them(client: Client) -> None:
    html = text(client, "/news/?kind=locality")
    assert '<a href="/news/?kind=locality&amp;place=north-east">North East</a> (1)' in html
    assert '<a href="/news/?place=north-east' not in html  # the kind that was chosen stays chosen
    assert '<a href="/news/">All</a>' in html
    assert "Children and families" not in html, "a choice that leads to nothing is not offered"


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("query", ["place=nowhere", "topic=nothing", "kind=gossip", "place=%00"])
def test_a_choice_that_nobody_offers_is_not_found(client: Client, query: str) -> None:
    assert client.get(f"/news/?{query}").status_code == 404


@pytest.mark.usefixtures("three")
def test_the_briefings_have_a_list_of_their_own(client: Client) -> None:
    assert shown(text(client, "/news/chairs-briefing/")) == ["Briefing"]


@pytest.mark.usefixtures("three")
def test_each_month_has_a_list_and_only_months_with_news_do(client: Client) -> None:
    assert shown(text(client, "/news/2026/10/")) == ["Briefing", "Wapping"]
    assert '<a href="/news/2026/10/">October 2026</a> (2)' in text(client, "/news/")
    for empty in ("2026/9", "2026/13", "2026/0", "1/1"):
        assert client.get(f"/news/{empty}/").status_code == 404


@pytest.mark.usefixtures("three")
def test_a_list_narrowed_twice_is_not_for_search_engines(client: Client) -> None:
    assert "noindex" in text(client, "/news/?kind=locality&place=north-east")
    assert "noindex" not in text(client, "/news/?place=north-east")


def test_a_briefing_shows_its_three_parts(client: Client) -> None:
    page = post("B", kind="briefing", decisions="<p>One.</p>", heard="<p>Two.</p>", coming="<p>Three.</p>")
    html = text(client, page.url)
    headings = ["What the board decided", "What we heard from people", "What comes next"]
    assert [html.index(heading) for heading in headings] == sorted(html.index(h) for h in headings)
    assert "From: Chair of the board" in " ".join(html.split())


def problems(**fields: object) -> set[str]:
    page = NewsPostPage(title="T", slug="t", author_role="Team", **fields)
    with pytest.raises(ValidationError) as caught:
        page.clean()
    return set(caught.value.message_dict)


def test_what_does_not_fit_the_kind_is_said_beside_the_field() -> None:
    assert problems(kind="briefing") == {"decisions"}
    assert problems(kind="news", heard="<p>x</p>") == {"kind"}
    assert problems(kind="locality") == {"places"}


def test_a_post_cannot_take_the_address_of_a_list() -> None:
    page = NewsPostPage(title="T", slug="chairs-briefing", author_role="Team")
    with pytest.raises(ValidationError, match="Choose another"):
        page.clean()


def test_a_place_that_is_gone_from_the_settings_stays_readable(client: Client) -> None:
    page = post("Old place", places=["harbour"], kind="locality")
    assert "harbour" in text(client, page.url) or "harbour" in text(client, "/news/")


def test_a_list_of_ten_and_a_full_post_cost_at_most_twelve_queries(
    client: Client, barts: Organisation, settings: object
) -> None:
    settings.PAGE_CACHE = False  # type: ignore[attr-defined]
    slugs = tuple(Topic.objects.values_list("slug", flat=True))
    posts = [
        post(f"Post {n}", topics=slugs, places=["north-east"], author_organisation=barts) for n in range(11)
    ]
    for address in ("/news/", "/news/?place=north-east", f"/news/{posts[0].date:%Y/%-m}/", posts[0].url):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        assert len(queries) <= 12, (address, len(queries))


def test_a_page_of_news_carries_neither_cookie_nor_token(client: Client) -> None:
    post("One")
    answer = client.get("/news/")
    assert answer.cookies == {}
    assert b"csrfmiddlewaretoken" not in answer.content


def test_every_page_can_be_searched_for_by_its_words() -> None:
    for model in (NewsIndexPage, NewsPostPage):
        assert {"title", "lead", "body"} <= {field.field_name for field in model.search_fields}
