"""What other pages may show of news and events, and what a new site and the demonstration begin with."""

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from joinedup.foundation import panels
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.inform.news import sample
from joinedup.inform.news.factories import event, post
from joinedup.inform.news.models import (
    EventIndexPage,
    EventPage,
    EventSignUp,
    NewsIndexPage,
    NewsPostPage,
)

pytestmark = pytest.mark.usefixtures("site")
BY = System("test")


def drawn(key: str) -> str:
    return str(panels.draw(key, RequestFactory().get("/")))


def test_the_panels_show_the_newest_and_the_next() -> None:
    for number in range(4):
        post(f"Post {number}")
        event(f"Event {number}", in_days=number + 1, is_cancelled=number == 0, cancel_reason="x")
    news, events = drawn("latest-news"), drawn("next-events")
    assert [f"Post {n}" in news for n in range(4)] == [False, True, True, True]
    assert [f"Event {n}" in events for n in range(4)] == [False, True, True, False]
    assert 'href="/news/"' in news
    assert 'href="/events/"' in events


def test_the_page_of_an_area_shows_its_own_news_and_events(client: Client) -> None:
    post("Bow news", places=["north-east"], kind="locality")
    post("Wapping news", places=["south-west"], kind="locality")
    event("For all")
    event("Wapping walk", places=["south-west"])
    html = client.get("/my-area/north-east/").content.decode()
    assert [words in html for words in ("Bow news", "For all", "Wapping")] == [True, True, False]
    assert 'href="/news/?place=north-east"' in html


def test_a_panel_with_nothing_to_show_shows_nothing() -> None:
    assert drawn("latest-news") == drawn("next-events") == ""


def test_a_new_site_has_both_lists_once() -> None:
    assert sample.load_pages(by=BY) == 0
    assert NewsIndexPage.objects.count() == EventIndexPage.objects.count() == 1


def test_only_those_who_may_publish_put_the_lists_in_place() -> None:
    NewsIndexPage.objects.get().delete()
    with pytest.raises(PermissionRefused):
        sample.load_pages(by=VISITOR)


@pytest.fixture
def loaded(site: None) -> None:
    sample.load(by=BY)


@pytest.mark.usefixtures("loaded")
def test_everything_invented_says_so() -> None:
    for model in (NewsPostPage, EventPage):
        assert all(title.startswith("Sample: ") for title in model.objects.values_list("title", flat=True))
    for row in EventSignUp.objects.all():
        assert row.name.startswith("Sample: ")
        assert row.email.endswith("@example.org") or row.phone.startswith("+447700900")


@pytest.mark.usefixtures("loaded")
def test_the_sample_shows_every_case() -> None:
    now = timezone.now()
    assert NewsPostPage.objects.count() == 8
    assert NewsPostPage.objects.filter(kind="briefing").count() == 2
    places = {place for post in NewsPostPage.objects.all() for place in post.places}
    assert places == {"north-west", "south-west", "north-east", "south-east"}
    assert EventPage.objects.count() == 5
    assert EventPage.objects.over(now).count() == 1
    assert EventPage.objects.filter(is_cancelled=True).count() == 1
    assert EventPage.objects.filter(place_name="").exclude(online="").count() == 1
    assert any("bsl" in event.access for event in EventPage.objects.all())
    full = [e for e in EventPage.objects.exclude(max_places=None) if e.sign_ups.is_full(e.max_places)]
    assert [e.slug for e in full] == ["sample-cooking"]
    assert EventSignUp.objects.waiting().count() == 1


@pytest.mark.usefixtures("loaded")
def test_the_sample_sends_nobody_to_an_event_that_is_not_there() -> None:
    words = " ".join(post.coming + post.lead for post in NewsPostPage.objects.all())
    assert "under Events" not in words


@pytest.mark.usefixtures("loaded")
def test_loading_again_changes_nothing(client: Client) -> None:
    before = [model.objects.count() for model in (NewsPostPage, EventPage, EventSignUp)]
    sample.load(by=BY)
    assert [model.objects.count() for model in (NewsPostPage, EventPage, EventSignUp)] == before
    assert client.get("/news/").status_code == client.get("/events/").status_code == 200
