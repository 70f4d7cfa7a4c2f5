"""What there is to read, in one light query: which posts fit a choice, how many each choice would
give, and which months have any.

All posts are looked at in memory, a few bytes each, because one query then answers what would take
seven. A partnership writes some hundreds of posts in ten years.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from wagtail.query import PageQuerySet


@dataclass(frozen=True)
class Line:
    """One post as the catalogue knows it."""

    pk: int
    kind: str
    day: datetime.date
    places: frozenset[str]
    topics: frozenset[str]


@dataclass(frozen=True)
class Chosen:
    """What a reader wants to see; empty means all."""

    place: str = ""
    topic: str = ""
    kind: str = ""

    def fits(self, line: Line) -> bool:
        """Whether the post is about it, by name: one about the whole place is about no part of it."""
        return (
            (not self.place or self.place in line.places)
            and (not self.topic or self.topic in line.topics)
            and (not self.kind or self.kind == line.kind)
        )

    def given(self) -> dict[str, str]:
        """What was chosen, as an address says it."""
        pairs = (("kind", self.kind), ("place", self.place), ("topic", self.topic))
        return {name: value for name, value in pairs if value}


def read(posts: PageQuerySet) -> list[Line]:
    """Every post of the query as a line, in its order."""
    rows: dict[int, dict[str, Any]] = {}
    for pk, kind, day, places, topic in posts.values_list("pk", "kind", "date", "places", "topics__slug"):
        row = rows.setdefault(pk, {"kind": kind, "day": day, "places": frozenset(places), "topics": set()})
        if topic:
            row["topics"].add(topic)
    return [Line(pk=pk, **{**row, "topics": frozenset(row["topics"])}) for pk, row in rows.items()]


def months(lines: Iterable[Line]) -> list[tuple[datetime.date, int]]:
    """The first day of each month with posts, and how many it has; latest first."""
    found = Counter(line.day.replace(day=1) for line in lines)
    return sorted(found.items(), reverse=True)


def numbers(lines: list[Line], chosen: Chosen, name: str, keys: Iterable[str]) -> dict[str, int]:
    """How many posts there would be with each of these keys as `name`, the other choices kept."""
    wanted = {key: replace(chosen, **{name: key}) for key in keys}
    return {key: sum(choice.fits(line) for line in lines) for key, choice in wanted.items()}
