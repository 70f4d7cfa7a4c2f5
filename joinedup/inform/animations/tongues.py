"""The languages captions and transcripts may be in, with the names their readers use."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.conf.locale import LANG_INFO

# Ways to answer people that cannot be written down as captions.
_NOT_WRITTEN = {"bsl"}
_RIGHT_TO_LEFT = {"ar", "fa", "ku", "ps", "ur"}


@dataclass(frozen=True)
class Tongue:
    """One language: its code, how it is called, and which way it runs."""

    code: str
    name: str
    direction: str


def choices() -> list[tuple[str, str]]:
    """Codes and names for the page editor, most asked for first. The place says which they are."""
    written: dict[str, str] = settings.PARTNERSHIP["languages"]
    return [(code, name) for code, name in written.items() if code not in _NOT_WRITTEN]


@cache
def tongue(code: str) -> Tongue:
    """That language, by the name its own readers use where it is known."""
    own = LANG_INFO.get(code, {}).get("name_local", "") or dict(choices()).get(code, code)
    return Tongue(code, own[:1].upper() + own[1:], "rtl" if code in _RIGHT_TO_LEFT else "ltr")
