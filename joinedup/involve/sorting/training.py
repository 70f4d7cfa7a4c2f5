"""Building the sorter from labelled comments (columns of feedback/train.csv). Needs scikit-learn."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from joinedup.involve.sorting import features, net, weights
from joinedup.involve.sorting.panel import EVERY
from joinedup.involve.sorting.recipe import (
    LEARNT_TOGETHER,
    LEAST_OF_A_FINER_ANSWER,
    LEAST_OF_A_LABEL,
    LEAST_OF_A_MANY,
    RECIPES,
    Part,
    Recipe,
)

LABELLED = (
    Path(__file__).resolve().parents[4] / "shared" / "data" / "feedback" / "train.csv"
)  # beside the checkout
SEED = 2026
_NET_LEAST = 5  # comments with a term or piece, for the network to look at it
_LEFT_ALONE = np.array([0.0, 1.0])

Rows = Sequence[Mapping[str, str]]
Floats = NDArray[np.float64]
Built = tuple[dict[str, NDArray[Any]], dict[str, Any]]


class LabelsFault(ValueError):
    """The file is no file of labelled comments; the message says what is missing."""


def rows_of(path: Path) -> list[dict[str, str]]:
    """The labelled comments of a file. Raises LabelsFault, and OSError where it cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file, restval=""))
    wanted = {"id", "text", "severe_proxy", *RECIPES, *LEARNT_TOGETHER}
    if not rows or wanted - rows[0].keys():
        missing = ", ".join(sorted(wanted - set(rows[0] if rows else ())))
        raise LabelsFault(f"{path.name} has no rows, or lacks columns: {missing}.")
    return rows


def matrix_of(vocabulary: features.Vocabulary, texts: Sequence[str]) -> Any:
    """A sparse matrix: comments in rows, what is seen of them in columns."""
    seen = vocabulary.see(texts)
    return sp.csr_matrix((seen.values, seen.places, seen.starts), shape=(len(texts), len(vocabulary)))


def balance(labels: Sequence[str], power: float) -> Floats:
    """What each row counts: rarer labels more, by their number to the minus `power`; one on average."""
    counts = Counter(labels)
    raw = np.array([counts[label] ** -power for label in labels])
    return np.asarray(raw / raw.mean())


@dataclass
class _Columns:
    """The linear models, a column each, as they are added."""

    seen: Any
    weights: list[Floats] = field(default_factory=list)
    biases: list[float] = field(default_factory=list)

    def add(self, kind: str, places: Sequence[int], labels: Sequence[str]) -> tuple[int, list[str]]:
        """One column for each label against the rest; where they begin, and the labels in their order."""
        start, own, names = len(self.biases), self.seen[places], sorted(set(labels))
        counts = balance(labels, 0.75 if kind == "margin" else 0.5)
        for name in names:
            wanted = np.array([label == name for label in labels])
            if wanted.all():
                self.weights.append(np.zeros(self.seen.shape[1]))
                self.biases.append(1.0)
                continue
            model = (
                LinearSVC(C=0.2, random_state=SEED)
                if kind == "margin"
                else LogisticRegression(C=4, solver="liblinear", tol=1e-2, random_state=SEED)
            ).fit(own, wanted, counts)
            self.weights.append(model.coef_[0])
            self.biases.append(float(model.intercept_[0]))
        return start, names


def _joined(row: Mapping[str, str], name: str, part: Part) -> str:
    return "|".join([row[name], *(row[column] for column in part.with_columns)])


def _linear_bank(columns: _Columns, rows: Rows, name: str, part: Part, answers: list[str]) -> dict[str, Any]:
    places = [place for place, row in enumerate(rows) if row[name]]
    labels = [_joined(rows[place], name, part) for place in places]
    if part.with_columns:
        counts = Counter(labels)
        kept = [n for n, label in enumerate(labels) if counts[label] >= LEAST_OF_A_FINER_ANSWER]
        places, labels = [places[n] for n in kept], [labels[n] for n in kept]
    start, names = columns.add(part.kind, places, labels) if labels else (0, [])
    asks = part.with_columns == ("question",)
    return {
        "kind": part.kind,
        "start": start,
        "answers": [answers.index(one.split("|")[0]) for one in names],
        "questions": [one.split("|")[1] if asks else EVERY for one in names],
        "alone": part.alone if names else 0,
        "asked": part.asked if names else 0,
    }


def _tasks(rows: Rows) -> dict[str, tuple[list[str], net.Task]]:
    """What the network learns: the answers of each label, and which row has which."""
    found = {}
    for name, share in LEARNT_TOGETHER.items():
        is_many = name == "themes_p2"
        of_row = [row[name].split("|") if is_many else [row[name]] for row in rows]
        counts = Counter(label for labels in of_row for label in labels if label)
        least = LEAST_OF_A_MANY if is_many else 1 if name in RECIPES else LEAST_OF_A_LABEL
        answers = sorted(label for label, count in counts.items() if count >= least)
        if not answers:
            continue
        wanted = np.array([[answer in labels for answer in answers] for labels in of_row], dtype=np.float32)
        if name == "question":  # the largest file asks one question only, which teaches nothing
            wanted[[place for place, row in enumerate(rows) if row["theme_p0"]]] = 0
        found[name] = (answers, net.Task(wanted, share, is_many))
    return found


