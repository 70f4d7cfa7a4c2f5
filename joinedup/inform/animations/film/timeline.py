"""The film as a whole: which scene at which second, and how one becomes the next."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joinedup.inform.animations.film.motion import span
from joinedup.inform.animations.film.scenes import (
    canal,
    ending,
    home,
    joining,
    opening,
    plan,
    street,
    voices,
    years,
)
from joinedup.inform.animations.film.signs import cover
from joinedup.inform.animations.film.words import Words

WIDTH, HEIGHT, RATE = 1280, 720, 25
SLIDE, COVER = 0.9, 1.5

DRAWN: dict[str, Callable[[float, Words], str]] = {
    "opening": opening.draw,
    "years": years.draw,
    "home": home.draw,
    "street": street.draw,
    "joining": joining.draw,
    "plan": plan.draw,
    "canal": canal.draw,
    "voices": voices.draw,
    "ending": ending.draw,
}


@dataclass(frozen=True)
class Scene:
    """One scene, with when it begins in the whole film and the moment of its still picture."""

    name: str
    begins: float
    seconds: float
    opens: str
    still: float
    words: dict[str, Words]
    told: dict[str, str]
    cues: list[dict[str, Any]]

    def draw(self, moment: float, language: str) -> str:
        """The picture at that second of the scene."""
        return DRAWN[self.name](moment, self.words[language])


def scenes(script: Path = Path(__file__).parent / "script.toml") -> list[Scene]:
    """All scenes in order."""
    found, begins = [], 0.0
    for row in tomllib.loads(script.read_text(encoding="utf-8"))["scene"]:
        found.append(
            Scene(
                name=row["name"],
                begins=begins,
                seconds=row["seconds"],
                opens=row.get("opens", ""),
                still=row["still"],
                words=row["words"],
                told=row["told"],
                cues=row["cue"],
            )
        )
        begins += row["seconds"]
    return found


def length(all_scenes: list[Scene]) -> float:
    """Seconds of the whole film."""
    return all_scenes[-1].begins + all_scenes[-1].seconds


def _window(inner: str, x: float) -> str:
    return f'<svg x="{round(x)}" y="0" width="{WIDTH}" height="{HEIGHT}" overflow="hidden">{inner}</svg>'


def frame(all_scenes: list[Scene], second: float, language: str) -> str:
    """The inside of the SVG at that second of the film."""
    index = max(i for i, scene in enumerate(all_scenes) if scene.begins <= second + 1e-9)
    scene = all_scenes[index]
    moment = second - scene.begins
    drawn = scene.draw(moment, language)
    if scene.opens == "slide" and moment < SLIDE:
        before, part = all_scenes[index - 1], span(moment, 0, SLIDE)
        drawn = _window(before.draw(before.seconds + moment, language), -WIDTH * part) + _window(
            drawn, WIDTH * (1 - part)
        )
    for other in all_scenes:
        if other.opens == "bricks":
            drawn += cover((second - other.begins + COVER / 2) / COVER)
    return drawn


def svg(inner: str) -> str:
    """A whole SVG document."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<g fill="none" stroke-linecap="round" stroke-linejoin="round">{inner}</g></svg>'
    )
