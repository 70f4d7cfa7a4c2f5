"""How things move: easing, spans of time, and the small life of a figure that stands still."""

import math

Point = tuple[float, float]


def clamp(value: float) -> float:
    """Between 0 and 1."""
    return min(1.0, max(0.0, value))


def smooth(value: float) -> float:
    """Slow at both ends."""
    part = clamp(value)
    return part * part * part * (part * (part * 6 - 15) + 10)


def span(moment: float, start: float, length: float) -> float:
    """From 0 to 1 while `length` seconds pass from `start` on, slow at both ends."""
    return smooth((moment - start) / length)


def pop(moment: float, start: float, length: float = 0.6) -> float:
    """From 0 to 1, a little past it, and back to rest: something that arrives with a small bounce."""
    part = clamp((moment - start) / length)
    if part in (0.0, 1.0):
        return part
    rest = part - 1
    return 1 + 2.4 * rest**3 + 1.4 * rest**2


def between(one: float, other: float, part: float) -> float:
    """The number that lies that part of the way from one to the other."""
    return one + (other - one) * part


def along(one: Point, other: Point, part: float) -> Point:
    """The point that lies that part of the way from one to the other."""
    return between(one[0], other[0], part), between(one[1], other[1], part)


def wave(moment: float, seconds: float, reach: float = 1.0, shift: float = 0.0) -> float:
    """To and fro once in that many seconds."""
    return reach * math.sin((moment / seconds + shift) * math.tau)


def shows(moment: float, start: float, end: float, fade: float = 0.5) -> float:
    """How visible something is that comes at `start` and has gone at `end`."""
    return min(span(moment, start, fade), 1 - span(moment, end - fade, fade))


def eyes_shut(moment: float, person: int) -> bool:
    """A blink every few seconds, each person at a time of their own."""
    return (moment + person * 1.37) % (3.1 + person % 3 * 0.7) < 0.12
