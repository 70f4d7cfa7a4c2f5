"""What the lead of a theme is worth: how often such themes were right in comments kept aside."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.isotonic import IsotonicRegression

from joinedup.involve.sorting import folds, training
from joinedup.involve.sorting.engine import THEMES, Sorter
from joinedup.involve.sorting.training import Built, Rows

_PARTS = 5  # one of them is kept aside
_POINTS = 25


def scale_of(leads: NDArray[Any], is_right: NDArray[Any]) -> list[list[float]]:
    """Isotonic regression of being right on the lead, thinned to a few points: leads, and shares right."""
    if not len(leads):
        return [[0.0, 1.0], [0.0, 1.0]]
    fitted = IsotonicRegression(y_min=0.02, y_max=0.98, out_of_bounds="clip").fit(leads, is_right)
    at = np.unique(np.quantile(leads, np.linspace(0, 1, _POINTS)))
    # The mean of a little below and above, so that steps become slopes.
    width = np.diff(at).mean() / 2 if len(at) > 1 else 0.0
    share = np.mean([fitted.predict(at + shift) for shift in (-width, 0, width)], axis=0)
    return [[round(float(value), 4) for value in values] for values in (at, share)]


def rank_of(values: NDArray[Any]) -> list[list[float]]:
    """Where a figure stands among these: figures at equal steps, and their ranks from 0 to 1."""
    steps = np.concatenate([np.linspace(0, 0.9, 19), [0.95, 0.98, 0.99, 0.995, 1.0]])
    at = np.maximum.accumulate(np.quantile(values, steps)) + np.arange(len(steps)) * 1e-6
    return [[round(float(value), 6) for value in at], [round(float(step), 4) for step in steps]]


def scales_from(sorter: Sorter, rows: Rows) -> dict[str, list[list[float]]]:
    """The scales as these rows, not trained on, show them."""
    texts = [row["text"] for row in rows]
    outputs = sorter.outputs(sorter.vectors(texts))
    said = sorter.said(outputs, [""] * len(rows))
    found = {"severe": rank_of(sorter.raw_severity(outputs))}
    for name in THEMES:
        places = np.array([n for n, row in enumerate(rows) if row[name]], dtype=np.intp)
        answers = sorter.targets[name].answers
        right = np.array([answers[said.best[name][n]] == rows[n][name] for n in places], dtype=float)
        found[name] = scale_of(said.lead[name][places], right)
    return found


def calibrated(rows: Rows, keep: Path | None = None) -> Built:
    """A sorter trained on all rows, its scales measured with one that was trained on four fifths of them.

    `keep`: a folder for what was trained, taken instead of training again.
    """
    learnt, aside = folds.splits(rows, _PARTS)[0]
    tried = Sorter(*training.build(_some(rows, learnt), kept(keep, 1, _PARTS)))
    arrays, about = training.build(rows, keep / "whole.npz" if keep else None)
    return arrays, {**about, "scales": scales_from(tried, _some(rows, aside))}


def kept(keep: Path | None, number: int, many: int) -> Path | None:
    """Where the sorter of one fold is kept."""
    return keep / f"fold-{number}-of-{many}.npz" if keep else None


def _some(rows: Rows, places: Sequence[int] | NDArray[Any]) -> list[Any]:
    return [rows[int(place)] for place in places]
