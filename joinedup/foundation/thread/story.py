"""A theme's whole chain in words: what was said, decided, spent and changed, who was told, days between."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db.models import CharField, Count, Exists, Max, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from joinedup.foundation.numbers.disclosure import Shown, shown
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.chains import Chain, Spoke, onwards, who_spoke
from joinedup.foundation.thread.models import Link, Telling, Told
from joinedup.foundation.thread.plugs import End, Part, Thing

STORIES = 3
# What the list of themes tells of; money and measures stand on the page of each.
IN_SHORT = (Part.THEME, Part.DECISION, Part.PROJECT, Part.ANSWER)


@dataclass(frozen=True)
class Station:
    """One thing on the way: what it is, and how many days after what led to it."""

    end: End
    thing: Thing
    part: Part
    words: str
    """What kind of thing it is, for the reader."""
    depth: int
    """How many steps after the voices."""
    days: int | None = None
    is_after_voices: bool = False
    """Its days count from what people said, and so from the Monday of that week: nobody's own day is told."""

    @property
    def since(self) -> str:
        """How long after what led to it, in words; empty where that is not known."""
        if self.days is None:
            return ""
        if not self.days:
            in_week, on_day = _("in the week in which people first spoke"), _("on the day of what led to it")
            return in_week if self.is_after_voices else on_day
        if self.is_after_voices:
            words = ngettext(
                "about %(days)s day after people first spoke",
                "about %(days)s days after people first spoke",
                self.days,
            )
        else:
            words = ngettext(
                "%(days)s day after what led to it", "%(days)s days after what led to it", self.days
            )
        return words % {"days": self.days}

    @property
    def picture(self) -> str:
        """Its own drawing, where it has one."""
        return mark_safe(self.thing.picture()) if self.thing.picture is not None else ""


@dataclass(frozen=True)
class Heard:
    """What those who were told say to it, in counts that may be published."""

    told: Shown
    confirmed: Shown
    disputed: Shown
    last_on: datetime.date | None


@dataclass
class Story:
    """Everything the page of one theme tells."""

    theme: Thing
    end: End
    people: Shown
    first_on: datetime.date | None
    last_on: datetime.date | None
    stations: list[Station] = field(default_factory=list)
    quotes: list[Thing] = field(default_factory=list)
    heard: Heard | None = None

    def of(self, *parts: Part) -> list[Station]:
        """Its stations of these parts, in order."""
        return [station for station in self.stations if station.part in parts]

    @property
    def slug(self) -> str:
        """The last part of its address."""
        return self.theme.slug

    @property
    def could_not(self) -> list[Station]:
        """What could not be done, and why."""
        return [station for station in self.stations if station.thing.has_failed]

    @property
    def days(self) -> int | None:
        """Days from the week of the first voice to the latest thing; None where that came before."""
        last = self.latest.thing.on if self.latest is not None else None
        return _days(self.first_on, last, is_after_voices=True)

    @property
    def latest(self) -> Station | None:
        """The last thing that came of it."""
        dated = [station for station in self.stations if station.thing.on]
        return max(dated, key=lambda each: each.thing.on or datetime.date.min, default=None)


def themes() -> dict[End, Thing]:
    """Every theme that everyone may read of, by name."""
    found: dict[End, Thing] = {}
    for kind in plugs.kinds():
        if kind.part is Part.THEME and kind.choices is not None:
            found.update({(kind.key, key): thing for key, thing in kind.choices().items() if thing.is_public})
    return dict(sorted(found.items(), key=lambda each: each[1].title.casefold()))


def in_short() -> list[Story]:
    """Every public theme with what was decided, done and answered; few queries, however many themes."""
    ends = themes()
    chain = onwards(*ends, known=ends, parts=IN_SHORT)
    spoke = who_spoke(ends)
    found = [_story(end, thing, chain.only(end), spoke.get(end)) for end, thing in ends.items()]
    return sorted(found, key=lambda each: -(each.people.value or 0))


def in_full(slug: str) -> Story | None:
    """The theme at that address with all that came of it; None where everyone may not read of it."""
    match = next(((end, thing) for end, thing in themes().items() if thing.slug == slug), None)
    if match is None:
        return None
    end, thing = match
    chain = onwards(end, known={end: thing})
    story = _story(end, thing, chain, who_spoke([end]).get(end))
    story.quotes = _quotes(end)
    story.heard = heard_of(chain)
    return story


