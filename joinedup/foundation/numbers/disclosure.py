"""Counts of people as they may be shown: 1 to 7 hidden, others to the nearest 5, nought stays nought.

The rule is that of NHS England for counts below national level (change to disclosure control methodology,
from September 2018). Two things are added, because rounding alone does not hold: a total that would let
someone work out a hidden part is not shown, and a share is made of the rounded counts only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MOST_HIDDEN = 7
STEP = 5
HIDDEN = "*"


@dataclass(frozen=True)
class Shown:
    """One published count of people: a number, or hidden. It holds nothing that it does not show."""

    value: int | None

    def __str__(self) -> str:
        return HIDDEN if self.value is None else str(self.value)

    @property
    def is_hidden(self) -> bool:
        """Whether there are a few people, and it is not said how many."""
        return self.value is None

    @property
    def fewest(self) -> int:
        """The smallest count that would be shown so."""
        if self.value is None:
            return 1
        return max(self.value - STEP // 2, MOST_HIDDEN + 1) if self.value else 0

    @property
    def most(self) -> int:
        """The largest count that would be shown so."""
        if self.value is None:
            return MOST_HIDDEN
        return self.value + STEP // 2 if self.value else 0


@dataclass(frozen=True)
class Table:
    """Counts that belong together. The total is None where it would give a hidden part away."""

    parts: Mapping[str, Shown]
    total: Shown | None


def shown(people: int) -> Shown:
    """A count of people as it may be published. Raises ValueError for less than nobody."""
    if people < 0:
        raise ValueError("Nobody counts fewer than no people.")
    if 1 <= people <= MOST_HIDDEN:
        return Shown(None)
    return Shown((people + STEP // 2) // STEP * STEP)


def table(parts: Mapping[str, int]) -> Table:
    """Parts that exclude one another, and their total, each rounded for itself, never summed.

    Whether the total is shown depends on the shown parts alone, so leaving it out says nothing either.
    """
    told = {name: shown(people) for name, people in parts.items()}
    total = shown(sum(parts.values())) if total_keeps_secrets(told.values()) else None
    return Table(told, total)


def total_keeps_secrets(parts: Iterable[Shown]) -> bool:
    """Whether each hidden part stays one of two counts at least, whatever total would be shown beside it."""
    told = list(parts)
    hidden = [each for each in told if each.is_hidden]
    fewest, most = sum(each.fewest for each in told), sum(each.most for each in told)
    totals = {shown(people) for people in range(fewest, most + 1)}
    return all(
        _left_open(part, total, fewest - part.fewest, most - part.most) >= 2
        for part in hidden
        for total in totals
    )


def _left_open(part: Shown, total: Shown, other_fewest: int, other_most: int) -> int:
    """How many counts a hidden part could be, for someone who sees the total and the other parts."""
    low = max(part.fewest, total.fewest - other_most)
    high = min(part.most, total.most - other_fewest)
    return high - low + 1


def share(part: Shown, whole: Shown) -> int | None:
    """A whole percentage of two published counts; None where either is hidden or there is nobody."""
    if part.value is None or not whole.value:
        return None
    return round(100 * part.value / whole.value)
