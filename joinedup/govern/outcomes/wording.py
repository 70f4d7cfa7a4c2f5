"""A chart in words and signs, made from the one result, so that they cannot say other than the picture."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from joinedup.govern.outcomes.xmr import SHORT, UPWARDS, Assurance, Cause, Chart, Direction, Point, Variation

CAUSES = {
    Cause.COMMON: gettext_lazy("within what is usual"),
    Cause.ABOVE_LIMIT: gettext_lazy("above the usual range"),
    Cause.BELOW_LIMIT: gettext_lazy("below the usual range"),
    Cause.TREND_UP: gettext_lazy("part of a rise of 7 or more in a row"),
    Cause.TREND_DOWN: gettext_lazy("part of a fall of 7 or more in a row"),
    Cause.NEAR_ABOVE: gettext_lazy("near the top of the usual range, 2 of 3 times"),
    Cause.NEAR_BELOW: gettext_lazy("near the bottom of the usual range, 2 of 3 times"),
    Cause.SHIFT_ABOVE: gettext_lazy("part of 7 or more in a row above the average"),
    Cause.SHIFT_BELOW: gettext_lazy("part of 7 or more in a row below the average"),
}
TRENDS = frozenset({Cause.TREND_UP, Cause.TREND_DOWN})
# By what it means (None where neither way is better), whether it goes on and on, and whether it goes up.
MESSAGES = {
    (Variation.IMPROVEMENT, True, True): gettext_lazy("Getting better: it is rising."),
    (Variation.IMPROVEMENT, True, False): gettext_lazy("Getting better: it is falling."),
    (Variation.IMPROVEMENT, False, True): gettext_lazy("Getting better: it is higher than usual."),
    (Variation.IMPROVEMENT, False, False): gettext_lazy("Getting better: it is lower than usual."),
    (Variation.CONCERN, True, True): gettext_lazy("Getting worse: it is rising."),
    (Variation.CONCERN, True, False): gettext_lazy("Getting worse: it is falling."),
    (Variation.CONCERN, False, True): gettext_lazy("Getting worse: it is higher than usual."),
    (Variation.CONCERN, False, False): gettext_lazy("Getting worse: it is lower than usual."),
    (None, True, True): gettext_lazy("It is rising."),
    (None, True, False): gettext_lazy("It is falling."),
    (None, False, True): gettext_lazy("It is higher than usual."),
    (None, False, False): gettext_lazy("It is lower than usual."),
}
ASSURANCES = {
    Assurance.PASS: gettext_lazy("It can be expected to meet the target each time."),
    Assurance.FAIL: gettext_lazy("As it works now, it will not meet the target."),
    Assurance.HIT_OR_MISS: gettext_lazy("It meets the target at some times and not at others, by chance."),
}


@dataclass(frozen=True)
class Sign:
    """One meaning: what it is called, and the shape that stands for it beside its colour."""

    key: str
    name: str | Promise
    """What a measure says as of its latest figure."""
    one: str | Promise
    """What one figure among others says."""
    shape: str


# A shape for each meaning, so that colour is never the only sign.
SIGNS = {
    Variation.COMMON: Sign("common", gettext_lazy("No real change"), gettext_lazy("As usual"), "circle"),
    Variation.IMPROVEMENT: Sign(
        "improvement", gettext_lazy("Getting better"), gettext_lazy("Better than usual"), "diamond"
    ),
    Variation.CONCERN: Sign(
        "concern", gettext_lazy("Getting worse"), gettext_lazy("Worse than usual"), "triangle"
    ),
    Variation.NEUTRAL_HIGH: Sign(
        "neutral-high", gettext_lazy("Higher than usual"), gettext_lazy("Higher than usual"), "square"
    ),
    Variation.NEUTRAL_LOW: Sign(
        "neutral-low", gettext_lazy("Lower than usual"), gettext_lazy("Lower than usual"), "square"
    ),
}
OPEN = Sign("open", gettext_lazy("Too early to say"), gettext_lazy("Not judged"), "ring")


@dataclass(frozen=True)
class Told:
    """What a chart says: one message, what it rests on, and what it means for the target."""

    message: str
    because: str
    target: str
    sign: Sign


def is_judged(point: Point) -> bool:
    """Whether there is enough to say what is usual at this point."""
    return point.limits.lower is not None


def sign_of(point: Point) -> Sign:
    """What one figure says."""
    return SIGNS[point.variation] if is_judged(point) else OPEN


def why(point: Point) -> str:
    """What makes it say so."""
    return str(CAUSES[point.cause]) if is_judged(point) else ""


def told(chart: Chart, *, hides: bool = False) -> Told:
    """The chart in plain words, as of its latest value.

    `hides`: figures that would say more are counts of people too small to show.
    """
    assurance = ASSURANCES[chart.assurance] if chart.assurance is not None else ""
    return Told(_message(chart, hides), _because(chart, hides), str(assurance), sign_of(chart.last))


def told_without_chart(*, hides: bool) -> Told:
    """What is said where there is not one figure to draw."""
    message = _("There are too few people to show any figure.") if hides else _("There are no figures yet.")
    return Told(message, "", "", OPEN)


def _message(chart: Chart, hides: bool) -> str:
    last = chart.last
    if not is_judged(last):
        if hides:
            return _("Some figures are too small to show, so we cannot say whether anything changed.")
        return _("There are too few figures to say whether anything changed.")
    if chart.variation is Variation.COMMON:
        return _("No real change: it goes up and down as it usually does.")
    kind = None if chart.direction is Direction.NEUTRAL else chart.variation
    return str(MESSAGES[kind, last.cause in TRENDS, last.cause in UPWARDS])


def _because(chart: Chart, hides: bool) -> str:
    last = chart.last
    if last.cause is not Cause.COMMON:
        return _("The latest figure is %(why)s.") % {"why": CAUSES[last.cause]}
    if hides or not last.short:
        return ""
    many = sum(point.group == last.group for point in chart.points)
    if last.group:
        said = ngettext(
            "Since the limits were set anew there is %(count)s figure. Fewer than %(enough)s say little.",
            "Since the limits were set anew there are %(count)s figures. Fewer than %(enough)s say little.",
            many,
        )
    else:
        said = ngettext(
            "It rests on %(count)s figure. Fewer than %(enough)s say little.",
            "It rests on %(count)s figures. Fewer than %(enough)s say little.",
            many,
        )
    return said % {"count": many, "enough": SHORT}
