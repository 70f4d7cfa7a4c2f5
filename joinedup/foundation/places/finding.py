"""Finding the place of a postcode, and how far apart two places are. Nothing here keeps what was asked."""

import enum
import math
from dataclasses import dataclass
from typing import Protocol

from joinedup.foundation.places.atlas import Atlas, Locality, Place, atlas
from joinedup.foundation.places.postcodes import beginning, candidates, shown, tidy

EARTH_RADIUS_M = 6_371_008.8  # mean radius of the WGS 84 ellipsoid


class Point(Protocol):
    """Anything with a place on the earth, in WGS 84 degrees."""

    @property
    def latitude(self) -> float:
        """Degrees north."""

    @property
    def longitude(self) -> float:
        """Degrees east."""


@dataclass(frozen=True)
class Outside:
    """A UK postcode, or its first half, that is not on our list for the borough."""

    postcode: str
    is_near: bool
    """Postcodes of the borough begin like it: it is new, or just over the border."""


class Reason(enum.StrEnum):
    """Why a text could not be read as one postcode."""

    EMPTY = "empty"
    PARTIAL = "partial"  # the first part of a postcode of the borough
    DOUBTFUL = "doubtful"  # several postcodes
    NAME = "name"  # the name of a ward or an area
    NO_POSTCODE = "no-postcode"


@dataclass(frozen=True)
class Unclear:
    """What was written is not one whole postcode."""

    reason: Reason
    localities: tuple[Locality, ...] = ()
    """The areas it can mean all the same."""
    postcodes: tuple[str, ...] = ()
    """The postcodes it can mean, as they are written."""


def find(text: str) -> Place | Outside | Unclear:
    """Where the postcode in `text` is, however it is spaced and written.

    O for 0 and I for 1 are put right where only one postcode can be meant; the answer shows what
    was read in its `postcode`. Source: the files of the atlas, see its attribution. Raises nothing
    for any text; AtlasFault or OSError when the place has no data.
    """
    known = atlas()
    found = candidates(text)
    if len(found) == 1:
        return known.look_up(found[0]) or _outside(known, found[0])
    if found:
        return Unclear(Reason.DOUBTFUL, postcodes=tuple(shown(postcode) for postcode in found))
    return _unclear(known, text)


def _outside(known: Atlas, postcode: str) -> Outside:
    return Outside(shown(postcode), is_near=postcode[:-3] in known.outcodes)


def _unclear(known: Atlas, text: str) -> Outside | Unclear:
    """The answer to what is not a whole postcode."""
    if not tidy(text):
        return Unclear(Reason.EMPTY)
    if start := beginning(text):
        out = start.partition(" ")[0]
        if out not in known.outcodes:
            return Outside(start.strip(), is_near=False)
        return Unclear(Reason.PARTIAL, localities=known.beginning_with(start))
    if named := _named(known, text):
        return Unclear(Reason.NAME, localities=(named,))
    return Unclear(Reason.NO_POSTCODE)


def _plain(name: str) -> str:
    """A name as people type it: no apostrophes, and "and" for "&"."""
    joined = name.replace("’", "").replace("'", "").replace("&", " and ")
    return tidy(joined).removesuffix(" WARD")


def _named(known: Atlas, text: str) -> Locality | None:
    """The area that is called so, or that has a ward called so."""
    wanted = _plain(text)
    for area in known.localities:
        if wanted in {_plain(name) for name in (*area.names.values(), *(ward.name for ward in area.wards))}:
            return area
    return None


def distance_m(a: Point, b: Point) -> float:
    """Metres between two points as the crow flies, not as one walks: a great circle, within 0.5 %."""
    north_a, north_b = math.radians(a.latitude), math.radians(b.latitude)
    north, east = north_b - north_a, math.radians(b.longitude - a.longitude)
    half = math.sin(north / 2) ** 2 + math.cos(north_a) * math.cos(north_b) * math.sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, half)))
