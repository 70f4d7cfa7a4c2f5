"""References: THT-7K2M-9QX4. Made to be read over a telephone, and forgiving when they are typed back.

Eight characters of Crockford's base 32 (no I, L, O or U) after the initials of the partnership: forty
random bits, so that nobody finds another person's reference by trying.
"""

import re
import secrets

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_NOT_OF_IT = re.compile(r"[\W_]+")


def prefix() -> str:
    """The initials of the partnership, at most four: Tower Hamlets Together gives THT."""
    words = re.findall(r"[A-Za-z]+", settings.PARTNERSHIP["name"])
    return "".join(word[0] for word in words).upper()[:4] or "REF"


def new_reference() -> str:
    """A fresh reference; that it is not yet taken is for the database to say."""
    return written("".join(secrets.choice(ALPHABET) for _place in range(LENGTH)))


def written(code: str) -> str:
    """Eight characters as people see them, with the initials in front."""
    return f"{prefix()}-{code[:4]}-{code[4:]}"


def parse(typed: str) -> str | None:
    """What someone typed as the reference it means, or None when it cannot be one.

    Small letters, spaces, any kind of dash and missing initials are forgiven; so are O for 0, and I
    or L for 1.
    """
    characters = _NOT_OF_IT.sub("", typed[:80]).upper()
    initials = prefix()
    if len(characters) == LENGTH + len(initials) and _same(characters[: len(initials)], initials):
        characters = characters[len(initials) :]
    code = characters.translate(_LOOKALIKES)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return None
    return written(code)


def _same(one: str, other: str) -> bool:
    return one.translate(_LOOKALIKES) == other.translate(_LOOKALIKES)
