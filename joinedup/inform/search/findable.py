"""The doors of the site as things that can be found: their names, and words people use for them."""

import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, Resolver404, resolve, translate_url
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.findable import Findable, Source, register
from joinedup.inform.search.models import DOORS, Entry

FILE = Path(__file__).parent / "data" / "doors.toml"
EDITORS_PAGES = "wagtail_serve"
# What the empty search offers, besides help now and the list of every page: few things, for many people.
FIRST_WAYS_IN = (
    (gettext_lazy("Have your say"), "/have-your-say/"),
    (gettext_lazy("News"), "/news/"),
    (gettext_lazy("Events"), "/events/"),
    (gettext_lazy("Newsletter"), "/newsletter/"),
    (gettext_lazy("My area"), "/my-area/"),
)


@lru_cache(maxsize=1)
def _said() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def address(href: str, language: str) -> str:
    """Where the door stands in that language; empty when it does not, or when a page stands there."""
    try:
        with translation.override(settings.LANGUAGE_CODE):  # addresses are read in the language in force
            if resolve(href).view_name == EDITORS_PAGES:
                return ""
            there = translate_url(href, language)
    except (Resolver404, NoReverseMatch):
        return ""
    return there if language == settings.LANGUAGE_CODE or there != href else ""


def ways_in(language: str) -> list[dict[str, Any]]:
    """The first ways in, in that language where they stand in it; a page only while it is published."""
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    places = {href: (home + href.removeprefix("/"), href) for _label, href in FIRST_WAYS_IN}
    wanted = {href for place in places.values() for href in place}
    pages = set(Entry.objects.filter(href__in=wanted).values_list("href", flat=True))
    found = [
        {"label": label, "href": address(href, language) or next((p for p in places[href] if p in pages), "")}
        for label, href in FIRST_WAYS_IN
    ]
    return [way for way in found if way["href"]]


def _door(entry: dict[str, Any], language: str) -> Findable | None:
    href = address(entry["href"], language)
    if not href:
        return None
    said = _said().get(entry["href"], {}).get(language, {})
    with translation.override(language):
        return Findable(
            key=f"{DOORS}:{entry['href']}:{language}",
            kind=_("Page"),
            language=language,
            title=said.get("title") or str(entry["label"]),
            summary=said.get("summary", ""),
            body=said.get("words", ""),
            href=href,
        )


def everything() -> Iterator[Findable]:
    """Every door in every language it stands in."""
    for entry in settings.SITE_MAP_DOORS:
        for language, _name in settings.LANGUAGES:
            found = _door(entry, language)
            if found is not None:
                yield found


def one(key: str) -> Findable | None:
    """The door with that key."""
    return next((door for door in everything() if door.key == key), None)


register(Source(DOORS, everything, one))
