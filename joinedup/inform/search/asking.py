"""Understanding what someone typed: which stems to look for, how much each counts, what was misspelt."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from joinedup.inform.search import leads, names, spelling, words
from joinedup.inform.search.leads import Lead
from joinedup.inform.search.meanings import LONGEST_PHRASE, initials, meanings
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
    leads: tuple[Lead, ...] = ()
    """Pages that come first, whatever else is found."""
    is_cut: bool = False
    """Whether more was typed than was read."""

    @property
    def is_urgent(self) -> bool:
        """Whether someone may need help now."""
        return any(lead.is_urgent for lead in self.leads)

    @property
    def stems(self) -> set[str]:
        """Every stem that answers some part of it."""
        return {stem for wish in self.wishes for stem in wish.stems}


def tidy(text: str) -> str:
    """What was typed, in one line and without control characters."""
    kept = (" " if unicodedata.category(c)[0] in "CZ" and c not in "\u200c\u200d" else c for c in text[:2000])
    return " ".join("".join(kept).split())


def _read(text: str) -> tuple[str, bool]:
    """As much of a question as is read, to the end of a word; and whether that is less than was typed.

    Our own boxes take no more than so many letters, so one that is just as long was cut there.
    """
    is_cut = len(text) >= LONGEST
    if is_cut:
        text = text[:LONGEST]
        end = text.rfind(" ", LONGEST - words.LONGEST)
        text = text[:end] if end > 0 else text
    spots = list(words.spots(text))
    if len(spots) > MOST_WORDS:
        return text[: spots[MOST_WORDS - 1].end], True
    return text, is_cut


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


def _spelt_out(short: str) -> list[Wish]:
    """What answers initials: the words they stand for, and wherever they stand themselves, all of these."""
    telling = [word for word in initials()[short] if not words.is_common(word)]
    return [Wish(word, {words.stem(word): AS_SAID, words.stem(short): AS_SAID}) for word in telling]


def _wishes(said: list[str], guesses: dict[str, list[Guess]]) -> list[Wish]:
    """What to look for. Common words count only where there are no others."""
    meant = {word: found[0].word for word, found in guesses.items()}
    by_meant = {found[0].word: found for found in guesses.values()}
    parts = _phrases([meant.get(word, word) for word in said])
    telling = [part for part in parts if len(part) > 1 or not words.is_common(part[0])]
    once = {tuple(part): part for part in telling or parts}
    wishes: list[Wish] = []
    for part in once.values():
        wishes += _spelt_out(part[0]) if len(part) == 1 and part[0] in initials() else [_wish(part, by_meant)]
    return wishes


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


def _strange(said: list[str], held: dict[str, int]) -> list[str]:
    """Words that stand neither in a text of this site nor in one of our lists."""
    listed = leads.listed_words(said) | initials().keys()
    return [
        word
        for word in dict.fromkeys(said)
        if words.stem(word) not in held
        and (words.stem(word),) not in meanings()
        and word not in listed
        and not words.is_common(word)
    ]


def _slips(lost: list[str], text: str, spots: list[Spot]) -> dict[str, list[Guess]]:
    """What may have been meant by words that are not of this site: a name, or each by itself."""
    if not lost:
        return {}
    if found := names.meant([spot.word for spot in spots]):
        return found
    short = {spot.word for spot in spots if spelling.looks_like_initials(text[spot.start : spot.end])}
    return {w: found for w, found in spelling.guesses(set(lost) - short).items() if found}


def understand(text: str, *, literally: bool = False) -> Question:
    """Read a question. With `literally`, slips are not set right."""
    text, is_cut = _read(tidy(text))
    spots = list(words.spots(text))
    if not spots:
        return Question(text, is_cut=is_cut)
    said = [spot.word for spot in spots]
    wishes = _wishes(said, {})
    held = _held({words.stem(word) for word in said}.union(*(wish.stems for wish in wishes)))
    begun = _begun(said[-1]) if spots[-1].end == len(text) else {}
    strange = _strange(said, held)
    lost = [word for word in strange if not (word == said[-1] and begun)]
    guesses = {} if literally else _slips(lost, text, spots)
    if guesses:
        wishes = _wishes(said, guesses)
        held |= _held({stem for wish in wishes for stem in wish.stems} - held.keys())
    if begun and said[-1] in wishes[-1].said.split():
        wishes[-1].add(begun, BEGUN)
        held = begun | held
    unknown = [word for word in lost if word not in guesses]
    return Question(
        text=text,
        wishes=wishes,
        corrected=_corrected(text, spots, guesses),
        strange=strange,
        unknown=unknown,
        entries=held,
        leads=leads.followed([guesses[word][0].word if word in guesses else word for word in said]),
        is_cut=is_cut,
    )
