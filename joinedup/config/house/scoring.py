"""What the whole scorecard costs: 1,000 measures of 60 months from rows to charts, beside a plain loop."""

import datetime
import random
import time
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from math import fsum

from joinedup.govern.outcomes import periods, reading
from joinedup.govern.outcomes.models import Measure, Observation
from joinedup.govern.outcomes.xmr import Direction, chart

MEASURES, MONTHS = 1_000, 60
_SEED = 2026
_BEGAN = datetime.date(2021, 1, 1)
_ROUNDS = 3


class Plain:
    """The rules written down point by point: each point asks its own neighbours."""

    def __init__(self, values: Sequence[float]) -> None:
        self.values, self.number = values, len(values)
        self.mean = fsum(values) / self.number
        ranges = [abs(values[place] - values[place - 1]) for place in range(1, self.number)]
        average = fsum(ranges) / len(ranges) if ranges else 0.0
        kept = [each for each in ranges if each < 3.267 * average]
        average = fsum(kept) / len(kept) if kept else average
        self.far, self.near, self.has_limits = 2.66 * average, 2 * (2.66 / 3) * average, bool(ranges)

    def side(self, place: int) -> int:
        """Above the mean or below it."""
        return (self.values[place] > self.mean) - (self.values[place] < self.mean)

    def step(self, place: int) -> int:
        """Up or down from here to the next."""
        here, onwards = self.values[place], self.values[place + 1]
        return (onwards > here) - (onwards < here)

    def beyond(self, place: int, far: float) -> bool:
        """Farther from the mean than that."""
        value = self.values[place]
        return self.has_limits and (value < self.mean - far or value > self.mean + far)

    def close(self, place: int) -> bool:
        """Near a limit, but within."""
        return not self.beyond(place, self.far) and self.beyond(place, self.near)

    def windows(self, place: int, long: int, last: int) -> Iterator[range]:
        """Every run of so many places that holds this one and ends by the last."""
        for first in range(max(0, place - long + 1), place + 1):
            if first + long - 1 <= last:
                yield range(first, first + long)

    def shift(self, place: int) -> bool:
        """One of 7 or more on a side."""
        windows = self.windows(place, 7, self.number - 1)
        return any(abs(sum(self.side(each) for each in window)) == 7 for window in windows)

    def trend(self, place: int) -> bool:
        """One of 7 or more that rise, or fall."""
        points = self.windows(place, 7, self.number - 1)
        return any(abs(sum(self.step(each) for each in window[:-1])) == 6 for window in points)

    def two_in_three(self, place: int) -> bool:
        """Close, as another of three on a side is."""
        return self.close(place) and any(
            abs(sum(self.side(each) for each in window)) == 3
            and sum(self.close(each) for each in window) >= 2
            for window in self.windows(place, 3, self.number - 1)
        )

    def way(self, place: int) -> int:
        """Which way a trend goes here: onwards where the next point is in one too, else from before."""
        onwards = place + 1 < self.number and self.trend(place + 1)
        return (onwards and self.step(place)) or (place and self.step(place - 1)) or self.step(place)

    def cause(self, place: int) -> str:
        """Why a point stands out; the strongest reason."""
        side = "above" if self.side(place) > 0 else "below"
        if self.beyond(place, self.far):
            return f"{side}-limit"
        if self.trend(place):
            return "trend-up" if self.way(place) > 0 else "trend-down"
        if self.two_in_three(place):
            return f"near-{side}"
        return f"shift-{side}" if self.shift(place) else "common"


def plain(values: Sequence[float]) -> list[str]:
    """The cause of every point, by the plain loop."""
    loop = Plain(values)
    return [loop.cause(place) for place in range(loop.number)]


def _fill(chance: random.Random) -> list[list[float]]:
    """Series as they come: noise, some with a step or a slope in it."""
    Measure.objects.bulk_create(
        Measure(
            slug=f"bench-{number}", name=f"Bench {number}", counts="Nothing.", unit="number", every="month",
            direction=("increase", "decrease", "neutral")[number % 3], area="Nowhere", publisher="Nobody",
            is_public=True,
        )
        for number in range(MEASURES)
    )  # fmt: skip
    measures = list(Measure.objects.filter(slug__startswith="bench-").order_by("pk"))
    found = []
    for number, measure in enumerate(measures):
        slope, jump = (0.0, 0.3, -0.3)[number % 3], 4.0 * (number % 4 == 0)
        values = [
            round(100 + chance.gauss(0, 3) + slope * month + jump * (month > 40), 2)
            for month in range(MONTHS)
        ]
        found.append(values)
        Observation.objects.bulk_create(
            Observation(measure=measure, on=periods.after(_BEGAN, "month", month), value=Decimal(str(value)))
            for month, value in enumerate(values)
        )
    return found


def _best(action: Callable[[], object]) -> float:
    """Seconds of the quickest of a few rounds."""
    spent = []
    for _round in range(_ROUNDS):
        start = time.perf_counter()
        action()
        spent.append(time.perf_counter() - start)
    return min(spent)


def _plain_from_rows() -> list[list[str]]:
    """As someone would write it first: one measure after another, its rows, the rules."""
    return [
        plain([float(row.value or 0) for row in measure.observations.order_by("on")])
        for measure in Measure.objects.filter(slug__startswith="bench-").order_by("pk")
    ]


def rows(line: Callable[[str, str, str, float], str]) -> Iterator[str]:
    """Two lines: the charts alone, and from the rows of the database on. Raises where the two differ."""
    series = _fill(random.Random(_SEED))  # noqa: S311 - a benchmark
    days = [periods.after(_BEGAN, "month", month) for month in range(MONTHS)]
    dated = [list(zip(days, values, strict=True)) for values in series]
    points = MEASURES * MONTHS
    ours = [[str(p.cause) for p in chart(each, direction=Direction.INCREASE).points] for each in dated]
    if ours != [plain(values) for values in series]:
        raise AssertionError("The charts and the plain loop do not agree.")
    engine = _best(lambda: [chart(each, direction=Direction.INCREASE) for each in dated])
    loop = _best(lambda: [plain(values) for values in series])
    what = f"XmR charts of {MEASURES:,} measures x {MONTHS} months"
    yield line(
        what, f"{points / engine:,.0f} points/s", f"plain loop, {points / loop:,.0f} points/s", loop / engine
    )
    wanted = Measure.objects.filter(slug__startswith="bench-")
    whole = _best(lambda: [result.told for result in reading.results(wanted)])
    first = _best(_plain_from_rows)
    yield line(
        "the same from the rows of the database to the words",
        f"{points / whole:,.0f} points/s, {whole:.2f} s",
        f"plain loop, {points / first:,.0f} points/s",
        first / whole,
    )