def _story(end: End, thing: Thing, chain: Chain, spoke: Spoke | None) -> Story:
    first_on = spoke.first_on if spoke else None
    return Story(
        theme=thing,
        end=end,
        people=shown(spoke.people if spoke else 0),
        first_on=first_on,
        last_on=spoke.last_on if spoke else None,
        stations=list(_walk(chain.things, _under(chain), end, _Since(first_on, is_voices=True))),
    )


@dataclass(frozen=True)
class _Since:
    """The day from which the next step counts."""

    on: datetime.date | None
    is_voices: bool = False


def _days(
    since: datetime.date | None, on: datetime.date | None, *, is_after_voices: bool = False
) -> int | None:
    if since is None or on is None or on < since:
        return None
    return (on - since).days + (since.weekday() if is_after_voices else 0)


def _walk(
    things: Mapping[End, Thing], under: Mapping[End, list[End]], end: End, since: _Since, depth: int = 1
) -> Iterator[Station]:
    """Each thing, then what followed from it, the earliest first."""
    for each in sorted(under.get(end, ()), key=lambda found: _when(things[found])):
        thing, kind = things[each], plugs.kind(each[0])
        yield Station(
            each,
            thing,
            kind.part,
            str(kind.words),
            depth,
            _days(since.on, thing.on, is_after_voices=since.is_voices),
            since.is_voices,
        )
        # What has no day of its own leaves the count to what came before it.
        yield from _walk(things, under, each, _Since(thing.on) if thing.on else since, depth + 1)


def _under(chain: Chain) -> dict[End, list[End]]:
    """What stands under what. What several things led to stands once, under the last of them."""
    last: dict[End, End] = {}
    for start, links in chain.following.items():
        for link in links:
            if link.end not in last or _rank(chain, start, link.end) > _rank(chain, last[link.end], link.end):
                last[link.end] = start
    found: dict[End, list[End]] = {}
    for end, start in last.items():
        found.setdefault(start, []).append(end)
    return found


def _rank(chain: Chain, start: End, end: End) -> tuple[int, bool, datetime.date, End]:
    """The further along, the later before the thing itself, and then by name, so that it never wavers."""
    on, limit = chain.things[start].on, chain.things[end].on
    part = list(Part).index(plugs.kind(start[0]).part)
    in_time = on is not None and (limit is None or on <= limit)
    return part, in_time, on or datetime.date.min, start


def _when(thing: Thing) -> tuple[datetime.date, str]:
    return thing.on or datetime.date.max, thing.title


def _quotes(end: End) -> list[Thing]:
    found: list[Thing] = []
    for kind in plugs.kinds():
        if kind.voices is not None:
            links = Link.objects.standing().to_ends([end]).filter(start_kind=kind.key)
            found += kind.voices.shown(links.values("start_key"), STORIES)
    return found[:STORIES]


def heard_of(chain: Chain) -> Heard | None:
    """What those say who were told of anything in the chain; None when nobody was told of anything.

    People are counted, not letters: each once, with their latest word.
    """
    about = Q(pk__in=[])
    for kind in {kind for kind, _key in chain.things}:
        about |= Q(about_kind=kind, about_key__in=[key for name, key in chain.things if name == kind])
    told = Told.objects.filter(telling__in=Telling.objects.filter(about), told_on__isnull=False).order_by()
    said = told.filter(voice_kind=OuterRef("voice_kind"), voice_key=OuterRef("voice_key"))
    since = Q(verdict_on__gt=OuterRef("verdict_on")) | Q(
        verdict_on=OuterRef("verdict_on"), pk__gt=OuterRef("pk")
    )
    known = told.annotate(
        who=Concat("voice_kind", Value(":"), Cast("voice_key", CharField())),
        is_latest=~Exists(said.exclude(verdict=Told.Verdict.NONE).filter(since)),
    ).aggregate(
        people=Count("who", distinct=True),
        last=Max("told_on"),
        yes=Count("pk", filter=Q(is_latest=True, verdict=Told.Verdict.CONFIRMED)),
        no=Count("pk", filter=Q(is_latest=True, verdict=Told.Verdict.DISPUTED)),
    )
    if known["last"] is None:
        return None
    return Heard(shown(known["people"]), shown(known["yes"]), shown(known["no"]), known["last"])
