"""Charts in CSV files: cases and series in, points and a summary out, as NHSRplotthedots names them.

For checking the rules against other programs, and for analysts who want the limits without the platform.
"""

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from math import isfinite

from joinedup.foundation.doors import csv_reading
from joinedup.foundation.doors.csv_reading import CellFault, Fault, Row
from joinedup.govern.outcomes.xmr import Assurance, Cause, Chart, Direction, Variation, chart

CASE_COLUMNS = ("case_id", "improvement_direction")
SERIES_COLUMNS = ("case_id", "f", "x", "y")
POINT_COLUMNS = (
    *("case_id", "f", "x", "y", "rebase_group", "short_group_warning", "mean_col", "lpl", "upl"),
    *("outside_limits", "relative_to_mean", "close_to_limits"),
    *("special_cause_type", "special_cause_flag", "point_type", "target"),
)
SUMMARY_COLUMNS = (
    *("case_id", "f", "n", "common_cause", "improvement", "concern", "neutral_high", "neutral_low"),
    *("variation_type", "last_special_cause_type", "last_mean", "last_lpl", "last_upl", "assurance_type"),
)
CAUSES = {
    Cause.COMMON: "Common Cause",
    Cause.ABOVE_LIMIT: "Above UCL",
    Cause.BELOW_LIMIT: "Below LCL",
    Cause.TREND_UP: "7 Point Trend (Increasing)",
    Cause.TREND_DOWN: "7 Point Trend (Decreasing)",
    Cause.NEAR_ABOVE: "2 in 3 Above CL",
    Cause.NEAR_BELOW: "2 in 3 Below CL",
    Cause.SHIFT_ABOVE: "7 Points Above CL",
    Cause.SHIFT_BELOW: "7 Points Below CL",
}
VARIATIONS = {
    Variation.COMMON: "common_cause",
    Variation.IMPROVEMENT: "special_cause_improvement",
    Variation.CONCERN: "special_cause_concern",
    Variation.NEUTRAL_HIGH: "special_cause_neutral_high",
    Variation.NEUTRAL_LOW: "special_cause_neutral_low",
}
ASSURANCES = {
    Assurance.PASS: "consistent_pass",
    Assurance.FAIL: "consistent_fail",
    Assurance.HIT_OR_MISS: "inconsistent",
}

Series = dict[tuple[str, str], list[tuple[datetime.date, float]]]


@dataclass(frozen=True)
class Case:
    """How one chart is to be drawn."""

    key: str
    direction: Direction
    target: float | None = None
    rebase: tuple[datetime.date, ...] = ()
    fix_first: int | None = None
    screen: bool = True


@dataclass
class Drawn:
    """All charts by case and facet, and what could not be drawn."""

    charts: dict[tuple[str, str], Chart] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def value(text: str) -> float:
    """A number as programs write it, 1e-05 too. Raises CellFault."""
    try:
        found = float(text)
    except ValueError:
        found = float("nan")
    if not isfinite(found):
        raise CellFault(f"“{text[:40]}” is not a number.")
    return found


def _case(row: Row) -> Case:
    cells = defaultdict(str, row.cells)
    if cells["improvement_direction"] not in set(Direction):
        raise CellFault("improvement_direction is increase, decrease or neutral.")
    if cells["screen_outliers"].upper() not in ("", "TRUE", "FALSE"):
        raise CellFault("screen_outliers is TRUE or FALSE.")
    return Case(
        key=cells["case_id"],
        direction=Direction(cells["improvement_direction"]),
        target=value(cells["target"]) if cells["target"] else None,
        rebase=tuple(csv_reading.day(each) for each in cells["rebase"].split(";") if each),
        fix_first=csv_reading.whole(cells["fix_after_n_points"]) if cells["fix_after_n_points"] else None,
        screen=cells["screen_outliers"].upper() != "FALSE",
    )


def read_cases(content: bytes, faults: list[str]) -> dict[str, Case]:
    """The cases by their keys; what is wrong is added to `faults`. Raises csv_reading.FileFault."""
    cases: dict[str, Case] = {}
    for row in csv_reading.rows(content, wanted=CASE_COLUMNS):
        if isinstance(row, Fault):
            faults.append(str(row))
            continue
        try:
            case = _case(row)
        except CellFault as fault:
            faults.append(f"Line {row.line}: {fault}")
            continue
        if case.key in cases:
            faults.append(f"Line {row.line}: case {case.key} stands here a second time.")
        cases.setdefault(case.key, case)
    return cases


def read_series(content: bytes, faults: list[str]) -> Series:
    """The observations by case and facet; what is wrong goes to `faults`. Raises csv_reading.FileFault."""
    series: Series = defaultdict(list)
    for row in csv_reading.rows(content, wanted=SERIES_COLUMNS):
        if isinstance(row, Fault):
            faults.append(str(row))
            continue
        try:
            observation = csv_reading.day(row.cells["x"]), value(row.cells["y"])
        except CellFault as fault:
            faults.append(f"Line {row.line}: {fault}")
            continue
        series[row.cells["case_id"], row.cells["f"]].append(observation)
    return series


def draw(cases: Mapping[str, Case], series: Series) -> Drawn:
    """A chart for each series whose case is known."""
    drawn = Drawn()
    for (key, facet), observations in series.items():
        case = cases.get(key)
        if case is None:
            drawn.faults.append(f"There is no case {key}.")
            continue
        try:
            drawn.charts[key, facet] = chart(
                observations,
                direction=case.direction,
                target=case.target,
                rebase=case.rebase,
                fix_first=case.fix_first,
                screen=case.screen,
            )
        except ValueError as fault:
            drawn.faults.append(f"Case {key}, {facet}: {fault}")
    return drawn


def _assurance(each: Chart) -> str:
    if each.assurance is not None:
        return ASSURANCES[each.assurance]
    # The source calls a target beside too few points for limits inconsistent; we have no word for it.
    is_judged = each.target is not None and each.direction is not Direction.NEUTRAL
    return ASSURANCES[Assurance.HIT_OR_MISS] if is_judged else ""


def _cell(content: object) -> str:
    if content is None:
        return ""
    if isinstance(content, bool):
        return "TRUE" if content else "FALSE"
    return repr(content) if isinstance(content, float) else str(content)


def points(drawn: Drawn) -> Iterator[list[str]]:
    """The rows of the points file, in the order of POINT_COLUMNS."""
    for (key, facet), each in drawn.charts.items():
        for point in each.points:
            has_limits = point.limits.lower is not None
            yield [
                _cell(cell)
                for cell in (
                    *(key, facet, point.on, point.value, point.group, point.short),
                    *(point.limits.mean, point.limits.lower, point.limits.upper),
                    point.outside if has_limits else None,
                    point.side,
                    point.close if has_limits else None,
                    CAUSES[point.cause],
                    *(point.cause is not Cause.COMMON, VARIATIONS[point.variation], each.target),
                )
            ]


def summary(drawn: Drawn) -> Iterator[list[str]]:
    """The rows of the summary file, in the order of SUMMARY_COLUMNS."""
    for (key, facet), each in drawn.charts.items():
        counts = Counter(point.variation for point in each.points)
        last = each.last
        yield [
            _cell(cell)
            for cell in (
                *(key, facet, len(each.points), *(counts[kind] for kind in Variation)),
                *(VARIATIONS[each.variation], CAUSES[last.cause]),
                *(last.limits.mean, last.limits.lower, last.limits.upper, _assurance(each)),
            )
        ]
