"""She tells her story to five teams, one after the other."""

from collections.abc import Callable
from dataclasses import dataclass

from joinedup.inform.animations.film import cast, places
from joinedup.inform.animations.film.motion import along, between, eyes_shut, pop, shows, smooth, span, wave
from joinedup.inform.animations.film.people import Look, Pose, person
from joinedup.inform.animations.film.shapes import (
    BRICK,
    GREY,
    HAZE,
    INK,
    KERB,
    LEAF,
    PALE_SUN,
    PATH,
    PLUM,
    RIVER,
    SKY,
    SLATE,
    SUN,
    WHITE,
    area,
    circle,
    line,
    place,
    rect,
    text,
)
from joinedup.inform.animations.film.signs import (
    bubble,
    caring_hand,
    headline,
    hospital_bed,
    joined_hearts,
    pile,
    plaster,
    sheet,
    sign_board,
    stethoscope,
    three,
)
from joinedup.inform.animations.film.words import Words

GROUND, APART, FIRST = 590, 780, 800


@dataclass(frozen=True)
class Stop:
    """One team: when she comes to it, when she goes, who stands there, and its house."""

    come: float
    go: float
    who: Look
    colour: str
    wall: str
    sign: Callable[[], str]


STOPS = (
    Stop(1.7, 4.5, cast.GP, RIVER, "#b5532f", stethoscope),
    Stop(5.8, 8.0, cast.NURSE, "#2f7f97", "#dfe9ea", plaster),
    Stop(9.2, 11.2, cast.DOCTOR, LEAF, "#cfe0e4", hospital_bed),
    Stop(12.3, 14.0, cast.CARER, BRICK, "#ecd9b4", caring_hand),
    Stop(15.0, 16.6, cast.VOLUNTEER, PLUM, "#9c3a1b", joined_hearts),
)
REST = 17.6


def _spot(index: int) -> float:
    return FIRST + index * APART - 120


def where(moment: float) -> float:
    """Where she is, along the street."""
    x = _spot(0) - 330.0
    left = 0.0
    for index, stop in enumerate(STOPS):
        x = between(x, _spot(index), smooth((moment - left) / (stop.come - left)))
        left = stop.go
    return between(x, _spot(4) + 410, smooth((moment - left) / (REST - left)))


def walking(moment: float) -> bool:
    """Whether she is on her way."""
    return moment < REST and not any(stop.come - 0.1 <= moment <= stop.go + 0.1 for stop in STOPS)


def papers(moment: float) -> float:
    """How many sheets she carries."""
    return sum(2.0 for stop in STOPS if moment > stop.go - 0.25)


def _house(index: int, name: str) -> str:
    stop = STOPS[index]
    tall = (300, 280, 360, 320, 280)[index]
    drawn = rect(-260, -tall, 520, tall, stop.wall, 6)
    if index == 2:
        for row in range(3):
            drawn += "".join(rect(-236 + c * 70, -276 + row * 54, 46, 30, WHITE, 3, 0.85) for c in range(7))
    elif index == 3:
        drawn += area("M-280-314h560l-280-74z", stop.wall) + "".join(
            rect(x, -220, 26, 220, WHITE, 4, 0.8) for x in (-236, -168, 60, 138, 216)
        )
    else:
        drawn += area(f"M-278-{tall}h556l-34-44h-488z", SLATE)
        for x in (44, 152):
            drawn += (
                rect(x, -196, 84, 110, WHITE, 4)
                + rect(x + 8, -188, 68, 94, PALE_SUN)
                + line(f"M{x + 42}-188v94M{x + 8}-141h68", WHITE, 5)
            )
    drawn += (
        rect(-118, -176, 116, 176, WHITE, 6)
        + rect(-108, -166, 96, 166, stop.colour, 4)
        + circle(-26, -82, 5, SUN)
    )
    drawn += rect(-240, -tall + 16, 480, 60, stop.colour, 8) + text(name, 130, -tall + 58, 36, WHITE)
    return drawn + place(sign_board(stop.sign(), stop.colour), -206, -tall + 46, 1.1)


def _team(index: int, moment: float) -> str:
    stop = STOPS[index]
    asks = stop.come + 0.1 < moment < stop.come + 0.7
    gives = shows(moment, stop.go - 0.7, stop.go + 0.1, 0.2)
    hand = (27 + 30 * gives, -82 - 26 * gives)
    pose = Pose(
        right=hand, gaze=0.6, mouth="talk" if asks else "smile", shut=eyes_shut(moment, stop.who.number)
    )
    return place(person(stop.who, pose), FIRST + index * APART + 70, GROUND, 1.5, wide=-1.5)


