"""The last picture: the mark and the names."""

from joinedup.inform.animations.film.motion import pop, span
from joinedup.inform.animations.film.shapes import HAZE, RIVER, SUN, WHITE, area, line, place, rect, text
from joinedup.inform.animations.film.signs import BRICKS, headline
from joinedup.inform.animations.film.words import Words

COMES_FROM = ((-420.0, 0.0), (420.0, -60.0), (0.0, 420.0))


def draw(moment: float, words: Words) -> str:
    """The three bricks come together once more, in white."""
    drawn = rect(0, 0, 1280, 720, RIVER)
    mark = ""
    for index, (shape, _colour) in enumerate(BRICKS):
        part = span(moment, 0.1 + index * 0.12, 1.1)
        x, y = COMES_FROM[index]
        mark += place(area(shape, WHITE), x / 4.4 * (1 - part), y / 4.4 * (1 - part), opacity=part)
    drawn += place(mark, 130, 190, 4.4 + 0.12 * (pop(moment, 1.2, 0.5) - span(moment, 1.5, 0.5)))
    drawn += headline(moment, words["names"], (470, 272), 68, start=1.0, colour=WHITE)
    drawn += line("M472 390H1180", SUN, 8, span(moment, 1.6, 0.9))
    drawn += headline(moment, words["call"], (470, 462), 50, start=1.9, colour=SUN)
    return drawn + text(
        words["note"][0], 470, 548, 28, HAZE, anchor="start", weight=500, opacity=span(moment, 2.4, 0.7)
    )
