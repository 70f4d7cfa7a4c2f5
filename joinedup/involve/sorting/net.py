"""Training of a small network that learns all labels at once, in numpy: one hidden layer under every task.

What one file of comments teaches about words helps with the labels of the others. Dropout on the words and on
the hidden layer, Adam with a warm start and a falling pace. The same seed gives the same network.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from joinedup.involve.sorting.features import Numbers

HIDDEN, EPOCHS, BATCH = 128, 14, 256
_PACE, _WARM_STEPS = 2e-3, 100
_DROP_WORDS, _DROP_HIDDEN = np.float32(0.4), np.float32(0.6)
_FIRST, _SECOND = 0.9, 0.999  # Adam's two memories
_BALANCE = 0.5  # rarer labels count more, by their number to the minus this


@dataclass(frozen=True)
class Task:
    """One label to learn: one-hot rows, nought where a row has no such label; how much the task counts.

    `is_many`: a row may have several answers, each judged by itself.
    """

    wanted: Numbers
    share: float
    is_many: bool = False

    def row_weights(self) -> Numbers:
        """What each row counts: nothing without a label."""
        has_label = self.wanted.sum(axis=1) > 0
        if self.is_many or not has_label.any():
            return np.asarray(has_label * self.share, dtype=np.float32)
        weights = self.wanted @ (self.wanted.sum(axis=0) + 1) ** -_BALANCE
        return np.asarray(weights / weights[has_label].mean() * self.share, dtype=np.float32)


@dataclass(frozen=True)
class Net:
    """The trained network: words to hidden, and hidden to the answers of all tasks, one after the other."""

    words: Numbers
    hidden_bias: Numbers
    out: Numbers
    out_bias: Numbers


def fit(seen: Any, tasks: list[Task], *, seed: int, hidden: int = HIDDEN, epochs: int = EPOCHS) -> Net:
    """Train on a sparse matrix, a comment a row."""
    return _Training(seen, tasks, seed=seed, hidden=hidden).run(epochs)


class _Training:
    def __init__(self, seen: Any, tasks: list[Task], *, seed: int, hidden: int) -> None:
        self.seen = seen.astype(np.float32)
        self.tasks = tasks
        self.chance = np.random.default_rng(seed)
        self.wanted = np.hstack([task.wanted for task in tasks])
        self.weights = np.hstack(
            [np.repeat(task.row_weights()[:, None], task.wanted.shape[1], axis=1) for task in tasks]
        )
        normal = self.chance.standard_normal
        answers = self.wanted.shape[1]
        self.layers: list[NDArray[np.float32]] = [
            (normal((seen.shape[1], hidden)) * 0.1).astype(np.float32),
            np.zeros(hidden, dtype=np.float32),
            (normal((hidden, answers)) / hidden**0.5).astype(np.float32),
            np.zeros(answers, dtype=np.float32),
        ]
        self.first = [np.zeros_like(layer) for layer in self.layers]
        self.second = [np.zeros_like(layer) for layer in self.layers]
        self.step = 0

    def run(self, epochs: int) -> Net:
        rows = self.seen.shape[0]
        steps = epochs * -(-rows // BATCH)
        for _epoch in range(epochs):
            order = self.chance.permutation(rows)
            for start in range(0, rows, BATCH):
                self._learn(order[start : start + BATCH], steps)
        return Net(*self.layers)

    def _learn(self, places: NDArray[np.int64], steps: int) -> None:
        words, hidden_bias, out, out_bias = self.layers
        batch = self.seen[places]
        kept = self.chance.random(len(batch.data), dtype=np.float32) > _DROP_WORDS
        batch.data = batch.data * kept / (1 - _DROP_WORDS)
        before = batch @ words + hidden_bias
        open_ = (self.chance.random(before.shape, dtype=np.float32) > _DROP_HIDDEN) / (1 - _DROP_HIDDEN)
        hidden = np.maximum(before, 0) * open_
        missed = (self._chances(hidden @ out + out_bias) - self.wanted[places]) * self.weights[places]
        missed = (missed / len(places)).astype(np.float32)
        back = (missed @ out.T) * open_ * (before > 0)
        slopes = [batch.T.tocsr() @ back, back.sum(axis=0), hidden.T @ missed, missed.sum(axis=0)]
        self.step += 1
        pace = _PACE * min(1, self.step / _WARM_STEPS) * (1 - self.step / (steps + 1))
        pace *= (1 - _SECOND**self.step) ** 0.5 / (1 - _FIRST**self.step)
        for layer, slope, first, second in zip(self.layers, slopes, self.first, self.second, strict=True):
            _walk(layer, slope, first, second, pace)

    def _chances(self, scores: Numbers) -> Numbers:
        chances = np.empty_like(scores)
        start = 0
        for task in self.tasks:
            part = slice(start, start + task.wanted.shape[1])
            start = part.stop
            if task.is_many:
                chances[:, part] = 1 / (1 + np.exp(-scores[:, part]))
            else:
                raised = np.exp(scores[:, part] - scores[:, part].max(axis=1, keepdims=True))
                chances[:, part] = raised / raised.sum(axis=1, keepdims=True)
        return chances


def _walk(layer: Numbers, slope: Numbers, first: Numbers, second: Numbers, pace: float) -> None:
    """One step of Adam, in place: the layers are large."""
    first *= _FIRST
    first += (1 - _FIRST) * slope
    second *= _SECOND
    slope *= slope
    slope *= 1 - _SECOND
    second += slope
    np.sqrt(second, out=slope)
    slope += 1e-8
    np.divide(first, slope, out=slope)
    slope *= pace
    layer -= slope
