"""Putting films in place from the command line, as editors do in the page editor."""

from pathlib import Path

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction

from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage
from joinedup.inform.pages.actions import put_page, put_translation
from joinedup.inform.pictures.models import Picture


@transaction.atomic
def add_picture(*, path: Path, title: str, description: str, credit: str, by: Actor) -> Picture:
    """The picture of that title, added from `path` when there is none. Its event is the picture's own."""
    ask(by, Permission.PAGE_EDIT)
    known = Picture.objects.filter(title=title).first()
    if known is not None:
        return known  # type: ignore[no-any-return]
    picture = Picture(title=title, description=description, credit=credit)
    with path.open("rb") as file:
        picture.file = ImageFile(file, name=path.name)
        picture.full_clean()
        picture.save()
    return picture


@transaction.atomic
def put_animation(
    *,
    page: AnimationPage,
    film: Path,
    by: Actor,
    parent: AnimationIndexPage | None = None,
    original: AnimationPage | None = None,
) -> AnimationPage:
    """Publish an animation under `parent`, or as the translation of `original` into the language it says.

    Raises ValidationError when anything is missing that viewers need. The event is the editor's log entry.
    """
    ask(by, Permission.PAGE_PUBLISH)
    with film.open("rb") as file:
        page.video = File(file, name=film.name)
        if original is not None:
            put_translation(page=page, original=original, language=page.language, by=by)
        elif parent is not None:
            put_page(page=page, parent=parent, by=by)
    return page
