"""A drawing of areas and sockets, made from the real imports: each subject a thread, each floor a bar."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path

from joinedup.config.environment import ROOT
from joinedup.config.house.floors import FOUNDATION

PICTURE = ROOT / "docs/areas.svg"
AREAS = ("inform", "involve", "coordinate", "govern")
# Files by which a subject plugs into a socket of the foundation, and the package that reads them.
PLUGS = {
    "thread.py": "thread",
    "worklist.py": "worklist",
    "panels.py": "panels",
    "findable.py": "findable",
    "page_versions.py": "page_versions",
    "dataprotection.py": "dataprotection",
}
COLOURS = {"inform": "#0b4a5c", "involve": "#9c3a1b", "coordinate": "#1b6a3c", "govern": "#5b2a6e"}
LEFT, TOP, ACROSS, DOWN = 150, 150, 46, 30


@dataclass(frozen=True)
class Loom:
    """What is drawn: subjects by area, floors from the top down, and who uses and plugs into what."""

    subjects: tuple[tuple[str, str], ...]
    floors: tuple[str, ...]
    uses: frozenset[tuple[str, str, str]]
    plugs: frozenset[tuple[str, str, str]]


def _package(module: str) -> tuple[str, str] | None:
    parts = module.split(".")
    return (parts[1], parts[2]) if len(parts) > 2 and "tests" not in parts else None


def loom(imports: Iterable[tuple[str, str]], files: Collection[Path]) -> Loom:
    """From pairs of modules, importer first, and the files of the subjects."""
    known = {path.parent.relative_to(ROOT / "joinedup").parts for path in files if path.name == "apps.py"}
    subjects = sorted(((p[0], p[1]) for p in known if len(p) == 2 and p[0] in AREAS), key=_order)
    uses = set()
    for importer, imported in imports:
        one, other = _package(importer), _package(imported)
        if one and other and one in subjects and other[0] == "foundation":
            uses.add((*one, other[1]))
    plugs = {(area, name, PLUGS[p.name]) for p in files for area, name in [_room(p)] if p.name in PLUGS}
    floors = [each for each in reversed(FOUNDATION) if any(use[2] == each for use in uses | plugs)]
    return Loom(tuple(subjects), tuple(floors), frozenset(uses), frozenset(plugs))


def _room(path: Path) -> tuple[str, str]:
    """The area and the subject in which a file stands."""
    return path.parent.parent.name, path.parent.name


def _order(subject: tuple[str, str]) -> tuple[int, str]:
    return AREAS.index(subject[0]), subject[1]


def _area_boxes(drawn: Loom) -> list[str]:
    lines, many = [], Counter(area for area, _name in drawn.subjects)
    at = 0
    for area in AREAS:
        if not many[area]:
            continue
        x, width = LEFT + at * ACROSS - 20, many[area] * ACROSS - 6
        lines.append(
            f'<rect x="{x}" y="8" width="{width}" height="{TOP - 40}" rx="6" fill="none" '
            f'stroke="{COLOURS[area]}" stroke-width="3"/>'
            f'<text x="{x + 8}" y="28" font-weight="700" fill="{COLOURS[area]}">{area}</text>'
        )
        at += many[area]
    return lines


def _thread(drawn: Loom, number: int) -> list[str]:
    area, name = drawn.subjects[number]
    x, colour = LEFT + number * ACROSS, COLOURS[area]
    bottom = TOP + (len(drawn.floors) - 1) * DOWN
    lines = [
        f'<text transform="translate({x + 5} {TOP - 40}) rotate(-78)" font-size="13">{escape(name)}</text>',
        f'<path d="M{x} {TOP - 30}V{bottom}" stroke="{colour}" stroke-width="1.5"/>',
    ]
    for row, floor in enumerate(drawn.floors):
        y = TOP + row * DOWN
        if (area, name, floor) in drawn.plugs:
            lines.append(f'<rect x="{x - 7}" y="{y - 7}" width="14" height="14" fill="{colour}"/>')
        elif (area, name, floor) in drawn.uses:
            lines.append(
                f'<circle cx="{x}" cy="{y}" r="5" fill="#fff" stroke="{colour}" stroke-width="2.5"/>'
            )
    return lines


def svg(drawn: Loom) -> str:
    """The drawing as an SVG file: a square is a plug in a socket, a ring is an import."""
    width = LEFT + len(drawn.subjects) * ACROSS + 20
    height = TOP + len(drawn.floors) * DOWN + 30
    right = width - 24
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'font-family="sans-serif" font-size="14" aria-labelledby="title">',
        '<title id="title">Areas and sockets: which subject plugs into what, and imports what</title>',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        *_area_boxes(drawn),
    ]
    for row, floor in enumerate(drawn.floors):
        y = TOP + row * DOWN
        lines.append(f'<path d="M{LEFT - 24} {y}H{right}" stroke="#c5ccd1" stroke-width="8"/>')
        lines.append(f'<text x="{LEFT - 32}" y="{y + 5}" text-anchor="end">{floor}</text>')
    for number in range(len(drawn.subjects)):
        lines += _thread(drawn, number)
    lines.append(
        f'<text x="{LEFT - 24}" y="{height - 12}">■ plugs into the socket   ○ imports it   '
        "no thread touches another: areas meet on the bars alone</text></svg>"
    )
    return "\n".join(lines) + "\n"


def files() -> list[Path]:
    """The Python files of all subjects."""
    return [path for area in AREAS for path in sorted((ROOT / "joinedup" / area).glob("*/*.py"))]
