"""What the sorter is made of: for each target the models that say, and how much each of them counts.

Chosen by cross-validation on feedback/train.csv alone; docs/models/sorter.md has the figures.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["margin", "odds", "net"]


@dataclass(frozen=True)
class Part:
    """One bank of a target: a support vector machine, a logistic regression, or the shared small network."""

    kind: Kind
    alone: float  # weight where only the text is known
    asked: float  # weight where the question is known too
    with_columns: tuple[str, ...] = ()  # joined to the label, to learn finer answers


@dataclass(frozen=True)
class Recipe:
    """The parts of a target, and by how much rare answers are leaned to: log of their share times this."""

    parts: tuple[Part, ...]
    lean: float
    asked_lean: float


_QUESTION = ("question",)

RECIPES = {
    "theme_p0": Recipe(
        (Part("margin", 0.8, 0.8), Part("odds", 0.25, 0.25), Part("net", 0.3, 0.3)), 0.18, 0.18
    ),
    "theme_p1": Recipe(
        (
            Part("margin", 0.45, 0.3),
            Part("odds", 0.2, 0.15),
            Part("odds", 0.15, 0.4, _QUESTION),
            Part("odds", 0.25, 0.15, ("subtheme_p1",)),
            Part("net", 0.28, 0.4),
        ),
        0.29,
        0.3,
    ),
    "criticality": Recipe(
        (Part("odds", 0.15, 0.3), Part("odds", 0.4, 0.8, _QUESTION), Part("net", 0.3, 0.2)), 0.2, 0.3
    ),
    "sentiment3": Recipe(
        (
            Part("odds", 0.4, 0.65, _QUESTION),
            Part("odds", 0.15, 0.25, ("criticality", "sentiment5")),
            Part("net", 0.3, 0.35),
        ),
        0.25,
        0.27,
    ),
    "sentiment5": Recipe(
        (
            Part("margin", 0.5, 0.5),
            Part("odds", 0.2, 0.1),
            Part("odds", 0.2, 0.55, _QUESTION),
            Part("net", 0.35, 0.35),
        ),
        0.28,
        0.4,
    ),
}

# What the small network learns at once, and how much each label counts in it.
LEARNT_TOGETHER = {
    "theme_p0": 1.0,
    "theme_p1": 1.0,
    "subtheme_p1": 0.5,
    "criticality": 0.5,
    "sentiment5": 1.0,
    "sentiment3": 1.0,
    "fft": 0.2,
    "question": 0.3,
    "themes_p2": 0.1,
}
LEAST_OF_A_LABEL = 5  # rows, for the network to learn it
LEAST_OF_A_FINER_ANSWER = 10
LEAST_OF_A_MANY = 20  # for each of the several themes of themes_p2
