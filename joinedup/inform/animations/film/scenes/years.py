"""We live longer, and often with more than one long-term condition."""

from joinedup.inform.animations.film import cast, places
from joinedup.inform.animations.film.motion import between, eyes_shut, pop, smooth, span, wave
from joinedup.inform.animations.film.people import Look, Pose, baby, person, stick
from joinedup.inform.animations.film.shapes import (
    BRICK,
    INK,
    LEAF,
    PALE_LEAF,
    RIVER,
    SAND,
    SUN,
    area,
    circle,
    line,
    n,
    place,
    rect,
    text,
)
from joinedup.inform.animations.film.signs import CONDITIONS, badge, headline
from joinedup.inform.animations.film.words import Words

AGES: tuple[tuple[Look, float, float], ...] = (
    (cast.AMINA_CHILD, 190, 0.92),
    (cast.AMINA_YOUNG, 440, 1.3),
    (cast.AMINA_GROWN, 715, 1.36),
    (cast.AMINA, 1010, 1.36),
)


def hill(x: float) -> float:
    """How high the ground is there."""
    return 596 - 118 * smooth((x - 60) / 1150)


def _ground(drawn: float) -> str:
    points = " ".join(f"{n(x)} {n(hill(x))}" for x in range(-120, 1501, 30))
    grass = area(f"M-120 900L{points}L1500 900z", PALE_LEAF)
    return grass + line(f"M{points.replace(' ', ' ', 1)}", LEAF, 12, drawn)


def _age(index: int, moment: float) -> str:
    look, x, size = AGES[index]
    come = pop(moment, 0.7 + index * 0.95, 0.7)
    pose = Pose(shut=eyes_shut(moment, look.number), gaze=0.4)
    if index == 0:
        pose = pose.but(right=(40, -150 + wave(moment, 0.8, 12)))
    if index == 1:
        book = rect(8, -122, 34, 26, BRICK, 2) + line("M25-122v26", SAND, 2)
        pose = pose.but(right=(20, -100), left=(-6, -98), holds=book)
    if index == 2:
        pose = pose.but(
            right=(20, -98), left=(-14, -92), holds=place(baby(), 6, -106, turn=wave(moment, 2.4, 5))
        )
    if index == 3:
        pose = pose.but(right=(32, -86), holds=stick((32, -86)))
    return place(person(look, pose), x, hill(x) + 2, size * come)


def _conditions(moment: float, words: Words) -> str:
    drawn = ""
    for index, (sign, colour) in enumerate(zip(CONDITIONS, (BRICK, BRICK, RIVER), strict=True)):
        come = pop(moment, 6.1 + index * 0.75, 0.6)
        y = 252 + index * 96 + wave(moment, 3, 4, index * 0.3)
        drawn += place(badge(sign(), 0.92, colour), 760, y, come)
        drawn += text(
            words["conditions"][index],
            698,
            y + 12,
            36,
            INK,
            anchor="end",
            opacity=span(moment, 6.3 + index * 0.75, 0.5),
        )
    return drawn


def draw(moment: float, words: Words) -> str:
    """A life along a rising line; then close to the woman at its end."""
    drawn = rect(0, 0, 1280, 720, SAND)
    day = span(moment, 0, 5)
    near = span(moment, 4.8, 1.4)
    over = circle(between(60, 1130, day), 330 - 230 * (1 - (2 * day - 1) ** 2), 46, SUN)
    drawn += place(over, opacity=1 - 0.65 * near) + places.clouds(moment + 20, 0.8)
    world = _ground(span(moment, 0.2, 4.4))
    earlier = "".join(_age(i, moment) for i in range(3))
    world += place(earlier, opacity=1 - near) + _age(3, moment)
    drawn += place(world, between(0, -300, near), between(0, -130, near), between(1, 1.26, near))
    drawn += headline(moment, words["longer"], (64, 118), 76, start=0.6, end=5.1)
    drawn += headline(moment, words["more"], (64, 108), 52, start=5.4, beat=0.25)
    return drawn + _conditions(moment, words)
