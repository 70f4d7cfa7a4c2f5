"""Understanding what someone typed: which stems to look for, how much each counts, what was misspelt."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from joinedup.inform.search import spelling, words
from joinedup.inform.search.meanings import LONGEST_PHRASE, meanings
from joinedup.inform.search.models import Word
from joinedup.inform.search.spelling import Guess
from joinedup.inform.search.words import Spot

LONGEST = 200  # letters of a question; the rest is not read
MOST_WORDS = 12
PREFIX_FROM = 3  # letters the last word needs to stand for all words that begin so
PREFIXES = 8

# What a stem counts, by how it came into the question.
AS_SAID, MEANT, BEGUN, GUESSED, LESS_LIKELY = 1.0, 0.7, 0.5, 0.9, 0.6


@dataclass
class Wish:
    """One word or phrase of the question: the stems that answer it, each with what it counts."""

    said: str
    stems: dict[str, float] = field(default_factory=dict)

    def add(self, stems: Iterable[str], weight: float) -> None:
        """More ways to answer it."""
        for stem in stems:
            self.stems[stem] = max(weight, self.stems.get(stem, 0.0))


@dataclass(frozen=True)
class Question:
    """What was asked, understood."""

    text: str
    wishes: list[Wish] = field(default_factory=list)
    corrected: str = ""
    """The question with slips set right, or empty when there were none."""
    strange: list[str] = field(default_factory=list)
    """Words, as compared, that no text of this site holds in any form."""
    unknown: list[str] = field(default_factory=list)
    """Those of them that could be neither set right nor taken for the beginning of another."""
    entries: dict[str, int] = field(default_factory=dict)
    """In how many texts each stem stands."""

    @property
    def stems(self) -> set[str]:
        """Every stem that answers some part of it."""
        return {stem for wish in self.wishes for stem in wish.stems}


def tidy(text: str) -> str:
    """What was typed, in one line, without control characters and not too long."""
    kept = (" " if unicodedata.category(c)[0] in "CZ" and c not in "\u200c\u200d" else c for c in text[:2000])
    return " ".join("".join(kept).split())[:LONGEST].strip()


def _held(stems: Iterable[str]) -> dict[str, int]:
    """Those of the stems that the site's texts hold, with the number of texts."""
    rows = Word.objects.filter(stem__in=set(stems)).values_list("stem").annotate(held=Sum("entries"))
    return dict(rows.order_by())


def _begun(word: str) -> dict[str, int]:
    """The commonest stems of words that begin like the last word of a question."""
    if len(word) < PREFIX_FROM:
        return {}
    rows = Word.objects.filter(word__startswith=word).values_list("stem").annotate(held=Sum("entries"))
    return dict(rows.order_by("-held", "stem")[:PREFIXES])


def _phrases(said: list[str]) -> list[list[str]]:
    """The question in parts: phrases of several words that have a meaning, the longest first, else words."""
    parts: list[list[str]] = []
    at = 0
    while at < len(said):
        for length in range(min(LONGEST_PHRASE, len(said) - at), 1, -1):
            part = said[at : at + length]
            if tuple(words.stem(word) for word in part) in meanings():
                break
        else:
            part = said[at : at + 1]
        parts.append(part)
        at += len(part)
    return parts


def _wish(part: list[str], guesses: dict[str, list[Guess]]) -> Wish:
    """What answers one word or phrase; `guesses` by the word that was taken for meant."""
    wish = Wish(" ".join(part))
    meant = meanings().get(tuple(words.stem(word) for word in part), ())
    for word in part:
        found = guesses.get(word, [])
        if len(part) == 1 or not words.is_common(word):
            wish.add([words.stem(word)], GUESSED if found else AS_SAID)
        wish.add((words.stem(guess.word) for guess in found[1:]), LESS_LIKELY)
    wish.add(meant, MEANT if wish.stems else AS_SAID)
    return wish


def _wishes(said: list[str], guesses: dict[str, list[Guess]]) -> list[Wish]:
    """What to look for. Common words count only where there are no others."""
    meant = {word: found[0].word for word, found in guesses.items()}
    by_meant = {found[0].word: found for found in guesses.values()}
    parts = _phrases([meant.get(word, word) for word in said])
    telling = [part for part in parts if len(part) > 1 or not words.is_common(part[0])]
    once = {tuple(part): part for part in telling or parts}
    return [_wish(part, by_meant) for part in once.values()]


def _corrected(text: str, spots: list[Spot], guesses: dict[str, list[Guess]]) -> str:
    """The question as it should have been typed."""
    if not guesses:
        return ""
    written, end = "", 0
    for spot in spots:
        found = guesses.get(spot.word)
        written += text[end : spot.start] + (found[0].word if found else text[spot.start : spot.end])
        end = spot.end
    return written + text[end:]


def understand(text: str, *, literally: bool = False) -> Question:
    """Read a question. With `literally`, slips are not set right."""
    text = tidy(text)
    spots = list(words.spots(text))[:MOST_WORDS]
    if not spots:
        return Question(text)
    said = [spot.word for spot in spots]
    wishes = _wishes(said, {})
    held = _held({words.stem(word) for word in said}.union(*(wish.stems for wish in wishes)))
    begun = _begun(said[-1]) if spots[-1].end == len(text) else {}
    strange = [
        word
        for word in dict.fromkeys(said)
        if words.stem(word) not in held
        and (words.stem(word),) not in meanings()
        and not words.is_common(word)
    ]
    lost = [word for word in strange if not (word == said[-1] and begun)]
    guesses = {w: found for w, found in spelling.guesses([] if literally else lost).items() if found}
    if guesses:
        wishes = _wishes(said, guesses)
        held |= _held({stem for wish in wishes for stem in wish.stems} - held.keys())
    if begun and said[-1] in wishes[-1].said.split():
        wishes[-1].add(begun, BEGUN)
        held = begun | held
    unknown = [word for word in lost if word not in guesses]
    return Question(text, wishes, _corrected(text, spots, guesses), strange, unknown, held)
