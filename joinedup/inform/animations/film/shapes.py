"""SVG as text, and the colours of look.md with their tints."""

from html import escape

RIVER, BRICK, LEAF, PLUM, SUN = "#0b4a5c", "#9c3a1b", "#1b6a3c", "#5b2a6e", "#ffd54a"
INK, SLATE, MIST, SAND, WHITE = "#16202a", "#4a5761", "#f2f5f4", "#fbf3e4", "#ffffff"
SKY, HAZE, FAR, CANAL = "#e6f0f0", "#d3e5ea", "#a9cad3", "#8fbac5"
PALE_LEAF, PALE_BRICK, PALE_PLUM, PALE_SUN = "#9fc9ab", "#dd9b7c", "#b99cc8", "#ffe9a1"
PATH, KERB, WOOD, DARK_WOOD, GREY = "#f1e3c8", "#e0cda6", "#8a5a34", "#6b4226", "#c9cfd2"
FONT = "'Noto Sans','Noto Sans Bengali',sans-serif"


def n(value: float) -> str:
    """A number as short as it can be written."""
    return f"{value:.1f}".removesuffix(".0")


def _paint(fill: str, stroke: str, width: float, opacity: float) -> str:
    said = f' fill="{fill}"'
    if stroke:
        said += f' stroke="{stroke}" stroke-width="{n(width)}"'
    return said if opacity >= 1 else f'{said} opacity="{opacity:.2f}"'


def rect(  # noqa: PLR0917 in the order SVG has them
    x: float, y: float, width: float, height: float, fill: str, radius: float = 0, opacity: float = 1
) -> str:
    """A box, with round corners if asked."""
    corner = f' rx="{n(radius)}"' if radius else ""
    return (
        f'<rect x="{n(x)}" y="{n(y)}" width="{n(width)}" height="{n(height)}"{corner}'
        f"{_paint(fill, '', 0, opacity)}/>"
    )


def circle(  # noqa: PLR0917 in the order SVG has them
    x: float,
    y: float,
    radius: float,
    fill: str = "none",
    stroke: str = "",
    width: float = 0,
    opacity: float = 1,
) -> str:
    """A disc or a ring."""
    return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"{_paint(fill, stroke, width, opacity)}/>'


def ellipse(  # noqa: PLR0917 in the order SVG has them
    x: float, y: float, across: float, down: float, fill: str, opacity: float = 1
) -> str:
    """A disc that is wider or higher."""
    return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(across)}" ry="{n(down)}"{_paint(fill, "", 0, opacity)}/>'


def area(path: str, fill: str, opacity: float = 1) -> str:
    """A filled shape."""
    return f'<path d="{path}"{_paint(fill, "", 0, opacity)}/>'


def line(path: str, colour: str, width: float, drawn: float = 1, opacity: float = 1) -> str:
    """A line; `drawn` is how much of it a pen has drawn so far."""
    if drawn <= 0:
        return ""
    dash = f' pathLength="1" stroke-dasharray="{drawn:.4f} 2"' if drawn < 1 else ""
    return f'<path d="{path}"{dash}{_paint("none", colour, width, opacity)}/>'


def dashed(path: str, colour: str, width: float, dashes: str, opacity: float = 1) -> str:
    """A line of dashes with straight ends: rows of windows."""
    return (
        f'<path d="{path}" stroke-dasharray="{dashes}" stroke-linecap="butt"'
        f"{_paint('none', colour, width, opacity)}/>"
    )


def place(
    inner: str,
    x: float = 0,
    y: float = 0,
    scale: float = 1,
    *,
    wide: float | None = None,
    turn: float = 0,
    opacity: float = 1,
) -> str:
    """The same, moved, turned and made larger or smaller; `wide` when its width differs, below 0 mirrored."""
    if opacity <= 0.004 or not inner or not scale:
        return ""
    how = f"translate({n(x)} {n(y)})"
    if turn:
        how += f" rotate({turn:.2f})"
    if wide is not None or scale != 1:
        how += f" scale({scale if wide is None else wide:.3f} {scale:.3f})"
    faded = f' opacity="{opacity:.3f}"' if opacity < 1 else ""
    return f'<g transform="{how}"{faded}>{inner}</g>'


def text(
    words: str,
    x: float,
    y: float,
    size: float,
    colour: str,
    *,
    anchor: str = "middle",
    weight: int = 700,
    opacity: float = 1,
) -> str:
    """Words on one line."""
    if opacity <= 0.004:
        return ""
    return (
        f'<text x="{n(x)}" y="{n(y)}" font-family="{FONT}" font-size="{n(size)}" font-weight="{weight}"'
        f' text-anchor="{anchor}" fill="{colour}" opacity="{opacity:.3f}">{escape(words)}</text>'
    )
