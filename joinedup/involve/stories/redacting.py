"""Taking words out of a text, however they are written there."""

import re
import unicodedata
from itertools import groupby

from django.utils.text import slugify

from joinedup.involve.stories.models import REMOVED

SHORTEST = 2  # characters: less would take half the text away
# Characters from which on a phrase is taken out also where it is part of a longer word.
INSIDE_FROM = 4
_SAME = ("'’‘‛`´", '"“”„‟«»', "-‐‑‒–—−")  # written one way or the other
_UNSEEN = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"  # no letter, no space


def _marks() -> str:
    """Signs that belong to the letter before them, as ranges of a regular expression; `\\w` lacks them."""
    found = [code for code in range(0x20000) if unicodedata.category(chr(code)).startswith("M")]
    runs = [[code for _place, code in run] for _key, run in groupby(enumerate(found), lambda e: e[1] - e[0])]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in runs)


_OF_A_WORD = rf"[\w{_marks()}{_UNSEEN}]"
_GAP = rf"[\s{_UNSEEN}]+"


def _any_writing_of(character: str) -> str:
    for same in _SAME:
        if character in same:
            return f"[{re.escape(same)}]"
    return re.escape(character)


def _in_one_way(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def pattern(phrase: str) -> re.Pattern[str] | None:
    """What finds the phrase whatever its capitals, spaces, quotation marks and dashes; None for too short.

    A longer word that has the phrase in it is found whole, unless the phrase is so short that it would be
    found in words that have nothing to do with it.
    """
    words = re.sub(rf"[{_UNSEEN}]", "", _in_one_way(phrase)).split()
    letters = "".join(words)
    if len(letters) < SHORTEST or not any(each.isalnum() for each in letters):
        return None
    unseen = f"[{_UNSEEN}]*"
    body = _GAP.join(unseen.join(map(_any_writing_of, word)) for word in words)
    is_long = len(letters) >= INSIDE_FROM or not letters.isascii()  # Bengali joins its endings to a name
    before = after = ""
    if words[0][0].isalnum():
        before = f"{_OF_A_WORD}*" if is_long else f"(?<!{_OF_A_WORD})"
    if re.fullmatch(_OF_A_WORD, words[-1][-1]):
        after = f"{_OF_A_WORD}*" if is_long else f"(?!{_OF_A_WORD})"
    return re.compile(f"{before}{body}{after}", re.IGNORECASE)


def without(text: str, phrase: str) -> str:
    """The text with the phrase taken out wherever it stands, and a mark in its place."""
    found, plain = pattern(phrase), _in_one_way(text)
    return text if found is None or not found.search(plain) else found.sub(REMOVED, plain)


def tells(slug: str, phrase: str) -> bool:
    """Whether a web address has a word of the phrase in it, be it cut short at the end."""
    words = [word for word in slugify(phrase).split("-") if len(word) > SHORTEST]
    told = [part for part in slug.split("-") if len(part) > SHORTEST]
    return any(word in part or word.startswith(part) for word in words for part in told)
