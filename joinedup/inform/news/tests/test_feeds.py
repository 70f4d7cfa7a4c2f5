"""The Atom feeds, read back with a parser that knows nothing of how they were written."""

import datetime
from xml.etree import ElementTree

import pytest
from django.test import Client

from joinedup.inform.news.factories import post
from joinedup.inform.news.models import NewsPostPage

pytestmark = pytest.mark.usefixtures("site")
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client: Client, address: str = "/news/feed/") -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(answer.content)


def titles(feed: ElementTree.Element) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_it_has_everything_that_rfc_4287_asks_for(client: Client, settings: object) -> None:
    page = post("One", lead="The line.", date=datetime.date(2026, 11, 2))
    feed = read(client)
    base = settings.SITE_URL  # type: ignore[attr-defined]
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == f"{base}/news/feed/"
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {"alternate": f"{base}/news/", "self": f"{base}/news/feed/"}
    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"urn:uuid:{page.translation_key}"
    assert entry.findtext(f"{ATOM}summary") == "The line."
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"{base}{page.url}"
    updated = datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
    assert updated == page.last_published_at
    assert feed.findtext(f"{ATOM}updated") == entry.findtext(f"{ATOM}updated")


def test_an_edit_raises_the_time_and_keeps_the_id(client: Client) -> None:
    page = post("One")
    before = next(read(client).iter(f"{ATOM}entry"))
    page.title, page.slug = "Renamed", "renamed"
    page.save_revision().publish()
    NewsPostPage.objects.filter(pk=page.pk).update(
        last_published_at=page.first_published_at + datetime.timedelta(hours=1)
    )
    after = next(read(client).iter(f"{ATOM}entry"))
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert (after.findtext(f"{ATOM}updated") or "") > (before.findtext(f"{ATOM}updated") or "")
    assert after.findtext(f"{ATOM}published") == before.findtext(f"{ATOM}published")


def test_there_is_one_for_each_place_topic_and_kind(client: Client) -> None:
    post("Bow", kind="locality", places=["north-east"], topics=("care-at-home",))
    post("Brief", kind="briefing")
    assert titles(read(client, "/news/feed/place/north-east/")) == ["Bow"]
    assert titles(read(client, "/news/feed/topic/care-at-home/")) == ["Bow"]
    assert titles(read(client, "/news/feed/kind/briefing/")) == ["Brief"]
    assert titles(read(client, "/news/feed/place/south-east/")) == []


@pytest.mark.parametrize("wrong", ["place/nowhere", "topic/nothing", "kind/gossip", "author/amina"])
def test_a_feed_that_nobody_offers_is_not_found(client: Client, wrong: str) -> None:
    assert client.get(f"/news/feed/{wrong}/").status_code == 404


def test_each_list_names_its_feed(client: Client) -> None:
    post("Bow", kind="locality", places=["north-east"])
    assert 'href="/news/feed/place/north-east/"' in client.get("/news/?place=north-east").content.decode()
    assert 'type="application/atom+xml"' in client.get("/news/").content.decode()


def test_signs_that_xml_must_not_hold_do_not_break_it(client: Client) -> None:
    page = post("One")
    NewsPostPage.objects.filter(pk=page.pk).update(lead="bell \x07 and <b>&amp;</b>")
    (entry,) = read(client).iter(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "bell  and <b>&amp;</b>"


def test_an_empty_feed_is_whole_too(client: Client) -> None:
    assert read(client).findtext(f"{ATOM}updated") == "2026-01-01T00:00:00+00:00"
