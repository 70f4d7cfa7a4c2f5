"""Setting slips of the finger right: the nearest words of the site, by Damerau and Levenshtein."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from rapidfuzz.distance import DamerauLevenshtein

from joinedup.inform.search import meanings, words
from joinedup.inform.search.models import Word

SHORTEST = 3  # letters; shorter words are near to everything
LONG = 8  # letters from which two slips are forgiven
ENDING = 2  # letters by which a word of the site may be longer than what its stem is compared with
AT_MOST = 5  # words that a slip may have meant


@dataclass(frozen=True, slots=True)
class Guess:
    """A word of the site that may have been meant."""

    word: str
    slips: int
    entries: int


def slips_forgiven(word: str) -> int:
    """How many letters may be wrong, missing, too many or swapped."""
    if len(word) < SHORTEST or any(c.isdigit() for c in word):
        return 0
    return 2 if len(word) >= LONG else 1


def _slips(word: str, known: str, forgiven: int) -> int:
    """How many slips make the known word of this one; more than are forgiven when it is too far."""
    if abs(len(known) - len(word)) > forgiven:
        return forgiven + 1
    return DamerauLevenshtein.distance(word, known, score_cutoff=forgiven)


def _near(word: str, vocabulary: Iterable[tuple[str, str, int]]) -> list[Guess]:
    """The nearest words: fewest slips first, then with the same first letter, then the commonest.

    A word is also near when its stem is: "denist" is meant for "dentists" where "dentist" is not written.
    """
    forgiven = slips_forgiven(word)
    found = []
    for known, stem, entries in vocabulary:
        slips = _slips(word, known, forgiven)
        if slips > forgiven and stem != known:
            slips = _slips(word, stem, forgiven)
        if slips <= forgiven:
            found.append(Guess(known, slips, entries))
    fewest = min((guess.slips for guess in found), default=0)
    nearest = [guess for guess in found if guess.slips == fewest]
    nearest.sort(key=lambda g: (g.word[0] != word[0], -g.entries, g.word))
    return nearest[:AT_MOST]


def _vocabulary(unknown: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Words of the site about as long as those, each with its stem and the number of texts that hold it."""
    long_enough = Q(pk__in=())
    for length, forgiven in {(len(word), slips_forgiven(word)) for word in unknown}:
        long_enough |= Q(letters__range=(length - forgiven, length + forgiven + ENDING))
    found = {word: (words.stem(word), 1) for word in meanings.said_words()}
    for word, stem, entries in Word.objects.filter(long_enough).values_list("word", "stem", "entries"):
        found[word] = (stem, found.get(word, (stem, 0))[1] + entries)
    return found


def guesses(unknown: Iterable[str]) -> dict[str, list[Guess]]:
    """For each word that is not of this site, what may have been meant, the likeliest first."""
    mendable = {word for word in unknown if slips_forgiven(word)}
    if not mendable:
        return {}
    vocabulary = _vocabulary(mendable)
    same_script = {
        script: [(w, s, n) for w, (s, n) in vocabulary.items() if words.is_bengali(w) is script]
        for script in {words.is_bengali(word) for word in mendable}
    }
    return {word: _near(word, same_script[words.is_bengali(word)]) for word in mendable}
