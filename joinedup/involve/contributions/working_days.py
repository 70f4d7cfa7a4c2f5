"""Working days: Monday to Friday, without the bank holidays of England and Wales.

The holidays follow from rules that have stood since 1978, so they are worked out here and never run
out, as a table would. A holiday proclaimed once (a coronation) or moved once (a jubilee) is not
known: a promise then falls due a day early, which is the safe side.
"""

import datetime
from functools import lru_cache

DAY = datetime.timedelta(days=1)
MONDAY = 0


def _easter(year: int) -> datetime.date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule)."""
    golden = year % 19
    century, part = divmod(year, 100)
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (part // 4) - epact - part % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return datetime.date(year, month, day + 1)


def _monday_from(day: datetime.date) -> datetime.date:
    return day + DAY * ((MONDAY - day.weekday()) % 7)


def _moved(days: list[datetime.date]) -> set[datetime.date]:
    """Each holiday, or the next free weekday when it falls on a weekend or on another holiday."""
    taken: set[datetime.date] = set()
    for day in days:
        while day.weekday() > 4 or day in taken:
            day += DAY  # noqa: PLW2901 - the day walks on until it is free
        taken.add(day)
    return taken


@lru_cache(maxsize=32)
def bank_holidays(year: int) -> frozenset[datetime.date]:
    """The eight bank holidays of a year, on the days they are kept."""
    easter = _easter(year)
    # On a weekend Christmas is kept after Boxing Day is, so a Saturday's Boxing Day takes Monday first.
    christmas = [datetime.date(year, 12, 25), datetime.date(year, 12, 26)]
    christmas.sort(key=lambda day: day.weekday() > 4)
    fixed = _moved([datetime.date(year, 1, 1)]) | _moved(christmas)
    return frozenset(
        fixed
        | {
            easter - 2 * DAY,
            easter + DAY,
            _monday_from(datetime.date(year, 5, 1)),
            _monday_from(datetime.date(year, 5, 25)),
            _monday_from(datetime.date(year, 8, 25)),
        }
    )


def is_working_day(day: datetime.date) -> bool:
    """Whether people are at work that day."""
    return day.weekday() <= 4 and day not in bank_holidays(day.year)


def working_days_after(start: datetime.date, number: int) -> datetime.date:
    """The day that lies `number` working days after `start`; the start itself is not counted."""
    day = start
    for _counted in range(number):
        day += DAY
        while not is_working_day(day):
            day += DAY
    return day
