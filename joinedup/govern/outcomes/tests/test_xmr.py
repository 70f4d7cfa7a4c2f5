"""XmR charts: the rules of Making Data Count, one by one."""

import datetime
import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from joinedup.govern.outcomes.tests.charts import BEGAN, STEADY, drawn
from joinedup.govern.outcomes.xmr import (
    Assurance,
    Cause,
    Direction,
    Variation,
    assurance_of,
    chart,
    limits_of,
    sevens,
    trends,
    two_in_three,
)

RULES = json.loads((Path(__file__).parent / "rules.json").read_text(encoding="utf-8"))
SHARED = settings.BASE_DIR.parent / "shared/data/govern/spc/helper_unit_cases.json"
VALUES = st.lists(st.integers(min_value=-1000, max_value=1000).map(float), min_size=3, max_size=60)


def days(values: list[float]) -> list[tuple[datetime.date, float]]:
    return [(BEGAN + datetime.timedelta(days=place), value) for place, value in enumerate(values)]


def causes(values: list[float]) -> list[Cause]:
    return [point.cause for point in drawn(values).points]


class TestLimits:
    def test_are_266_average_moving_ranges_from_the_mean(self) -> None:
        limits = limits_of(STEADY)
        assert limits.mean == 10.5
        assert (limits.lower, limits.upper) == (pytest.approx(7.84), pytest.approx(13.16))

    def test_leave_outlying_moving_ranges_out_once_but_no_value_out_of_the_mean(self) -> None:
        values = [*[1.0, 2.0] * 9, 10.0]
        screened, whole = limits_of(values), limits_of(values, screen=False)
        assert screened.mean == whole.mean == pytest.approx(37 / 19)
        assert screened.upper == pytest.approx(37 / 19 + 2.66)
        assert whole.upper == pytest.approx(37 / 19 + 2.66 * 25 / 18)

    def test_of_one_value_there_are_none(self) -> None:
        assert (limits_of([5.0]).lower, limits_of([5.0]).upper) == (None, None)

    def test_are_not_cut_at_nought(self) -> None:
        assert limits_of([0.0, 1.0, 0.0]).lower == pytest.approx(1 / 3 - 2.66)

    def test_come_from_the_first_points_where_those_are_fixed(self) -> None:
        fixed = drawn([*[10.0, 11.0] * 6, *[50.0] * 4], fix_first=12)
        assert {point.limits.mean for point in fixed.points} == {10.5}

    def test_are_set_anew_from_a_day_that_has_a_value(self) -> None:
        again = drawn([*STEADY, *[20.0, 21.0] * 8], rebase=[BEGAN + datetime.timedelta(days=16)])
        assert [point.group for point in again.points] == [0] * 16 + [1] * 16
        assert {point.limits.mean for point in again.points} == {10.5, 20.5}
        assert {point.cause for point in again.points} == {Cause.COMMON}


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("values", "options", "said"),
        [
            ([], {}, "nothing"),
            ([1.0] * 20, {"fix_first": 11}, "12 points"),
            ([1.0] * 3, {"rebase": [datetime.date(2020, 1, 1)]}, "no value for 2020-01-01"),
        ],
    )
    def test_says_why(self, values: list[float], options: dict[str, object], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            drawn(values, **options)

    def test_two_values_on_a_day_are_refused(self) -> None:
        with pytest.raises(ValueError, match="two values for 2024-01-01"):
            chart([(BEGAN, 1.0), (BEGAN, 2.0)], direction=Direction.INCREASE)


class TestRules:
    """Each rule on its own, on cases of NHSRplotthedots where they are at hand, and a few of ours."""

    @pytest.fixture(params=[RULES, SHARED], ids=["ours", "theirs"])
    def cases(self, request: pytest.FixtureRequest) -> dict[str, list[dict[str, list[int]]]]:
        if isinstance(request.param, Path):
            if not request.param.exists():
                pytest.skip("the shared data is not here")
            return dict(json.loads(request.param.read_text(encoding="utf-8")))
        return dict(request.param)

    def test_seven_on_one_side(self, cases: dict[str, list[dict[str, list[int]]]]) -> None:
        for case in cases["seven_point_one_side_mean"]:
            found = sevens(case["relative_to_mean"])
            assert [bool(sign) for sign in found[6:]] == [bool(sign) for sign in case["expect"][6:]]

    def test_two_in_three(self, cases: dict[str, list[dict[str, list[int]]]]) -> None:
        for case in cases["two_in_three"]:
            found = two_in_three([bool(each) for each in case["close"]], case["rtm"])
            expected = [
                bool(each) and bool(near) for each, near in zip(case["expect"], case["close"], strict=True)
            ]
            assert [bool(each) for each in found] == expected

    def test_assurance(self, cases: dict[str, list[dict[str, object]]]) -> None:
        words = {"consistent_pass": Assurance.PASS, "consistent_fail": Assurance.FAIL, None: None}
        for case in cases["assurance"]:
            found = assurance_of(case["lpl"], case["upl"], case["target"], Direction(str(case["dir"])))  # type: ignore[arg-type]
            assert found == words.get(case["expect"], Assurance.HIT_OR_MISS)  # type: ignore[arg-type]


class TestTrends:
    def test_six_points_are_none_and_seven_are_one(self) -> None:
        assert trends([1, 2, 3, 4, 5, 6]) == [0] * 6
        assert trends([1, 2, 3, 4, 5, 6, 7]) == [1] * 7
        assert trends([7, 6, 5, 4, 3, 2, 1]) == [-1] * 7

    def test_a_tie_breaks_one(self) -> None:
        assert trends([1, 2, 3, 3, 4, 5, 6]) == [0] * 7

    def test_the_last_point_before_another_one_is_named_after_the_step_onwards(self) -> None:
        rise_and_rise = [1, 2, 3, 4, 5, 6, 7, 5, 6, 7, 8, 9, 10, 11]
        assert trends(rise_and_rise) == [1, 1, 1, 1, 1, 1, -1, 1, 1, 1, 1, 1, 1, 1]


class TestCauses:
    def test_a_steady_process_has_none(self) -> None:
        assert set(causes(STEADY)) == {Cause.COMMON}

    def test_beyond_a_limit_goes_before_all_others(self) -> None:
        assert causes([*STEADY, 30.0])[-1] is Cause.ABOVE_LIMIT
        assert causes([*STEADY, -30.0])[-1] is Cause.BELOW_LIMIT

    def test_a_point_on_the_mean_breaks_a_shift(self) -> None:
        values = [*[9.0, 9.5] * 4, *[11.0, 11.5] * 4]
        assert set(causes(values)) >= {Cause.SHIFT_BELOW, Cause.SHIFT_ABOVE}
        with_tie = [*[9.0, 9.5] * 3, 10.25, *[11.0, 11.5] * 3]
        assert not {Cause.SHIFT_BELOW, Cause.SHIFT_ABOVE} & set(causes(with_tie))

    @pytest.mark.parametrize(
        ("direction", "up", "down"),
        [
            (Direction.INCREASE, Variation.IMPROVEMENT, Variation.CONCERN),
            (Direction.DECREASE, Variation.CONCERN, Variation.IMPROVEMENT),
            (Direction.NEUTRAL, Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
        ],
    )
    def test_are_good_or_bad_by_the_way_that_is_better(
        self, direction: Direction, up: Variation, down: Variation
    ) -> None:
        assert drawn([*STEADY, 30.0], direction).variation is up
        assert drawn([*STEADY, -30.0], direction).variation is down


class TestProperties:
    @given(VALUES)
    def test_the_order_in_which_values_come_does_not_matter(self, values: list[float]) -> None:
        assert chart(reversed(days(values)), direction=Direction.INCREASE) == drawn(values)

    @given(VALUES)
    def test_turned_upside_down_it_says_the_opposite(self, values: list[float]) -> None:
        other_way = drawn([-value for value in values], Direction.DECREASE)
        assert [point.variation for point in other_way.points] == [
            point.variation for point in drawn(values).points
        ]

    @given(VALUES)
    def test_what_stands_out_lies_outside_runs_or_is_near(self, values: list[float]) -> None:
        for point in drawn(values).points:
            lower, upper = point.limits.lower, point.limits.upper
            assert lower is not None
            assert upper is not None
            assert lower <= point.limits.mean <= upper
            assert point.outside == (not lower <= point.value <= upper)
            assert not (point.outside and point.close)
            assert (point.variation is Variation.COMMON) == (point.cause is Cause.COMMON)

    @given(VALUES, st.integers(min_value=-500, max_value=500).map(float))
    def test_a_target_within_the_limits_is_met_by_chance(self, values: list[float], target: float) -> None:
        told = drawn(values, target=target)
        lower, upper = told.last.limits.lower, told.last.limits.upper
        assert lower is not None
        assert upper is not None
        assert (told.assurance is Assurance.HIT_OR_MISS) == (lower <= target <= upper)
