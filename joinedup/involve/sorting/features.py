"""What the sorter sees of a comment: which known words, pairs of words and pieces of words stand in it.

Everything here is plain Python and numpy, and the same code serves training and sorting.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

LONGEST = 20_000  # characters of a comment that are looked at
SHORTEST_PIECE, LONGEST_PIECE = 2, 5
_TOKEN = re.compile(r"[^\W_]+(?:'[^\W\d_]+)?|[!?£]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'"})
# Tokens whose pieces are remembered while the process lives, and the longest of them.
_KEPT_TOKENS, _LONGEST_KEPT = 50_000, 30

Numbers = NDArray[np.float32]
Places = NDArray[np.int32]


def tokens(text: str) -> list[str]:
    """The words and telling signs of a comment, in lower case without accents."""
    cut = text[:LONGEST].translate(_APOSTROPHES)
    if not cut.isascii():
        # Taken apart before it is lowered: a bold or double-struck capital becomes a plain capital first.
        cut = unicodedata.normalize("NFKD", cut)
        cut = "".join(sign for sign in cut if not unicodedata.combining(sign))
    return _TOKEN.findall(cut.lower())


def has_words(text: str) -> bool:
    """Whether there is anything to sort by: at least one letter or figure."""
    return any(sign.isalnum() for sign in text[:LONGEST])


def terms(words: Sequence[str]) -> list[str]:
    """Words, pairs of neighbours joined by a blank, and marks: how the comment begins and ends, its length.

    Marks begin with a sign no word begins with: `^the`, `^the food`, `$thanks`, `#8` (8 to 15 words).
    """
    marks = [f"#{_length(len(words))}"]
    if words:
        marks += [f"^{words[0]}", f"${words[-1]}"]
    if len(words) > 1:
        marks.append(f"^{words[0]} {words[1]}")
    return [*words, *map(" ".join, pairwise(words)), *marks]


def is_mark(term: str) -> bool:
    """Whether a term is a mark and no word of the comment."""
    return term[0] in "#^$"


def _length(words: int) -> int:
    """The power of two below, 64 at most."""
    return min(1 << (words.bit_length() - 1), 64) if words else 0


def pieces(word: str) -> list[str]:
    """Pieces of a word, its borders shown by a low line: `_fo`, `foo`, `ood_`."""
    framed = f"_{word}_"
    return [
        framed[start : start + size]
        for size in range(SHORTEST_PIECE, LONGEST_PIECE + 1)
        for start in range(len(framed) - size + 1)
    ]


@dataclass(frozen=True)
class Seen:
    """Comments as the sorter sees them: places in the vocabulary, and how much each counts.

    Comment n holds `places[starts[n]:starts[n + 1]]`.
    """

    places: Places
    values: Numbers
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, n: int) -> tuple[Places, Numbers]:
        part = slice(self.starts[n], self.starts[n + 1])
        return self.places[part], self.values[part]


@dataclass
class Vocabulary:
    """Which terms and pieces are known, and how much each one counts (inverse document frequency)."""

    terms: dict[str, int]  # term to place
    pieces: dict[str, int]  # piece to place, counted on from the last term
    worth: Numbers  # by place
    _of_token: dict[str, list[int]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.worth)

    def see(self, texts: Iterable[str]) -> Seen:
        """The comments in numbers. Terms and pieces each have length one, or none where nothing is known."""
        found: list[int] = []
        known, kept = self.terms, self._of_token
        lengths = []
        for text in texts:
            words = tokens(text)
            before = len(found)
            found += [place for place in map(known.get, terms(words)) if place is not None]
            for word in words:
                found += kept[word] if word in kept else self._pieces_of(word)
            lengths.append(len(found) - before)
        return self._weighed(np.array(found, dtype=np.int64), np.array(lengths, dtype=np.int64))

    def _pieces_of(self, word: str) -> list[int]:
        known = self.pieces
        found = [place for piece in pieces(word) if (place := known.get(piece)) is not None]
        if len(self._of_token) < _KEPT_TOKENS and len(word) <= _LONGEST_KEPT:
            self._of_token[word] = found
        return found

    def _weighed(self, found: NDArray[np.int64], lengths: NDArray[np.int64]) -> Seen:
        """Each place once a comment, weighed by its count and worth; each family brought to length one."""
        many, width = len(lengths), max(len(self), 1)
        once, counts = np.unique(np.repeat(np.arange(many), lengths) * width + found, return_counts=True)
        comment, place = np.divmod(once, width)
        values = (1 + np.log(counts)) * self.worth[place]
        family = comment * 2 + (place >= len(self.terms))
        squares = np.bincount(family, values * values, minlength=2 * many)
        values /= np.sqrt(squares)[family]
        starts = np.concatenate([[0], np.cumsum(np.bincount(comment, minlength=many))])
        return Seen(place.astype(np.int32), values.astype(np.float32), starts.astype(np.int64))


def _worth(counts: Sequence[int], documents: int) -> Numbers:
    seen = np.asarray(counts, dtype=np.float64)
    return (np.log((1 + documents) / (1 + seen)) + 1).astype(np.float32)


def learn(
    texts: Iterable[str], *, least_terms: int = 2, least_pieces: int = 3, most_pieces: int = 200_000
) -> Vocabulary:
    """The vocabulary of these comments: terms in 2 of them or more, pieces in 3, the commonest kept."""
    of_terms: Counter[str] = Counter()
    of_pieces: Counter[str] = Counter()
    many = 0
    for text in texts:
        words = tokens(text)
        of_terms.update(set(terms(words)))
        of_pieces.update({piece for word in set(words) for piece in pieces(word)})
        many += 1
    chosen = sorted(term for term, count in of_terms.items() if count >= least_terms)
    common = sorted(of_pieces.items(), key=lambda one: (-one[1], one[0]))[:most_pieces]
    parts = sorted(piece for piece, count in common if count >= least_pieces)
    counts = [of_terms[term] for term in chosen] + [of_pieces[piece] for piece in parts]
    return Vocabulary(
        {term: place for place, term in enumerate(chosen)},
        {piece: place for place, piece in enumerate(parts, len(chosen))},
        _worth(counts, many),
    )
