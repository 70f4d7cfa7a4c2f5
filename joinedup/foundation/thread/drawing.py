"""A theme's chain as a picture: stations along a thread, drawn on the server as shapes for an SVG."""

import datetime
import textwrap
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from joinedup.foundation.thread.plugs import Part
from joinedup.foundation.thread.story import Station, Story

WIDTH, ROW, TOP = 420, 82, 34
LEFT, INDENT, TEXT = 24, 26, 22
LINES, LEADING = 2, 18  # lines of a title, and how far apart
_LETTER = 8.0  # units across, of a wide letter in the size of the stylesheet
_SIZE = 11.0
DEEPEST = len(Part)
# A shape for each part, so that colour is never the only sign.
SHAPES = {
    Part.DECISION: "diamond",
    Part.PROJECT: "square",
    Part.SPEND: "coin",
    Part.MEASURE: "triangle",
    Part.ANSWER: "speech",
}


@dataclass(frozen=True)
class Mark:
    """One station on the picture."""

    x: float
    y: float
    part: str
    shape: str
    path: str
    heading: str
    lines: list[str]
    has_failed: bool

    @property
    def text_x(self) -> float:
        """Where its words begin."""
        return self.x + TEXT

    @property
    def coin_y(self) -> float:
        """Where the sign on a coin stands."""
        return self.y + 5

    @property
    def text(self) -> str:
        """Its lines as one."""
        return " ".join(self.lines)

    @property
    def rows(self) -> list[tuple[float, str]]:
        """Where each of its lines stands."""
        return [(self.y + LEADING * number, line) for number, line in enumerate(self.lines, 1)]


@dataclass(frozen=True)
class Thread:
    """The line from one station to the next, and the days between them."""

    path: str
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Picture:
    """What the template draws, in units of the picture."""

    width: int
    height: int
    marks: list[Mark]
    threads: list[Thread]


def room(x: float) -> int:
    """How many letters fit beside a mark that stands so far across."""
    return int((WIDTH - x - TEXT) // _LETTER)


def wrapped(text: str, letters: int, most: int = LINES) -> list[str]:
    """A text in lines of so many letters, cut at a word; what does not fit ends in dots."""
    found = textwrap.wrap(" ".join(text.split()), letters, max_lines=most, placeholder=" …")
    return found or [""]


def _path(shape: str, x: float, y: float) -> str:
    r = _SIZE
    corners = {
        "diamond": [(0, -r), (r, 0), (0, r), (-r, 0)],
        "square": [
            (-r * 0.85, -r * 0.85),
            (r * 0.85, -r * 0.85),
            (r * 0.85, r * 0.85),
            (-r * 0.85, r * 0.85),
        ],
        "triangle": [(0, -r), (r, r * 0.8), (-r, r * 0.8)],
        "speech": [(-r, -r * 0.8), (r, -r * 0.8), (r, r * 0.5), (0, r * 0.5), (-r * 0.6, r), (-r, r * 0.5)],
    }.get(shape, [])
    if not corners:
        return ""
    return "M" + "L".join(f"{x + across:.1f} {y + down:.1f}" for across, down in corners) + "Z"


def month(day: datetime.date | None) -> str:
    """The month, in words: exact days of what single people said are not told."""
    return date_format(day, "F Y") if day else ""


def _said(story: Story) -> Mark:
    heading = _("Said")
    if story.first_on:
        heading = f"{heading} · {month(story.first_on)}"
    lines = wrapped(people(story), room(LEFT))
    return Mark(LEFT, TOP, Part.VOICE, "circle", "", heading, lines, has_failed=False)


def people(story: Story) -> str:
    """How many people spoke, as may be published."""
    if story.people.is_hidden:
        return _("A few people told us")
    many = story.people.value or 0
    if not many:
        return _("Nobody has told us about this yet")
    return ngettext("About %(many)s person told us", "About %(many)s people told us", many) % {"many": many}


def days_between(station: Station) -> str:
    """The days since what led to it, in few words; empty where they are not known."""
    if station.days is None:
        return ""
    if not station.days:
        return _("the same week") if station.is_after_voices else _("the same day")
    if station.is_after_voices:
        words = ngettext("about %(days)s day", "about %(days)s days", station.days)
    else:
        words = ngettext("%(days)s day", "%(days)s days", station.days)
    return words % {"days": station.days}


def _mark(station: Station, row: int) -> Mark:
    x, y = LEFT + INDENT * min(station.depth, DEEPEST), TOP + ROW * row
    heading = str(_("We could not")) if station.thing.has_failed else station.words
    if station.thing.on:
        heading = f"{heading} · {date_format(station.thing.on, 'j F Y')}"
    shape = SHAPES[station.part]
    return Mark(
        x,
        y,
        station.part,
        shape,
        _path(shape, x, y),
        wrapped(heading, room(x), 1)[0],
        wrapped(station.thing.title, room(x)),
        station.thing.has_failed,
    )


def _thread(before: Mark, after: Mark, label: str) -> Thread:
    bend = f"V{after.y - 14}Q{before.x} {after.y} {before.x + 12} {after.y}H{after.x - _SIZE}"
    return Thread(f"M{before.x} {before.y + _SIZE}{bend}", label, before.x + 6, after.y - 17)


def picture(story: Story) -> Picture:
    """The shapes of a chain: who spoke on top, then each thing under the one that led to it."""
    marks, threads = [_said(story)], []
    last: dict[int, Mark] = {0: marks[0]}
    for row, station in enumerate(story.stations, 1):
        mark = _mark(station, row)
        threads.append(_thread(last[station.depth - 1], mark, days_between(station)))
        marks.append(mark)
        last[station.depth] = mark
    return Picture(WIDTH, TOP + ROW * len(marks) - 20, marks, threads)
