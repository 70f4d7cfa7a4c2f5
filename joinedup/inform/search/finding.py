"""Finding what answers a question and putting it in order, in the same order on every database.

The database's full-text index names the candidates; the order is worked out here from the same stems:
how rare a word is, whether it stands in the title, the headings or the text, and how much of the
question an entry answers.
"""

import math
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Q

from joinedup.inform.search import words
from joinedup.inform.search.asking import GUESSED, Question, Wish
from joinedup.inform.search.fulltext import Candidate, candidates
from joinedup.inform.search.leads import Lead
from joinedup.inform.search.models import Entry

CANDIDATES = 200
OTHER_CANDIDATES = 60
MOST_OF_A_KIND = 5  # things that come first for their kind

TITLE, SUMMARY, BODY = 4.0, 2.0, 1.0
OVER = 0.15  # of its score, for what has ended and was not asked for by its name
_USUAL_LENGTH = 300  # words of a text, above which a word in it says less


@dataclass(frozen=True, slots=True)
class Found:
    """One entry that answers the question, and how well."""

    pk: int
    href: str
    score: float


@dataclass(frozen=True)
class Answers:
    """What was found, the best first, each address once: in the reader's language, and in others."""

    own: list[Found]
    others: list[Found]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found in any language."""
        return not self.own and not self.others


def _times(stem: str, text: str) -> int:
    """How often a stem stands in a text of stems; the text begins and ends with a space."""
    return text.count(f" {stem} ")


def _strength(stem: str, title: str, summary: str, body: str, length: float) -> float:
    """How much an entry is about one stem, from 0 to the sum of the weights."""
    strength = 0.0
    if _times(stem, title):
        strength += TITLE / (0.75 + 0.25 * title.count(" ") / 3)
    if times := _times(stem, summary):
        strength += SUMMARY * times / (times + 0.6)
    if times := _times(stem, body):
        strength += BODY * times / (times + 1.2 * length)
    return strength


def _score(candidate: Candidate, wishes: list[tuple[Wish, float]], rarity: dict[str, float]) -> float:
    title, summary = f" {candidate.title} ", f" {candidate.summary} "
    body = f" {candidate.body} "
    length = 0.5 + 0.5 * body.count(" ") / _USUAL_LENGTH
    total = answered = 0.0
    asked = sum(weight for _wish, weight in wishes)
    for wish, weight in wishes:
        best = part = 0.0
        for stem, worth in wish.stems.items():
            strength = _strength(stem, title, summary, body, length)
            if strength:
                best = max(best, worth * rarity[stem] * strength)
                part = max(part, worth)
        total += best
        answered += weight * part
    share = answered / asked if asked else 0.0
    return total * (0.25 + 0.75 * share * share)


def _is_named(candidate: Candidate, question: Question) -> bool:
    """Whether every word of the title was asked for, but for common ones and what kind of thing it is."""
    said = {s for wish in question.wishes for s, worth in wish.stems.items() if worth >= GUESSED}
    of_kind = set(words.stems(candidate.kind))
    telling = {s for s in candidate.title.split() if s not in of_kind and not words.is_common(s)}
    return bool(telling) and telling <= said


def _weight(candidate: Candidate, question: Question) -> float:
    """What is over comes after what people can use today."""
    return OVER if candidate.is_over and not _is_named(candidate, question) else 1.0


def _ranked(found: list[Candidate], question: Question, entries: int) -> list[Found]:
    rarity = {
        stem: math.log(1 + (entries + 1) / (question.entries.get(stem, 0) + 0.5)) for stem in question.stems
    }
    wishes = [
        (wish, max((worth * rarity[stem] for stem, worth in wish.stems.items()), default=0.0))
        for wish in question.wishes
    ]
    scored = [Found(c.pk, c.href, _score(c, wishes, rarity) * _weight(c, question)) for c in found]
    scored.sort(key=lambda f: (-round(f.score, 9), f.href))
    once: dict[str, Found] = {}
    for each in scored:
        once.setdefault(each.href, each)
    return list(once.values())


def _led(leads: tuple[Lead, ...], language: str) -> list[Found]:
    """The things that come first: those of a kind, then pages by address; the reader's language first."""
    if not leads:
        return []
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    places = [(home + href.removeprefix("/"), href) for lead in leads for href in lead.to]
    kinds = {kind for lead in leads for kind in lead.kinds}
    wanted = Q(href__in={href for place in places for href in place}) | Q(kind__in=kinds)
    rows = list(
        Entry.objects.filter(wanted).order_by("title", "pk").values_list("href", "pk", "kind", "language")
    )
    held = {href: pk for href, pk, _kind, _language in reversed(rows)}
    of_kind = sorted((row for row in rows if row[2] in kinds), key=lambda row: row[3] != language)
    first = [row[0] for row in of_kind[:MOST_OF_A_KIND]]
    first += [next((href for href in place if href in held), "") for place in places]
    return [Found(held[href], href, math.inf) for href in dict.fromkeys(first) if href]


def find(question: Question, *, language: str) -> Answers:
    """What answers the question: pages it leads to, then others in this language, then in others."""
    stems = question.stems
    if not stems:
        return Answers([], [])
    first = _led(question.leads, language)
    led = {each.href for each in first}
    entries = Entry.objects.count()
    own = candidates(stems, language=language, own=True, limit=CANDIDATES)
    others = candidates(stems, language=language, own=False, limit=OTHER_CANDIDATES)
    return Answers(
        [*first, *(each for each in _ranked(own, question, entries) if each.href not in led)],
        [each for each in _ranked(others, question, entries) if each.href not in led],
    )