def _lean(rows: Rows, name: str, answers: list[str], strength: float) -> list[float]:
    counts = Counter(row[name] for row in rows)
    total = sum(counts[answer] for answer in answers)
    return [round(-strength * float(np.log(counts[answer] / total)), 4) for answer in answers]


def _network(rows: Rows, seen: Any) -> tuple[net.Net, dict[str, tuple[int, list[str]]]]:
    """The network spread over all columns of `seen`, and where the answers of each label stand."""
    kept = np.flatnonzero(np.bincount(seen.indices, minlength=seen.shape[1]) >= _NET_LEAST)
    tasks = _tasks(rows)
    found = net.fit(seen[:, kept], [task for _answers, task in tasks.values()], seed=SEED)
    words = np.zeros((seen.shape[1], found.words.shape[1]), dtype=np.float32)
    words[kept] = found.words
    starts, start = {}, 0
    for name, (answers, _task) in tasks.items():
        starts[name] = (start, answers)
        start += len(answers)
    return net.Net(words, found.hidden_bias, found.out, found.out_bias), starts


def build(rows: Rows, kept: Path | None = None) -> Built:
    """Train on these rows: the arrays and what is told about them. Confidence is not yet measured.

    `kept`: a file for what was trained. If it is there, it is taken instead of training; its models are then
    weighed as the recipe says now.
    """
    if kept and kept.exists():
        arrays, about = weights.read(kept)
        return arrays, weighed(about, rows)
    built = _build(rows)
    if kept:
        weights.save(kept, *built)
    return built


def weighed(about: dict[str, Any], rows: Rows) -> dict[str, Any]:
    """The same models, weighed as the recipe says now."""
    targets = {}
    for name, target in about["targets"].items():
        parts = sorted(RECIPES[name].parts, key=lambda part: part.kind == "net")
        banks = [
            {**bank, "alone": part.alone * bool(bank["answers"]), "asked": part.asked * bool(bank["answers"])}
            for bank, part in zip(target["banks"], parts, strict=True)
        ]
        targets[name] = _target(rows, name, target["answers"], banks)
    return {**about, "targets": targets}


def _build(rows: Rows) -> Built:
    texts = [row["text"] for row in rows]
    vocabulary = features.learn(texts)
    seen = matrix_of(vocabulary, texts)
    columns = _Columns(seen)
    network, net_starts = _network(rows, seen)
    answers = {name: sorted({row[name] for row in rows if row[name]}) for name in RECIPES}
    banks: dict[str, list[dict[str, Any]]] = {}
    for name, recipe in RECIPES.items():
        linear = [part for part in recipe.parts if part.kind != "net"]
        banks[name] = [_linear_bank(columns, rows, name, part, answers[name]) for part in linear]
    severe_from = _severe(columns, rows)
    for name, recipe in RECIPES.items():
        banks[name] += _net_bank(recipe, answers[name], len(columns.biases), net_starts[name])
    about = {
        "version": "1",
        "targets": {name: _target(rows, name, answers[name], banks[name]) for name in RECIPES},
        "words_from": banks["theme_p0"][0]["start"],
        "severe_from": severe_from,
        "scales": _plain_scales(),
    }
    return _arrays(vocabulary, columns, network), about


def _plain_scales() -> dict[str, list[list[float]]]:
    return {name: [_LEFT_ALONE.tolist(), _LEFT_ALONE.tolist()] for name in ("theme_p0", "theme_p1", "severe")}


def _severe(columns: _Columns, rows: Rows) -> int:
    places = [place for place, row in enumerate(rows) if row["severe_proxy"]]
    start, _names = columns.add("odds", places, [rows[place]["severe_proxy"] for place in places])
    return start + 1  # the column of "1"


def _net_bank(
    recipe: Recipe, answers: list[str], linear: int, found: tuple[int, list[str]]
) -> list[dict[str, Any]]:
    start, own = found
    return [
        {
            "kind": "net",
            "start": linear + start,
            "answers": [answers.index(one) for one in own],
            "questions": [EVERY] * len(own),
            "alone": part.alone,
            "asked": part.asked,
        }
        for part in recipe.parts
        if part.kind == "net"
    ]


def _target(rows: Rows, name: str, answers: list[str], banks: list[dict[str, Any]]) -> dict[str, Any]:
    recipe = RECIPES[name]
    return {
        "answers": answers,
        "banks": banks,
        "lean": _lean(rows, name, answers, recipe.lean),
        "asked_lean": _lean(rows, name, answers, recipe.asked_lean),
    }


def _arrays(vocabulary: features.Vocabulary, columns: _Columns, network: net.Net) -> dict[str, NDArray[Any]]:
    """Everything as it is shipped: weights in one byte each, with a scale for each column."""
    whole = np.hstack([np.array(columns.weights, dtype=np.float32).T, network.words])
    scale = np.maximum(np.abs(whole).max(axis=0), 1e-9) / 127
    return {
        "terms": weights.words_to_bytes(list(vocabulary.terms)),
        "pieces": weights.words_to_bytes(list(vocabulary.pieces)),
        "worth": vocabulary.worth.astype(np.float16),
        "matrix": np.round(whole / scale).astype(np.int8),
        "scale": scale.astype(np.float32),
        "bias": np.concatenate([np.array(columns.biases), network.hidden_bias]).astype(np.float32),
        "out": network.out.astype(np.float16),
        "out_bias": network.out_bias.astype(np.float32),
    }
