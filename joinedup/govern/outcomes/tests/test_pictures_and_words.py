"""The picture and the words of a chart say the same, because both come from one result."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.govern.outcomes import captions, drawing, wording
from joinedup.govern.outcomes.tests.charts import BEGAN, CHARTS, STEADY, drawn
from joinedup.govern.outcomes.xmr import Chart, Direction, chart

# Seven in a row that stay within the limits.
RISING = [10.0, 14.0] * 6 + [9.0, 9.5, 10.0, 10.5, 11.0, 11.5, 12.0]
FALLING = [-value for value in RISING]
FIGURES = st.integers(-(10**12), 10**12).map(lambda thousandths: thousandths / 1000)


class TestWords:
    @pytest.mark.parametrize(
        ("values", "direction", "said"),
        [
            ([*STEADY, 30.0], Direction.INCREASE, "Getting better: it is higher than usual."),
            ([*STEADY, 30.0], Direction.DECREASE, "Getting worse: it is higher than usual."),
            ([*STEADY, -30.0], Direction.DECREASE, "Getting better: it is lower than usual."),
            ([*STEADY, -30.0], Direction.INCREASE, "Getting worse: it is lower than usual."),
            (RISING, Direction.INCREASE, "Getting better: it is rising."),
            (RISING, Direction.DECREASE, "Getting worse: it is rising."),
            (RISING, Direction.NEUTRAL, "It is rising."),
            (FALLING, Direction.DECREASE, "Getting better: it is falling."),
            (FALLING, Direction.INCREASE, "Getting worse: it is falling."),
            (FALLING, Direction.NEUTRAL, "It is falling."),
            ([*STEADY, 30.0], Direction.NEUTRAL, "It is higher than usual."),
            ([*STEADY, -30.0], Direction.NEUTRAL, "It is lower than usual."),
            (STEADY, Direction.INCREASE, "No real change: it goes up and down as it usually does."),
            ([5.0], Direction.INCREASE, "There are too few figures to say whether anything changed."),
        ],
    )
    def test_say_one_thing(self, values: list[float], direction: Direction, said: str) -> None:
        assert wording.told(drawn(values, direction)).message == said

    def test_say_what_it_rests_on(self) -> None:
        assert wording.told(drawn([*STEADY, 30.0])).because == "The latest figure is above the usual range."
        assert wording.told(drawn([1.0, 2.0])).because == "It rests on 2 figures. Fewer than 13 say little."
        assert wording.told(drawn(STEADY)).because == ""

    @pytest.mark.parametrize(
        ("target", "said"), [(20.0, "will not meet"), (1.0, "each time"), (10.0, "by chance"), (None, "")]
    )
    def test_say_whether_the_target_will_be_met(self, target: float | None, said: str) -> None:
        told = wording.told(drawn(STEADY, target=target)).target
        assert said in told
        assert bool(told) == (target is not None)

    @given(CHARTS)
    def test_never_call_better_what_the_picture_shows_as_worse(self, chart: Chart) -> None:
        message, [*_others, mark] = wording.told(chart).message, drawing.picture(chart).marks
        shapes = {
            "Getting better": "diamond",
            "Getting worse": "triangle",
            "It is ": "square",
            "No real change": "circle",
            "There are too few": "ring",
        }
        [shape] = [shape for words, shape in shapes.items() if message.startswith(words)]
        assert mark.sign.shape == shape
        assert wording.told(chart).sign == mark.sign

    @given(CHARTS)
    def test_speak_of_the_same_direction_as_the_reason(self, chart: Chart) -> None:
        told = wording.told(chart)
        for words, reasons in (
            ("rising", "rise"),
            ("higher", "above|top"),
            ("falling", "fall"),
            ("lower", "below|bottom"),
        ):
            if words in told.message:
                assert re.search(reasons, told.because)


class TestPicture:
    @given(CHARTS)
    def test_everything_stands_within_the_frame(self, chart: Chart) -> None:
        for frame in captions.FRAMES.values():
            picture = drawing.picture(chart, frame)
            heights = [mark.y for mark in picture.marks]
            heights += [each for band in picture.stretches for each in (band.top, band.bottom) if each]
            heights += [picture.target] if picture.target is not None else []
            assert all(frame.top <= height <= frame.floor for height in heights)
            assert all(frame.left <= mark.x <= frame.end for mark in picture.marks)

    @given(CHARTS)
    def test_a_mark_lies_outside_the_band_where_the_value_is_outside_the_limits(self, chart: Chart) -> None:
        picture = drawing.picture(chart)
        [band] = picture.stretches
        for point, mark in zip(chart.points, picture.marks, strict=True):
            if point.outside:
                assert band.top is not None
                assert band.bottom is not None
                assert mark.y <= band.top or mark.y >= band.bottom

    def test_limits_set_anew_begin_a_band_of_their_own(self) -> None:
        again = drawn([*STEADY, *[30.0, 31.0] * 8], rebase=[BEGAN.replace(day=17)])
        first, second = drawing.picture(again).stretches
        assert first.right < second.left
        assert second.mean < first.mean

    def test_one_figure_has_a_mark_and_no_band(self) -> None:
        picture = drawing.picture(drawn([5.0]))
        assert len(picture.marks) == 1
        assert picture.stretches[0].height is None
        assert picture.stretches[0].mean is None

    @given(FIGURES, FIGURES)
    def test_an_axis_has_few_round_steps_and_holds_all(self, one: float, other: float) -> None:
        low, high = sorted((one, other))
        ticks = drawing.steps(low, high)
        assert ticks[0] <= low <= high <= ticks[-1]
        assert 2 <= len(ticks) <= 8
        assert ticks == sorted(set(ticks))

    def test_the_line_is_broken_where_a_figure_is_hidden(self) -> None:
        values = drawn([10.0, 11.0, 12.0])
        gap = BEGAN.replace(day=2)
        days = chart([(BEGAN, 10.0), (BEGAN.replace(day=3), 12.0)], direction=Direction.INCREASE)
        assert drawing.picture(values).line.count("M") == 1
        assert drawing.picture(days, gaps=[gap]).line.count("M") == 2

    def test_a_start_stands_at_the_day_it_begins_and_none_outside_the_picture(self) -> None:
        before, within = BEGAN.replace(year=2020), BEGAN.replace(day=3)
        picture = drawing.picture(drawn(STEADY), starts=[(before, "A"), (within, "B")])
        assert [(tick.at, tick.anchor) for tick in picture.starts] == [(picture.marks[2].x, "B")]

    @given(st.lists(st.floats(0, 300), min_size=1, max_size=6))
    def test_words_beside_it_never_lie_on_one_another(self, heights: list[float]) -> None:
        labels = [captions.Label(height, str(place), "usual") for place, height in enumerate(heights)]
        placed = captions.spread(labels, 20, 300)
        assert sorted(label.text for label in placed) == sorted(label.text for label in labels)
        assert all(after.y - before.y >= captions.GAP - 0.11 for before, after in pairwise(placed))
        assert all(label.y <= 300 for label in placed)

    def test_each_meaning_has_a_shape_of_its_own(self) -> None:
        shapes = {sign.shape for sign in (*wording.SIGNS.values(), wording.OPEN)}
        assert len(shapes) == 5

    @pytest.mark.parametrize("shape", ["circle", "diamond", "triangle", "square", "ring"])
    def test_a_shape_is_closed_and_stands_round_its_place(self, shape: str) -> None:
        path = drawing.outline(shape, 100, 50, 6)
        assert path.startswith("M")
        assert path.endswith("Z")
        numbers = [float(each) for each in re.findall(r"[ML](-?[\d.]+) ", path)]
        assert all(94 <= each <= 106 for each in numbers)
