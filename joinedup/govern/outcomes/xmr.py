"""The XmR chart of a series, by the rules of Making Data Count (NHS England).

A process has a mean and two limits, 2.66 average moving ranges away from it. What lies within is common
cause variation: it comes and goes by itself. Four patterns are special causes and want an explanation.
Rules as in NHSRplotthedots 0.2.2 (https://nhs-r-community.github.io/NHSRplotthedots/), which screens
moving ranges for outliers; the Excel tool of Making Data Count does not. Both are offered.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise
from math import fsum
from typing import NamedTuple

LIMITS_AT = 2.66  # average moving ranges from the mean
NEAR_AT = 2 * LIMITS_AT / 3
SCREEN_AT = 3.267  # average moving ranges; a moving range from here on is an outlier
RUN = 7  # points
FEWEST_TO_FIX = 12  # points
SHORT = 13  # a group with fewer points is marked


class Direction(StrEnum):
    """Which way is better."""

    INCREASE = "increase"
    DECREASE = "decrease"
    NEUTRAL = "neutral"


class Cause(StrEnum):
    """Why a point stands out; the strongest reason where there are several."""

    COMMON = "common"
    ABOVE_LIMIT = "above-limit"
    BELOW_LIMIT = "below-limit"
    TREND_UP = "trend-up"
    TREND_DOWN = "trend-down"
    NEAR_ABOVE = "near-above"
    NEAR_BELOW = "near-below"
    SHIFT_ABOVE = "shift-above"
    SHIFT_BELOW = "shift-below"


UPWARDS = frozenset({Cause.ABOVE_LIMIT, Cause.TREND_UP, Cause.NEAR_ABOVE, Cause.SHIFT_ABOVE})


class Variation(StrEnum):
    """What a point says, given which way is better."""

    COMMON = "common"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL_HIGH = "neutral-high"
    NEUTRAL_LOW = "neutral-low"


class Assurance(StrEnum):
    """Whether the process, as it runs now, can be expected to meet its target."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    HIT_OR_MISS = "hit-or-miss"


@dataclass(frozen=True)
class Limits:
    """The middle of a process and how far it wanders by itself. None where there are too few points."""

    mean: float
    lower: float | None
    upper: float | None
    near_lower: float | None
    near_upper: float | None


class Point(NamedTuple):
    """One observation with all that the chart says of it."""

    on: datetime.date
    value: float
    group: int  # how many times the limits were set anew before it
    short: bool
    limits: Limits
    side: int  # 1 above the mean, -1 below, 0 on it
    outside: bool
    close: bool
    cause: Cause
    variation: Variation


@dataclass(frozen=True)
class Chart:
    """The one result from which words, icon, colours, table and file are made."""

    points: tuple[Point, ...]
    direction: Direction
    target: float | None
    variation: Variation
    assurance: Assurance | None

    @property
    def last(self) -> Point:
        """The latest observation."""
        return self.points[-1]


def limits_of(values: Sequence[float], *, screen: bool = True) -> Limits:
    """Mean and limits of these values, in the values' own unit. At least one value is needed."""
    mean = fsum(values) / len(values)
    ranges = [abs(after - before) for before, after in pairwise(values)]
    if not ranges:
        return Limits(mean, None, None, None, None)
    average = fsum(ranges) / len(ranges)
    if screen:
        kept = [each for each in ranges if each < SCREEN_AT * average]
        average = fsum(kept) / len(kept) if kept else average
    wide, near = LIMITS_AT * average, NEAR_AT * average
    return Limits(mean, mean - wide, mean + wide, mean - near, mean + near)


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def sevens(signs: Sequence[int], length: int = RUN) -> list[int]:
    """Marks runs: each place that belongs to `length` or more of the same sign, 0 breaking any run."""
    marked: list[int] = []
    for sign, run in groupby(signs):
        many = len(list(run))
        marked += [sign if many >= length else 0] * many
    return marked


def trends(values: Sequence[float]) -> list[int]:
    """Marks points of 7 or more that each rise (1) or each fall (-1).

    A point is named after the step onwards where the next one is in any trend, else after the step before:
    so the last point of a rise counts as falling when a new trend begins right after it, as in the source.
    """
    steps = [_sign(after - before) for before, after in pairwise(values)]
    long = sevens(steps, RUN - 1)
    within = [bool(before or after) for before, after in zip([0, *long], [*long, 0], strict=True)]
    marked = []
    for before, after, here, onwards in zip(
        [0, *steps], [*steps, 0], within, [*within[1:], False], strict=True
    ):
        marked.append(((onwards and after) or before or after) if here else 0)
    return marked


def two_in_three(close: Sequence[bool], sides: Sequence[int]) -> list[int]:
    """Marks close points in three neighbours on one side of the mean of which two or more are close."""
    marked = [0] * len(close)
    if sum(close) < 2:
        return marked
    for first in range(len(close) - 2):
        three = slice(first, first + 3)
        if sum(close[three]) >= 2 and abs(sum(sides[three])) == 3:
            for each in range(first, first + 3):
                if close[each]:
                    marked[each] = sides[each]
    return marked


