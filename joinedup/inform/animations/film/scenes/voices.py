"""What you can do: have your say."""

from joinedup.inform.animations.film import cast, places
from joinedup.inform.animations.film.motion import along, clamp, eyes_shut, pop, smooth, span, wave
from joinedup.inform.animations.film.people import Look, Pose, in_wheelchair, person, stick
from joinedup.inform.animations.film.shapes import (
    BRICK,
    INK,
    KERB,
    LEAF,
    PALE_LEAF,
    PATH,
    PLUM,
    RIVER,
    SUN,
    WHITE,
    area,
    circle,
    line,
    place,
    rect,
    text,
)
from joinedup.inform.animations.film.signs import bubble, headline, heart, mark, tick
from joinedup.inform.animations.film.words import Words

GOAL = (1040.0, 140.0)
TOGETHER = 4.4


def bulb() -> str:
    """A light bulb: an idea."""
    return (
        circle(0, -6, 18, WHITE)
        + rect(-8, 10, 16, 8, WHITE, 2)
        + rect(-6, 20, 12, 5, WHITE, 2)
        + line("M-6-6l6 6l6-6M0 0v10", RIVER, 3)
    )


def leaf() -> str:
    """A leaf: green places."""
    return area("M-20 18Q-26-20 22-22Q26 20-20 18z", PALE_LEAF) + line("M-24 24L12-12", WHITE, 4)


def star() -> str:
    """A star: it went well."""
    return area("M0-22L6.5-7L22-6L10 4L14 20L0 11L-14 20L-10 4L-22-6L-6.5-7z", SUN)


VOICES: tuple[tuple[Look, float, float, str, str], ...] = (
    (cast.MOTHER, 130, 1.3, SUN, "bulb"),
    (cast.WHEELS, 330, 1.3, BRICK, "heart"),
    (cast.SHOPPER, 540, 1.3, LEAF, "tick"),
    (cast.ELDER, 740, 1.3, RIVER, "?"),
    (cast.STUDENT, 930, 1.3, PLUM, "leaf"),
    (cast.AMINA, 1130, 1.3, PLUM, "star"),
)


def _inside(name: str) -> str:
    match name:
        case "bulb":
            return place(circle(0, 0, 24, RIVER) + place(bulb(), scale=0.8))
        case "heart":
            return heart(WHITE)
        case "tick":
            return tick(1, WHITE, 9)
        case "leaf":
            return leaf()
        case "star":
            return star()
    return text("?", 0, 20, 58, WHITE)


def _speaker(index: int, moment: float) -> str:
    look, x, size, _colour, name = VOICES[index]
    begin = 1.0 + index * 0.42
    speaks = begin < moment < begin + 0.8
    lift = span(moment, begin - 0.1, 0.4) * (1 - span(moment, begin + 1.2, 0.6))
    pose = Pose(
        right=(30 + 8 * lift, -84 - 40 * lift),
        mouth="talk" if speaks else "smile",
        shut=eyes_shut(moment, look.number),
    )
    pose = pose.but(gaze=0.5 * span(moment, TOGETHER, 0.6))
    if name == "?":
        pose = pose.but(left=(-32, -86), holds=stick((-32, -86)))
    figure = in_wheelchair(look, pose, 0) if name == "heart" else person(look, pose)
    return place(figure, x, 604, size)


def _voice(index: int, moment: float) -> str:
    look, x, _size, colour, name = VOICES[index]
    begin = 1.0 + index * 0.42
    fly = smooth(clamp((moment - TOGETHER - index * 0.22) / 1.0))
    if fly >= 1:
        return ""
    high = 604 - (224 if name == "heart" else 262)
    spot = along((x, high), (GOAL[0], GOAL[1] + 60), fly)
    size = pop(moment, begin, 0.5) * (1 - 0.75 * fly)
    drift = wave(moment, 2.4, 4, index * 0.21) * (1 - fly)
    del look
    return place(
        bubble(_inside(name), colour, -1 if index > 3 else 1, 104, 84),
        spot[0],
        spot[1] + drift - 70 * fly * (1 - fly),
        size,
    )


def draw(moment: float, words: Words) -> str:
    """Neighbours speak up; what they say becomes part of the whole."""
    drawn = (
        rect(0, 0, 1280, 720, "#dfeeea")
        + place(places.skyline(), -30, 560, 0.72)
        + place(places.clouds(moment + 8, 0.9))
    )
    drawn += rect(0, 560, 1280, 160, PATH) + rect(0, 560, 1280, 8, KERB)
    drawn += place(places.tree(moment), 232, 566, 1.0) + place(places.tree(moment, 0.4), 838, 566, 1.1)
    shown = span(moment, TOGETHER - 0.4, 0.6)
    beats = sum(
        0.07 * (pop(moment, TOGETHER + 0.9 + i * 0.22, 0.3) - span(moment, TOGETHER + 1.2 + i * 0.22, 0.3))
        for i in range(6)
    )
    size = (1.9 + beats) * pop(moment, TOGETHER - 0.4, 0.7)
    disc = place(
        circle(0, 0, 48, WHITE, opacity=0.9) + place(mark(), -32, -32), GOAL[0], GOAL[1], size, opacity=shown
    )
    drawn += (
        disc + "".join(_speaker(i, moment) for i in range(6)) + "".join(_voice(i, moment) for i in range(6))
    )
    drawn += headline(moment, words["ask"], (64, 124), 60, start=0.2, end=3.6)
    return (
        drawn + headline(moment, words["say"], (64, 128), 84, start=3.6, colour=BRICK) + rect(0, 0, 0, 0, INK)
    )
