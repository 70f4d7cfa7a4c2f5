"""Setting slips of the finger right: the nearest words of the site, by Damerau and Levenshtein."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from joinedup.inform.search import leads, meanings, words
from joinedup.inform.search.models import Word

SHORTEST = 4  # letters; shorter words are near to everything, and many are initials
SHORTEST_BENGALI = 3  # letters and signs; Bengali initials are written out
LONG = 8  # letters from which two slips are forgiven
LONGEST_INITIALS = 5
ENDING = 2  # letters by which a word of the site may be longer than what its stem is compared with
AT_MOST = 5  # words that a slip may have meant


@dataclass(frozen=True, slots=True)
class Guess:
    """A word of the site that may have been meant."""

    word: str
    slips: int
    entries: int


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words of the site, the stem of each, and the number of texts that hold it: three lists in step."""

    words: list[str]
    stems: list[str]
    entries: list[int]


def slips_forgiven(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped."""
    shortest = SHORTEST_BENGALI if words.is_bengali(word) else SHORTEST
    if len(word) < shortest or any(c.isdigit() for c in word):
        return 0
    return 2 if len(word) >= LONG else 1


def slips_between(word: str, meant: str) -> int:
    """How many slips make the one of the other."""
    return int(DamerauLevenshtein.distance(word, meant))


def _nearest(word: str, forms: list[str], forgiven: int) -> dict[int, int]:
    """Which of the forms are near enough, by their places in the list, and how many slips away."""
    near = process.extract(word, forms, scorer=DamerauLevenshtein.distance, score_cutoff=forgiven, limit=None)
    return {place: int(slips) for _form, slips, place in near}


def _near(word: str, vocabulary: Vocabulary) -> list[Guess]:
    """The nearest words: fewest slips first, then with the same first letter, then the commonest.

    A word is also near when its stem is: "denist" is meant for "dentists" where "dentist" is not written.
    """
    forgiven = slips_forgiven(word)
    slips = _nearest(word, vocabulary.stems, forgiven) | _nearest(word, vocabulary.words, forgiven)
    fewest = min(slips.values(), default=0)
    nearest = [
        Guess(vocabulary.words[place], count, vocabulary.entries[place])
        for place, count in slips.items()
        if count == fewest
    ]
    nearest.sort(key=lambda g: (g.word[0] != word[0], -g.entries, g.word))
    return nearest[:AT_MOST]


def looks_like_initials(typed: str) -> bool:
    """Whether a word was typed in capitals only and is short, as nobody writes "hospital"."""
    return typed.isupper() and len(typed) <= LONGEST_INITIALS


def _vocabulary(unknown: Iterable[str]) -> Vocabulary:
    """Words of the site about as long as those, and the words that have a meaning."""
    long_enough = Q(pk__in=())
    for length, forgiven in {(len(word), slips_forgiven(word)) for word in unknown}:
        long_enough |= Q(letters__range=(length - forgiven, length + forgiven + ENDING))
    found = {word: (words.stem(word), 1) for word in meanings.said_words() | leads.said_words()}
    for word, stem, entries in Word.objects.filter(long_enough).values_list("word", "stem", "entries"):
        known = found.get(word)
        found[word] = (stem, entries + known[1] if known else entries)
    return Vocabulary(list(found), [stem for stem, _n in found.values()], [n for _s, n in found.values()])


def guesses(unknown: Iterable[str]) -> dict[str, list[Guess]]:
    """For each word that is not of this site, what may have been meant, the likeliest first."""
    mendable = {word for word in unknown if slips_forgiven(word)}
    if not mendable:
        return {}
    vocabulary = _vocabulary(mendable)
    return {word: _near(word, vocabulary) for word in mendable}
