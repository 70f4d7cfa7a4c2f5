"""Dates and hours as people here say them."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _


def hour(moment: datetime.datetime) -> str:
    """A time of day by the clocks of the place: 10am, 2:30pm, 12 noon."""
    here = timezone.localtime(moment)
    if (here.hour, here.minute) == (12, 0):
        return _("12 noon")
    if (here.hour, here.minute) == (0, 0):
        return _("midnight")
    minutes = f":{here.minute:02}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"


def day(moment: datetime.datetime) -> str:
    """A day by the calendar of the place: Monday 23 November 2026."""
    return date_format(timezone.localtime(moment), "l j F Y")


def span(start: datetime.datetime, end: datetime.datetime) -> str:
    """From when until when, the day said once if it is the same."""
    words = {"day": day(start), "start": hour(start), "end": hour(end), "last": day(end)}
    if timezone.localdate(start) == timezone.localdate(end):
        return _("%(day)s, %(start)s to %(end)s") % words
    return _("%(day)s, %(start)s, to %(last)s, %(end)s") % words
