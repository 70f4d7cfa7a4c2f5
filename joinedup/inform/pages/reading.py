"""How old a reader must be: Flesch-Kincaid grade plus five years.

Formula: J. P. Kincaid, R. P. Fishburne, R. L. Rogers and B. S. Chissom, "Derivation of New Readability
Formulas for Navy Enlisted Personnel", Research Branch Report 8-75, Naval Technical Training, Millington,
1975. An American school grade plus five is about the age of its pupils. Syllables are counted by the
hyphenation patterns for British English, so the age is a hint, never a verdict.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from pyphen import Pyphen

_HYPHENS = Pyphen(lang="en_GB", left=1, right=1)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
HARD_WORD = 4  # syllables
LONG_SENTENCE = 20  # words
YOUNGEST, OLDEST = 5, 25


@dataclass(frozen=True)
class Sentence:
    """One sentence with what makes it hard."""

    text: str
    words: int
    syllables: int

    @property
    def age(self) -> float:
        """The reading age of this sentence alone."""
        return _age(self.words, 1, self.syllables)


@dataclass(frozen=True)
class Reading:
    """The reading age of a text, and its hardest sentences, hardest first."""

    age: int
    words: int
    hardest: list[Sentence]


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """About how many syllables a word has, at least one. Hyphenation misses some: vowels count too."""
    plain = word.lower()
    by_patterns = len(_HYPHENS.positions(plain)) + 1
    by_vowels = len(_VOWELS.findall(plain))
    if plain.endswith("e") and not plain.endswith(("le", "ee", "ie", "oe", "ye")) and by_vowels > 1:
        by_vowels -= 1
    if plain.endswith("ed") and not plain.endswith(("ted", "ded")) and by_vowels > 1:
        by_vowels -= 1
    return max(1, by_patterns, by_vowels)


def _age(words: int, sentences: int, total: int) -> float:
    grade = 0.39 * words / sentences + 11.8 * total / words - 15.59
    return min(float(OLDEST), max(float(YOUNGEST), grade + 5))


def sentences(text: str) -> list[Sentence]:
    """The sentences of a text; a line of its own is a sentence too. Those without a word are left out."""
    found = []
    for part in _END.split(text):
        words = _WORD.findall(part or "")
        if words:
            total = sum(syllables(word) for word in words)
            found.append(Sentence(" ".join(part.split()), len(words), total))
    return found


def reading(text: str, hardest: int = 3) -> Reading | None:
    """The reading age of a text of at least 30 words; None for less, about which nothing can be said."""
    parts = sentences(text)
    words = sum(part.words for part in parts)
    if words < 30:
        return None
    age = round(_age(words, len(parts), sum(part.syllables for part in parts)))
    hard = [part for part in parts if part.words >= 8 and part.age > 11]
    return Reading(age, words, sorted(hard, key=lambda part: -part.age)[:hardest])


def advice(sentence: Sentence) -> list[str]:
    """Which faults a sentence has, as keys: `long`, `words`."""
    found = ["long"] if sentence.words > LONG_SENTENCE else []
    hard = [word for word in _WORD.findall(sentence.text) if syllables(word) >= HARD_WORD]
    return [*found, *(["words"] if hard else [])]


def hard_words(sentence: Sentence) -> list[str]:
    """Its words of four syllables or more, each once, in their order."""
    return list(dict.fromkeys(w for w in _WORD.findall(sentence.text) if syllables(w) >= HARD_WORD))
