"""Events as iCalendar (RFC 5545), for people's own calendars.

The UID is the event's own key, which no edit changes (RFC 7986 asks for a bare UUID). SEQUENCE goes
up when the plan changes. Times are London times with their zone, so clocks that change move nothing.
"""

import datetime
import unicodedata
import zoneinfo
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from joinedup.inform.news.models import EventPage

_MARGIN = datetime.timedelta(days=400)  # so that the zone's rules cover the changes on both sides
TYPE = "text/calendar; charset=utf-8"


def _plain(text: str) -> str:
    """The text without control signs, which calendars must not hold; a line break stays."""
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) != "Cc")


def _address(event: EventPage, request: HttpRequest) -> str:
    return f"{settings.SITE_URL}{event.get_url_parts(request)[2]}"


def _entry(event: EventPage, request: HttpRequest) -> Event:
    """One event as a VEVENT."""
    zone = zoneinfo.ZoneInfo(settings.TIME_ZONE)
    changed = (event.last_published_at or event.start_at).astimezone(datetime.UTC).replace(microsecond=0)
    words = [event.cancel_reason if event.is_cancelled else "", event.lead, event.online, event.access_text]
    entry = Event()
    entry.add("uid", str(event.translation_key))
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", event.sequence)
    entry.add("dtstart", event.start_at.astimezone(zone))
    entry.add("dtend", event.end_at.astimezone(zone))
    entry.add("summary", _plain(event.title))
    entry.add("description", _plain("\n".join([*(word for word in words if word), _address(event, request)])))
    entry.add("location", _plain(event.where))
    entry.add("url", _address(event, request))
    entry.add("status", STATUS.CANCELLED if event.is_cancelled else STATUS.CONFIRMED)
    return entry


def written(events: Iterable[EventPage], name: str, request: HttpRequest) -> bytes:
    """A calendar with these events; `name` is what a program that subscribes calls it."""
    calendar = Calendar()
    calendar.add("prodid", "-//Joined Up//Events//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("refresh-interval;value=duration", "PT6H")
    days = [timezone.localdate()]
    for event in events:
        calendar.add_component(_entry(event, request))
        days += [timezone.localdate(event.start_at), timezone.localdate(event.end_at)]
    calendar.add_missing_timezones(first_date=min(days) - _MARGIN, last_date=max(days) + _MARGIN)
    return bytes(calendar.to_ical())
