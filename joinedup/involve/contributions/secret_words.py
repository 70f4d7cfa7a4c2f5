"""The word that opens a contribution together with its reference, such as `harbour-lantern`.

Two words of a list of 1,024: twenty bits, on top of the forty of the reference, behind a limit on
tries. It is made from the form's own key and the site's secret key, so a form that is sent twice
shows the same word twice, and it is kept nowhere: the row holds a keyed digest.

A keyed digest (HMAC-SHA256) and not a slow one (PBKDF2): twenty bits are found in minutes by
whoever holds a copy of the table and only time to spend, but not at all without the secret key.
It also costs the server nothing when someone tries many. After a change of the secret key the old
one goes into SECRET_KEY_FALLBACKS, as for Django's own signatures, and old words go on working.
"""

import hmac
import re

from django.conf import settings
from django.utils.crypto import salted_hmac

from joinedup.involve.contributions.word_list import WORDS

_MAKING = "joinedup.contributions.word"
_KEEPING = "joinedup.contributions.word.digest"
NOBODY = "0" * 64


def word_for(key: str) -> str:
    """The secret word that belongs to this key (of one form, with what was written in it)."""
    number = int.from_bytes(salted_hmac(_MAKING, key, algorithm="sha256").digest()[:8])
    first, second = divmod(number % len(WORDS) ** 2, len(WORDS))
    return f"{WORDS[first]}-{WORDS[second]}"


def tidy(typed: str) -> str:
    """The word as given out, from what someone typed: capitals, spaces and other dashes are forgiven."""
    return "-".join(re.findall(r"[a-z]+", typed[:80].lower()))


def digest(*, reference: str, word: str) -> str:
    """What is kept of a word; bound to its reference, so that equal words do not look equal."""
    return salted_hmac(_KEEPING, f"{reference} {tidy(word)}", algorithm="sha256").hexdigest()


def matches(*, reference: str, word: str, kept: str) -> bool:
    """Whether the word is right, in the same time for right and wrong ones."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    message = f"{reference} {tidy(word)}"
    tries = [
        hmac.compare_digest(salted_hmac(_KEEPING, message, secret=key, algorithm="sha256").hexdigest(), kept)
        for key in keys
    ]
    return any(tries)
