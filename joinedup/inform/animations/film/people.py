"""People as flat drawings that can walk, wave, look about and blink.

A figure stands with its feet at 0 and is 188 units high. Hands are named by where they are: `left`
and `right` as the onlooker sees them.
"""

import math
from dataclasses import dataclass, field, replace

from joinedup.inform.animations.film.motion import Point
from joinedup.inform.animations.film.shapes import (
    GREY,
    INK,
    PALE_BRICK,
    SLATE,
    SUN,
    WHITE,
    area,
    circle,
    ellipse,
    line,
    n,
    place,
    rect,
)

FEATURES = "#20130d"


@dataclass(frozen=True)
class Look:
    """What someone looks like."""

    skin: str
    top: str
    hair: str = "short"
    hair_colour: str = INK
    wears: str = "trousers"
    legs: str = INK
    glasses: bool = False
    lanyard: bool = False
    beard: str = ""
    number: int = 0


@dataclass(frozen=True)
class Pose:
    """What someone is doing at this moment. `stride` turns once in two steps; None stands still."""

    left: Point = (-27, -82)
    right: Point = (27, -82)
    stride: float | None = None
    gaze: float = 0
    mouth: str = "smile"
    shut: bool = False
    lean: float = 0
    holds: str = field(default="", repr=False)

    def but(self, **changes: object) -> "Pose":
        """The same with changes."""
        return replace(self, **changes)  # type: ignore[arg-type]


def _arm(side: int, hand: Point, colour: str, skin: str) -> str:
    x, y = 17 * side, -126
    dx, dy = hand[0] - x, hand[1] - y
    reach = math.hypot(dx, dy) or 1
    bend = max(0.0, 52 - reach) * 0.5 + 5
    middle = (x + dx / 2 + side * abs(dy) / reach * bend, y + dy / 2 + abs(dx) / reach * bend)
    curve = f"M{x} {y}Q{n(middle[0])} {n(middle[1])} {n(hand[0])} {n(hand[1])}"
    return line(curve, colour, 14) + circle(hand[0], hand[1], 7.2, skin)


def _feet(stride: float | None, reach: float) -> tuple[Point, Point]:
    if stride is None:
        return (-11, -6), (11, -6)
    turn = stride * math.tau
    one = (-2 + math.sin(turn) * reach, -6 - max(0.0, math.cos(turn)) * reach * 0.35)
    other = (2 - math.sin(turn) * reach, -6 - max(0.0, -math.cos(turn)) * reach * 0.35)
    return one, other


def _legs(look: Look, stride: float | None) -> str:
    gown = look.wears == "gown"
    feet = _feet(stride, 11 if gown else 19)
    ahead = 3 if stride is not None else 0
    shoes = "".join(line(f"M{n(x - 4 + ahead)} {n(y + 2)}h9", INK, 9) for x, y in feet)
    if gown:
        return "".join(line(f"M{n(x)} -24L{n(x)} {n(y)}", look.skin, 9) for x, y in feet) + shoes
    colour, width = (look.skin, 12) if look.wears in ("dress", "skirt") else (look.legs, 18)
    hips = (-9, 9)
    bare = "".join(
        line(f"M{hip} -80Q{n(hip * 0.6 + x * 0.4 + ahead)} -44 {n(x)} {n(y - 2)}", colour, width)
        for hip, (x, y) in zip(hips, feet, strict=True)
    )
    return bare + shoes


