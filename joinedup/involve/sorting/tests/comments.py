"""Invented comments with labels, in the columns of feedback/train.csv. Nobody said any of this."""

import csv
import random
from pathlib import Path
from typing import Any

from joinedup.involve.sorting import training
from joinedup.involve.sorting.engine import Sorter

COLUMNS = (
    *(
        "id",
        "source",
        "org",
        "service",
        "question",
        "text",
        "theme_p0",
        "theme_p1",
        "subtheme_p1",
        "criticality",
    ),
    *("themes_p2", "sentiment5", "fft", "safeguarding", "sentiment3", "severe_proxy", "split"),
)
_MATTERS = {
    "Food": ("the soup was cold", "no choice of vegetables at lunch", "breakfast came late"),
    "Staff/Staff Attitude": ("the porter was kind", "a rude receptionist", "friendly nurses on the ward"),
    "Communication": (
        "nobody rang me back",
        "the letter had the wrong date",
        "explain the tablets plainly",
    ),
    "Access to Services": ("waited three hours", "no appointments before summer", "the lift was broken"),
}
_P1 = {"Food": "Environment/ facilities", "Staff/Staff Attitude": "Staff", "Communication": "Communication"}
_TONES = (
    ("positive", "3.0", "1.0", ("lovely", "thank you, so helpful", "excellent in every way")),
    ("neutral", "0.0", "3.0", ("it was all right", "nothing to add", "as usual")),
    ("negative", "-4.0", "5.0", ("terrible and frightening", "dreadful, never again", "appalling neglect")),
)


def _row(number: int, chance: random.Random) -> dict[str, str]:
    source = ("p0", "p1", "p2")[number % 3]
    matter = chance.choice(list(_MATTERS))
    tone, criticality, sentiment5, words = chance.choice(_TONES)
    text = f"{chance.choice(_MATTERS[matter])}, {chance.choice(words)} {chance.choice('abcdefgh')}{number}"
    row = dict.fromkeys(COLUMNS, "") | {
        "id": f"{source}-Sample {number // 2} - Q{number % 2 + 1}",
        "source": source,
    }
    row |= {"text": text, "split": "train", "question": "could_improve"}
    if source == "p0":
        return row | {"theme_p0": matter}
    row |= {"sentiment3": tone, "severe_proxy": str(int(tone == "negative"))}
    if source == "p1":
        question = "Trust A - Q2" if tone == "positive" else "Trust A - Q1"
        theme = _P1.get(matter, "Access")
        return row | {
            "theme_p1": theme,
            "subtheme_p1": matter,
            "criticality": criticality,
            "question": question,
        }
    fft = "1.0" if tone == "positive" else "5.0"
    return row | {"sentiment5": sentiment5, "themes_p2": f"{matter}|Not assigned", "fft": fft}


def labelled(many: int = 360) -> list[dict[str, str]]:
    """Always the same comments."""
    chance = random.Random(7)
    return [_row(number, chance) for number in range(many)]


def file_of(
    path: Path, rows: list[dict[str, str]], columns: tuple[str, ...] = COLUMNS, **options: Any
) -> Path:
    """The rows as a CSV file."""
    with path.open("w", encoding=options.pop("encoding", "utf-8"), newline="") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore", **options)
        writer.writeheader()
        writer.writerows(rows)
    return path


def small_sorter() -> Sorter:
    """A sorter trained on the invented comments, in a second or two."""
    return Sorter(*training.build(labelled()))
