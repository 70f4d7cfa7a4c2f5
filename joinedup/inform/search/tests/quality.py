"""The sixty queries, the slips people make, and how many are answered among the first five results."""

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from joinedup.inform.search import words
from joinedup.inform.search.asking import understand
from joinedup.inform.search.finding import find
from joinedup.inform.search.models import Entry

FILE = Path(__file__).parent / "queries.toml"
FIRST = 5
EDITED_FROM = 4  # letters
_ENGLISH = "abcdefghijklmnopqrstuvwxyz"
_BENGALI = "অআইউএওকখগঘচছজঝটঠডঢতথদধনপফবভমযরলশষসহািীুেো"


@dataclass(frozen=True)
class Query:
    """One row of the file."""

    words: str
    right: tuple[str, ...]
    language: str
    needs: str

    def is_right(self, href: str) -> bool:
        return any(href.startswith(r[:-1]) if r.endswith("*") else href == r for r in self.right)


@dataclass
class Score:
    """How many were answered, and which were not."""

    asked: int = 0
    answered: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 0.0


def queries() -> list[Query]:
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["query"]
    return [Query(r["words"], tuple(r["right"]), r.get("language", "en"), r.get("needs", "")) for r in rows]


def with_targets(found: list[Query]) -> list[Query]:
    """Those of which a right page exists on this site."""
    hrefs = set(Entry.objects.values_list("href", flat=True))
    return [query for query in found if any(query.is_right(href) for href in hrefs)]


def edited(word: str, chance: random.Random) -> str:
    """The word with one letter swapped with the next, left out, put in or replaced."""
    letters = _BENGALI if words.is_bengali(word) else _ENGLISH
    at = chance.randrange(len(word) - 1)
    kind = chance.choice(("swap", "drop", "insert", "replace"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "drop":
        return word[:at] + word[at + 1 :]
    return word[:at] + chance.choice(letters) + word[at + (kind == "replace") :]


def with_slips(text: str, seed: int) -> str:
    """The text with one slip in each word of four letters or more, the same for the same seed."""
    chance = random.Random(f"{seed}:{text}")
    return " ".join(edited(w, chance) if len(w) >= EDITED_FROM else w for w in text.split())


def first(text: str, language: str) -> list[str]:
    """The addresses on the first lines of the page of results, as a reader sees them."""
    answers = find(understand(text), language=language)
    return [found.href for found in [*answers.own, *answers.others][:FIRST]]


def score(found: list[Query], seed: int | None = None) -> Score:
    total = Score()
    for query in found:
        text = query.words if seed is None else with_slips(query.words, seed)
        total.asked += 1
        if any(query.is_right(href) for href in first(text, query.language)):
            total.answered += 1
        else:
            total.missed.append(f"{text!r} -> {first(text, query.language)}")
    return total
