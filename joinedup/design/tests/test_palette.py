"""Words can be read on every ground they stand on, in our colours and in any other place's."""

import re
from pathlib import Path

import pytest

from joinedup.design import palette

CSS = Path(__file__).parents[1] / "static" / "design" / "joinedup.css"


@pytest.mark.parametrize(("words", "ground"), palette.PAIRS)
def test_contrast_is_enough(words: str, ground: str) -> None:
    known = palette.FIXED | palette.COLOURS
    assert palette.contrast(known[words], known[ground]) >= 4.5


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000000", "#ffffff", 21.0), ("#0b4a5c", "#ffffff", 9.8)]
)
def test_contrast_is_measured_as_wcag_does(one: str, other: str, ratio: float) -> None:
    assert palette.contrast(one, other) == pytest.approx(ratio, abs=0.1)
    assert palette.contrast(other, one) == palette.contrast(one, other)


def test_our_colours_have_no_faults_and_pale_ones_have() -> None:
    assert palette.faults(palette.COLOURS) == []
    assert any("river on white" in fault for fault in palette.faults({"river": "#7fb0bd"}))
    assert palette.faults({"river": "teal"}) == ["river: teal is not #rrggbb"]


def test_the_compiled_style_sheet_has_the_same_colours() -> None:
    in_css = dict(re.findall(r"--jo-(\w+):\s*(#[0-9a-f]{6})", CSS.read_text()))
    assert {name: in_css[name] for name in palette.COLOURS} == palette.COLOURS


def test_another_places_colours_become_a_small_style_sheet() -> None:
    assert palette.stylesheet(palette.COLOURS) == ""
    assert palette.stylesheet({"river": "#123456", "sun": "#ffd54a"}) == ":root{--jo-river:#123456;}\n"


@pytest.mark.parametrize("value", ["red", "#12345", "#123456;}body{display:none", "url(https://example.org)"])
def test_a_colour_cannot_carry_anything_else_into_the_style_sheet(value: str) -> None:
    with pytest.raises(ValueError, match="not a colour"):
        palette.stylesheet({"river": value})
