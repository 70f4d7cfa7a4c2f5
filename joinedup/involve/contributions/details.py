"""Finding personal details that people type by mistake, so that they can decide before sending.

Pure functions over text. They point things out and change nothing; a miss costs little (a person
reads every word), and so does a false alarm (one tick sends it as it is).
"""

import calendar
import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

import phonenumbers
from nhs_number.validate import is_valid as is_nhs_number

from joinedup.involve.contributions.contact import HOME, is_phone


class Detail(StrEnum):
    """The kinds of detail that are looked for, the surest first: where two overlap, the first stands."""

    EMAIL = "email"
    NHS_NUMBER = "nhs-number"
    BIRTH_DATE = "birth-date"
    PHONE = "phone"
    POSTCODE = "postcode"


@dataclass(frozen=True)
class Finding:
    """One detail found: what it seems to be, the words it was found as, and where they stand."""

    kind: Detail
    snippet: str
    start: int
    end: int


_EMAIL = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
# Ten figures with at most a short gap between any two: people write 943 476 5919 in many ways.
_TEN_FIGURES = re.compile(r"(?<!\d)(?<!\d[.,/])\d(?:[ \t\u00a0.\-\u2010-\u2014]{0,3}\d){9}(?!\d)")
_HOME_PHONE = re.compile(r"(?<![\d+])(?:\+44|\(?0)(?:[ \t\u00a0().\-\u2010-\u2014]{0,3}\d){9,10}(?!\d)")
_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR|[A-Z]{1,2}[0-9][A-Z0-9]?)[ \t\u00a0-]{0,2}[0-9][ABD-HJLNP-UW-Z]{2}(?![A-Z0-9])",
    re.IGNORECASE,
)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(
        r"(?<!\d)(?P<day>\d{1,2})[ ]?[/.\-][ ]?(?P<month>\d{1,2})[ ]?[/.\-][ ]?(?P<year>\d{4}|\d{2})(?!\d)"
    ),
    re.compile(r"(?<!\d)(?P<year>\d{4})[/.\-](?P<month>\d{1,2})[/.\-](?P<day>\d{1,2})(?!\d)"),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<name>{_MONTH})\.?,?\s+(?P<year>\d{{4}}|\d{{2}})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<name>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})(?!\d)",
        re.IGNORECASE,
    ),
)
_BIRTH = re.compile(r"(?<!\w)(?:born|birth|birthday|d\.?\s?o\.?\s?b\.?)(?!\w)", re.IGNORECASE)
_NEAR = 40
# More than anyone is shown. Without an end, a text made of numbers costs seconds each time it is sent.
_ENOUGH = 20
_TRIES = 40
_YEAR = datetime.timedelta(days=365)


def find(text: str, *, today: datetime.date | None = None) -> list[Finding]:
    """Every detail found in the text, in the order they stand there, none overlapping another.

    `today` is the day that dates are held against; the real one unless a test says otherwise.
    """
    # Figures of every script count (people type Bengali ones too); lengths and places stay the same.
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in text)
    day = today or datetime.datetime.now(tz=datetime.UTC).date()
    found = [
        *islice(_emails(plain), _ENOUGH),
        *islice(_nhs_numbers(plain), _ENOUGH),
        *islice(_birth_dates(plain, day), _ENOUGH),
        *islice(_phones(plain), _ENOUGH),
        *islice(_postcodes(plain), _ENOUGH),
    ]
    kept: list[tuple[Detail, int, int]] = []
    for kind, start, end in found:
        if not any(start < other_end and other_start < end for _kind, other_start, other_end in kept):
            kept.append((kind, start, end))
    kept.sort(key=lambda entry: entry[1])
    return [Finding(kind, text[start:end], start, end) for kind, start, end in kept]


def without_details(text: str) -> str:
    """The text without the details that `find` finds: for readers who do not know whose words they are."""
    while found := find(text):
        for each in reversed(found):
            text = f"{text[: each.start]}[…]{text[each.end :]}"
    return text


def _emails(text: str) -> Iterator[tuple[Detail, int, int]]:
    for match in _EMAIL.finditer(text):
        yield Detail.EMAIL, match.start(), match.end()


def _nhs_numbers(text: str) -> Iterator[tuple[Detail, int, int]]:
    for match in _TEN_FIGURES.finditer(text):
        figures = re.sub(r"\D", "", match.group())
        if is_nhs_number(figures) and len(set(figures)) > 1:
            yield Detail.NHS_NUMBER, match.start(), match.end()


def _phones(text: str) -> Iterator[tuple[Detail, int, int]]:
    """Numbers of this country as they are dialled here, then any the library knows from elsewhere.

    The first look is needed because the library takes figures that follow for part of the number.
    """
    for plain in islice(_HOME_PHONE.finditer(text), _TRIES):
        if is_phone(phonenumbers.parse(plain.group(), HOME)):
            yield Detail.PHONE, plain.start(), plain.end()
    matcher = phonenumbers.PhoneNumberMatcher(
        text, HOME, leniency=phonenumbers.Leniency.POSSIBLE, max_tries=_TRIES
    )
    for match in islice(matcher, _TRIES):
        if is_phone(match.number):
            yield Detail.PHONE, match.start, match.end


def _postcodes(text: str) -> Iterator[tuple[Detail, int, int]]:
    for match in _POSTCODE.finditer(text):
        # "do1 2be" may be a slip of the keys; capitals or a space make it a postcode.
        if re.search(r"[A-Z]{2}$|[ \t\u00a0-]", match.group()):
            yield Detail.POSTCODE, match.start(), match.end()


def _birth_dates(text: str, today: datetime.date) -> Iterator[tuple[Detail, int, int]]:
    """Dates with a word about birth nearby, and full dates more than a year ago."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            day = _day_of(match, today)
            if day is None or day > today:
                continue
            around = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            if today - day > _YEAR or _BIRTH.search(around):
                yield Detail.BIRTH_DATE, match.start(), match.end()


def _day_of(match: re.Match[str], today: datetime.date) -> datetime.date | None:
    """The day a match means, day before month as written here; None when there is no such day."""
    parts = match.groupdict()
    year = int(parts["year"])
    if len(parts["year"]) == 2:
        year += 2000 if 2000 + year <= today.year else 1900
    month = _MONTHS[parts["name"].lower()] if parts.get("name") else int(parts["month"])
    try:
        return datetime.date(year, month, int(parts["day"]))
    except ValueError:
        return None
