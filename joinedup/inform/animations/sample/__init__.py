"""The list of animations and the film the platform brings along, and putting them in place.

The film is drawn by `joinedup.inform.animations.film`; what it wrote stands beside this file.
"""

import json
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.html import format_html, format_html_join
from wagtail.models import Locale

from joinedup.foundation.permissions import Actor
from joinedup.inform.animations.actions import add_picture, put_animation, put_translation
from joinedup.inform.animations.models import (
    AnimationIndexPage,
    AnimationPage,
    CaptionTrack,
    StoryPicture,
    Transcript,
)
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import HomePage

FOLDER = Path(__file__).parent
FILM = FOLDER / "integrated_care"
POSTER = "joining"


def read(name: str) -> dict[str, Any]:
    """One file of texts, by language."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def told(language: str) -> list[dict[str, Any]]:
    """What happens in each scene of the film."""
    rows: list[dict[str, Any]] = json.loads((FILM / f"told.{language}.json").read_text(encoding="utf-8"))
    return rows


def transcript(language: str, opening: str) -> str:
    """The whole film as text: how to take it, then scene by scene."""
    scenes = format_html_join("", "<p>{}</p>", ((row["words"],) for row in told(language)))
    return format_html("<p><b>{}</b></p>{}", opening, scenes)


def _story(language: str, titles: dict[str, Any], by: Actor) -> list[StoryPicture]:
    found = []
    for order, row in enumerate(told(language)):
        picture = add_picture(
            path=FILM / f"{row['scene']}.{language}.webp",
            title=f"{titles['title']}: {order + 1} ({language})",
            description=row["words"][:250],
            credit=settings.PARTNERSHIP["name"],
            by=by,
        )
        found.append(StoryPicture(picture=picture, words=row["words"], sort_order=order))
    return found


def _poster(story: list[StoryPicture], language: str) -> Any:
    names = [row["scene"] for row in told(language)]
    return story[names.index(POSTER)].picture


def _place_film(index: AnimationIndexPage, by: Actor) -> AnimationPage:
    texts = read("integrated_care")
    words = texts["en"]
    story = _story("en", words, by)
    page = AnimationPage(
        title=words["title"],
        slug=words["slug"],
        search_description=words["lead"],
        lead=words["lead"],
        poster=_poster(story, "en"),
        credit=settings.PARTNERSHIP["name"],
    )
    page.captions = [
        CaptionTrack(
            language=language,
            sort_order=order,
            text=(FILM / f"captions.{language}.vtt").read_text(encoding="utf-8"),
        )
        for order, language in enumerate(texts)
    ]
    page.transcripts = [
        Transcript(language=language, sort_order=order, text=transcript(language, texts[language]["opening"]))
        for order, language in enumerate(texts)
    ]
    return put_animation(page=page, film=FILM / "film.en.webm", story=story, parent=index, by=by)


def _place_bengali(index: AnimationIndexPage, film: AnimationPage | None, by: Actor) -> int:
    """The same in Bengali, once there is a home page in it to stand under."""
    locale = Locale.objects.filter(language_code="bn").first()
    home = HomePage.objects.get(pk=index.get_parent().pk)
    if locale is None or not home.has_translation(locale):
        return 0
    added = 0
    if not index.has_translation(locale):
        put_translation(page=index, locale=locale, words=read("index")["bn"], by=by)
        added += 1
    if film is not None and not film.has_translation(locale):
        words = read("integrated_care")["bn"]
        story = _story("bn", words, by)
        fields = {name: words[name] for name in ("title", "lead")}
        put_translation(
            page=film,
            locale=locale,
            words={**fields, "search_description": words["lead"], "poster": _poster(story, "bn")},
            film=FILM / "film.bn.webm",
            story=story,
            by=by,
        )
        added += 1
    return added


@transaction.atomic
def load_pages(*, by: Actor) -> int:
    """Put list and film in place; returns how many pages were added. Pages that exist are left as they are.

    Run again when the home page exists in Bengali: the Bengali pages come then.
    """
    added = 0
    home = HomePage.objects.filter(locale=Locale.get_default()).first()
    if home is None:
        return 0
    index = AnimationIndexPage.objects.child_of(home).first()
    if index is None:
        index = AnimationIndexPage(**read("index")["en"], show_in_menus=True)
        put_page(page=index, parent=home, by=by)
        added += 1
    slug = read("integrated_care")["en"]["slug"]
    film = AnimationPage.objects.child_of(index).filter(slug=slug).first()
    if film is None:
        index.refresh_from_db()
        film = _place_film(index, by)
        added += 1
    return added + _place_bengali(index, film, by)
