"""Amina at home."""

from joinedup.inform.animations.film import cast, places
from joinedup.inform.animations.film.motion import eyes_shut, pop, span, wave
from joinedup.inform.animations.film.people import Pose, seated
from joinedup.inform.animations.film.shapes import (
    BRICK,
    FAR,
    GREY,
    HAZE,
    INK,
    LEAF,
    PALE_BRICK,
    PALE_LEAF,
    PALE_PLUM,
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
    place,
    rect,
    text,
)
from joinedup.inform.animations.film.signs import CONDITIONS, badge, headline, heart
from joinedup.inform.animations.film.words import Words

WALL, FLOOR = "#f5ded3", "#e6cfae"


def _window(moment: float) -> str:
    view = rect(0, 0, 250, 210, HAZE)
    view += place(places.tower(60, 150, FAR), 26, 210) + place(places.tower(54, 110, "#bcd6dd"), 96, 210)
    view += place(places.tower(66, 176, FAR), 164, 210) + place(places.cloud(), 20 + moment * 9, 56, 0.9)
    frame = line("M0 0h250v210h-250zM125 0v210M0 105h250", WHITE, 10)
    curtain = area("M-34-22h64q-10 120-30 250h-34zM284-22h-64q10 120 30 250h34z", PALE_BRICK)
    return view + frame + curtain + line("M-44-22H294", WOOD, 9)


def _armchair() -> str:
    back = rect(-74, -168, 84, 150, LEAF, 26) + rect(-62, -64, 132, 44, PALE_LEAF, 14)
    return back + rect(-66, -44, 134, 38, LEAF, 14) + line("M-52-6V4M56-6V4", INK, 9)


def _arm_of_chair() -> str:
    return rect(-48, -80, 92, 26, "#23824a", 13) + rect(-46, -70, 24, 50, "#23824a", 8)


def _table(moment: float) -> str:
    drawn = line("M0 0V-74M-26 0h52", WOOD, 8) + rect(-56, -82, 112, 11, WOOD, 5)
    drawn += area("M-34-112h30l-4 30h-22z", WHITE) + line("M-4-106q12 2 2 14", WHITE, 5)
    for index in (0, 1):
        sway = wave(moment, 2.1, 5, index * 0.4)
        drawn += line(f"M{-26 + index * 13}-120q{sway:.1f}-12 0-22t0-20", SLATE, 3, opacity=0.28)
    return drawn + rect(8, -104, 36, 22, RIVER, 4) + rect(8, -96, 36, 6, WHITE) + circle(26, -110, 6, BRICK)


def _cat(moment: float) -> str:
    tail = line("M-46-12q-34 4-30-22", INK, 10)
    body = (
        ellipse(0, -18, 50, 20, INK)
        + circle(44, -26, 18, INK)
        + area("M32-38l2-16 12 9zM58-36l0-17-13 8z", INK)
    )
    sleep = line("M38-26q4 3 7 0M50-26q4 3 7 0", WHITE, 1.8)
    return (
        place(tail, turn=wave(moment, 2.6, 4))
        + place(body, scale=1, wide=1 + wave(moment, 3.2, 0.012))
        + sleep
    )


def _room(moment: float) -> str:
    drawn = rect(0, 0, 1280, 720, WALL) + rect(0, 566, 1280, 154, FLOOR) + rect(0, 558, 1280, 10, "#e7c3b2")
    drawn += place(_window(moment), 960, 120)
    frames = rect(0, 0, 96, 76, WHITE, 4) + rect(8, 8, 80, 60, PALE_PLUM) + place(heart(PLUM), 48, 40, 0.8)
    frames += rect(16, 96, 66, 84, WHITE, 4) + rect(23, 103, 52, 70, PALE_LEAF) + circle(49, 130, 13, SUN)
    drawn += place(frames, 790, 132) + ellipse(790, 634, 380, 40, PALE_PLUM, 0.55)
    drawn += place(places.plant(), 1190, 606, 1.35)
    return drawn


def draw(moment: float, words: Words) -> str:
    """She waves; we learn her age and what she lives with."""
    hello = wave(moment, 0.7, 13) * (1 - span(moment, 3.0, 0.6))
    up = 1 - span(moment, 3.0, 0.8)
    pose = Pose(right=(46 + hello * up, -90 - 82 * up), left=(-6, -66), shut=eyes_shut(moment, 1), gaze=0.3)
    chair = place(_armchair(), 780, 628, 1.62)
    amina = place(seated(cast.AMINA, pose.but(right=(40, -72)) if up == 0 else pose), 780, 622, 1.62)
    drawn = _room(moment) + chair + amina + place(_arm_of_chair(), 780, 628, 1.62)
    drawn += place(_table(moment), 1010, 634, 1.5) + place(_cat(moment), 500, 650, 1.25)
    drawn += headline(moment, words["name"], (64, 124), 72, start=0.5)
    drawn += headline(moment, words["age"], (64, 206), 50, start=2.2, colour=PLUM)
    for index, sign in enumerate(CONDITIONS):
        come = pop(moment, 3.5 + index * 0.5, 0.5)
        drawn += place(badge(sign(), 1.05, GREY), 112 + index * 112, 348, come)
    note = span(moment, 1.2, 0.8)
    return drawn + text(words["invented"][0], 66, 262, 28, INK, anchor="start", weight=500, opacity=note)
