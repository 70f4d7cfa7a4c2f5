"""The borough on a morning; the title."""

from joinedup.inform.animations.film import cast, places
from joinedup.inform.animations.film.motion import between, eyes_shut, span, wave
from joinedup.inform.animations.film.people import Look, Pose, in_wheelchair, person, stick
from joinedup.inform.animations.film.shapes import (
    BRICK,
    KERB,
    LEAF,
    PALE_BRICK,
    PATH,
    PLUM,
    RIVER,
    SKY,
    SUN,
    place,
    rect,
)
from joinedup.inform.animations.film.signs import headline
from joinedup.inform.animations.film.words import Words


def walker(look: Look, moment: float, start: float, pace: float, *, turn: float = 0.85) -> str:
    """Someone who walks through the picture, to the right, or to the left when `pace` is below 0."""
    pose = Pose(
        stride=moment * turn,
        left=(-22 + wave(moment, 1 / turn, 14), -84),
        shut=eyes_shut(moment, look.number),
    )
    pose = pose.but(right=(22 - wave(moment, 1 / turn, 14), -84))
    return place(person(look, pose), start + moment * pace, 0, 0.98, wide=0.98 if pace > 0 else -0.98)


def behind(moment: float, rise: float) -> str:
    """Sky, sun, towers, terraces and market."""
    drawn = rect(0, 0, 1280, 720, SKY)
    drawn += place(places.sun(58), 1090, between(470, 128, span(moment, 0, 4.2)))
    drawn += places.clouds(moment)
    drawn += place(places.skyline(rise), 345 - moment * 5, 482, 0.8)
    drawn += place(places.skyline(rise), -820 - moment * 5, 482, 0.66)
    stalls = ((LEAF, (SUN, BRICK, PLUM)), (RIVER, (BRICK, LEAF, SUN)), (BRICK, (PALE_BRICK, PLUM, LEAF)))
    near = place(places.tree(moment), -14, 505, 0.9) + place(
        places.terraces(span(moment, 1, 2)), 40, 505, 0.92
    )
    near += place(places.tree(moment, 0.3), 548, 505, 0.8)
    near += "".join(place(places.stall(*stall), 640 + i * 150, 512, 1.1) for i, stall in enumerate(stalls))
    near += place(places.tree(moment, 0.6), 1130, 505, 1.1) + place(places.terraces(), 1210, 505, 0.92)
    return drawn + place(near, -moment * 9)


def draw(moment: float, words: Words) -> str:
    """The opening: the towers grow, the sun comes up, people are on their way."""
    drawn = behind(moment, span(moment, 0, 2.6))
    drawn += rect(0, 500, 1280, 100, PATH) + rect(0, 500, 1280, 8, KERB)
    chat = Pose(right=(34, -104 + wave(moment, 1.4, 8)), mouth="talk" if moment % 1.1 < 0.5 else "smile")
    elder = Pose(left=(-30, -84), holds=stick((-30, -84)), gaze=1, shut=eyes_shut(moment, 10))
    people = place(person(cast.ELDER, elder), 700, -24, 0.94) + place(
        person(cast.FRIEND, chat), 778, -24, 0.92, wide=-0.92
    )
    people += walker(cast.NEIGHBOUR, moment, 1240, -52) + walker(cast.SHOPPER, moment, 20, 46, turn=0.75)
    child = Pose(stride=moment * 1.1, right=(24, -140), left=(-30, -96 + wave(moment, 0.9, 10)))
    people += walker(cast.MOTHER, moment, 330, 30, turn=0.65)
    people += place(person(cast.GRANDCHILD, child), 284 + moment * 30, 4, 0.58)
    roll = Pose(
        right=(24 + wave(moment, 1.2, 12), -66),
        left=(-18 + wave(moment, 1.2, 12), -66),
        shut=eyes_shut(moment, 13),
    )
    people += place(in_wheelchair(cast.WHEELS, roll, moment * 0.26), 950 + moment * 46, 8, 0.98)
    drawn += place(people, 0, 582) + places.water(moment, 596)
    drawn += place(places.boat(moment), 1120 - moment * 44, 690, 1.25)
    drawn += place(places.swan(moment), 170 + moment * 10, 664, 1.1) + place(
        places.swan(moment, 0.4), 240 + moment * 9, 684, 0.8
    )
    return drawn + headline(moment, words["title"], (64, 118), 76, start=1.5, beat=0.5)
