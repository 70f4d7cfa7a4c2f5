"""The particulars of the place, in the words of the language in force."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language


def partnership(language: str | None = None) -> dict[str, Any]:
    """What the place's file says; in another language with what it says anew under [in.<language>]."""
    given: dict[str, Any] = getattr(settings, "PARTNERSHIP", {})
    anew: dict[str, Any] = given.get("in", {}).get(language or get_language() or "", {})
    named = {**given.get("languages", {}), **anew.get("languages", {})}
    return {**given, **anew, "languages": named}


def home_path(language: str | None = None) -> str:
    """The first page of the site in that language, or in the one in force."""
    code = language or get_language() or settings.LANGUAGE_CODE
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"


def is_in_english(href: str) -> bool:
    """Whether an address of ours leads from this page, in another language, to one in English."""
    home = home_path()
    if home == "/" or not href.startswith("/"):
        return False
    return not href.startswith((home, settings.STATIC_URL, settings.MEDIA_URL))


def written_language(chosen: str) -> str:
    """The language of the site in which to write to someone who chose that one of the place's list.

    Where the site does not speak it: the one it is written in (the place's file says so for Sylheti),
    else the language of the page on which the person is.
    """
    ours = dict(settings.LANGUAGES)
    kin: str = partnership().get("written_as", {}).get(chosen, chosen)
    here = get_language() or settings.LANGUAGE_CODE
    return kin if kin in ours else here if here in ours else settings.LANGUAGE_CODE
