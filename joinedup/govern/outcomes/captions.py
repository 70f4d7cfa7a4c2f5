"""What is written on a picture, made from the same result as the picture itself."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from joinedup.govern.outcomes import amounts, drawing, periods
from joinedup.govern.outcomes.drawing import Frame, Picture
from joinedup.govern.outcomes.reading import Result
from joinedup.govern.outcomes.xmr import Chart

GAP = 17  # between two lines of writing, in units of the picture
FRAMES = {"wide": drawing.WIDE, "narrow": drawing.NARROW, "tiny": drawing.TINY}


@dataclass(frozen=True)
class Label:
    """A few words beside the end of a line."""

    y: float
    text: str
    kind: str


@dataclass(frozen=True)
class Axis:
    """A place on an axis with its words."""

    at: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Drawn:
    """A picture with everything that is written on it."""

    picture: Picture
    values: list[Axis]
    days: list[Axis]
    labels: list[Label]
    size: str


def drawn(result: Result, size: str) -> Drawn | None:
    """The picture of a result in one of the sizes of FRAMES, with its words; None without a shown figure."""
    if result.chart is None:
        return None
    frame, unit, every = FRAMES[size], result.measure.unit, result.measure.every
    starts = [(start.on, start.letter) for start in result.starts]
    found = drawing.picture(result.chart, frame, starts=starts, gaps=result.hidden)
    return Drawn(
        picture=found,
        values=[Axis(tick.at, amounts.tick(float(str(tick.value)), unit)) for tick in found.values],
        days=[
            Axis(tick.at, periods.words(point.on, every), tick.anchor)
            for tick in found.days
            for point in result.chart.points
            if point.on == tick.value
        ],
        labels=_labels(result, result.chart, found, frame) if size == "wide" else [],
        size=size,
    )


def _labels(result: Result, chart: Chart, found: Picture, frame: Frame) -> list[Label]:
    last, unit, limits = found.stretches[-1], result.measure.unit, chart.last.limits
    latest = amounts.amount(chart.last.value, unit)
    told = [Label(found.last.y, _("Latest %(figure)s") % {"figure": latest}, "latest")]
    if found.target is not None:
        told.append(Label(found.target, _("Target %(figure)s") % {"figure": result.target}, "target"))
    if last.mean is not None and last.top is not None and last.bottom is not None:
        told.append(Label(last.mean, _("Average %(figure)s") % {"figure": result.average}, "average"))
        top, bottom = amounts.amount(limits.upper, unit), amounts.amount(limits.lower, unit)
        told.append(Label(last.top, _("Usual, up to %(figure)s") % {"figure": top}, "usual"))
        told.append(Label(last.bottom, _("Usual, from %(figure)s") % {"figure": bottom}, "usual"))
    return spread(told, frame.top, frame.floor)


def spread(labels: list[Label], top: float, bottom: float) -> list[Label]:
    """The labels from top to bottom, moved apart until none lies on another, within the picture."""
    ordered = sorted(labels, key=lambda label: label.y)
    places: list[float] = []
    for label in ordered:
        places.append(max(label.y, places[-1] + GAP if places else top))
    limit = bottom
    for place in reversed(range(len(places))):
        places[place] = min(places[place], limit)
        limit = places[place] - GAP
    return [
        Label(round(place, 1), label.text, label.kind) for label, place in zip(ordered, places, strict=True)
    ]
