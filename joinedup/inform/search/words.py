"""Cutting text into words and words into stems, the same for every database.

A word is a run of letters, figures and the marks that belong to them: Bengali vowel signs are marks,
which many tokenisers take for breaks. Words are compared casefolded, in NFKC, Latin ones without
accents. English words are stemmed by Snowball; Bengali ones lose the endings of case and number.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import snowballstemmer

VERSION = "1"  # raised when the same text gives other words, so that entries are made anew
LONGEST = 40  # letters of a word; longer ones are no words
FILE = Path(__file__).parent / "data" / "words.toml"

_MARKS = "".join(re.escape(c) for c in map(chr, range(0x300, 0x3100)) if unicodedata.category(c)[0] == "M")
_LETTER = rf"(?:[^\W_]|[{_MARKS}\u200c\u200d])"
# "A&E" is one word, and so is "don't".
_WORD = re.compile(rf"[^\W\d_]&[^\W\d_](?!\w)|{_LETTER}+(?:['’]{_LETTER}+)*")
_DROPPED = re.compile(r"[\u200c\u200d'’&]")
_POSSESSIVE = re.compile(r"['’]s$")
_IS_BENGALI = re.compile(r"[\u0980-\u09ff]")
_IS_LATIN = re.compile(r"[a-z]")

# Endings of one letter are endings only after a vowel sign: that of সেবার is one, that of খবর is not.
_KEPT = 3  # letters or signs that are left of a Bengali word at least
_AFTER_A_VOWEL = ("র", "য়")
_VOWEL_SIGNS = frozenset("ািীুূৃেৈোৌ")

_english = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Spot:
    """One word of a text: how it is compared, and where it stands."""

    word: str
    start: int
    end: int


@lru_cache(maxsize=50_000)
def plain(text: str) -> str:
    """The word as it is compared: casefolded, NFKC, without apostrophes and, if Latin, accents."""
    word = unicodedata.normalize("NFKC", _POSSESSIVE.sub("", text.casefold())).casefold()
    word = _DROPPED.sub("", word)
    if _IS_LATIN.search(word):
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if unicodedata.category(c)[0] != "M")
    return "".join(_WORD.findall(word))  # some letters of NFKC are no letters, such as brackets around (a)


def spots(text: str) -> Iterator[Spot]:
    """Every word of the text, in order."""
    for found in _WORD.finditer(text):
        word = plain(found.group())
        if word and len(word) <= LONGEST:
            yield Spot(word, found.start(), found.end())


def words(text: str) -> list[str]:
    """Every word of the text as it is compared, in order."""
    return [spot.word for spot in spots(text)]


def is_bengali(word: str) -> bool:
    """Whether it is written in Bengali letters."""
    return _IS_BENGALI.search(word) is not None


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    """The lists of `data/words.toml`, each word as it is compared."""
    found = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {name: [plain(word) for word in text.split()] for name, text in found.items()}


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(_lists()["common_english"]) | frozenset(_lists()["common_bengali"])


def is_common(word: str) -> bool:
    """Whether it says too little to be looked for beside other words."""
    return word in _common()


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, bool], ...]:
    """Each Bengali ending, the longest first, and whether it counts only after a vowel sign."""
    after_a_vowel = {plain(ending) for ending in _AFTER_A_VOWEL}
    endings = sorted(_lists()["bengali_endings"], key=len, reverse=True)
    return tuple((ending, ending in after_a_vowel) for ending in endings)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The part that forms of one word share; `word` as `plain` gives it."""
    if _IS_BENGALI.search(word):
        return _bengali_stem(word)
    if word.isascii() and _IS_LATIN.search(word):
        return str(_english.stemWord(word))
    return word


def _bengali_stem(word: str) -> str:
    """Take endings off until none fits, so that two endings in a row come off like one."""
    while True:
        for ending, after_a_vowel in _endings():
            rest = word.removesuffix(ending)
            if _KEPT <= len(rest) < len(word) and (not after_a_vowel or rest[-1] in _VOWEL_SIGNS):
                word = rest
                break
        else:
            return word


def stems(text: str) -> list[str]:
    """The stems of every word of the text, in order."""
    return [stem(spot.word) for spot in spots(text)]
