"""How several models agree on one answer. Each bank is one model's say; a target weighs its banks.

A bank of kind `margin` gives scores as they are. One of kind `odds` gives log-odds of finer answers (a theme
together with the question asked, say): their chances are added up for each answer, and where the question is
known only what belongs to it is added. A bank of kind `net` gives log-chances of the answers themselves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from joinedup.involve.sorting.features import Numbers

FLOOR = 1e-5  # a chance never counts as less
EVERY = ""  # a column that belongs to every question


@dataclass(frozen=True)
class Bank:
    """One model's columns among all outputs, and which answer and question each of them is for."""

    kind: str
    start: int
    answers: tuple[int, ...]
    questions: tuple[str, ...]
    alone: float  # its weight where the question is not known
    asked: float  # and where it is

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """From the description in the file of weights."""
        return cls(
            told["kind"],
            told["start"],
            tuple(told["answers"]),
            tuple(told["questions"]),
            told["alone"],
            told["asked"],
        )

    def say(self, outputs: Numbers, many: int, question: str = EVERY) -> Numbers:
        """Scores of the answers, a row for each comment. `many`: how many answers there are."""
        own = outputs[:, self.start : self.start + len(self.answers)]
        if self.kind == "margin":
            return _spread(own, self.answers, many, least=float(own.min(initial=0)) - 1)
        if self.kind == "odds":
            chances = _sigmoid(own)
            chances /= chances.sum(axis=1, keepdims=True)
            if question != EVERY and question in self.questions:
                chances = chances * np.array(
                    [asked == question for asked in self.questions], dtype=np.float32
                )
                chances /= chances.sum(axis=1, keepdims=True) + FLOOR
        else:
            chances = np.exp(own - own.max(axis=1, keepdims=True))
            chances /= chances.sum(axis=1, keepdims=True)
        summed = np.zeros((len(own), many), dtype=np.float32)
        for column, answer in enumerate(self.answers):
            summed[:, answer] += chances[:, column]
        return np.asarray(np.log(summed + FLOOR), dtype=np.float32)


def _sigmoid(values: Numbers) -> Numbers:
    return np.asarray(1 / (1 + np.exp(-np.clip(values, -30, 30))), dtype=np.float32)


def _spread(own: Numbers, answers: Sequence[int], many: int, *, least: float) -> Numbers:
    whole = np.full((len(own), many), least, dtype=np.float32)
    whole[:, list(answers)] = own
    return whole


@dataclass(frozen=True)
class Target:
    """One thing suggested: its possible answers, the banks that say, and a lean towards the rarer answers."""

    answers: tuple[str, ...]
    banks: tuple[Bank, ...]
    lean: Numbers
    asked_lean: Numbers

    @classmethod
    def of(cls, told: dict[str, Any]) -> Self:
        """From the description in the file of weights."""
        return cls(
            tuple(told["answers"]),
            tuple(Bank.of(bank) for bank in told["banks"]),
            np.array(told["lean"], dtype=np.float32),
            np.array(told["asked_lean"], dtype=np.float32),
        )

    def knows(self, question: str) -> bool:
        """Whether any bank was trained with this question."""
        return question != EVERY and any(question in bank.questions for bank in self.banks)

    def scores(self, outputs: Numbers, question: str = EVERY) -> Numbers:
        """The weighed scores of all answers, a row for each comment; the largest is the suggestion."""
        is_known = self.knows(question)
        total = np.tile(self.asked_lean if is_known else self.lean, (len(outputs), 1))
        for bank in self.banks:
            weight = bank.asked if is_known else bank.alone
            if weight:
                total += weight * bank.say(outputs, len(self.answers), question if is_known else EVERY)
        return np.asarray(total, dtype=np.float32)


def margins(scores: Numbers) -> Numbers:
    """By how much the first answer leads the second."""
    if scores.shape[1] < 2:
        return np.zeros(len(scores), dtype=np.float32)
    two = np.partition(scores, -2, axis=1)[:, -2:]
    return np.asarray(two[:, 1] - two[:, 0], dtype=np.float32)


@dataclass(frozen=True)
class Scale:
    """Turns a figure into a share seen in training, between the points given."""

    at: NDArray[np.float64]
    share: NDArray[np.float64]

    def __call__(self, values: Numbers) -> NDArray[np.float64]:
        """The shares of these figures."""
        return np.interp(values, self.at, self.share)