def _talk(index: int, moment: float) -> str:
    stop = STOPS[index]
    x, y = FIRST + index * APART, GROUND - 296
    asked = pop(moment, stop.come + 0.05, 0.35) * (1 - span(moment, stop.go - 0.45, 0.3))
    told = pop(moment, stop.come + 0.55, 0.35) * (1 - span(moment, stop.go - 0.3, 0.3))
    drawn = place(bubble(text("?", 0, 24, 68, WHITE), stop.colour, 1, 110, 88), x + 72, y, asked)
    drawn += place(bubble(three(moment, stop.come + 0.7), WHITE, -1, 176, 92), x - 128, y - 4, told)
    part = span(moment, stop.go - 0.75, 0.6)
    if 0 < part < 1:
        spot = along((x + 10, GROUND - 150), (x - 90, GROUND - 150), part)
        drawn += place(sheet(), spot[0], spot[1] - 60 * part * (1 - part) * 4 * 0.4, 0.9, turn=-16 * part)
    return drawn


def _amina(moment: float) -> str:
    tired = moment > STOPS[1].come
    worn = moment > STOPS[3].come
    mouth = "sad" if worn else "flat" if tired else "smile"
    talking = any(stop.come + 0.6 < moment < stop.go - 0.7 for stop in STOPS)
    if talking and moment % 0.4 < 0.2:
        mouth = "talk"
    count = papers(moment)
    rocks = wave(moment, 0.6 if walking(moment) else 1.7, 2.2 if count > 5 else 0.8)
    pose = Pose(
        stride=moment * 1.05 if walking(moment) else None, mouth=mouth, shut=eyes_shut(moment, 1), gaze=0.7
    )
    if count:
        pose = pose.but(
            left=(4, -90),
            right=(34, -92),
            lean=min(4.0, count * 0.5),
            holds=place(pile(count), 22, -92, 0.9, turn=rocks),
        )
    elif moment < STOPS[0].come:
        pose = pose.but(right=(22 - wave(moment, 0.95, 14), -84), left=(-22 + wave(moment, 0.95, 14), -84))
    return place(person(cast.AMINA, pose), where(moment), GROUND, 1.5)


def _blown(moment: float) -> str:
    drawn = ""
    for index in range(4):
        part = span(moment, REST + 0.5 + index * 0.45, 2.6)
        if 0 < part < 1:
            x = where(moment) + 40 + part * (260 + index * 60)
            y = GROUND - 250 + index * 14 - 150 * part + wave(part, 0.5, 24, index * 0.3)
            drawn += place(
                sheet(),
                x,
                y,
                0.9,
                turn=part * 280 * (1 if index % 2 else -1),
                opacity=1 - span(part, 0.8, 0.2),
            )
    return drawn


def _progress(moment: float) -> str:
    drawn = ""
    for index, stop in enumerate(STOPS):
        x = 846 + index * 88
        come = pop(moment, stop.come, 0.5)
        drawn += circle(x, 92, 33, WHITE) + circle(x, 92, 33, "none", GREY, 4)
        drawn += place(sign_board(stop.sign(), stop.colour), x, 92, 0.86 * come)
    return drawn


def draw(moment: float, words: Words) -> str:
    """Five doors, five times the same story, and a pile of paper that grows."""
    camera = where(moment) - 430
    grey = span(moment, REST, 1.2)
    drawn = rect(0, 0, 1280, 720, SKY) + rect(0, 0, 1280, 720, GREY, opacity=0.4 * grey)
    drawn += place(places.skyline(), -camera * 0.12 - 20, 560, 0.86) + place(
        places.skyline(), 1180 - camera * 0.12, 560, 0.86
    )
    drawn += (
        place(places.clouds(moment), -camera * 0.04)
        + rect(0, GROUND - 22, 1280, 160, PATH)
        + rect(0, GROUND - 22, 1280, 8, KERB)
    )
    world = "".join(place(places.tree(moment, i * 0.3), -220 + i * APART, GROUND - 20, 1.5) for i in range(7))
    world += "".join(
        place(_house(i, words["stops"][i]), FIRST + i * APART + 150, GROUND - 18) for i in range(5)
    )
    world += place(places.lamp(), _spot(4) + 760, GROUND - 10, 1.4) + place(
        places.bench(), _spot(4) + 620, GROUND, 1.3
    )
    seen = [i for i in range(5) if abs(FIRST + i * APART - camera - 640) < 1100]
    world += (
        "".join(_team(i, moment) for i in seen)
        + _amina(moment)
        + "".join(_talk(i, moment) for i in seen)
        + _blown(moment)
    )
    drawn += place(world, -camera) + rect(0, GROUND + 62, 1280, 80, HAZE, opacity=0.5)
    ends = [STOPS[1].come - 0.1, STOPS[2].come - 0.1, STOPS[3].come - 0.1, STOPS[4].come - 0.1, REST - 0.2]
    begins = [0.4, *(end + 0.1 for end in ends[:-1])]
    for row, start, end in zip(words["again"], begins, ends, strict=True):
        drawn += headline(moment, [row], (64, 112), 58, start=start, end=end)
    drawn += headline(moment, words["missed"], (64, 112), 58, start=REST, beat=1.0, colour=INK)
    return drawn + place(_progress(moment), opacity=1 - span(moment, REST - 0.4, 0.6))
