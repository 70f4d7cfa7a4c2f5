"""One plan, one team."""

from joinedup.inform.animations.film import cast
from joinedup.inform.animations.film.motion import between, clamp, eyes_shut, pop, span, wave
from joinedup.inform.animations.film.people import Look, Pose, person
from joinedup.inform.animations.film.shapes import (
    BRICK,
    INK,
    KERB,
    LEAF,
    PLUM,
    RIVER,
    SLATE,
    SUN,
    WHITE,
    WOOD,
    area,
    circle,
    ellipse,
    line,
    n,
    place,
    rect,
    text,
)
from joinedup.inform.animations.film.signs import drop, headline, heart, house_heart, lungs, tick
from joinedup.inform.animations.film.words import Words

WALL, FLOOR = "#dcebe0", "#f1e3c8"
TEAM_COMES = 6.4
TEAM: tuple[tuple[Look, float, float, float], ...] = (
    (cast.NURSE, 200, -160, 0.5),
    (cast.GP, 392, -120, 0.0),
    (cast.CARER, 888, 1400, 0.2),
    (cast.VOLUNTEER, 1080, 1440, 0.7),
)


def _scribble(row: int, drawn: float) -> str:
    long = (204, 176, 196, 160)[row]
    waves = "".join(f"q{n(long / 16)} {-9 if i % 2 else 9} {n(long / 8)} 0" for i in range(8))
    return line(f"M0 0{waves}", SLATE, 6, drawn)


def plan(moment: float, title: str, start: float = 0.0) -> str:
    """The plan, 400 by 460, about its middle: each row is written, then ticked."""
    board = rect(-200, -230, 400, 460, "#c99257", 18) + rect(-182, -204, 364, 416, WHITE, 6)
    board += rect(-62, -248, 124, 42, SLATE, 10) + circle(0, -238, 9, WHITE)
    board += text(title, 0, -140, 46 if len(title) < 10 else 38, PLUM) + line(
        "M-150-116H150", SUN, 7, span(moment, start + 0.9, 0.6)
    )
    signs = (heart(BRICK), drop(BRICK), lungs(RIVER), house_heart(0.62))
    for index, sign in enumerate(signs):
        y = -66 + index * 74
        begin = start + 1.3 + index * 0.75
        board += place(sign, -140, y, 0.95 * pop(moment, begin, 0.4))
        board += place(_scribble(index, span(moment, begin + 0.15, 0.6)), -96, y + 4)
        board += place(tick(clamp((moment - begin - 0.7) / 0.25), LEAF, 10), 152, y + 2)
    return board


def _room() -> str:
    drawn = rect(0, 0, 1280, 720, WALL) + rect(0, 566, 1280, 154, FLOOR) + rect(0, 558, 1280, 9, KERB)
    return drawn + ellipse(640, 650, 560, 44, "#e0cda6", 0.7)


def _member(index: int, moment: float) -> str:
    look, x, origin, late = TEAM[index]
    begin = TEAM_COMES + late
    part = span(moment, begin, 1.7)
    moving = 0.02 < part < 0.98
    toward = 1 if x < 640 else -1
    talk = "talk" if not moving and (moment + index * 0.6) % 2.0 < 0.35 else "smile"
    hand = (
        (40.0, -96 + wave(moment, 1.8, 6, index * 0.25))
        if not moving
        else (22 - wave(moment, 0.95, 14), -84.0)
    )
    pose = Pose(
        stride=moment * 1.05 if moving else None,
        right=hand,
        gaze=0.6,
        mouth=talk,
        shut=eyes_shut(moment, look.number),
    )
    return place(person(look, pose), between(origin, x, part), 606, 1.5, wide=1.5 * toward)


def _table(rise: float) -> str:
    top = ellipse(0, 0, 250, 44, WOOD) + ellipse(0, -8, 250, 44, "#b97f45")
    return place(line("M0 20V150M-70 156h140", WOOD, 20) + top, 640, between(800, 512, rise))


def _thread(moment: float) -> str:
    drawn = ""
    spots = (200.0, 392.0, 640.0, 888.0, 1080.0)
    for index in range(4):
        one, other = spots[index], spots[index + 1]
        part = span(moment, TEAM_COMES + 2.3 + index * 0.3, 0.5)
        path = f"M{one} 262Q{(one + other) / 2} 196 {other} 262"
        drawn += line(path, SUN, 8, part)
    for index, x in enumerate(spots):
        drawn += place(
            circle(0, 0, 17, SUN) + place(heart(), scale=0.46),
            x,
            262,
            pop(moment, TEAM_COMES + 2.2 + index * 0.3, 0.4),
        )
    return drawn


def draw(moment: float, words: Words) -> str:
    """She writes her plan with us; then everyone comes to the same table with it."""
    move = span(moment, 5.4, 1.3)
    drawn = _room()
    pen = wave(moment, 0.45, 5) if 1.4 < moment < 4.6 else 0
    writes = Pose(right=(64 + pen, -128 + wave(moment, 0.3, 4)), gaze=0.9, shut=eyes_shut(moment, 1))
    writes = writes.but(holds=line(f"M{n(64 + pen)}-128l22-24", INK, 5) + area("M0 0z", INK))
    calm = Pose(right=(30, -92), left=(-30, -92), shut=eyes_shut(moment, 1), gaze=wave(moment, 4, 0.8))
    pose = writes if move < 0.1 else calm.but(stride=moment if move < 0.95 else None)
    members = "".join(_member(i, moment) for i in range(4))
    drawn += members + place(
        person(cast.AMINA, pose), between(546, 640, move), between(604, 560, move), between(1.72, 1.5, move)
    )
    sheet = plan(moment, words["sheet"][0])
    small, flat = between(1, 0.4, move), between(1, 0.14, move)
    lay = place(
        sheet,
        between(900, 640, move),
        between(330, 502, move),
        flat * pop(moment, 0.2, 0.7),
        wide=small * pop(moment, 0.2, 0.7),
        turn=between(3, -3, move),
    )
    drawn += (_table(span(moment, 5.2, 1.3)) + lay) if move > 0 else lay
    drawn += _thread(moment)
    drawn += headline(moment, words["plan"], (64, 124), 70, start=0.3, end=5.6)
    drawn += headline(moment, words["own_words"], (64, 202), 44, start=2.2, end=5.6, colour=PLUM)
    drawn += headline(moment, words["team"], (64, 124), 76, start=TEAM_COMES - 0.3)
    return drawn + headline(moment, words["knows"], (640, 124), 44, start=TEAM_COMES + 2.2, colour=PLUM)
