"""The calendars, read back with the library's own parser (RFC 5545)."""

import datetime
import zoneinfo

import pytest
from django.test import Client
from icalendar import Calendar, Event

from joinedup.inform.news.factories import event
from joinedup.inform.news.models import EventPage

pytestmark = pytest.mark.usefixtures("site")
LONDON = zoneinfo.ZoneInfo("Europe/London")


def entries(client: Client, address: str) -> list[Event]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar = Calendar.from_ical(answer.content)
    assert calendar["VERSION"] == "2.0"
    assert "PRODID" in calendar
    return list(calendar.walk("VEVENT"))


def one(client: Client, page: EventPage) -> Event:
    (entry,) = entries(client, f"/events/{page.slug}/calendar.ics")
    return entry


def publish(page: EventPage, **fields: object) -> EventPage:
    fresh = EventPage.objects.get(pk=page.pk)
    for name, value in fields.items():
        setattr(fresh, name, value)
    fresh.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


def test_one_event_has_all_that_a_calendar_needs(client: Client, settings: object) -> None:
    page = event("Carers; morning, \\ with tea", address="1 Sample Street", postcode="E1 4DG")
    entry = one(client, page)
    assert entry["SUMMARY"] == "Carers; morning, \\ with tea"
    assert entry["UID"] == str(page.translation_key)
    assert entry["LOCATION"] == "The hall, 1 Sample Street, E1 4DG"
    assert entry["URL"] == f"{settings.SITE_URL}{page.url}"  # type: ignore[attr-defined]
    assert entry["STATUS"] == "CONFIRMED"
    assert entry["SEQUENCE"] == 0
    assert entry.decoded("DTSTAMP") == page.last_published_at.replace(microsecond=0)
    assert (entry.decoded("DTSTART"), entry.decoded("DTEND")) == (page.start_at, page.end_at)


@pytest.mark.parametrize(("month", "offset"), [(1, 0), (7, 1)])
def test_times_are_london_times_on_both_sides_of_the_clock_change(
    client: Client, month: int, offset: int
) -> None:
    start = datetime.datetime(2027, month, 1, 10, tzinfo=LONDON)
    page = event(start_at=start, end_at=start + datetime.timedelta(hours=1))
    raw = client.get(f"/events/{page.slug}/calendar.ics").content.decode()
    assert f"DTSTART;TZID=Europe/London:2027{month:02}01T100000" in raw
    assert "BEGIN:VTIMEZONE" in raw
    assert "TZNAME:BST" in raw
    entry = one(client, page)
    assert entry.decoded("DTSTART").utcoffset() == datetime.timedelta(hours=offset)


def test_a_change_of_plan_counts_up_and_keeps_the_uid(client: Client) -> None:
    page = event()
    uid = one(client, page)["UID"]
    page = publish(page, end_at=page.end_at + datetime.timedelta(hours=1))
    assert (one(client, page)["SEQUENCE"], one(client, page)["UID"]) == (1, uid)
    page = publish(page, slug="moved-address")
    assert one(client, page)["UID"] == uid


def test_a_better_sentence_is_no_change_of_plan(client: Client) -> None:
    page = publish(event(), lead="Another line.")
    assert one(client, page)["SEQUENCE"] == 0


def test_a_draft_changes_nothing_in_the_calendar(client: Client) -> None:
    page = event()
    draft = EventPage.objects.get(pk=page.pk)
    draft.place_name = "Elsewhere"
    draft.save_revision()
    entry = one(client, page)
    assert (entry["SEQUENCE"], entry["LOCATION"]) == (0, "The hall")


def test_an_older_draft_published_late_never_counts_down(client: Client) -> None:
    page = event()
    old = EventPage.objects.get(pk=page.pk).save_revision()
    publish(page, place_name="Second hall")
    publish(page, place_name="Third hall")
    old.publish()
    assert one(client, page)["SEQUENCE"] == 3


def test_a_cancelled_event_is_cancelled_in_the_calendar(client: Client) -> None:
    page = publish(event(), is_cancelled=True, cancel_reason="Flood.")
    entry = one(client, page)
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)
    assert "Flood." in entry["DESCRIPTION"]


def test_the_calendar_of_all_has_what_is_ahead(client: Client) -> None:
    event("Ahead")
    event("Off", is_cancelled=True, cancel_reason="Flood.")
    event("Gone", in_days=-3)
    found = {str(entry["SUMMARY"]): str(entry["STATUS"]) for entry in entries(client, "/events/calendar.ics")}
    assert found == {"Ahead": "CONFIRMED", "Off": "CANCELLED"}
    assert 'href="webcal://' in client.get("/events/").content.decode()


def test_an_empty_calendar_is_whole_too(client: Client) -> None:
    assert entries(client, "/events/calendar.ics") == []


def test_words_cannot_break_out_of_their_line(client: Client) -> None:
    page = event()
    EventPage.objects.filter(pk=page.pk).update(lead="One\r\nATTENDEE:mailto:x@example.org\r\nBEGIN:VALARM")
    entry = one(client, page)
    assert "ATTENDEE" not in entry
    assert entry.subcomponents == []
