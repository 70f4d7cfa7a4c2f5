"""Which comments belong together: the same person's and the same words stay on one side of every split."""

import re
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.model_selection import GroupKFold

from joinedup.involve.sorting import features

_ANSWER = re.compile(r"\s*-\s*Q\d+$")  # ids of one respondent differ only in this
Split = tuple[NDArray[np.int64], NDArray[np.int64]]


class _Groups:
    """Things that are the same group once any two of them were joined."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def head(self, name: str) -> str:
        self._above.setdefault(name, name)
        while (above := self._above[name]) != name:
            self._above[name] = self._above[above]
            name = above
        return name

    def join(self, one: str, other: str) -> None:
        self._above[self.head(one)] = self.head(other)


def groups_of(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """For each row the name of its group: respondents who ever wrote the same words are one group."""
    groups = _Groups()
    words = ["words " + " ".join(features.tokens(row["text"])) for row in rows]
    for row, said in zip(rows, words, strict=True):
        groups.join("person " + _ANSWER.sub("", row["id"]), said)
    return [groups.head(said) for said in words]


def splits(rows: Sequence[Mapping[str, str]], many: int, *, seed: int = 0) -> list[Split]:
    """Places to train on and places to test on, `many` times; each row is tested on once."""
    chance = GroupKFold(many, shuffle=True, random_state=seed)
    return [(train, test) for train, test in chance.split(rows, groups=groups_of(rows))]
