"""The five colours another place may swap, their contrast, and the small style sheet that swaps them."""

import re
from collections.abc import Mapping

# As compiled into joinedup.css; a place that keeps them needs no further style sheet.
COLOURS: dict[str, str] = {
    "river": "#0b4a5c",
    "brick": "#9c3a1b",
    "leaf": "#1b6a3c",
    "plum": "#5b2a6e",
    "sun": "#ffd54a",
}
FIXED: dict[str, str] = {
    "ink": "#16202a",
    "slate": "#4a5761",
    "mist": "#f2f5f4",
    "sand": "#fbf3e4",
    "white": "#ffffff",
}

# Colours of words, with every ground they may stand on (WCAG 2.2 AA asks for 4.5 to 1).
PAIRS: list[tuple[str, str]] = [
    *[
        (words, ground)
        for words in ("river", "brick", "leaf", "plum")
        for ground in ("white", "mist", "sand")
    ],
    *[("white", ground) for ground in ("river", "brick", "leaf", "plum", "ink")],
    *[(words, ground) for words in ("ink", "slate") for ground in ("white", "mist", "sand")],
    ("ink", "sun"),
]
HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, from 0 (black) to 1 (white), as WCAG 2 defines it."""
    if not HEX.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour written as #rrggbb")
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def faults(colours: Mapping[str, str]) -> list[str]:
    """What is wrong with a place's colours: words that would be hard to read. Empty when all is well."""
    found = [f"{name}: {value} is not #rrggbb" for name, value in colours.items() if not HEX.fullmatch(value)]
    if found:
        return found
    known = FIXED | COLOURS | dict(colours)
    return [
        f"{words} on {ground}: {contrast(known[words], known[ground]):.1f}, needs 4.5"
        for words, ground in PAIRS
        if contrast(known[words], known[ground]) < 4.5
    ]


def stylesheet(colours: Mapping[str, str]) -> str:
    """The style sheet of a place with other colours; empty for our own.

    Raises ValueError when a colour is not written as #rrggbb: it would end up inside CSS.
    """
    other = {name: colours[name] for name in COLOURS if name in colours and colours[name] != COLOURS[name]}
    for name, value in other.items():
        if not HEX.fullmatch(value):
            raise ValueError(f"{name}: {value!r} is not a colour written as #rrggbb")
    if not other:
        return ""
    return ":root{" + "".join(f"--jo-{name}:{value};" for name, value in other.items()) + "}\n"
