"""Dates as known: a year, a month or a day, never more than the source says."""

import calendar
import datetime
from dataclasses import dataclass

from django.db import models
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class Precision(models.TextChoices):
    """How exactly a date is known. Without one, nothing is known."""

    DAY = "day", gettext_lazy("the day")
    MONTH = "month", gettext_lazy("the month")
    YEAR = "year", gettext_lazy("the year")
    UNKNOWN = "unknown", gettext_lazy("not known")


_FORMATS = {Precision.DAY: "j F Y", Precision.MONTH: "F Y", Precision.YEAR: "Y"}


@dataclass(frozen=True)
class KnownDate:
    """What is known of one date. Raises ValueError when there is no such date in the calendar."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("A day needs its month.")
        datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def precision(self) -> Precision:
        """How much is known."""
        if self.day is not None:
            return Precision.DAY
        return Precision.MONTH if self.month is not None else Precision.YEAR

    def first(self) -> datetime.date:
        """The first day it can be: what a beginning is stored as."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    def last(self) -> datetime.date:
        """The last day it can be: what an end is stored as."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def typed(self) -> str:
        """Year, month and day as the three boxes of a form take them, empty where nothing is known."""
        return f"{self.year}-{self.month or ''}-{self.day or ''}"


def known(on: datetime.date | None, precision: str) -> KnownDate | None:
    """What a stored date and its precision say, and no more."""
    if on is None or precision == Precision.UNKNOWN:
        return None
    month = None if precision == Precision.YEAR else on.month
    return KnownDate(on.year, month, on.day if precision == Precision.DAY else None)


def words(on: datetime.date | None, precision: str, own: str = "") -> str:
    """The date as readers see it: someone's own words if there are any, else as much as is known."""
    if own or on is None or precision == Precision.UNKNOWN:
        return own
    return date_format(on, _FORMATS[Precision(precision)])


def span(began: str, ended: str, *, goes_on: bool = False) -> str:
    """From when to when in words; what is missing is said to be missing."""
    if began and ended:
        told = _("%(began)s to %(ended)s") % {"began": began, "ended": ended}
    elif began and goes_on:
        told = _("%(began)s, and it goes on") % {"began": began}
    elif began:
        told = _("%(began)s. We have not found when it ended") % {"began": began}
    elif ended:
        told = _("Until %(ended)s. We have not found when it began") % {"ended": ended}
    elif goes_on:
        told = _("It goes on. We have not found when it began")
    else:
        told = _("We have not found its dates")
    return told[:1].upper() + told[1:]


def fault(began: datetime.date | None, ended: datetime.date | None) -> str | Promise:
    """What is wrong with a beginning and an end, empty when nothing is."""
    if began and ended and ended < began:
        return gettext_lazy("It cannot end before it begins.")
    return ""