def _body(look: Look, sway: float) -> str:
    head = "M-24-122q0-18 16-18h16q16 0 16 18"
    shapes = {
        "trousers": f"{head}l-2 46q-22 6-44 0z",
        "tunic": f"{head}l2 64q-26 6-52 0z",
        "coat": f"{head}l4 74q-28 6-56 0z",
        "dress": f"{head}l-3 38l{n(10 + sway)} 46q-31 8-62 0l{n(10 - sway)}-46z",
        "skirt": f"{head}l-3 38l{n(9 + sway)} 46q-30 8-60 0l{n(9 - sway)}-46z",
        "gown": f"{head}l{n(9 + sway)} 108q-33 9-66 0z",
    }
    drawn = area(shapes[look.wears], look.top)
    if look.wears == "skirt":
        drawn += area(f"M-22-84h44l{n(8 + sway)} 46q-30 8-60 0z", look.legs)
    if look.wears == "tunic":
        drawn += line("M-9-139L0-124L9-139M0-124V-62", WHITE, 2.5, opacity=0.9)
    if look.wears == "coat":
        drawn += line("M0-134V-52", INK, 1.6, opacity=0.35)
    if look.lanyard:
        drawn += line("M-9-139L1-104L10-139", SUN, 2.6) + rect(-6, -105, 14, 18, WHITE, 2)
        drawn += rect(-3, -101, 8, 6, SLATE, 1)
    return drawn


def _hair_behind(look: Look) -> str:
    colour = look.hair_colour
    match look.hair:
        case "afro":
            return circle(0, -166, 26, colour)
        case "long":
            return area("M-21-162a21 21 0 0 1 42 0v28q0 8-8 8h-26q-8 0-8-8z", colour)
        case "bunches":
            return circle(-19, -172, 9.5, colour) + circle(19, -172, 9.5, colour)
        case "bun":
            return circle(-3, -184, 10, colour)
        case "scarf":
            return area("M-21-160c-2-29 44-29 42 0c0 13 4 21 9 29c-13 14-47 14-60 0c5-8 9-16 9-29z", colour)
    return ""


def _hair_before(look: Look) -> str:
    colour = look.hair_colour
    fringe = "M-17.5-158c-4-26 12-26 20-24c14 1 17 13 15 23c-6-2-10-6-13-11c-6 7-14 9-22 12z"
    match look.hair:
        case "short" | "long" | "bunches" | "bun":
            return area(fringe, colour)
        case "afro":
            return area("M-18-158c-2-22 8-25 18-25s20 4 18 25c-5-5-8-11-18-11s-13 6-18 11z", colour)
        case "bald":
            return ellipse(-16.5, -159, 4, 8, colour) + ellipse(16.5, -159, 4, 8, colour)
        case "turban":
            wraps = line("M-17-170q14-16 30-8M-11-180q12-6 26 6", INK, 1.5, opacity=0.35)
            return area("M-21-163c-8-34 50-34 42 0q-9-11-21-11t-21 11z", colour) + wraps
        case "cap":
            return area("M-18-165a18 17 0 0 1 36 0h12q2 5-4 5h-44z", colour)
        case _:
            rim = "M-16-157c-1-24 33-24 32 0c0 7-1 12-5 16c6-16-2-28-11-28s-17 12-11 28c-4-4-5-9-5-16z"
            fold = line("M-15-134q15 11 31-4", INK, 1.6, opacity=0.25)
            return area(rim, colour) + fold


