"""Three bricks, the NHS, the council and the voluntary sector, join around one person."""

from joinedup.inform.animations.film import cast
from joinedup.inform.animations.film.motion import between, clamp, eyes_shut, pop, shows, span, wave
from joinedup.inform.animations.film.people import Look, Pose, person
from joinedup.inform.animations.film.shapes import (
    BRICK,
    KERB,
    LEAF,
    MIST,
    PALE_SUN,
    PATH,
    RIVER,
    SUN,
    WHITE,
    area,
    circle,
    line,
    n,
    place,
    rect,
    text,
)
from joinedup.inform.animations.film.signs import (
    COUNCIL_BRICK,
    NHS_BRICK,
    VOLUNTARY_BRICK,
    headline,
    pile,
    sheet,
)
from joinedup.inform.animations.film.words import Words

LEFT, TOP, SIZE = 624.0, 190.0, 6.2
VOLUNTARY_LANDS, NHS_LANDS, COUNCIL_LANDS, GLOW = 3.3, 5.4, 7.2, 8.6


def drop_in(moment: float, lands: float) -> float:
    """How far above its place something still is that falls slowly and settles with a small bounce."""
    part = clamp((moment - lands + 1.5) / 1.5)
    high = (1 - part) ** 2 * 760
    after = moment - lands
    return high if after < 0 else -abs(wave(after, 0.5, 9)) * max(0.0, 1 - after / 0.5)


def _brick(  # noqa: PLR0917 six things make a brick
    shape: str, colour: str, label: str, at: tuple[float, float], size: float, shown: float
) -> str:
    words = text(label, at[0] * SIZE, at[1] * SIZE, size, WHITE, opacity=shown)
    return place(area(shape, colour), scale=SIZE) + words


def _rider(look: Look, moment: float, x: float, y: float, *, mirrored: bool = False) -> str:
    pose = Pose(
        right=(40, -120 + wave(moment, 0.9, 8, look.number * 0.3)),
        gaze=0.5,
        shut=eyes_shut(moment, look.number),
    )
    return place(person(look, pose), x * SIZE, y * SIZE, 0.7, wide=-0.7 if mirrored else 0.7)


def _rays(moment: float) -> str:
    drawn = ""
    for index in range(16):
        part = span(moment, GLOW + 0.2 + (index % 4) * 0.06, 0.8)
        drawn += place(line("M0-300V-346", SUN, 9, part), turn=index * 22.5 + 11)
    return place(drawn, LEFT + 32 * SIZE, TOP + 32 * SIZE, opacity=shows(moment, GLOW, GLOW + 40))


def _thuds(moment: float) -> str:
    drawn = ""
    for lands, x, y in (
        (VOLUNTARY_LANDS, LEFT, 590.0),
        (NHS_LANDS, LEFT + 10, 500.0),
        (COUNCIL_LANDS, LEFT + 390, 440.0),
    ):
        part = span(moment, lands, 0.5)
        if 0 < part < 1:
            for slant in (-0.9, 0.0, 0.9):
                side = -1 if x < 800 else 1
                far, close = 30 + 60 * part, 20 + 26 * part
                path = (
                    f"M{n(x + side * close)} {n(y + slant * close)}L{n(x + side * far)} {n(y + slant * far)}"
                )
                drawn += line(path, SUN, 7, opacity=1 - part)
    return drawn


def _amina(moment: float) -> str:
    carried = (
        10 - 3 * sum(moment > lands for lands in (VOLUNTARY_LANDS, NHS_LANDS)) - 4 * (moment > COUNCIL_LANDS)
    )
    happy = moment > COUNCIL_LANDS - 0.2
    gaze = -0.9 if moment < NHS_LANDS else 0.9 if moment < COUNCIL_LANDS + 0.3 else 0
    mouth = "smile" if happy else "flat" if moment > VOLUNTARY_LANDS else "sad"
    pose = Pose(mouth=mouth, gaze=gaze, shut=eyes_shut(moment, 1))
    if carried:
        pose = pose.but(left=(-22, -88), right=(22, -88), holds=place(pile(carried), 0, -94, 0.9))
    return place(person(cast.AMINA, pose), LEFT + 31.6 * SIZE, TOP + 20.5 * SIZE + 258, 1.6)


def _flying(moment: float) -> str:
    drawn = ""
    for lands, goal in (
        (VOLUNTARY_LANDS, (690.0, 556.0)),
        (NHS_LANDS, (690.0, 330.0)),
        (COUNCIL_LANDS, (960.0, 320.0)),
    ):
        for index in range(3):
            part = span(moment, lands + 0.1 + index * 0.1, 0.7)
            if 0 < part < 1:
                x, y = between(820, goal[0], part), between(430, goal[1], part) - 70 * part * (1 - part)
                drawn += place(sheet(), x, y, 0.8 * (1 - part * 0.6), turn=part * 40 * (index - 1))
    return drawn


def _bricks(moment: float, labels: list[str]) -> str:
    away = between(-1000, 0, span(moment, 0.7, VOLUNTARY_LANDS - 0.7))
    moving = moment < VOLUNTARY_LANDS - 0.05
    push = Pose(
        stride=moment * 0.95 if moving else None,
        left=(26, -104),
        right=(36, -112),
        lean=9 if moving else 0,
        gaze=0.6,
    )
    back = span(moment, VOLUNTARY_LANDS + 0.1, 0.8)
    cheer = push.but(
        left=(-27, -82 - 60 * back), right=(34 - 4 * back, -112 - 34 * back), shut=eyes_shut(moment, 9)
    )
    pusher = place(person(cast.VOLUNTEER, push if moving else cheer), -44 - 20 * back, 62 * SIZE + 4, 1.05)
    low = _brick(VOLUNTARY_BRICK, LEAF, labels[2], (31, 59.2), 30, span(moment, VOLUNTARY_LANDS, 0.5))
    drawn = place(low + pusher, LEFT + away, TOP)
    up = drop_in(moment, NHS_LANDS)
    nhs = _rider(cast.GP, moment, 6.5, 2.4) + _rider(cast.NURSE, moment, 19, 2.4)
    nhs += _brick(
        NHS_BRICK,
        RIVER,
        labels[0],
        (12.8, 22),
        46 if len(labels[0]) < 5 else 26,
        span(moment, NHS_LANDS, 0.5),
    )
    drawn += place(nhs, LEFT, TOP - up)
    up = drop_in(moment, COUNCIL_LANDS)
    council = _rider(cast.CARER, moment, 55, 2.4, mirrored=True)
    council += _rider(cast.STUDENT, moment, 42, 2.4, mirrored=True)
    council += _brick(COUNCIL_BRICK, BRICK, labels[1], (51, 22), 31, span(moment, COUNCIL_LANDS, 0.5))
    return drawn + place(council, LEFT, TOP - up)


def draw(moment: float, words: Words) -> str:
    """Each brick comes with its people; the gap they leave is the person."""
    drawn = rect(0, 0, 1280, 720, MIST) + rect(0, 584, 1280, 136, PATH) + rect(0, 584, 1280, 7, KERB)
    glow = pop(moment, GLOW, 0.9)
    drawn += _rays(moment) + place(circle(0, 0, 192, PALE_SUN), LEFT + 32 * SIZE, TOP + 32 * SIZE, glow)
    drawn += _amina(moment) + _flying(moment) + _bricks(moment, list(words["bricks"])) + _thuds(moment)
    drawn += headline(moment, words["what_if"], (64, 170), 64, start=0.4, end=GLOW - 0.1)
    return drawn + headline(moment, words["as_one"], (64, 150), 47, start=GLOW, beat=0.7)
