"""The map of the borough, drawn on the server as shapes for an SVG: wards, the edges of areas, a point."""

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from joinedup.foundation.places.atlas import Atlas, Locality, Place, Ward, atlas

Corner = tuple[int, int]
Ring = tuple[Corner, ...]


@dataclass(frozen=True)
class Shape:
    """One ward on the map."""

    path: str
    """SVG path data in the map's units."""
    is_marked: bool


@dataclass(frozen=True)
class Label:
    """The name of an area, and where it stands."""

    text: str
    at: Corner
    is_marked: bool


@dataclass(frozen=True)
class Map:
    """What the template `places/map.html` draws."""

    width: int
    height: int
    shapes: list[Shape]
    edges: list[str]
    """SVG path data of the edges of each area."""
    labels: list[Label]
    point: Corner | None


def _path(rings: tuple[Ring, ...]) -> str:
    return "".join("M" + "L".join(f"{x} {y}" for x, y in ring) + "Z" for ring in rings)


def edges(wards: tuple[Ward, ...]) -> list[tuple[Corner, Corner]]:
    """The lines around all these wards together: those that belong to one of them only."""
    lines: Counter[tuple[Corner, Corner]] = Counter()
    for ward in wards:
        for ring in ward.rings:
            lines.update((min(a, b), max(a, b)) for a, b in zip(ring, ring[1:] + ring[:1], strict=True))
    return [line for line, count in lines.items() if count == 1]


def _middle(wards: tuple[Ward, ...]) -> Corner:
    """The centre of gravity of these wards, each taken as its first outline."""
    area = x_sum = y_sum = 0.0
    for ward in wards:
        ring = ward.rings[0]
        for (x, y), (x_next, y_next) in zip(ring, ring[1:] + ring[:1], strict=True):
            cross = x * y_next - x_next * y
            area += cross
            x_sum += (x + x_next) * cross
            y_sum += (y + y_next) * cross
    return round(x_sum / (3 * area)), round(y_sum / (3 * area))


@lru_cache(maxsize=4)
def _ground(known: Atlas) -> tuple[dict[str, str], dict[str, str], dict[str, Corner]]:
    """What is the same on every map: ward code -> path; area key -> its edges, and its middle."""
    around = {
        area.key: "".join(f"M{a[0]} {a[1]}L{b[0]} {b[1]}" for a, b in edges(area.wards))
        for area in known.localities
    }
    paths = {ward.code: _path(ward.rings) for ward in known.wards}
    return paths, around, {area.key: _middle(area.wards) for area in known.localities}


def map_of(marked: Locality | None = None, place: Place | None = None) -> Map:
    """The map of the borough in its areas; one of them may be marked, and one place."""
    known = atlas()
    paths, around, middles = _ground(known)
    held = {ward.code for ward in marked.wards} if marked is not None else set()
    return Map(
        width=known.frame.width,
        height=known.frame.height,
        shapes=[Shape(path, code in held) for code, path in paths.items()],
        edges=list(around.values()),
        labels=[Label(area.name, middles[area.key], area == marked) for area in known.localities],
        point=known.frame.point(place.latitude, place.longitude) if place is not None else None,
    )
