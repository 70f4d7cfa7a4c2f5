"""Charts for tests."""

import datetime

from hypothesis import strategies as st

from joinedup.govern.outcomes.xmr import Chart, Direction, chart

BEGAN = datetime.date(2024, 1, 1)
# 10 and 11 by turns: mean 10.5, limits 7.84 and 13.16.
STEADY = [10.0, 11.0] * 8


def drawn(values: list[float], direction: Direction = Direction.INCREASE, **options: object) -> Chart:
    """A chart with one value a day."""
    days = [(BEGAN + datetime.timedelta(days=place), value) for place, value in enumerate(values)]
    return chart(days, direction=direction, **options)  # type: ignore[arg-type]


SERIES = st.lists(st.floats(min_value=-1e6, max_value=1e6, allow_subnormal=False), min_size=1, max_size=50)
CHARTS = st.builds(
    drawn,
    SERIES,
    st.sampled_from(Direction),
    target=st.none() | st.floats(min_value=-1e6, max_value=1e6),
)
