"""Days, months and years a figure is for: each stands under its first day."""

import datetime
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_reading
from joinedup.foundation.doors.csv_reading import CellFault

_YEAR = re.compile(r"\d{4}", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_FORMATS = {"day": "j M Y", "month": "M Y", "year": "Y"}


def start_of(on: datetime.date, every: str) -> datetime.date:
    """The first day of the day, month or year this day lies in."""
    if every == "year":
        return on.replace(month=1, day=1)
    return on.replace(day=1) if every == "month" else on


def words(on: datetime.date, every: str) -> str:
    """23 Nov 2026, Nov 2026 or 2026."""
    return date_format(on, _FORMATS[every])


def after(on: datetime.date, every: str, many: int = 1) -> datetime.date:
    """The first day of the day, month or year that comes so many later."""
    if every == "day":
        return on + datetime.timedelta(days=many)
    months = on.month - 1 + (12 * many if every == "year" else many)
    return datetime.date(on.year + months // 12, 1 if every == "year" else months % 12 + 1, 1)


def read(text: str, every: str) -> datetime.date:
    """The first day of what a cell names: any date, and 2026-11 or 2026 where months or years are counted.

    Raises CellFault.
    """
    clean = text.strip()
    if every == "year" and _YEAR.fullmatch(clean):
        clean = f"{clean}-01-01"
    elif every == "month" and _MONTH.fullmatch(clean):
        clean = f"{clean}-01"
    try:
        return start_of(csv_reading.day(clean), every)
    except CellFault:
        if every != "day" and _YEAR.fullmatch(text.strip()):
            raise CellFault(_("Write the month as well, such as 2026-11.")) from None
        if clean != text.strip():
            raise CellFault(
                _("“%(text)s” is not a month or year we know. Write it such as 2026-11.")
                % {"text": text.strip()[:40]}
            ) from None
        raise
