"""Which searches that found nothing may be kept in words: none that could tell of a person.

Dropped at once: whatever holds an @, five figures or more, a postcode, or more than sixty letters.
Kept in words at once: up to three words, all of them ordinary and none that speaks of a person, such as
"my" or "mum". Of everything else only a keyed digest is kept, until the same was asked on three different
days: neither a name that one person looked for once or twice is written down, nor a sentence in which
someone tells of themselves, however ordinary its words.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from joinedup.inform.search import words
from joinedup.inform.search.asking import Question

FILE = Path(__file__).parent / "data" / "ordinary.toml"
LONGEST = 60
FIGURES = 5
DAYS_UNTIL_WORDS = 3
MOST_WORDS_AT_ONCE = 3
MOST_A_DAY = 300  # different searches; more in one day is a flood, not people
KEPT_DAYS = 90

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)


def _listed(names: Iterable[str]) -> frozenset[str]:
    """The stems of some lists of `data/ordinary.toml`."""
    lists: dict[str, str] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return frozenset(stem for name in names for stem in words.stems(lists[name]))


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return _listed(("english", "bengali"))


@lru_cache(maxsize=1)
def _of_people() -> frozenset[str]:
    return _listed(("people_english", "people_bengali"))


def asked(question: Question) -> str:
    """The question as it is counted: its words as they are compared, in order."""
    return " ".join(words.words(question.text))


def may_tell_of_a_person(text: str) -> bool:
    """Whether not even a digest may be kept of what was typed."""
    figures = sum(c.isdigit() for c in text)
    return len(text) > LONGEST or "@" in text or figures >= FIGURES or _POSTCODE.search(text) is not None


def is_ordinary(question: Question) -> bool:
    """Whether it is short, speaks of nobody, and each word is in our texts or one that anybody looks for."""
    said = words.stems(question.text)
    if len(said) > MOST_WORDS_AT_ONCE or not _of_people().isdisjoint(said):
        return False
    return all(words.stem(word) in _ordinary() for word in question.strange)


def digest(text: str) -> str:
    """A mark by which the same question is known again, and which cannot be read back without our key."""
    key = settings.SECRET_KEY.encode()[:64]
    return hashlib.blake2b(text.encode(), key=key, digest_size=20, person=b"search").hexdigest()
