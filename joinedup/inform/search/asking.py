"""Understanding what someone typed: which stems to look for, how much each counts, what was misspelt."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Sum

from joinedup.inform.search import meanings, spelling, words
from joinedup.inform.search.models import Word

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

    def add(self, stem: str, weight: float) -> None:
        """One more way to answer it."""
        self.stems[stem] = max(weight, self.stems.get(stem, 0.0))


@dataclass(frozen=True)
class Question:
    """What was asked, understood."""

    text: str
    wishes: list[Wish]
    corrected: str
    """The question with slips set right, or empty when there were none."""
    unknown: list[str]
    """Words, as typed, that no text of this site holds."""
    entries: dict[str, int]
    """In how many texts each stem stands."""

    @property
    def stems(self) -> set[str]:
        """Every stem that answers some part of it."""
        return {stem for wish in self.wishes for stem in wish.stems}


def tidy(text: str) -> str:
    """What was typed, in one line, without control characters and not too long."""
    kept = "".join(" " if unicodedata.category(c)[0] in "CZ" and c not in "\u200c\u200d" else c for c in text)
    return " ".join(kept[: LONGEST * 4].split())[:LONGEST].strip()


def _known(said: Iterable[str]) -> set[str]:
    """Those of the words that the site's texts, or the list of meanings, hold in some form."""
    stems = {word: words.stem(word) for word in said}
    held = set(Word.objects.filter(stem__in=set(stems.values())).values_list("stem", flat=True))
    return {w for w, stem in stems.items() if stem in held or (stem,) in meanings.meanings()}


def _begun(word: str) -> list[str]:
    """Stems of the commonest words that begin like the last word of a question."""
    if len(word) < PREFIX_FROM:
        return []
    found = Word.objects.beginning_with(word).values_list("stem", flat=True)[: PREFIXES * 2]
    return list(dict.fromkeys(found))[:PREFIXES]


def _phrases(said: list[str]) -> tuple[list[tuple[list[str], tuple[str, ...]]], list[str]]:
    """Phrases of several words that have a meaning, the longest first, and the words outside of them."""
    found: list[tuple[list[str], tuple[str, ...]]] = []
    rest: list[str] = []
    at = 0
    while at < len(said):
        for length in range(min(meanings.LONGEST_PHRASE, len(said) - at), 1, -1):
            part = said[at : at + length]
            meant = meanings.meanings().get(tuple(words.stem(word) for word in part))
            if meant is not None:
                found.append((part, meant))
                at += length
                break
        else:
            rest.append(said[at])
            at += 1
    return found, rest


def _wish(word: str, *, guesses: list[spelling.Guess]) -> Wish:
    wish = Wish(word)
    wish.add(words.stem(word), AS_SAID)
    for number, guess in enumerate(guesses):
        wish.add(words.stem(guess.word), LESS_LIKELY if number else GUESSED)
    for stem in meanings.meanings().get((words.stem(guesses[0].word if guesses else word),), ()):
        wish.add(stem, MEANT)
    return wish


def _wishes(said: list[str], guesses: dict[str, list[spelling.Guess]]) -> list[Wish]:
    """What to look for. `said` holds the words as typed; those in `guesses` were misspelt."""
    mended = [guesses[word][0].word if guesses.get(word) else word for word in said]
    as_typed = dict(zip(mended, said, strict=True))
    phrases, rest = _phrases(mended)
    wishes = []
    for part, meant in phrases:
        wish = Wish(" ".join(part))
        for word in part:
            if not words.is_common(word):
                wish.add(words.stem(word), AS_SAID)
        for stem in meant:
            wish.add(stem, MEANT if len(wish.stems) else AS_SAID)
        wishes.append(wish)
    telling = [word for word in rest if not words.is_common(word)]
    if not telling and not phrases:
        telling = rest
    wishes += [_wish(word, guesses=guesses.get(as_typed[word], [])) for word in dict.fromkeys(telling)]
    return wishes


def understand(text: str, *, literally: bool = False) -> Question:
    """Read a question. With `literally`, slips are not set right."""
    text = tidy(text)
    spots = list(words.spots(text))[:MOST_WORDS]
    said = [spot.word for spot in spots]
    if not said:
        return Question(text, [], "", [], {})
    known = _known(said)
    begun = _begun(said[-1]) if spots[-1].end == len(text) else []
    strange = [w for w in dict.fromkeys(said) if w not in known and not words.is_common(w)]
    mendable = [] if literally else [w for w in strange if not (w == said[-1] and begun)]
    guesses = {word: found for word, found in spelling.guesses(mendable).items() if found}
    wishes = _wishes(said, guesses)
    if wishes and begun and wishes[-1].said == said[-1]:
        for stem in begun:
            wishes[-1].add(stem, BEGUN)
    typed = {spot.word: text[spot.start : spot.end] for spot in spots}
    unknown = [typed[w] for w in strange if w not in guesses and not (w == said[-1] and begun)]
    corrected, end = "", 0
    if guesses:
        for spot in spots:
            mended = guesses[spot.word][0].word if spot.word in guesses else text[spot.start : spot.end]
            corrected += text[end : spot.start] + mended
            end = spot.end
        corrected += text[end:]
    stems = {stem for wish in wishes for stem in wish.stems}
    return Question(text, wishes, corrected, unknown, _entries(stems))


def _entries(stems: set[str]) -> dict[str, int]:
    held = Word.objects.filter(stem__in=stems).values("stem").annotate(held=Sum("entries"))
    return {row["stem"]: row["held"] for row in held}
