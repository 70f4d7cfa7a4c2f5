"""Comments that say nearly the same: sent twice, copied round a group, or changed by a word."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from joinedup.involve.sorting import features

SHINGLE = 4  # signs of one piece
LEAST = 0.7


def _shingles(text: str) -> Counter[str]:
    joined = f" {' '.join(features.tokens(text))} "
    if not joined.strip():
        return Counter()
    return Counter(joined[start : start + SHINGLE] for start in range(max(len(joined) - SHINGLE, 0) + 1))


def near_duplicates(
    texts: Sequence[str], among: Sequence[str], at_least: float = LEAST
) -> list[list[tuple[int, float]]]:
    """For each text, which of `among` are near it: (place in `among`, likeness 0 to 1), the nearest first.

    Likeness is the cosine of pieces of four signs, letter case, accents and punctuation aside.
    A text with no words is near nothing.
    """
    shelf = _Shelf(among)
    return [shelf.near(_shingles(text), at_least) for text in texts]


class _Shelf:
    """Which texts hold which pieces, and how often."""

    def __init__(self, texts: Sequence[str]) -> None:
        holding: dict[str, list[tuple[int, int]]] = {}
        self.sizes = np.zeros(len(texts))
        for place, text in enumerate(texts):
            found = _shingles(text)
            self.sizes[place] = _size(found)
            for shingle, count in found.items():
                holding.setdefault(shingle, []).append((place, count))
        self.holding = {shingle: np.array(held) for shingle, held in holding.items()}

    def near(self, shingles: Counter[str], at_least: float) -> list[tuple[int, float]]:
        shared = np.zeros(len(self.sizes))
        for shingle, count in shingles.items():
            held = self.holding.get(shingle)
            if held is not None:
                shared[held[:, 0]] += count * held[:, 1]
        size = self.sizes * _size(shingles)
        likeness = np.divide(shared, size, out=np.zeros_like(shared), where=shared > 0)
        places = np.flatnonzero((likeness >= at_least) & (shared > 0))
        found = [(int(place), round(float(likeness[place]), 4)) for place in places]
        return sorted(found, key=lambda one: (-one[1], one[0]))


def _size(shingles: Counter[str]) -> float:
    return float(sum(count * count for count in shingles.values()) ** 0.5)
