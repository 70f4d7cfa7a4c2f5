"""Every route of the platform and the door it has, read from the URL resolver."""

import csv
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern, URLPattern, URLResolver
from wagtail.urls import serve_pattern

MATRIX = Path(__file__).parent / "routes.csv"
UNMARKED = "none"
EDITOR = "page.edit (page editor)"
_ARGUMENT = re.compile(r"<[^>]+>")
_SAMPLES: dict[str, Any] = {
    "int": 1,
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


@dataclass(frozen=True)
class Route:
    """One address and who may use it."""

    pattern: str
    door: str
    sample: str | None
    """An address that matches, with made-up arguments; None where one cannot be made up."""


def _sample(pattern: RoutePattern | RegexPattern) -> str | None:
    text = str(pattern)
    if text == serve_pattern:
        return "no-such-page/"
    if isinstance(pattern, RegexPattern):
        return None if "(" in text or "[" in text else text.strip("^$\\Z").replace("\\", "")
    for name, converter in pattern.converters.items():
        kind = next((k for k in _SAMPLES if type(converter).__name__.lower().startswith(k)), "str")
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            text = text.replace(written, str(_SAMPLES[kind]))
    return None if "<" in text else text


def _walk(
    patterns: list[URLPattern | URLResolver], prefix: str, sample: str | None
) -> Iterator[tuple[str, Any, str | None]]:
    for item in patterns:
        here, made_up = prefix + str(item.pattern), _sample(item.pattern)  # type: ignore[arg-type]
        joined = None if sample is None or made_up is None else sample + made_up
        if isinstance(item, URLResolver):
            yield from _walk(item.url_patterns, here, joined)
        else:
            yield here, item.callback, joined


def routes() -> list[Route]:
    """All routes, ours and those of the libraries. The page editor's share one door, a middleware."""
    found = []
    for pattern, callback, sample in _walk(get_resolver().url_patterns, "", ""):
        if pattern.startswith("editor/") and not hasattr(callback, "door"):
            door = EDITOR
        else:
            door = str(getattr(callback, "door", UNMARKED))
        found.append(Route(pattern, door, None if sample is None else "/" + sample))
    return found


def has_arguments(pattern: str) -> bool:
    """Whether there are many such addresses, one for each thing that is shown or changed there."""
    return "<" in pattern or "(" in pattern


def stem_of(pattern: str, stems: Collection[str]) -> str | None:
    """The longest of these beginnings of patterns after which the pattern has no argument any more."""
    fitting = [s for s in stems if pattern.startswith(s) and not has_arguments(pattern[len(s) :])]
    return max(fitting, key=len, default=None)


def address(pattern: str, stem: str, keys: Sequence[object]) -> str:
    """The address of one thing: the arguments of the stem, in their order, are its keys."""
    given = iter(keys)
    return "/" + _ARGUMENT.sub(lambda _found: str(next(given)), stem) + pattern[len(stem) :]


def ours(found: list[Route]) -> dict[str, str]:
    """Those that need a row of their own in the matrix: pattern to door."""
    return {route.pattern: route.door for route in found if route.door != EDITOR}


def matrix() -> dict[str, str]:
    """The rows people wrote and reviewed, in routes.csv: pattern to door."""
    with MATRIX.open(encoding="utf-8", newline="") as file:
        return {row["pattern"]: row["door"] for row in csv.DictReader(file)}


def write_matrix() -> None:
    """Write the rows as the resolver has them; to be read in review before it is kept."""
    with MATRIX.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["pattern", "door"])
        writer.writerows(sorted(ours(routes()).items()))


def faults(found: dict[str, str], written: dict[str, str]) -> list[str]:
    """What is wrong, in words: routes without a mark, without a row, with another door, or gone."""
    said = [
        f"{p}: no door; mark the view with @public, @signed_in or @requires"
        for p, d in found.items()
        if d == UNMARKED
    ]
    said += [f"{p}: no row in {MATRIX.name}" for p in found.keys() - written.keys()]
    said += [f"{p}: a row in {MATRIX.name}, but no such route" for p in written.keys() - found.keys()]
    said += [
        f"{p}: is {found[p]}, the row says {d}" for p, d in written.items() if p in found and found[p] != d
    ]
    return sorted(said)
