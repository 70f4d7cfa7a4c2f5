"""A chart as shapes for an SVG, drawn on the server from the one result."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from math import floor, isclose, log10

from joinedup.govern.outcomes import wording
from joinedup.govern.outcomes.wording import Sign
from joinedup.govern.outcomes.xmr import Chart, Point


@dataclass(frozen=True)
class Frame:
    """How large a picture is, the room round what is drawn, and how many days its axis can name."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    days: int
    size: float

    @property
    def end(self) -> int:
        """Where the drawn part ends, on the right."""
        return self.width - self.right

    @property
    def floor(self) -> int:
        """Where the drawn part ends, at the bottom."""
        return self.height - self.bottom


WIDE = Frame(width=800, height=360, left=64, right=132, top=28, bottom=36, days=7, size=6.0)
NARROW = Frame(width=300, height=270, left=44, right=12, top=28, bottom=28, days=3, size=3.5)
TINY = Frame(width=120, height=36, left=4, right=6, top=5, bottom=5, days=0, size=5.0)


@dataclass(frozen=True)
class Mark:
    """One observation on the picture."""

    x: float
    y: float
    sign: Sign
    path: str


@dataclass(frozen=True)
class Stretch:
    """The usual range of one stretch of time: a band and the line of its average, where they are known."""

    left: float
    right: float
    mean: float | None
    top: float | None
    bottom: float | None

    @property
    def width(self) -> float:
        """How wide the band is."""
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float | None:
        """How high the band is; None where there are no limits."""
        return None if self.top is None or self.bottom is None else round(self.bottom - self.top, 1)


@dataclass(frozen=True)
class Tick:
    """A place on an axis, and what is written there."""

    at: float
    value: float | datetime.date
    anchor: str = "middle"


@dataclass(frozen=True)
class Picture:
    """What the template draws, in units of the picture."""

    frame: Frame
    line: str
    marks: list[Mark]
    stretches: list[Stretch]
    target: float | None
    values: list[Tick]
    days: list[Tick]
    starts: list[Tick]

    @property
    def last(self) -> Mark:
        """The latest figure."""
        return self.marks[-1]


def steps(low: float, high: float, most: int = 5) -> list[float]:
    """Round numbers from below `low` to above `high`, at most so many and one."""
    if isclose(low, high):
        low, high = low - 1, high + 1
    rough = (high - low) / most
    size = 10.0 ** floor(log10(rough))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= rough)
    first, last = floor(low / step), -floor(-high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def _values_of(chart: Chart) -> Iterable[float]:
    for point in chart.points:
        yield point.value
        yield from (limit for limit in (point.limits.lower, point.limits.upper) if limit is not None)
    if chart.target is not None:
        yield chart.target


def outline(shape: str, x: float, y: float, r: float) -> str:
    """The path of a shape round that place; a ring is a circle that the style leaves hollow."""
    corners = {
        "diamond": [(0, -r), (r, 0), (0, r), (-r, 0)],
        "triangle": [(0, -r), (r, r * 0.8), (-r, r * 0.8)],
        "square": [(-r * 0.8, -r * 0.8), (r * 0.8, -r * 0.8), (r * 0.8, r * 0.8), (-r * 0.8, r * 0.8)],
    }.get(shape)
    if corners is None:
        r = round(r * 0.75, 1)
        return (
            f"M{x - r:.1f} {y:.1f}a{r:.1f} {r:.1f} 0 1 0 {2 * r:.1f} 0a{r:.1f} {r:.1f} 0 1 0 {-2 * r:.1f} 0Z"
        )
    return "M" + "L".join(f"{x + across:.1f} {y + down:.1f}" for across, down in corners) + "Z"


@dataclass(frozen=True)
class Scale:
    """From values to places on the picture, in a straight line."""

    low: float
    high: float
    start: float
    end: float

    def of(self, value: float) -> float:
        """Where the value stands."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return round(self.start + share * (self.end - self.start), 1)


def _days(points: tuple[Point, ...], across: Scale, frame: Frame) -> list[Tick]:
    """Some of the days, evenly; one near the edge is written inwards of it."""
    if not frame.days:
        return []
    every = max(1, -(-len(points) // frame.days))
    ticks = []
    for point in points[::every]:
        at = across.of(point.on.toordinal())
        ticks.append(Tick(at, point.on, "end" if at > frame.width - 36 else "middle"))
    return ticks


def _line(points: Iterable[tuple[datetime.date, Mark]], gaps: Iterable[datetime.date]) -> str:
    """The line from figure to figure, broken where one between them is hidden."""
    hidden, path, before = sorted(gaps), "", None
    for on, mark in points:
        is_broken = before is None or any(before < gap < on for gap in hidden)
        path += f"{'M' if is_broken else 'L'}{mark.x} {mark.y}"
        before = on
    return path


def picture(
    chart: Chart,
    frame: Frame = WIDE,
    *,
    starts: Iterable[tuple[datetime.date, str]] = (),
    gaps: Iterable[datetime.date] = (),
) -> Picture:
    """The shapes of a chart: the usual range as a band, the average as a line, each figure as a mark.

    `starts` are days with the letters by which the words name them, `gaps` days whose figure is hidden.
    """
    ticks = steps(min(_values_of(chart)), max(_values_of(chart)))
    up = Scale(ticks[0], ticks[-1], frame.floor, frame.top)
    first, last = chart.points[0].on.toordinal(), chart.points[-1].on.toordinal()
    across = Scale(first, last, frame.left + frame.size, frame.end - frame.size)
    marks = []
    for point in chart.points:
        x, y, sign = across.of(point.on.toordinal()), up.of(point.value), wording.sign_of(point)
        marks.append(Mark(x, y, sign, outline(sign.shape, x, y, frame.size)))
    return Picture(
        frame=frame,
        line=_line(zip((point.on for point in chart.points), marks, strict=True), gaps),
        marks=marks,
        stretches=[
            _stretch(list(group), across, up) for _n, group in groupby(chart.points, lambda p: p.group)
        ],
        target=None if chart.target is None else up.of(chart.target),
        values=[Tick(up.of(value), value) for value in ticks],
        days=_days(chart.points, across, frame),
        starts=[
            Tick(across.of(on.toordinal()), on, letter)
            for on, letter in starts
            if first < on.toordinal() <= last
        ],
    )


def _stretch(points: list[Point], across: Scale, up: Scale) -> Stretch:
    limits = points[0].limits
    return Stretch(
        left=across.of(points[0].on.toordinal()),
        right=across.of(points[-1].on.toordinal()),
        mean=None if limits.lower is None else up.of(limits.mean),
        top=None if limits.upper is None else up.of(limits.upper),
        bottom=None if limits.lower is None else up.of(limits.lower),
    )
