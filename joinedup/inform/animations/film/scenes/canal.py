"""Close to home."""

from joinedup.inform.animations.film import cast, places
from joinedup.inform.animations.film.motion import between, eyes_shut, pop, span, wave
from joinedup.inform.animations.film.people import Pose, person, stick
from joinedup.inform.animations.film.shapes import (
    INK,
    KERB,
    PALE_SUN,
    PATH,
    PLUM,
    RIVER,
    SLATE,
    circle,
    line,
    n,
    place,
    rect,
)
from joinedup.inform.animations.film.signs import headline, house_heart
from joinedup.inform.animations.film.words import Words

SKY_LATE = "#fdf0d2"


def bicycle(moment: float, look_turn: float) -> str:
    """The nurse on her bicycle, riding to the right."""
    wheels = ""
    for x in (-46, 52):
        spokes = place(line("M0-26v52M-26 0h52", SLATE, 1.6), turn=look_turn * 360)
        wheels += place(circle(0, 0, 30, "none", INK, 5) + spokes, x, -30)
    frame = line("M-46-30L-14-78H36L52-30M36-78L8-30H-46M8-30L-16-86M36-78L40-98h-14", RIVER, 6)
    turn = look_turn * 6.283
    feet = (
        f"{n(8 + wave(look_turn, 1, 13, 0.25))} {n(-30 + wave(look_turn, 1, 13))}",
        f"{n(8 - wave(look_turn, 1, 13, 0.25))} {n(-30 - wave(look_turn, 1, 13))}",
    )
    legs = "".join(line(f"M-14-88L18-66L{foot}", INK, 14) for foot in feet)
    pose = Pose(right=(40, -106), left=(34, -104), gaze=0.8, lean=8, shut=eyes_shut(moment, 6))
    rider = person(cast.NURSE, pose)
    top = rider[rider.index('<g transform="translate(0 0) rotate') :] if "rotate(8" in rider else rider
    del turn
    return wheels + frame + legs + place(top.removesuffix("</g>"), -16, -6, 0.94)


def _walking(moment: float) -> str:
    part = span(moment, 0, 5.2)
    x = between(150, 560, part)
    moving = part < 0.97
    wave_hand = span(moment, 5.4, 0.5)
    amina = Pose(
        stride=moment * 0.8 if moving else None,
        right=(32, -88),
        left=(-34, -96 - 0 * wave_hand),
        gaze=0.5,
        shut=eyes_shut(moment, 1),
    )
    amina = amina.but(holds=stick((32, -88)))
    child = Pose(
        stride=moment * 1.25 if moving else None, right=(40, -158), gaze=0.5, shut=eyes_shut(moment, 12)
    )
    child = child.but(
        left=(-34, -100 - 60 * wave_hand + wave(moment, 0.6, 12) * wave_hand),
        mouth="talk" if moment % 1.6 < 0.4 else "smile",
    )
    return place(person(cast.AMINA, amina), x, 0, 1.36) + place(
        person(cast.GRANDCHILD, child), x - 80, 6, 0.84
    )


def draw(moment: float, words: Words) -> str:
    """A walk by the canal, near her own front door."""
    drawn = rect(0, 0, 1280, 720, SKY_LATE) + place(places.sun(70), 1150, 150 + moment * 5)
    drawn += place(places.clouds(moment + 30, 0.9), 0, 30) + place(
        places.skyline(), -20 - moment * 4, 506, 0.66
    )
    drawn += place(places.terraces(1), 600, 506, 1.2) + place(places.terraces(1), 1176, 506, 1.2)
    drawn += place(
        rect(0, 0, 0, 0, PALE_SUN) + house_heart(0.95), 838, 232 + wave(moment, 2, 6), pop(moment, 1.6, 0.7)
    )
    drawn += place(places.tree(moment), 560, 508, 1.3) + place(places.tree(moment, 0.5), 60, 508, 1.5)
    drawn += rect(0, 500, 1280, 110, PATH) + rect(0, 500, 1280, 8, KERB)
    drawn += place(bicycle(moment, moment * 0.9), -220 + moment * 250, 560, 1.05)
    drawn += place(places.bench(), 820, 576, 1.1)
    elder = Pose(
        right=(36, -104 + wave(moment, 1.5, 7)),
        mouth="talk" if moment % 1.3 < 0.5 else "smile",
        shut=eyes_shut(moment, 10),
    )
    drawn += place(person(cast.FRIEND, Pose(gaze=0.8, shut=eyes_shut(moment, 16))), 940, 584, 1.2)
    drawn += place(person(cast.ELDER, elder), 1040, 584, 1.22, wide=-1.22)
    drawn += place(_walking(moment), 0, 594) + places.water(moment, 606)
    drawn += place(places.swan(moment), 720 - moment * 8, 668, 1.3, wide=-1.3) + place(
        places.swan(moment, 0.4), 800 - moment * 8, 690, 0.9, wide=-0.9
    )
    drawn += place(places.boat(moment), -260 + moment * 58, 704, 1.2)
    drawn += headline(moment, words["home"], (64, 124), 76, start=0.4)
    return drawn + headline(moment, words["matters"], (64, 200), 44, start=2.8, colour=PLUM)
