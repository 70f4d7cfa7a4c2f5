"""The borough: sky, towers, terraces, market, canal, and a few things that stand about."""

from joinedup.inform.animations.film.motion import wave
from joinedup.inform.animations.film.shapes import (
    BRICK,
    CANAL,
    DARK_WOOD,
    FAR,
    GREY,
    HAZE,
    INK,
    LEAF,
    PALE_BRICK,
    PALE_LEAF,
    PALE_SUN,
    PLUM,
    RIVER,
    SLATE,
    SUN,
    WHITE,
    WOOD,
    area,
    circle,
    dashed,
    line,
    n,
    place,
    rect,
)

RED = "#b5532f"


def cloud() -> str:
    """A cloud, 64 wide."""
    return area("M0 0a14 14 0 0 1 4-27a22 22 0 0 1 42-4a16 16 0 0 1 14 31z", WHITE)


def clouds(moment: float, opacity: float = 1) -> str:
    """Some clouds, drifting."""
    spots = ((90, 120, 1.5, 9), (520, 84, 1.1, 6), (800, 150, 1.3, 7), (1180, 100, 1.0, 5))
    return "".join(
        place(cloud(), (x + moment * pace + 160) % 1500 - 160, y, size, opacity=opacity)
        for x, y, size, pace in spots
    )


