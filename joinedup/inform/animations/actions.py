"""Putting films in place from the command line, as editors do in the page editor."""

from collections.abc import Sequence
from pathlib import Path

from django.core.files import File
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.models import Locale

from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage, StoryPicture
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import WrittenPage
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
    *, page: AnimationPage, film: Path, story: Sequence[StoryPicture], parent: AnimationIndexPage, by: Actor
) -> AnimationPage:
    """Add an animation with its captions and transcripts under `parent` and publish it.

    Raises ValidationError when anything is missing that viewers need. The event is the editor's log entry.
    """
    ask(by, Permission.PAGE_PUBLISH)
    page.story = list(story)
    with film.open("rb") as file:
        page.video = File(file, name=film.name)
        put_page(page=page, parent=parent, by=by)
    return page


@transaction.atomic
def put_translation(
    *,
    page: WrittenPage,
    locale: Locale,
    words: dict[str, str],
    by: Actor,
    film: Path | None = None,
    story: Sequence[StoryPicture] = (),
) -> WrittenPage:
    """Publish `page` in another language, with other `words` by field; its parent must be there already.

    An animation may bring its own film and pictures. The page says that it awaits a native reader.
    Raises ValidationError as `put_animation` does. The event is the editor's log entry.
    """
    ask(by, Permission.PAGE_PUBLISH)
    other = page.copy_for_translation(locale).specific
    for name, value in words.items():
        setattr(other, name, value)
    other.draft_title = other.title
    other.awaits_review = True
    if film is None:
        other.save_revision(log_action=True).publish()
        return other  # type: ignore[no-any-return]
    other.story = list(story)
    with film.open("rb") as file:
        other.video = File(file, name=film.name)
        other.save_revision(log_action=True).publish()
    return other  # type: ignore[no-any-return]
