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
from joinedup.inform.animations.actions import add_picture, put_animation
from joinedup.inform.animations.models import (
    AnimationIndexPage,
    AnimationPage,
    CaptionTrack,
    StoryPicture,
    Transcript,
)
from joinedup.inform.pages.actions import put_page, put_translation
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


def _film(language: str, by: Actor) -> AnimationPage:
    """The page of the film in that language, not saved; captions and transcripts are in all of them."""
    texts = read("integrated_care")
    words = texts[language]
    story = _story(language, words, by)
    page = AnimationPage(
        title=words["title"],
        slug=texts["en"]["slug"],
        search_description=words["lead"],
        lead=words["lead"],
        poster=_poster(story, language),
        credit=settings.PARTNERSHIP["name"],
    )
    page.story = story
    page.captions = [
        CaptionTrack(
            language=code,
            sort_order=order,
            text=(FILM / f"captions.{code}.vtt").read_text(encoding="utf-8"),
        )
        for order, code in enumerate(texts)
    ]
    page.transcripts = [
        Transcript(language=code, sort_order=order, text=transcript(code, texts[code]["opening"]))
        for order, code in enumerate(texts)
    ]
    return page


def _place_bengali(index: AnimationIndexPage, film: AnimationPage, by: Actor) -> int:
    """The same in Bengali, once there is a home page in it to stand under."""
    locale = Locale.objects.filter(language_code="bn").first()
    if locale is None or not index.get_parent().has_translation(locale):
        return 0
    added = 0
    if not index.has_translation(locale):
        page = AnimationIndexPage(**read("index")["bn"], slug=index.slug, show_in_menus=True)
        put_translation(page=page, original=index, language="bn", by=by)
        added += 1
    if not film.has_translation(locale):
        page = _film("bn", by)
        page.locale = locale
        put_animation(page=page, film=FILM / "film.bn.webm", original=film, by=by)
        added += 1
    return added


@transaction.atomic
def load_pages(*, by: Actor) -> int:
    """Put list and film in place; returns how many pages were added. Pages that exist are left as they are.

    Run again when the home page exists in Bengali: the Bengali pages come then.
    """
    added = 0
    home = HomePage.objects.filter(locale__language_code=settings.LANGUAGE_CODE).first()
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
        film = put_animation(page=_film("en", by), film=FILM / "film.en.webm", parent=index, by=by)
        added += 1
    return added + _place_bengali(index, film, by)
