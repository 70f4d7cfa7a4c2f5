"""The meetings of a board as a calendar that people can subscribe to (iCalendar, RFC 5545)."""

import datetime
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event
from icalendar.enums import STATUS

from joinedup.govern.meetings.models import Meeting


def _plain(text: str) -> str:
    """The text on one line, without control signs, which calendars must not hold."""
    line = " ".join(text.split())
    return "".join(sign for sign in line if unicodedata.category(sign) != "Cc")


def _begins(meeting: Meeting) -> datetime.date:
    """The day, or the moment in universal time where the time is known."""
    if meeting.starts_at is None:
        return meeting.held_on
    local = timezone.make_aware(datetime.datetime.combine(meeting.held_on, meeting.starts_at))
    return local.astimezone(datetime.UTC)


def _entry(meeting: Meeting) -> Event:
    """One meeting as a VEVENT; what it says changes only when the meeting does."""
    changed = meeting.changed_at.astimezone(datetime.UTC).replace(microsecond=0)
    is_cancelled = meeting.state == Meeting.State.CANCELLED
    entry = Event()
    entry.add("uid", f"meeting-{meeting.pk}@{urlsplit(settings.SITE_URL).hostname}")
    entry.add("dtstamp", changed)
    entry.add("last-modified", changed)
    entry.add("sequence", meeting.version)
    entry.add("dtstart", _begins(meeting))
    entry.add("summary", _plain(meeting.board.name))
    entry.add("location", _plain(meeting.place))
    entry.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    entry.add("status", STATUS.CANCELLED if is_cancelled else STATUS.CONFIRMED)
    return entry


def written(meetings: Iterable[Meeting]) -> bytes:
    """The whole file; the meetings come with their boards."""
    calendar = Calendar()
    calendar.add("prodid", "-//Joined Up//Meetings//EN")
    calendar.add("version", "2.0")
    for meeting in meetings:
        calendar.add_component(_entry(meeting))
    return bytes(calendar.to_ical())
