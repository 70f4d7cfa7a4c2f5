"""Suggests what a comment is about, its tone and how urgently to read it. A person decides.

Needs numpy and the shipped file of weights, no database and no network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from joinedup.involve.sorting import features, panel, weights
from joinedup.involve.sorting.features import Numbers, Seen, Vocabulary
from joinedup.involve.sorting.panel import Scale, Target

THEMES = ("theme_p0", "theme_p1")
WORDS_SHOWN = 3
_AT_ONCE = 300  # comments looked at together


@dataclass(frozen=True)
class Suggestion:
    """What the sorter suggests for one comment. Without words there is no theme: people read it first."""

    theme_p0: str  # one of 16 themes
    theme_p1: str  # one of 9 themes
    criticality: int  # -4 very critical to +4 very appreciative
    sentiment3: str  # positive, neutral or negative
    sentiment5: int  # 1 very positive to 5 very negative
    confidence: float  # 0 to 1: how often themes suggested with this confidence were right
    severe: float  # 0 to 1: read the highest first; a rank, not a chance
    words: tuple[str, ...]  # what weighed most for the theme, the heaviest first


NOTHING = Suggestion("", "", 0, "neutral", 3, 0.0, 1.0, ())


@dataclass(frozen=True)
class Said:
    """The answer to each target for some comments: places among its answers, and by how much they lead."""

    best: dict[str, NDArray[np.intp]]
    lead: dict[str, Numbers]


class Sorter:
    """The trained sorter. Made by `Sorter.load()`, used by many threads at once."""

    def __init__(self, arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> None:
        self._terms = weights.words_from_bytes(arrays["terms"])
        pieces = weights.words_from_bytes(arrays["pieces"])
        self.about = about
        self.version: str = about["version"]
        self.vocabulary = Vocabulary(
            {term: place for place, term in enumerate(self._terms)},
            {piece: place for place, piece in enumerate(pieces, len(self._terms))},
            arrays["worth"].astype(np.float32),
        )
        self._matrix: NDArray[np.int8] = arrays["matrix"]
        if self._matrix.shape[0] != len(self.vocabulary) or self._matrix.dtype != np.int8:
            raise ValueError("the weights do not fit the vocabulary")
        self._scale, self._bias = (arrays[name].astype(np.float32) for name in ("scale", "bias"))
        self._out, self._out_bias = (arrays[name].astype(np.float32) for name in ("out", "out_bias"))
        self._net = self._matrix.shape[1] - len(self._out)  # where the hidden columns begin
        self.targets = {name: Target.of(told) for name, told in about["targets"].items()}
        self._words_from: int = about["words_from"]  # columns of theme_p0 that show which words weighed
        self.rescale(about["scales"])

    @classmethod
    def load(cls, path: Path = weights.SHIPPED) -> Self:
        """The sorter from its file. Raises WeightsFault."""
        arrays, about = weights.read(path)
        try:
            return cls(arrays, about)
        except (KeyError, ValueError, TypeError, IndexError, AttributeError) as fault:
            raise weights.WeightsFault(f"{path.name} is no sorter. Run manage.py train_sorter.") from fault

    def suggest(
        self, texts: Sequence[str], questions: Sequence[str] | None = None, *, with_words: bool = True
    ) -> list[Suggestion]:
        """A suggestion for each comment, in order.

        `questions`: what each was an answer to, as train.csv names it; empty or unknown ones change nothing.
        `with_words`: without them it is a fifth faster.
        """
        asked = list(questions) if questions is not None else [panel.EVERY] * len(texts)
        if len(asked) != len(texts):
            raise ValueError("give one question for each comment, or none")
        found: list[Suggestion] = []
        for start in range(0, len(texts), _AT_ONCE):
            part = slice(start, start + _AT_ONCE)
            found += self._suggest(texts[part], asked[part], with_words=with_words)
        return found

    def vectors(self, texts: Sequence[str]) -> Seen:
        """The comments in numbers; `vectors(texts)[n]` is places and values of the n-th."""
        return self.vocabulary.see(texts)

    def outputs(self, seen: Seen) -> Numbers:
        """What every model says, a row for each comment."""
        raw = np.empty((len(seen), self._matrix.shape[1]), dtype=np.float32)
        for n in range(len(seen)):
            places, values = seen[n]
            raw[n] = values @ np.take(self._matrix, places, axis=0).astype(np.float32)
        raw *= self._scale
        raw += self._bias
        hidden = np.maximum(raw[:, self._net :], 0)
        return np.hstack([raw[:, : self._net], hidden @ self._out + self._out_bias])

    def said(self, outputs: Numbers, questions: Sequence[str]) -> Said:
        """The answers to all targets, each comment with the question it was an answer to."""
        alike: dict[str, list[int]] = {}
        for n, question in enumerate(questions):
            alike.setdefault(question, []).append(n)
        best = {name: np.zeros(len(outputs), dtype=np.intp) for name in self.targets}
        lead = {name: np.zeros(len(outputs), dtype=np.float32) for name in self.targets}
        for question, places in alike.items():
            own = outputs[places]
            for name, target in self.targets.items():
                scores = target.scores(own, question)
                best[name][places] = scores.argmax(axis=1)
                lead[name][places] = panel.margins(scores)
        return Said(best, lead)

    def rescale(self, scales: Mapping[str, Any]) -> None:
        """Use these scales of confidence and severity: name to points and shares."""
        self._scales = {name: Scale(np.array(at), np.array(share)) for name, (at, share) in scales.items()}

    def confidence(self, said: Said) -> NDArray[np.float64]:
        """The chance that the themes are right: the mean of what the lead of each is worth."""
        return sum((self._scales[name](said.lead[name]) for name in THEMES), np.zeros(())) / len(THEMES)

    def severity(self, outputs: Numbers) -> NDArray[np.float64]:
        """Where each comment stands among those of the training file, 0 the mildest and 1 the most severe."""
        return self._scales["severe"](self.raw_severity(outputs))

    def raw_severity(self, outputs: Numbers) -> Numbers:
        """The figure that is ranked."""
        return np.asarray(outputs[:, self.about["severe_from"]], dtype=np.float32)

    def _suggest(
        self, texts: Sequence[str], questions: Sequence[str], *, with_words: bool
    ) -> list[Suggestion]:
        seen = self.vocabulary.see(texts)
        outputs = self.outputs(seen)
        said = self.said(outputs, questions)
        sure = self.confidence(said)
        severe = self.severity(outputs)
        answers = {
            name: [target.answers[place] for place in said.best[name]]
            for name, target in self.targets.items()
        }
        return [
            Suggestion(
                theme_p0=answers["theme_p0"][n],
                theme_p1=answers["theme_p1"][n],
                criticality=int(float(answers["criticality"][n])),
                sentiment3=answers["sentiment3"][n],
                sentiment5=int(float(answers["sentiment5"][n])),
                confidence=float(sure[n]),
                severe=float(severe[n]),
                words=self._heaviest(seen[n], int(said.best["theme_p0"][n])) if with_words else (),
            )
            if features.has_words(text)
            else NOTHING
            for n, text in enumerate(texts)
        ]

    def _heaviest(self, seen: tuple[NDArray[np.int32], Numbers], answer: int) -> tuple[str, ...]:
        places, values = seen
        many = int(np.searchsorted(places, len(self._terms)))  # terms come before pieces
        weighed = values[:many] * self._matrix[places[:many], self._words_from + answer]
        heaviest = (place for place in np.argsort(-weighed, kind="stable") if weighed[place] > 0)
        named = (self._terms[places[place]] for place in heaviest)
        return tuple(islice((term for term in named if not features.is_mark(term)), WORDS_SHOWN))
