"""The figures of the model card, written between its two marks and nowhere by hand."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from joinedup.involve.sorting import measuring, weights
from joinedup.involve.sorting.engine import THEMES, Sorter
from joinedup.involve.sorting.measuring import ALONE, ASKED, DEPTHS, MAJORITY, PLAIN, Found
from joinedup.involve.sorting.recipe import RECIPES

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
_CALLED = {
    "theme_p0": "theme, 16 answers (theme_p0)",
    "theme_p1": "theme, 9 answers (theme_p1)",
    "criticality": "criticality, 9 answers",
    "sentiment3": "tone, 3 answers (sentiment3)",
    "sentiment5": "tone, 5 answers (sentiment5)",
}
_TIMED = 8_000


def figures(found: Found, folds: str, path: Path) -> str:
    """All tables. `folds`: how many were judged. `path`: the shipped weights, timed and named by SHA-256."""
    texts = [row["text"] for row in found.rows[:_TIMED]]
    sorter = Sorter.load(path)
    rate = measuring.pace(sorter.suggest, texts)
    return "\n".join(
        [
            f"Weights: `{path.name}`, {path.stat().st_size / 1e6:.1f} MB, SHA-256 `{weights.digest(path)}`.",
            f"Speed: {round(rate, -2):,.0f} texts a second on one core of this machine, all heads together.",
            f"\n### Beside plain baselines, {folds}\n",
            *_overview(found),
            "\n### Theme, 16 answers, text alone\n",
            *_classes(found, "theme_p0"),
            "\n### Theme, 9 answers, text alone\n",
            *_classes(found, "theme_p1"),
            "\n### Tone and criticality, text alone\n",
            *_classes(found, "sentiment3", "sentiment5", "criticality"),
            "\n### Is the confidence true?\n",
            *_reliability(found),
            "\n### Severe criticism found when the queue is read by rank\n",
            *_depths(found),
        ]
    )


def write(card: Path, said: str) -> None:
    """Put the figures between the marks of the card. Raises ValueError where it has none."""
    text = card.read_text(encoding="utf-8")
    if BEGIN not in text or END not in text:
        raise ValueError(f"{card} has no place for figures: {BEGIN} and {END}.")
    before, rest = text.split(BEGIN, 1)
    card.write_text(f"{before}{BEGIN}\n{said}\n{END}{rest.split(END, 1)[1]}", encoding="utf-8")


def sha_named_in(card: Path) -> str:
    """The SHA-256 the card names, or nothing."""
    found = re.search(r"SHA-256 `([0-9a-f]{64})`", card.read_text(encoding="utf-8"))
    return found[1] if found else ""


def _overview(found: Found) -> Iterator[str]:
    headings = ["what", "rows", "suggested by", "accuracy", "macro F1"]
    rows = []
    for name in RECIPES:
        true = found.true(name)
        for by in (MAJORITY, PLAIN, ALONE, ASKED):
            if by == ASKED and name == "theme_p0":
                continue  # all of that file answers one question
            scored = measuring.score(true, found.suggested(name, by))
            called = f"the sorter, {by}" if by in (ALONE, ASKED) else by
            rows.append([_CALLED[name], f"{len(true):,}", called, scored.accuracy, scored.macro_f1])
    return measuring.table(headings, rows)


def _classes(found: Found, *names: str) -> Iterator[str]:
    rows = []
    for name in names:
        true, suggested = found.true(name), found.suggested(name, ALONE)
        for answer in sorted(set(true), key=lambda one: -int((true == one).sum())):
            right = int(((true == answer) & (suggested == answer)).sum())
            precision = right / max(int((suggested == answer).sum()), 1)
            recall = right / int((true == answer).sum())
            f1 = 2 * precision * recall / max(precision + recall, 1e-9)
            called = answer if len(names) == 1 else f"{name}: {answer}"
            rows.append([called, f"{int((true == answer).sum()):,}", precision, recall, f1])
    return measuring.table(["answer", "rows", "precision", "recall", "F1"], rows)


def _reliability(found: Found) -> Iterator[str]:
    rows = []
    for name in THEMES:
        is_right = found.true(name) == found.suggested(name, ALONE)
        for band, many, sure, right in measuring.reliability(found.confidence[found.marked(name)], is_right):
            rows.append([_CALLED[name], band, f"{many:,}", sure, right])
    return measuring.table(["what", "confidence", "rows", "mean confidence", "share right"], rows)


def _depths(found: Found) -> Iterator[str]:
    places = found.marked("severe_proxy")
    is_severe = np.array([found.rows[n]["severe_proxy"] == "1" for n in places], dtype=bool)
    lengths = np.array([len(found.rows[n]["text"]) for n in places], dtype=float)
    rows = [
        [
            f"first {depth:.0%}",
            measuring.recall_at(found.severity[places], is_severe, depth),
            measuring.recall_at(lengths, is_severe, depth),
            depth,
        ]
        for depth in DEPTHS
    ]
    yield f"{len(places):,} rows, {int(is_severe.sum())} of them severe: criticality -4, or tone 5."
    yield ""
    yield from measuring.table(["read", "found by rank", "found, longest first", "found in any order"], rows)