def tower(width: float, height: float, colour: str, panes: str = WHITE) -> str:
    """A block of flats or offices, standing at 0."""
    columns = max(3, int(width // 17))
    step = width / columns
    rows = "".join(f"M{n(step * (i + 0.5))} {n(-height + 10)}V-8" for i in range(columns))
    return rect(0, -height, width, height, colour, 3) + dashed(rows, panes, step * 0.5, "9 12", 0.55)


def skyline(rise: float = 1) -> str:
    """The towers at the back, 1500 wide, standing at 0; below 1 they are still growing."""
    row = (
        (0, 70, 210, HAZE), (90, 60, 150, FAR), (170, 84, 120, HAZE), (470, 66, 190, HAZE),
        (560, 60, 240, HAZE), (640, 78, 300, CANAL), (740, 70, 260, FAR), (830, 56, 200, HAZE),
        (900, 74, 230, FAR), (1000, 80, 160, HAZE), (1120, 70, 190, HAZE), (1210, 60, 150, FAR),
        (1300, 86, 210, HAZE),
    )  # fmt: skip
    drawn = ""
    for index, (x, width, height, colour) in enumerate(row):
        grown = min(1.0, max(0.0, rise * 1.6 - index * 0.05))
        drawn += place(tower(width, height, colour), x, (1 - grown) * height)
        if colour == CANAL:
            drawn += place(area("M0 0l39-34l39 34z", RIVER), x, -height + (1 - grown) * height)
    return drawn


def terrace(door: str, lit: float = 1, wall: str = RED) -> str:
    """One house of a row, 120 wide and 190 high with its roof."""
    drawn = rect(0, -160, 120, 160, wall) + area("M-4-160h128l-12-30h-104z", SLATE)
    drawn += rect(84, -214, 20, 34, wall) + rect(81, -218, 26, 7, INK)
    for x, y in ((14, -142), (74, -142), (14, -70)):
        drawn += rect(x, y, 32, 44, WHITE, 2) + rect(x + 3, y + 3, 26, 38, HAZE)
        drawn += rect(x + 3, y + 3, 26, 38, PALE_SUN, opacity=lit)
        drawn += line(f"M{x + 16} {y + 3}v38M{x + 3} {y + 22}h26", WHITE, 2.6)
    drawn += area("M70 0V-60a19 19 0 0 1 38 0V0z", WHITE) + area("M74 0V-58a15 15 0 0 1 30 0V0z", door)
    return drawn + circle(98, -28, 2.6, SUN) + rect(-1, -86, 122, 4, PALE_BRICK)


def terraces(lit: float = 1) -> str:
    """Four houses in a row, 480 wide."""
    doors = (RIVER, LEAF, PLUM, BRICK)
    return "".join(place(terrace(door, lit, (RED, BRICK)[i % 2]), i * 120) for i, door in enumerate(doors))


def tree(moment: float = 0, shift: float = 0) -> str:
    """A tree whose crown moves a little in the wind; 140 high."""
    crown = circle(0, -100, 38, LEAF) + circle(-24, -82, 26, LEAF) + circle(26, -84, 28, LEAF)
    crown += circle(10, -118, 20, PALE_LEAF, opacity=0.5)
    trunk = line("M0 0V-70M0-40L16-58", DARK_WOOD, 8)
    return trunk + place(crown, wave(moment, 3.7, 2, shift), 0)


def stall(colour: str, wares: tuple[str, str, str]) -> str:
    """A market stall under a striped awning; 112 wide."""
    drawn = line("M4 0V-86M108 0V-86", DARK_WOOD, 5)
    for index in range(6):
        shade = colour if index % 2 == 0 else WHITE
        drawn += area(f"M{n(index * 18.7)}-96h18.7v20a9.3 8 0 0 1-18.7 0z", shade)
    drawn += area("M8-112h96l8 18h-112z", colour) + rect(0, -40, 112, 40, WOOD, 3)
    for crate, ware in enumerate(wares):
        drawn += "".join(circle(11 + crate * 37 + i * 6.5, -48 - (i % 2) * 3, 6.5, ware) for i in range(4))
    return drawn + rect(0, -44, 112, 8, DARK_WOOD, 3)


def water(moment: float, top: float, height: float = 200) -> str:
    """The canal across the whole picture, with ripples that drift."""
    drawn = rect(0, top, 1280, height, CANAL) + rect(0, top, 1280, 10, SLATE)
    for index, (x, y, length) in enumerate(
        ((60, 42, 90), (330, 76, 120), (560, 36, 80), (760, 96, 110), (980, 50, 120), (1150, 84, 70))
    ):
        shift = wave(moment, 5, 16, index * 0.19)
        drawn += line(f"M{n(x + shift)} {n(top + y)}h{length}", WHITE, 4, opacity=0.55)
    return drawn


def boat(moment: float) -> str:
    """A narrowboat, 210 long, that rocks a little."""
    hull = area("M0 0h190q18-2 26-22H-14q2 20 14 22z", RIVER) + line("M0-12h196", SUN, 3)
    cabin = rect(22, -50, 140, 30, BRICK, 5) + rect(16, -54, 152, 6, INK, 3)
    ports = "".join(circle(44 + 32 * i, -35, 8, PALE_SUN) for i in range(4))
    pots = rect(36, -62, 14, 8, LEAF, 2) + circle(40, -66, 5, PALE_BRICK) + circle(47, -67, 5, SUN)
    return place(hull + cabin + ports + pots, 0, wave(moment, 2.6, 1.6), turn=wave(moment, 3.4, 0.5))


def swan(moment: float, shift: float = 0) -> str:
    """A swan that nods."""
    body = area("M-22 0q22 14 44-2q-2-8-12-8h-22q-10 2-10 10z", WHITE)
    neck = line("M14-8q2-16 12-18", WHITE, 7) + area("M28-30l10 4l-10 3z", SUN)
    return place(body + place(neck, turn=wave(moment, 2.9, 3, shift)), 0, wave(moment, 2.2, 1, shift))


def bench() -> str:
    """A bench, 130 wide."""
    return line("M-58-34V0M58-34V0M-58-34V-78M58-34V-78", SLATE, 7) + (
        rect(-66, -44, 132, 12, WOOD, 4) + rect(-66, -80, 132, 12, WOOD, 4) + rect(-66, -62, 132, 12, WOOD, 4)
    )


def plant() -> str:
    """A plant in a pot."""
    leaves = area(
        "M0-40q-40-20-34-66q30 16 34 66zM0-40q40-24 30-70q-32 20-30 70zM0-40q-6-40 2-84q16 40-2 84z", LEAF
    )
    return leaves + area("M-22-42h44l-6 42h-32z", BRICK) + rect(-26, -48, 52, 12, PALE_BRICK, 3)


def sun(radius: float = 54) -> str:
    """The sun."""
    return circle(0, 0, radius, SUN)


def lamp() -> str:
    """A street lamp."""
    return (
        line("M0 0V-170q0-20 22-20", SLATE, 6)
        + area("M14-194h26l-5 14h-16z", SUN)
        + rect(-7, -8, 14, 8, SLATE)
        + (circle(0, -178, 0.1, GREY))
    )
