"""Words that lead to one page before all others, such as help now; the list is `data/leads.toml`."""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from joinedup.inform.search import words

FILE = Path(__file__).parent / "data" / "leads.toml"
LONGEST_PHRASE = 4

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Lead:
    """One row of the list: pages by address, kinds of things, and the phrases, as stems, that lead there."""

    to: tuple[str, ...]
    kinds: tuple[str, ...]
    is_urgent: bool
    anywhere: frozenset[Phrase]
    alone: frozenset[Phrase]


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _phrases(said: Sequence[str]) -> frozenset[Phrase]:
    return frozenset(tuple(words.stems(phrase)) for phrase in said)


@lru_cache(maxsize=1)
def leads() -> tuple[Lead, ...]:
    """Every row, as stems."""
    return tuple(
        Lead(
            tuple(row["to"]),
            tuple(row.get("kinds", ())),
            bool(row.get("urgent")),
            _phrases(row.get("say", ())),
            _phrases(row.get("alone", ())),
        )
        for row in _file()["lead"]
    )


@lru_cache(maxsize=1)
def _beside() -> frozenset[str]:
    return frozenset(words.stems(_file()["beside"]))


@lru_cache(maxsize=1)
def said_words() -> frozenset[str]:
    """Single words that lead somewhere, as people write them: slips are set right to these too."""
    phrases = [words.words(said) for row in _file()["lead"] for said in (*row["say"], *row.get("alone", ()))]
    return frozenset(phrase[0] for phrase in phrases if len(phrase) == 1)


@lru_cache(maxsize=1)
def _listed() -> frozenset[Phrase]:
    return frozenset(phrase for lead in leads() for phrase in lead.anywhere | lead.alone)


def _read(said: list[str]) -> Iterator[tuple[Phrase, list[str]]]:
    """The question in parts, the longest phrases of the list first: their stems, and the words as said."""
    stems = [words.stem(word) for word in said]
    at = 0
    while at < len(said):
        for length in range(min(LONGEST_PHRASE, len(said) - at), 0, -1):
            if tuple(stems[at : at + length]) in _listed():
                break
        else:
            length = 1
        yield tuple(stems[at : at + length]), said[at : at + length]
        at += length


def listed_words(said: list[str]) -> frozenset[str]:
    """Those words of a question that are part of a phrase of the list, so that they are no slips."""
    return frozenset(word for phrase, part in _read(said) if phrase in _listed() for word in part)


def followed(said: list[str]) -> tuple[Lead, ...]:
    """The rows that a question leads to, in the order of its words; `said` as `words.words` gives it."""
    found: dict[Lead, None] = {}
    alone: dict[Lead, None] = {}
    asks_for_more = False
    for phrase, part in _read(said):
        anywhere = [lead for lead in leads() if phrase in lead.anywhere]
        only = [lead for lead in leads() if phrase in lead.alone]
        found.update(dict.fromkeys(anywhere))
        alone.update(dict.fromkeys(only))
        if not anywhere and not only:
            asks_for_more |= not words.is_common(part[0]) and phrase[0] not in _beside()
    return tuple(found if asks_for_more else {**found, **alone})
