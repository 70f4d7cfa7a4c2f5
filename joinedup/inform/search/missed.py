"""Which searches that found nothing may be kept in words: none that could tell of a person.

Dropped at once: whatever holds an @, five figures or more, a postcode, or more than sixty letters.
Kept in words at once: what consists of ordinary words only. Of everything else only a keyed digest is
kept, until the same was asked on three different days: a name that one person looked for once or twice
is never written down.
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
MOST_A_DAY = 300  # different searches; more in one day is a flood, not people
KEPT_DAYS = 90

_POSTCODE = re.compile(r"\b[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    lists: Iterable[str] = tomllib.loads(FILE.read_text(encoding="utf-8")).values()
    return frozenset(words.stem(word) for text in lists for word in words.words(text))


def asked(question: Question) -> str:
    """The question as it is counted: its words as they are compared, in order."""
    return " ".join(words.words(question.text))


def may_tell_of_a_person(text: str) -> bool:
    """Whether not even a digest may be kept of what was typed."""
    figures = sum(c.isdigit() for c in text)
    return len(text) > LONGEST or "@" in text or figures >= FIGURES or _POSTCODE.search(text) is not None


def is_ordinary(question: Question) -> bool:
    """Whether every word stands in public texts here, or is one that anybody looks for."""
    return all(words.stem(word) in _ordinary() for word in question.strange)


def digest(text: str) -> str:
    """A mark by which the same question is known again, and which cannot be read back without our key."""
    key = settings.SECRET_KEY.encode()[:64]
    return hashlib.blake2b(text.encode(), key=key, digest_size=20, person=b"search").hexdigest()
