"""The one result of a measure, of which page, picture, table, file and list are made."""

import datetime
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import PositiveIntegerField, Value
from django.utils import timezone

from joinedup.govern.outcomes import amounts, periods, wording, xmr
from joinedup.govern.outcomes.models import Measure, Observation, Rebase, Redefinition
from joinedup.govern.outcomes.models.change import role_name
from joinedup.govern.outcomes.wording import Sign, Told
from joinedup.govern.outcomes.xmr import Cause, Chart, Limits, Point, Variation


@dataclass(frozen=True)
class Start:
    """From where the limits are reckoned anew, why, and who answers for that."""

    letter: str
    on: datetime.date
    reason: str
    role: str
    made_on: datetime.date
    definition: int | None = None
    """The number of the definition that begins here; None where the same thing is counted on."""


@dataclass(frozen=True)
class Seen:
    """One figure as it is stored; without a value it is a count of people too small to show."""

    on: datetime.date
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None


@dataclass(frozen=True)
class Line:
    """One figure with everything that is said of it, in words."""

    on: datetime.date
    when: str
    seen: Seen
    shown: str
    said: str
    usual: str
    sign: Sign
    why: str
    definition: int
    point: Point | None


@dataclass(frozen=True)
class Result:
    """A measure, its figures, its chart, and all that is said of them."""

    measure: Measure
    figures: tuple[Seen, ...]
    starts: tuple[Start, ...]
    chart: Chart | None
    hidden: tuple[datetime.date, ...]

    @property
    def hides_now(self) -> bool:
        """Whether figures that are too small to show stand among those the latest word would rest on."""
        if self.chart is None:
            return bool(self.hidden)
        last = self.chart.last
        began = next(point.on for point in self.chart.points if point.group == last.group)
        return any(on >= began for on in self.hidden)

    @cached_property
    def told(self) -> Told:
        """What it says, as of its latest figure."""
        if self.chart is None:
            return wording.told_without_chart(hides=bool(self.hidden))
        return wording.told(self.chart, hides=self.hides_now)

    @property
    def sign(self) -> Sign:
        """The sign of its latest word."""
        return self.told.sign

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every figure, the oldest first."""
        points = {point.on: point for point in self.chart.points} if self.chart is not None else {}
        return tuple(self._line(seen, points.get(seen.on)) for seen in self.figures)

    @property
    def latest(self) -> Line | None:
        """The latest figure, hidden or not."""
        if not self.figures:
            return None
        point = self.chart.last if self.chart and self.chart.last.on == self.figures[-1].on else None
        return self._line(self.figures[-1], point)

    def _line(self, seen: Seen, point: Point | None) -> Line:
        unit = self.measure.unit
        return Line(
            on=seen.on,
            when=periods.words(seen.on, self.measure.every),
            seen=seen,
            shown=amounts.amount(seen.value, unit),
            said=amounts.said(seen.value, unit),
            usual=usual_range(point.limits, unit) if point is not None else "",
            sign=wording.sign_of(point) if point is not None else wording.OPEN,
            why=wording.why(point) if point is not None else "",
            definition=self.definition_on(seen.on),
            point=point,
        )

    def definition_on(self, day: datetime.date) -> int:
        """Which definition the figure of that day was counted by."""
        return max((s.definition for s in self.starts if s.definition and s.on <= day), default=1)

    @property
    def average(self) -> str:
        """The average of the latest stretch in words; empty where there is too little to say."""
        if self.chart is None or not wording.is_judged(self.chart.last):
            return ""
        return amounts.amount(self.chart.last.limits.mean, self.measure.unit)

    @property
    def usual(self) -> str:
        """The usual range of the latest stretch in words; empty where there is too little to say."""
        return usual_range(self.chart.last.limits, self.measure.unit) if self.chart is not None else ""

    @property
    def target(self) -> str:
        """The target in words, empty where there is none."""
        found = self.measure.target
        return amounts.goal(found, self.measure.unit) if found is not None else ""


_NO_NUMBER = Value(None, output_field=PositiveIntegerField(null=True))


def usual_range(limits: Limits, unit: str) -> str:
    """From where to where it goes by itself, in words; empty where that is not known."""
    if limits.lower is None or limits.upper is None:
        return ""
    return amounts.between(limits.lower, limits.upper, unit)


def results(measures: Iterable[Measure]) -> list[Result]:
    """The results of these measures, in their order: two queries, however many they are, and the measures'.

    Without the two counts that shares are made of, which no list shows.
    """
    wanted = list(measures)
    keys = [measure.pk for measure in wanted]
    figures: dict[int, list[Seen]] = defaultdict(list)
    rows = Observation.objects.filter(measure__in=keys).order_by("measure", "on")
    for key, on, value in rows.values_list("measure_id", "on", "value").iterator():
        figures[key].append(Seen(on, value))
    starts = _starts(keys)
    return [_result(measure, figures[measure.pk], starts[measure.pk]) for measure in wanted]


def results_of(keys: Collection[int]) -> list[Result]:
    """The results of the measures with these keys that are there: two queries, where all have figures."""
    rows = Observation.objects.filter(measure__in=keys).select_related("measure").order_by("measure", "on")
    measures: dict[int, Measure] = {}
    figures: dict[int, list[Seen]] = defaultdict(list)
    for row in rows:
        measures.setdefault(row.measure_id, row.measure)
        figures[row.measure_id].append(Seen(row.on, row.value))
    if without := set(keys) - measures.keys():
        measures |= Measure.objects.in_bulk(without)
    starts = _starts(list(measures))
    return [_result(measures[key], figures[key], starts[key]) for key in sorted(measures)]


def result(measure: Measure) -> Result:
    """The result of one measure, with all that is stored of its figures."""
    columns = measure.observations.order_by("on").values_list("on", "value", "numerator", "denominator")
    seen = [Seen(on, value, above, below) for on, value, above, below in columns]
    return _result(measure, seen, _starts([measure.pk])[measure.pk])


def _starts(keys: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Where limits begin anew, by measure: only what everyone may read, never who it was."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    rebases = Rebase.objects.standing().filter(measure__in=keys).annotate(no_number=_NO_NUMBER).order_by()
    others = Redefinition.objects.filter(measure__in=keys).order_by()
    rows = rebases.values_list("measure_id", "on", "reason", "made_as", "made_at", "no_number").union(
        others.values_list("measure_id", "begins_on", "what_changed", "made_as", "made_at", "number"),
        all=True,
    )
    for key, *row in rows:
        found[key].append(tuple(row))
    return found


def _letter(place: int) -> str:
    return chr(ord("A") + place) if place < 26 else str(place + 1)


def _result(measure: Measure, figures: list[Seen], anew: list[tuple[Any, ...]]) -> Result:
    starts = tuple(
        Start(_letter(place), on, reason, role_name(role), timezone.localdate(made_at), definition)
        for place, (on, reason, role, made_at, definition) in enumerate(sorted(anew, key=lambda row: row[0]))
    )
    hidden = tuple(seen.on for seen in figures if seen.value is None)
    return Result(measure, tuple(figures), starts, _chart(measure, figures, starts, hidden), hidden)


def _chart(
    measure: Measure, figures: list[Seen], starts: Sequence[Start], hidden: Sequence[datetime.date]
) -> Chart | None:
    rows = [(seen.on, float(seen.value)) for seen in figures if seen.value is not None]
    if not rows:
        return None
    days = [on for on, _value in rows]
    # A start on a day without a shown figure counts from the next that has one.
    places = {bisect_right(days, start.on - datetime.timedelta(days=1)) for start in starts}
    return honest(
        xmr.chart(
            rows,
            direction=xmr.Direction(measure.direction),
            target=None if measure.target is None else float(measure.target),
            rebase=[days[place] for place in places if place < len(days)],
            fix_first=measure.fix_first,
            screen=measure.screens,
        ),
        hidden,
    )


def honest(chart: Chart, hidden: Sequence[datetime.date] = ()) -> Chart:
    """The chart without limits where they would rest on too little: fewer than 13 figures, or not on all.

    What is hidden is always low, so an average of the rest would be too high.
    """
    began = {point.group: point.on for point in reversed(chart.points)}
    firsts = sorted(began.values())
    gaps = {max(bisect_right(firsts, on) - 1, 0) for on in hidden}
    open_groups = {point.group for point in chart.points if point.short or point.group in gaps}
    if not open_groups:
        return chart
    points = tuple(_unjudged(point) if point.group in open_groups else point for point in chart.points)
    last = points[-1]
    assurance = chart.assurance if last.group not in open_groups else None
    return Chart(points, chart.direction, chart.target, last.variation, assurance)


def _unjudged(point: Point) -> Point:
    return point._replace(
        limits=Limits(point.limits.mean, None, None, None, None),
        side=0,
        outside=False,
        close=False,
        cause=Cause.COMMON,
        variation=Variation.COMMON,
    )
