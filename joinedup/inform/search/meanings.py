"""Words people say for what our pages call something else; the list is `data/meanings.toml`."""

import tomllib
from functools import lru_cache
from pathlib import Path

from joinedup.inform.search import words

FILE = Path(__file__).parent / "data" / "meanings.toml"
LONGEST_PHRASE = 4

Phrase = tuple[str, ...]


@lru_cache(maxsize=1)
def meanings() -> dict[Phrase, tuple[str, ...]]:
    """For each word or phrase people say, as stems, the stems our pages use."""
    found: dict[Phrase, tuple[str, ...]] = {}
    for row in tomllib.loads(FILE.read_text(encoding="utf-8"))["meaning"]:
        mean = tuple(dict.fromkeys(stem for word in row["mean"] for stem in words.stems(word)))
        for said in row["say"]:
            phrase = tuple(words.stems(said))
            found[phrase] = tuple(dict.fromkeys((*found.get(phrase, ()), *mean)))
    return found


@lru_cache(maxsize=1)
def initials() -> dict[str, tuple[str, ...]]:
    """The words that initials stand for, by the initials, as words are compared."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["initials"]
    return {words.plain(short): tuple(words.words(meant)) for short, meant in rows.items()}


@lru_cache(maxsize=1)
def said_words() -> frozenset[str]:
    """Single words that have a meaning here, as people write them: slips are set right to these too."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["meaning"]
    return frozenset(
        w for row in rows for said in row["say"] if len(found := words.words(said)) == 1 for w in found
    )
