"""The pages of events: what is ahead, what is over, what is cancelled, and how they are reached."""

import datetime
import zoneinfo

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.inform.news import times
from joinedup.inform.news.factories import event, post, signed_up
from joinedup.inform.news.models import EventPage

pytestmark = pytest.mark.usefixtures("site")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return " ".join(answer.content.decode().split())


def test_the_next_event_stands_first_and_past_ones_leave_the_list(client: Client) -> None:
    event("Later", in_days=9)
    event("Sooner", in_days=2)
    event("Gone", in_days=-2)
    html = text(client, "/events/")
    assert html.index("Sooner") < html.index("Later")
    assert "Gone" not in html
    past = text(client, "/events/past/")
    assert "Gone" in past
    assert "Later" not in past


def test_an_event_under_way_is_still_on_the_list(client: Client) -> None:
    event("Now", in_days=-0.02)
    assert "Now" in text(client, "/events/")


def test_a_past_event_stays_readable_and_says_so(client: Client) -> None:
    html = text(client, event("Gone", in_days=-2).url)
    assert "This event has passed" in html
    assert "/sign-up/" not in html


def test_a_cancelled_event_says_so_and_why(client: Client) -> None:
    page = event("Off", is_cancelled=True, cancel_reason="The hall is flooded.")
    html = text(client, page.url)
    assert "This event is cancelled" in html
    assert "The hall is flooded." in html
    assert "/sign-up/" not in html
    assert "Cancelled" in text(client, "/events/")


def test_a_place_shows_its_own_events_and_those_for_all(client: Client) -> None:
    event("Bow only", places=["north-east"])
    event("Wapping only", places=["south-west"])
    event("All of it")
    html = text(client, "/events/?place=north-east")
    assert "Bow only" in html
    assert "All of it" in html
    assert "Wapping only" not in html
    assert client.get("/events/?place=nowhere").status_code == 404


def test_its_page_tells_what_people_need_to_decide(client: Client) -> None:
    page = event(
        access=["bsl", "step-free"], cost="£2", who_for="Carers", ask_phone="020 7946 0123", max_places=8
    )
    html = text(client, page.url)
    for words in ("British Sign Language", "No steps", "£2", "Carers", 'href="tel:02079460123"', "Sign up"):
        assert words in html
    assert f"/events/{page.slug}/sign-up/" in html
    assert "noindex" not in html


def test_the_day_stands_once_before_the_way_to_sign_up(client: Client) -> None:
    page = event()
    html = text(client, page.url)
    main = html[html.index("<main") :]
    assert main[: main.index("/sign-up/")].count(page.when) == 1


@pytest.mark.parametrize(("days", "heading"), [(3, "Keep it, or look at more"), (-3, "More events")])
def test_a_past_event_is_nothing_to_keep(client: Client, days: int, heading: str) -> None:
    assert f'id="next">{heading}</h2>' in text(client, event(in_days=days).url)


def test_pages_use_no_developers_words(client: Client) -> None:
    for address in ("/events/", "/news/", "/news/?place=north-east", event().url):
        html = text(client, address)
        main = html[html.index("<main") :]
        assert "iCalendar" not in main
        assert "Atom" not in main


def test_a_list_of_news_with_nothing_in_it_counts_no_order(client: Client) -> None:
    html = text(client, "/news/?place=north-east")
    assert 'id="posts">No posts</h2>' in html
    assert "posts, newest first" not in html


def test_a_full_event_offers_the_waiting_list(client: Client) -> None:
    page = event(max_places=1)
    assert "Join the waiting list" not in text(client, page.url)
    signed_up(page)
    assert "Join the waiting list" in text(client, page.url)


def test_news_and_events_lead_to_each_other(client: Client) -> None:
    post("One")
    assert 'href="/events/"' in text(client, "/news/")
    assert 'href="/news/"' in text(client, "/events/")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"end_at": datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.UTC)}, "end_at"),
        ({"place_name": "", "online": ""}, "place_name"),
        ({"is_cancelled": True}, "cancel_reason"),
        ({"sign_up_until": datetime.datetime(2026, 2, 1, tzinfo=datetime.UTC)}, "sign_up_until"),
        ({"slug": "past"}, "slug"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(fields: dict[str, object], said: str) -> None:
    start = datetime.datetime(2026, 1, 1, 10, tzinfo=datetime.UTC)
    values = {
        "start_at": start,
        "end_at": start + datetime.timedelta(hours=1),
        "place_name": "Hall",
        **fields,
    }
    with pytest.raises(ValidationError) as caught:
        EventPage(**{"title": "T", "slug": "t", "who_for": "All", **values}).clean()
    assert said in caught.value.message_dict


def test_times_are_said_as_people_say_them() -> None:
    zone = zoneinfo.ZoneInfo("Europe/London")
    ten = datetime.datetime(2026, 12, 1, 10, tzinfo=zone)
    noon = ten.replace(hour=12)
    assert times.span(ten, noon) == "Tuesday 1 December 2026, 10am to 12 noon"
    half = datetime.datetime(2026, 12, 2, 14, 30, tzinfo=zone)
    assert times.span(ten, half) == "Tuesday 1 December 2026, 10am, to Wednesday 2 December 2026, 2:30pm"


def test_summer_and_winter_events_are_said_by_the_clock_on_the_wall() -> None:
    summer = datetime.datetime(2026, 7, 1, 9, tzinfo=datetime.UTC)
    winter = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)
    assert (times.hour(summer), times.hour(winter)) == ("10am", "9am")


def test_pages_of_events_cost_at_most_twelve_queries(client: Client, settings: object) -> None:
    settings.PAGE_CACHE = False  # type: ignore[attr-defined]
    pages = [event(f"E{n}", in_days=n + 1, max_places=5, places=["north-east"]) for n in range(12)]
    event("Gone", in_days=-3)
    signed_up(pages[0])
    addresses = ["/events/", "/events/past/", "/events/?place=north-east", pages[0].url]
    addresses += [f"/events/{pages[0].slug}/sign-up/", "/events/calendar.ics"]
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        assert len(queries) <= 12, (address, len(queries))


def test_an_event_that_is_not_public_takes_no_sign_ups(client: Client) -> None:
    page = event()
    page.unpublish()
    page.refresh_from_db()
    assert not page.takes_sign_ups_at(timezone.now())
    assert client.get(f"/events/{page.slug}/sign-up/").status_code == 404
    assert client.get(f"/events/{page.slug}/calendar.ics").status_code == 404
