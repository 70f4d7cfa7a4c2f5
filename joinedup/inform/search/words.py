"""Cutting text into words and words into stems, the same for every database.

A word is a run of letters, figures and the marks that belong to them: Bengali vowel signs are marks,
which many tokenisers take for breaks. Words are compared casefolded, in NFKC, Latin ones without
accents. English words are stemmed by Snowball; Bengali ones lose the endings of case and number.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

VERSION = "1"  # raised when the same text gives other words, so that entries are made anew
LONGEST = 40  # letters of a word; longer ones are no words
BENGALI = "bn"

_MARKS = "".join(re.escape(c) for c in map(chr, range(0x300, 0x3100)) if unicodedata.category(c)[0] == "M")
_LETTER = rf"(?:[^\W_]|[{_MARKS}\u200c\u200d])"
# "A&E" is one word, and so is "don't".
_WORD = re.compile(rf"[^\W\d_]&[^\W\d_](?!\w)|{_LETTER}+(?:['’]{_LETTER}+)*")
_DROPPED = re.compile(r"[\u200c\u200d'’&]")
_POSSESSIVE = re.compile(r"['’]s$")
_IS_BENGALI = re.compile(r"[\u0980-\u09ff]")
_IS_LATIN = re.compile(r"[a-z]")

# Words too common to look for, unless there are no others in a query.
_COMMON_ENGLISH = frozenset(
    """a about all am an and any anyone are as at be been being but by can could did do does doing for from
    get gets getting go going got had has have having he her here hers him his how i if in into is it its
    im ive just like me mine much my no nor not of off on or our ours out over please she should so some
    someone than that the their theirs them then there these they this those to too up us very want was we
    were what whats when where which who whos whom whose why will with would you your yours""".split()
)
_COMMON_BENGALI = frozenset(
    """আমি আমার আমাকে আমরা আমাদের আপনি আপনার আপনারা আপনাদের তুমি তোমার সে তার তারা তাদের এ এই এটা এটি ও ওই সেই
    কি কী কে কাকে কার কারা কেন কখন কোথায় কীভাবে কিভাবে কোন করব করতে করা করে করুন করি চাই চান হবে হয় হলো হল আছে
    এবং আর বা না নেই জন্য নিয়ে থেকে সাথে সঙ্গে দিয়ে যে যা যদি তবে কিন্তু পারি পারেন""".split()
)

# Endings of case, number and emphasis, the longest first; what is left keeps three letters or signs.
# Those of one letter are endings only after a vowel sign: that of সেবার is one, that of খবর is not.
_ENDINGS = sorted(
    """গুলোর গুলোকে গুলোতে গুলো গুলির গুলিকে গুলি দেরকে দের টির টিকে টিতে টি টার টাকে টাতে টা খানা রা
    য়ের ের এর কে তে য় র ে ই ও""".split(),
    key=len,
    reverse=True,
)
_KEPT = 3
_AFTER_A_VOWEL = frozenset("র য়".split())
_VOWEL_SIGNS = frozenset("ািীুূৃেৈোৌ")

_english = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Spot:
    """One word of a text: how it is compared, and where it stands."""

    word: str
    start: int
    end: int


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


def is_common(word: str) -> bool:
    """Whether it says too little to be looked for beside other words."""
    return word in _COMMON_ENGLISH or word in _common_bengali()


@lru_cache(maxsize=1)
def _common_bengali() -> frozenset[str]:
    return frozenset(plain(word) for word in _COMMON_BENGALI)


@lru_cache(maxsize=1)
def _endings() -> tuple[tuple[str, bool], ...]:
    """Each ending, and whether it counts only after a vowel sign."""
    return tuple((plain(ending), ending in _AFTER_A_VOWEL) for ending in _ENDINGS)


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
