"""Days by which something should be done, in words: a day is late from the day after it on."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def in_words(day: datetime.date) -> str:
    """A day as readers see it: 23 November 2026."""
    return date_format(day, "j F Y")


def days_late(due_on: datetime.date, today: datetime.date) -> int:
    """How many days late it is; 0 on the day itself and before."""
    return max(0, (today - due_on).days)


def due(due_on: datetime.date, today: datetime.date) -> str:
    """When it is due: "due 3 June 2026, 12 days late", "due today, 3 June 2026"."""
    day, late = in_words(due_on), days_late(due_on, today)
    if late:
        return ngettext(
            "due %(day)s, %(late)s day late", "due %(day)s, %(late)s days late", late
        ) % {"day": day, "late": late}  # fmt: skip
    return (_("due today, %(day)s") if due_on == today else _("due %(day)s")) % {"day": day}


def done(on: datetime.date, due_on: datetime.date) -> str:
    """When it was done: "5 June 2026, 2 days late"."""
    day, late = in_words(on), days_late(due_on, on)
    if not late:
        return day
    return ngettext("%(day)s, %(late)s day late", "%(day)s, %(late)s days late", late) % {
        "day": day,
        "late": late,
    }
