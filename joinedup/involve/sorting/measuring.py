"""How good the sorter is: honest cross-validation, beside plain baselines in the same folds."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.svm import LinearSVC

from joinedup.involve.sorting import calibrating, folds, training
from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.recipe import RECIPES
from joinedup.involve.sorting.training import Rows

ALONE, ASKED = "text alone", "text and question"
MAJORITY, PLAIN = "commonest answer", "TF-IDF (1,2), linear SVM, balanced"
DEPTHS = (0.02, 0.05, 0.10, 0.20)
Labels = NDArray[np.str_]


@dataclass
class Found:
    """What was suggested for rows that were kept aside, by target and by who suggested."""

    rows: Rows
    by: dict[tuple[str, str], Labels] = field(default_factory=dict)
    confidence: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    severity: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))

    def only(self, places: NDArray[Any]) -> "Found":
        """What was found for these rows."""
        by = {key: labels[places] for key, labels in self.by.items()}
        return Found([self.rows[n] for n in places], by, self.confidence[places], self.severity[places])

    def marked(self, name: str) -> NDArray[np.intp]:
        """Places of rows that people gave this label."""
        return np.array([n for n, row in enumerate(self.rows) if row[name]], dtype=np.intp)

    def true(self, name: str) -> Labels:
        """What people said, for marked rows."""
        return np.array([self.rows[n][name] for n in self.marked(name)])

    def suggested(self, name: str, by: str) -> Labels:
        """What was suggested, for marked rows."""
        return self.by[name, by][self.marked(name)]


def cross_validate(
    rows: Rows,
    many: int,
    *,
    judged: int | None = None,
    keep: Path | None = None,
    tell: Callable[[str], object] | None = None,
) -> Found:
    """Each row is judged by a sorter that saw neither it, nor its writer, nor the same words.

    `judged`: so many of the folds only, and their rows alone are in what was found. `keep`: see calibrating.
    """
    parts = folds.splits(rows, many)[:judged]
    found = Found(rows, confidence=np.zeros(len(rows)), severity=np.zeros(len(rows)))
    for name in RECIPES:
        for by in (ALONE, ASKED, MAJORITY, PLAIN):
            found.by[name, by] = np.full(len(rows), "", dtype="U40")
    for number, (learnt, aside) in enumerate(parts, 1):
        train, test = [rows[n] for n in learnt], [rows[n] for n in aside]
        sorter = Sorter(*training.build(train, calibrating.kept(keep, number, many)))
        # The scale of confidence comes from the other half of what is kept aside.
        halves = folds.splits(test, 2, seed=number)
        for half, measured in halves:
            sorter.rescale(calibrating.scales_from(sorter, [test[n] for n in measured]))
            _judge(found, sorter, aside[half])
        _baselines(found, train, aside)
        if tell:
            tell(f"fold {number} of {many}")
    return found.only(np.sort(np.concatenate([aside for _learnt, aside in parts])))


def _judge(found: Found, sorter: Sorter, places: NDArray[Any]) -> None:
    texts = [found.rows[n]["text"] for n in places]
    outputs = sorter.outputs(sorter.vectors(texts))
    for by, questions in ((ALONE, [""] * len(places)), (ASKED, [found.rows[n]["question"] for n in places])):
        said = sorter.said(outputs, questions)
        for name, target in sorter.targets.items():
            found.by[name, by][places] = [target.answers[one] for one in said.best[name]]
        if by == ALONE:
            found.confidence[places] = sorter.confidence(said)
    found.severity[places] = sorter.raw_severity(outputs)


def _baselines(found: Found, train: Rows, places: NDArray[Any]) -> None:
    for name in RECIPES:
        own = [row for row in train if row[name]]
        here = [n for n in places if found.rows[n][name]]
        if not own or not here:
            continue
        labels = [row[name] for row in own]
        found.by[name, MAJORITY][here] = max(sorted(set(labels)), key=labels.count)
        words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
        seen = words.fit_transform([row["text"] for row in own])
        model = LinearSVC(C=0.2, class_weight="balanced", random_state=training.SEED).fit(seen, labels)
        found.by[name, PLAIN][here] = model.predict(words.transform([found.rows[n]["text"] for n in here]))


@dataclass(frozen=True)
class Score:
    """How often right, and F1 averaged over the answers so that rare ones count as much as common ones."""

    accuracy: float
    macro_f1: float


def score(true: Labels, suggested: Labels) -> Score:
    """Measured over the answers people gave."""
    f1 = f1_score(true, suggested, labels=np.unique(true), average="macro", zero_division=0)
    return Score(float(np.mean(true == suggested)), float(f1))


def recall_at(severity: NDArray[Any], is_severe: NDArray[np.bool_], depth: float) -> float:
    """The share of severe comments among the first of the queue; `depth` 0.05 is the first 5 in 100."""
    first = np.argsort(-severity, kind="stable")[: round(depth * len(severity))]
    return float(is_severe[first].sum() / max(is_severe.sum(), 1))


def reliability(
    confidence: NDArray[Any], is_right: NDArray[np.bool_]
) -> Iterator[tuple[str, int, float, float]]:
    """For each band of confidence: its name, how many, the mean confidence, the share that was right."""
    for low in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        high = 1.01 if low == 0.9 else 0.3 if low == 0.0 else low + 0.1
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            name = f"{low:.1f} to {min(high, 1):.1f}"
            yield name, int(inside.sum()), float(confidence[inside].mean()), float(is_right[inside].mean())


def pace(sort: Any, texts: Sequence[str]) -> float:
    """Texts a second, the best of three runs."""
    best = 0.0
    for _run in range(3):
        began = time.perf_counter()
        sort(texts)
        best = max(best, len(texts) / (time.perf_counter() - began))
    return best


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """A table as the documents write them."""
    names = list(headings)
    yield f"| {' | '.join(names)} |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield f"| {' | '.join(f'{cell:.3f}' if isinstance(cell, float) else str(cell) for cell in row)} |"