def face(look: Look, pose: Pose) -> str:
    """Eyes, mouth and what belongs to them, at the height of a standing head."""
    gaze = pose.gaze * 4
    drawn = ""
    if look.beard:
        drawn += area("M-16-157c0 15 6 21 16 21s16-6 16-21c-4 6-9 6-16 6s-12 0-16-6z", look.beard) + ellipse(
            gaze, -148.5, 6, 3.4, look.skin
        )
    for side in (-1, 1):
        x = side * 6.2 + gaze
        eye = line(f"M{n(x - 2)}-160h4", FEATURES, 1.6) if pose.shut else ellipse(x, -160, 1.9, 2.5, FEATURES)
        drawn += eye + ellipse(side * 10 + gaze, -153.5, 3, 2, PALE_BRICK, 0.4)
        if look.glasses:
            drawn += circle(x, -160, 5, "none", INK, 1.3)
    if look.glasses:
        drawn += line(f"M{n(gaze - 1.2)}-161h2.4", INK, 1.3)
    match pose.mouth:
        case "smile":
            drawn += area(f"M{n(gaze - 5)}-151.5q5 1.4 10 0q-1 5-5 5t-5-5z", WHITE)
            drawn += line(f"M{n(gaze - 5)}-151.5q5 1.4 10 0", FEATURES, 1, opacity=0.5)
        case "talk":
            drawn += ellipse(gaze, -149.5, 3.2, 3, FEATURES)
        case "sad":
            drawn += line(f"M{n(gaze - 4)}-147.5q4-4 8 0", FEATURES, 1.8)
            drawn += line(f"M{n(gaze - 9)}-165.5l5-2M{n(gaze + 9)}-165.5l-5-2", FEATURES, 1.4)
        case _:
            drawn += line(f"M{n(gaze - 4)}-149h8", FEATURES, 1.8)
    return drawn


def head(look: Look, pose: Pose) -> str:
    """Head and hair, a little larger than life so that faces can be read."""
    skull = ellipse(0, -159, 17, 18, look.skin)
    drawn = _hair_behind(look) + skull + _hair_before(look) + face(look, pose)
    return place(drawn, 0, 33.5, 1.22, turn=0)


def person(look: Look, pose: Pose) -> str:
    """Someone standing or walking, facing right when they walk."""
    stride = pose.stride
    bob = abs(math.cos(stride * math.tau)) * -3 if stride is not None else 0
    sway = math.sin(stride * math.tau) * 3 if stride is not None else 0
    neck = line("M0-148v14", look.skin, 12)
    upper = _arm(-1, pose.left, look.top, look.skin) + _body(look, sway) + neck + head(look, pose)
    upper += pose.holds + _arm(1, pose.right, look.top, look.skin)
    return place(_legs(look, stride) + place(upper, 0, bob, turn=pose.lean))


def seated(look: Look, pose: Pose) -> str:
    """Someone sitting and facing right: the upper body of one who stands, on a lap."""
    lap = line("M-4-56L40-54", look.legs, 24) + line("M40-54L44-10", look.legs, 16)
    shoes = line("M42-5h14", INK, 10)
    upper = area("M-24-122q0-18 16-18h16q16 0 16 18l2 66q0 8-8 8h-36q-8 0-8-8z", look.top)
    drawn = _arm(-1, pose.left, look.top, look.skin) + lap + shoes + upper + line("M0-148v14", look.skin, 12)
    drawn += head(look, pose) + pose.holds + _arm(1, pose.right, look.top, look.skin)
    return drawn


def in_wheelchair(look: Look, pose: Pose, turned: float = 0) -> str:
    """Someone in a wheelchair, facing right; `turned` is how far the wheels have rolled, in turns."""
    frame = line("M-26-112h-14M-26-112V-50h52", INK, 5) + line("M26-50L46-18M30-14h30", INK, 4)
    spokes = line("M0-28v56M-28 0h56M-20-20l40 40M-20 20l40-40", INK, 1.4, opacity=0.5)
    wheel = circle(0, 0, 32, "none", INK, 5) + circle(0, 0, 5, INK) + place(spokes, turn=turned * 360)
    small = circle(38, -9, 8, "none", INK, 4)
    return frame + place(seated(look, pose), 2, 8, 0.94) + place(wheel, -6, -34) + small


def stick(hand: Point) -> str:
    """A walking stick in that hand, down to the ground."""
    x, y = hand
    return line(f"M{n(x - 9)} {n(y)}q2-9 9-5l6 {n(-y + 3)}", "#6b4226", 4.6)


def baby() -> str:
    """A child of a few months, wrapped up, to be held."""
    return ellipse(0, 0, 20, 12, GREY) + circle(-15, -5, 8.5, "#d9a066") + line("M-4-10q8 10 22 6", WHITE, 2)
