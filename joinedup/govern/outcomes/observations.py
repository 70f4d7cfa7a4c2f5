"""Figures of a measure from a CSV file: checked row by row before anything is kept."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal

from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_reading
from joinedup.foundation.doors.csv_reading import CellFault, Fault, FileFault, Row
from joinedup.foundation.numbers import disclosure
from joinedup.govern.outcomes import periods
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.models.measure import PLACES

COLUMNS = ("on", "value")
PARTS = ("numerator", "denominator")
MOST_BYTES = 2_000_000  # a measure counted each day for a century is a third of that
_SMALLEST = Decimal(1).scaleb(-PLACES)
_ROUNDED = Decimal("0.6")  # per cent: how far a share may be from one that was rounded to a whole number
_LARGEST = Decimal(10) ** 13
_KEPT = Context(prec=15, rounding=ROUND_HALF_UP)  # digits that both databases give back as they took them


@dataclass(frozen=True)
class Figure:
    """One figure as it stands in the file; `line` is where."""

    line: int
    on: datetime.date
    value: Decimal
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Published:
    """A figure as it may be stored: without a value it is 1 to 7 people."""

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Refused:
    """One row that was not taken: what is wrong, and the row as it came."""

    fault: Fault
    cells: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    """The line itself, where it could not be taken apart into cells."""

    @property
    def line(self) -> int:
        """Where it stands in the file, counted from 1."""
        return self.fault.line


@dataclass
class Read:
    """What a file holds: figures by their day, what is wrong with which row, and what stood there twice."""

    figures: dict[datetime.date, Figure] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    repeated: int = 0

    @property
    def faults(self) -> list[Fault]:
        """What is wrong, by line."""
        return [each.fault for each in self.refused]


def read(content: bytes, measure: Measure, *, today: datetime.date) -> Read:
    """The figures of a file with the columns `on` and `value`, and if known `numerator` and `denominator`.

    Where two are there, the figure is their share in per cent, however the value was rounded; a value that
    says something else is a fault. A day that stands in the file with two figures counts as wrong each time.
    Raises csv_reading.FileFault.
    """
    if len(content) > MOST_BYTES:
        raise FileFault(_("The file is larger than %(most)s MB. Send it in parts.") % {"most": 2})
    found, lines = Read(), csv_reading.text_of(content).splitlines()
    said: dict[datetime.date, list[tuple[Figure, Row]]] = {}
    for row in csv_reading.rows(content, wanted=COLUMNS):
        if isinstance(row, Fault):
            text = lines[row.line - 1] if row.line <= len(lines) else ""
            found.refused.append(Refused(row, text=text[: csv_reading.LONGEST_CELL]))
            continue
        try:
            figure = _figure(row, measure, today)
        except CellFault as fault:
            found.refused.append(Refused(Fault(row.line, str(fault)), row.cells))
            continue
        said.setdefault(figure.on, []).append((figure, row))
    for on, figures in said.items():
        _once(found, on, figures, measure.every)
    found.refused.sort(key=lambda each: each.line)
    return found


def _once(found: Read, on: datetime.date, figures: list[tuple[Figure, Row]], every: str) -> None:
    """Take the figure of a day, or none where two differ: nobody but the sender knows which is right."""
    first = figures[0][0]
    if all(replace(figure, line=first.line) == first for figure, _row in figures):
        found.figures[on] = first
        found.repeated += len(figures) - 1
        return
    for place, (figure, row) in enumerate(figures):
        other = figures[1 if place == 0 else 0][0].line
        problem = _("Line %(line)s has another figure for %(day)s. Neither was taken.")
        fault = Fault(figure.line, problem % {"line": other, "day": periods.words(on, every)})
        found.refused.append(Refused(fault, row.cells))


def _figure(row: Row, measure: Measure, today: datetime.date) -> Figure:
    on = periods.read(row.cells["on"], measure.every)
    if on > today:
        raise CellFault(_("%(day)s is still to come.") % {"day": periods.words(on, measure.every)})
    above, below = (_count(row.cells.get(name, "")) for name in PARTS)
    if (above is None) != (below is None):
        raise CellFault(_("Give both numerator and denominator, or neither."))
    if below is not None and below <= 0:
        raise CellFault(_("The denominator has to be more than nought."))
    given = row.cells["value"]
    if above is not None and below is not None:
        value = _kept(100 * above / below)
        if given and abs(csv_reading.number(given) - value) > _ROUNDED:
            raise CellFault(
                _("The value is %(value)s, but numerator and denominator make %(share)s per cent.")
                % {"value": given[:40], "share": round(value, 1)}
            )
    else:
        value = _kept(csv_reading.number(given))
    figure = Figure(row.line, on, value, above, below)
    _check(figure, measure)
    return figure


def _count(text: str) -> Decimal | None:
    return _kept(csv_reading.number(text)) if text else None


def _kept(number: Decimal) -> Decimal:
    """The number as it comes back from any database: six places, 15 digits. Raises CellFault."""
    if abs(number) >= _LARGEST:
        raise CellFault(_("This number is too large."))
    return _KEPT.plus(number.quantize(_SMALLEST, rounding=ROUND_HALF_UP))


def _check(figure: Figure, measure: Measure) -> None:
    """What the unit asks. Raises CellFault."""
    has_parts = figure.numerator is not None and figure.denominator is not None
    if has_parts and measure.unit != Measure.Unit.PERCENT:
        raise CellFault(_("Only per cent has a numerator and a denominator. Leave them empty here."))
    if measure.unit == Measure.Unit.PEOPLE and not _is_whole(figure.value):
        raise CellFault(_("People are counted: write a whole number, nought or more."))
    if not measure.of_people:
        return
    if not has_parts:
        raise CellFault(_("Give the numerator and the denominator: small groups are hidden by them."))
    if not (_is_whole(figure.numerator) and _is_whole(figure.denominator)):
        raise CellFault(_("People are counted: numerator and denominator are whole numbers."))
    if (figure.numerator or 0) > (figure.denominator or 0):
        raise CellFault(_("The numerator is a part of the denominator, so it cannot be more."))


def _is_whole(number: Decimal | None) -> bool:
    return number is not None and number >= 0 and number == number.to_integral_value()


def published(figure: Figure, measure: Measure) -> Published:
    """The figure as it may be stored and shown: counts of people small enough to point at someone are gone.

    A share of people is made of the rounded counts and of nothing else.
    Raises ValueError where people are not counted in whole numbers.
    """
    if not measure.hides_small:
        return Published(figure.value, figure.numerator, figure.denominator)
    try:
        _check(figure, measure)
    except CellFault as fault:
        raise ValueError(str(fault)) from None
    if measure.unit == Measure.Unit.PEOPLE:
        return Published(_decimal(disclosure.shown(int(figure.value))))
    above, below = (disclosure.shown(int(each or 0)) for each in (figure.numerator, figure.denominator))
    if above.value is None or not below.value:
        return Published(None)
    return Published(
        _kept(100 * Decimal(above.value) / Decimal(below.value)), _decimal(above), _decimal(below)
    )


def _decimal(shown: disclosure.Shown) -> Decimal | None:
    return None if shown.value is None else Decimal(shown.value)
