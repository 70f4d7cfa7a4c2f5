"""Dates and hours as people here say them."""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

# Until which hour, and the words around a time: am and pm here; other languages name more parts of the day.
_PARTS = (
    (4, pgettext_lazy("after midnight, before 4", "%(clock)sam")),
    (6, pgettext_lazy("early morning, 4 to 6", "%(clock)sam")),
    (12, pgettext_lazy("morning, 6 to 12", "%(clock)sam")),
    (15, pgettext_lazy("middle of the day, 12 to 3", "%(clock)spm")),
    (18, pgettext_lazy("afternoon, 3 to 6", "%(clock)spm")),
    (20, pgettext_lazy("evening, 6 to 8", "%(clock)spm")),
    (24, pgettext_lazy("night, 8 to midnight", "%(clock)spm")),
)


def hour(moment: datetime.datetime) -> str:
    """A time of day by the clocks of the place: 10am, 2:30pm, 12 noon."""
    here = timezone.localtime(moment)
    if (here.hour, here.minute) == (12, 0):
        return _("12 noon")
    if (here.hour, here.minute) == (0, 0):
        return _("midnight")
    words = {"hour": here.hour % 12 or 12, "minutes": f"{here.minute:02}"}
    said = pgettext("clock", "%(hour)s:%(minutes)s") if here.minute else pgettext("clock", "%(hour)s")
    around = next(words for until, words in _PARTS if here.hour < until)
    return str(around) % {"clock": said % words}


def day(moment: datetime.datetime) -> str:
    """A day by the calendar of the place: Monday 23 November 2026."""
    return date_format(timezone.localtime(moment), "l j F Y")


def span(start: datetime.datetime, end: datetime.datetime) -> str:
    """From when until when, the day said once if it is the same."""
    words = {"day": day(start), "start": hour(start), "end": hour(end), "last": day(end)}
    if timezone.localdate(start) == timezone.localdate(end):
        return _("%(day)s, %(start)s to %(end)s") % words
    return _("%(day)s, %(start)s, to %(last)s, %(end)s") % words