_UP_OR_DOWN = (
    (Cause.ABOVE_LIMIT, Cause.BELOW_LIMIT),
    (Cause.TREND_UP, Cause.TREND_DOWN),
    (Cause.NEAR_ABOVE, Cause.NEAR_BELOW),
    (Cause.SHIFT_ABOVE, Cause.SHIFT_BELOW),
)


def _cause(marks: tuple[int, ...]) -> Cause:
    if any(marks):
        for mark, (up, down) in zip(marks, _UP_OR_DOWN, strict=True):
            if mark:
                return up if mark > 0 else down
    return Cause.COMMON


def _variation(cause: Cause, direction: Direction) -> Variation:
    if cause is Cause.COMMON:
        return Variation.COMMON
    is_up = cause in UPWARDS
    if direction is Direction.NEUTRAL:
        return Variation.NEUTRAL_HIGH if is_up else Variation.NEUTRAL_LOW
    is_better = is_up == (direction is Direction.INCREASE)
    return Variation.IMPROVEMENT if is_better else Variation.CONCERN


_MEANING = {way: {cause: _variation(cause, way) for cause in Cause} for way in Direction}


def assurance_of(
    lower: float | None, upper: float | None, target: float | None, direction: Direction
) -> Assurance | None:
    """Where the target lies against the limits: beyond them, it is always met or never; else by chance."""
    if target is None or direction is Direction.NEUTRAL or lower is None or upper is None:
        return None
    if lower <= target <= upper:
        return Assurance.HIT_OR_MISS
    is_above = target > upper
    return Assurance.FAIL if is_above == (direction is Direction.INCREASE) else Assurance.PASS


def _group(
    rows: Sequence[tuple[datetime.date, float]],
    number: int,
    direction: Direction,
    fix_first: int | None,
    screen: bool,
) -> list[Point]:
    values = [value for _on, value in rows]
    limits = limits_of(values[:fix_first] if fix_first else values, screen=screen)
    sides = [_sign(value - limits.mean) for value in values]
    low, high, near_low, near_high = limits.lower, limits.upper, limits.near_lower, limits.near_upper
    if low is None or high is None or near_low is None or near_high is None:
        outside = close = [False] * len(values)
    else:
        outside = [value < low or value > high for value in values]
        close = [
            not out and (value < near_low or value > near_high)
            for value, out in zip(values, outside, strict=True)
        ]
    marks = zip(
        (side if out else 0 for side, out in zip(sides, outside, strict=True)),
        trends(values),
        two_in_three(close, sides),
        sevens(sides),
        strict=True,
    )
    causes = [_cause(each) for each in marks]
    is_short, meaning = len(rows) < SHORT, _MEANING[direction]
    return [
        Point(on, value, number, is_short, limits, side, out, near, cause, meaning[cause])
        for (on, value), side, out, near, cause in zip(rows, sides, outside, close, causes, strict=True)
    ]


def _check(rows: Sequence[tuple[datetime.date, float]], fix_first: int | None) -> None:
    if not rows:
        raise ValueError("There is nothing to draw.")
    for (before, _value), (after, _next) in pairwise(rows):
        if before == after:
            raise ValueError(f"There are two values for {after.isoformat()}.")
    if fix_first is not None and fix_first < FEWEST_TO_FIX:
        raise ValueError(f"Limits are fixed on {FEWEST_TO_FIX} points or more.")


def chart(
    observations: Iterable[tuple[datetime.date, float]],
    *,
    direction: Direction,
    target: float | None = None,
    rebase: Iterable[datetime.date] = (),
    fix_first: int | None = None,
    screen: bool = True,
) -> Chart:
    """The chart of a series in any order: dates with values in one unit, one value a date.

    `rebase` are dates of observations from which the limits are reckoned anew, `fix_first` makes the first
    so many points of each stretch decide its limits, `screen` leaves outlying moving ranges out once.
    Raises ValueError for no values, two on a date, a rebase on a day that has none, and `fix_first` under 12.
    """
    rows = sorted(observations)
    _check(rows, fix_first)
    starts = set(rebase)
    if missing := sorted(starts - {on for on, _value in rows}):
        raise ValueError(f"There is no value for {missing[0].isoformat()} to set the limits anew from.")
    stretches: list[list[tuple[datetime.date, float]]] = [[]]
    for row in rows:
        if row[0] in starts and stretches[-1]:
            stretches.append([])
        stretches[-1].append(row)
    points = tuple(
        point
        for number, stretch in enumerate(stretches)
        for point in _group(stretch, number, direction, fix_first, screen)
    )
    last = points[-1]
    assurance = assurance_of(last.limits.lower, last.limits.upper, target, direction)
    return Chart(points, direction, target, last.variation, assurance)
