"""What stands for something: the three conditions, bubbles, papers, the bricks of the mark, and words."""

from collections.abc import Sequence

from joinedup.inform.animations.film.motion import between, clamp, pop, smooth, span
from joinedup.inform.animations.film.shapes import (
    BRICK,
    INK,
    LEAF,
    PALE_BRICK,
    PALE_SUN,
    PLUM,
    RIVER,
    SLATE,
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

# The bricks of the mark, on a ground of 64 by 64 (design/static/design/mark.svg): NHS, council, voluntary.
NHS_BRICK = (
    "M17.5 44L18 42.2L18.6 40.4L19.5 38.7L20.5 37.2L21.7 35.8L23.2 34.5L24.8 33.4L26.7 32.5L27.2 31.8V27.4"
    "L25.6 25.7L24.8 24.3L24.1 22.9L23.8 21.3V19.7L24.2 18.1L24.8 16.7L25.6 15.3L27.2 13.6V7a5 5 0 0 0-5-5H7"
    "a5 5 0 0 0-5 5V44.2a5 5 0 0 0 5 5H16.4q1.1-.2 1.1-1.2z"
)
COUNCIL_BRICK = (
    "M30.8 11.2q.2.9.9 1.1L32.8 12.3L34.4 12.7L35.9 13.3L37.2 14.2L38.4 15.3L39.2 16.6L40 18.9L40.2 20.5"
    "L40 22.1L39.2 24.4L38.4 25.7L36.6 27.3L35 28.2L34.6 28.7V30.9q.1.7.6.9L38.4 33L40.8 34.5L42.3 35.8"
    "L43.5 37.2L44.6 38.7L45 39H57a5 5 0 0 0 5-5V7a5 5 0 0 0-5-5H35.8a5 5 0 0 0-5 5z"
)
VOLUNTARY_BRICK = (
    "M46.5 52.8H5.4A3.4 3.4 0 0 0 2 56.2V58.6A3.4 3.4 0 0 0 5.4 62H58.6A3.4 3.4 0 0 0 62 58.6V46"
    "A3.4 3.4 0 0 0 58.6 42.6H47.6q-1.1.1-1.1 1.4z"
)
BRICKS = ((NHS_BRICK, RIVER), (COUNCIL_BRICK, BRICK), (VOLUNTARY_BRICK, LEAF))


def mark(colour: str = "") -> str:
    """The whole mark, 64 by 64, in one colour or in the three of the bricks."""
    return "".join(area(shape, colour or own) for shape, own in BRICKS)


def heart(colour: str = BRICK) -> str:
    """A heart, 44 wide, about its middle."""
    return area("M0 20C-30-2-24-24-11-22Q-3-21 0-13Q3-21 11-22C24-24 30-2 0 20z", colour)


def drop(colour: str = BRICK) -> str:
    """A drop of blood: diabetes."""
    return area("M0-24Q17-2 17 7a17 17 0 0 1-34 0Q-17-2 0-24z", colour) + line(
        "M-9 8q1 8 8 9", WHITE, 3, opacity=0.8
    )


def lungs(colour: str = RIVER) -> str:
    """Lungs: asthma."""
    half = "M-5-4q-4-12-9-9q-9 8-11 26q0 9 8 7q9-2 12-6z"
    return (
        line("M0-24V-6", colour, 5)
        + area(half, colour)
        + place(area(half, colour), wide=-1)
        + line("M0-8q-4 2-6 6M0-8q4 2 6 6", colour, 4)
    )


CONDITIONS = (heart, drop, lungs)


def badge(inner: str, size: float = 1, ring: str = RIVER) -> str:
    """A small picture in a white disc."""
    return place(circle(0, 0, 40, WHITE, ring, 5) + inner, scale=size)


def bubble(inner: str, colour: str, tail: int = 1, width: float = 150, height: float = 96) -> str:
    """A speech bubble whose tail ends at 0; `tail` says to which side it leans."""
    body = rect(-width / 2 + tail * 26, -height - 26, width, height, colour, 26)
    body += area(f"M{n(tail * 6 - 8)}-32h30l{n(-10 - tail * 8)} 32z", colour)
    return body + place(inner, tail * 26, -height / 2 - 26)


def three(moment: float, start: float, size: float = 0.8, gap: float = 46) -> str:
    """The three conditions side by side, arriving one after the other."""
    return "".join(
        place(sign(), (i - 1) * gap, 0, size * pop(moment, start + i * 0.13, 0.4))
        for i, sign in enumerate(CONDITIONS)
    )


def sheet(lines: int = 4, colour: str = WHITE) -> str:
    """A sheet of paper, 44 by 58, about its middle."""
    drawn = rect(-22, -29, 44, 58, colour, 3)
    drawn += "".join(
        line(f"M-14 {n(-17 + i * 11)}h{28 if i % 3 != 2 else 16}", SLATE, 3, opacity=0.7)
        for i in range(lines)
    )
    return drawn


def pile(count: float) -> str:
    """A pile of papers carried before the body; grows with each."""
    drawn = ""
    for index in range(int(count)):
        slant = (index * 37 % 11) - 5
        drawn += place(
            rect(-24, -5, 48, 6, WHITE if index % 2 else PALE_SUN, 1),
            slant * 0.5,
            -index * 5,
            turn=slant * 0.5,
        )
        drawn += place(line("M-20-2h30", SLATE, 1.2, opacity=0.4), slant * 0.5, -index * 5, turn=slant * 0.5)
    return drawn


def tick(drawn: float, colour: str = LEAF, width: float = 8) -> str:
    """A tick that a pen draws."""
    return line("M-14 0l10 11l20-24", colour, width, drawn)


def headline(
    moment: float,
    rows: Sequence[str],
    at: tuple[float, float],
    size: float,
    *,
    start: float,
    end: float = 999,
    colour: str = RIVER,
    anchor: str = "start",
    beat: float = 0.35,
) -> str:
    """Large words, row by row: each rises into place, and all fade when their time is over."""
    drawn = ""
    gone = 1 - span(moment, end - 0.4, 0.4)
    for index, row in enumerate(rows):
        come = span(moment, start + index * beat, 0.7)
        rise = between(26, 0, come)
        drawn += text(
            row, at[0], at[1] + index * size * 1.24 + rise, size, colour, anchor=anchor, opacity=come * gone
        )
    return drawn


def cover(part: float) -> str:
    """Three bands of brick that cross the picture from the left and leave on the right: a new chapter.

    `part` runs from 0 to 1; at one half nothing of the picture behind can be seen.
    """
    if part <= 0 or part >= 1:
        return ""
    drawn = ""
    for index, colour in enumerate((RIVER, BRICK, LEAF)):
        own = clamp(part * 1.24 - index * 0.12)
        ahead = smooth(clamp(own * 2))
        behind = smooth(clamp(own * 2 - 1))
        left, right = between(-80, 1400, behind), between(-80, 1400, ahead)
        drawn += rect(left, index * 240 - 2, max(0.0, right - left), 244, colour, 40)
    return drawn


def house_heart(size: float = 1) -> str:
    """A small house with a heart in it: home."""
    house = area("M-34 30V-8L0-36L34-8V30z", SUN) + line("M-42-2L0-38L42-2", INK, 7)
    return place(house + place(heart(), 0, 8, 0.72), scale=size)


def sign_board(symbol: str, colour: str) -> str:
    """A round sign over a door."""
    return circle(0, 0, 42, WHITE) + circle(0, 0, 36, colour) + symbol


def stethoscope() -> str:
    """A stethoscope: the GP."""
    return line("M-12-18V-8a12 12 0 0 0 24 0V-18M0 4v6a9 9 0 0 0 18 0V4", WHITE, 4.5) + circle(
        18, 0, 4.5, WHITE
    )


def plaster() -> str:
    """A sticking plaster: the nurse."""
    strip = rect(-22, -8, 44, 16, WHITE, 8) + rect(-8, -8, 16, 16, PALE_BRICK)
    return place(strip, turn=-32)


def hospital_bed() -> str:
    """A bed: the hospital."""
    return (
        line("M-22-10V16M-22 8H22M22 16V2", WHITE, 5)
        + area("M-16 2v-8h14q20 0 24 8z", WHITE)
        + circle(-12, -9, 5, WHITE)
    )


def caring_hand() -> str:
    """A hand that holds up a house: the council's care."""
    return area("M-16 0V-8L0-20L16-8V0z", WHITE) + line(
        "M-22 8q8-2 14 4h10q6 0 18-8M-22 16h24q10 0 20-10", WHITE, 4.5
    )


def joined_hearts() -> str:
    """Two hearts side by side: the charity."""
    return place(heart(WHITE), -7, 0, 0.62) + place(heart(PLUM), 9, 4, 0.62) + place(heart(WHITE), 9, 4, 0.5)
