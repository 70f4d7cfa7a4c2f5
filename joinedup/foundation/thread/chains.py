"""Reading the thread: from a theme to what came of it, and back to who spoke."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Max, Min

from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.models.link import LinkQuerySet
from joinedup.foundation.thread.plugs import End, Part, Thing


@dataclass
class Chain:
    """Everything that followed from some things: what is known of each, and the links between them."""

    starts: list[End]
    things: dict[End, Thing] = field(default_factory=dict)
    links: list[Link] = field(default_factory=list)

    @cached_property
    def following(self) -> dict[End, list[Link]]:
        """The links that begin at each thing, in the order of their days."""
        found: dict[End, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.start, []).append(link)
        return found

    def of(self, part: Part) -> list[tuple[End, Thing]]:
        """The things of that part, by day and then by name; those without a day last."""
        found = [(end, thing) for end, thing in self.things.items() if plugs.kind(end[0]).part is part]
        return sorted(found, key=_by_day)

    def after(self, end: End) -> list[End]:
        """What followed from that one, in the order in which it was tied."""
        return [link.end for link in self.following.get(end, ())]

    def only(self, start: End) -> "Chain":
        """What followed from that one alone; asks the database nothing."""
        return _walked([start], self.things, self.following)


def _by_day(each: tuple[End, Thing]) -> tuple[bool, datetime.date, str]:
    thing = each[1]
    return thing.on is None, thing.on or datetime.date.max, thing.title


def onwards(
    *starts: End,
    only_public: bool = True,
    known: Mapping[End, Thing] | None = None,
    parts: Collection[Part] = tuple(Part),
) -> Chain:
    """The chain from these things on. Nothing behind a thing that may not be shown is shown either.

    `known` are things that need not be asked for again; `parts` leaves out everything else, and what only
    leads on from that. Costs one query for the links, and one for each kind of thing, however many there are.
    """
    following: dict[End, list[Link]] = {}
    for link in Link.objects.standing().leading_on_from(starts):
        following.setdefault(link.start, []).append(link)
    ends = {*starts, *(link.end for links in following.values() for link in links)}
    wanted = {end for end in ends if plugs.kind_is_one_of(end, parts)} - (known or {}).keys()
    things = {**(known or {}), **plugs.things(sorted(wanted))}
    shown = {end: thing for end, thing in things.items() if thing.is_public or not only_public}
    return _walked(list(starts), shown, following)


def _walked(starts: list[End], things: Mapping[End, Thing], following: Mapping[End, list[Link]]) -> Chain:
    """What can be reached from these without passing a thing that is not among `things`."""
    chain = Chain(starts, {end: things[end] for end in starts if end in things})
    edge = list(chain.things)
    while edge:
        links = [link for end in edge for link in following.get(end, ()) if link.end in things]
        chain.links += links
        edge = [end for end in dict.fromkeys(link.end for link in links) if end not in chain.things]
        chain.things.update({end: things[end] for end in edge})
    return chain


@dataclass(frozen=True)
class Spoke:
    """How many people stand behind one thing, and when they spoke."""

    people: int
    first_on: datetime.date
    last_on: datetime.date


def who_spoke(ends: Iterable[End]) -> dict[End, Spoke]:
    """How many spoke straight of each of these things, in one query."""
    links = Link.objects.standing().to_ends(list(ends)).filter(start_part=Part.VOICE).order_by()
    rows = links.values("end_kind", "end_key").annotate(
        people=Count("start_key"), first=Min("on"), last=Max("on")
    )
    return {
        (row["end_kind"], row["end_key"]): Spoke(row["people"], row["first"], row["last"]) for row in rows
    }


def voices_behind(end: End) -> LinkQuerySet:
    """The links by which voices lead to that thing, straight or by others; one for each way."""
    edge, seen = [end], {end}
    while edge:
        links = Link.objects.standing().to_ends(edge).exclude(start_part=Part.VOICE)
        edge = [start for start in {link.start for link in links} if start not in seen]
        seen.update(edge)
    return Link.objects.standing().to_ends(sorted(seen)).filter(start_part=Part.VOICE)
