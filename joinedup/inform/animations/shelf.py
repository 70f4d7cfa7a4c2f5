"""Where uploaded films are kept: under a name made of their own bytes."""

import hashlib
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from joinedup.inform.animations import reels

FOLDER = "animations"


class Shelf(FileSystemStorage):
    """Keeps one copy of each file. The same film sent again, as autosave does, is not stored twice."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name as it is: it says which bytes are behind it, so another file never has it."""
        return name

    def _save(self, name: str, content: File[Any]) -> str:
        return name if self.exists(name) else super()._save(name, content)  # type: ignore[misc]


def shelf() -> Shelf:
    """The store for films, in the media folder."""
    return Shelf()


def shelf_name(instance: Any, name: str) -> str:
    """`animations/<what it was called>-<digest>.<its true ending>`."""
    content = instance.video.file
    digest = hashlib.sha256()
    content.seek(0)
    for piece in iter(lambda: content.read(1 << 20), b""):
        digest.update(piece)
    content.seek(0)
    ending = reels.ENDINGS[reels.read(content).kind]
    stem = slugify(PurePath(name).stem.replace(".", "-"))[:60] or "film"
    return f"{FOLDER}/{stem}-{digest.hexdigest()[:20]}{ending}"


def is_new(file: Any) -> bool:
    """Whether the file was just sent and is not in the store yet."""
    return bool(file) and not getattr(file, "_committed", True)


def check_video(upload: Any) -> None:
    """Raise ValidationError unless it is a WebM or MP4 of at most ANIMATION_MAX_BYTES, whatever its name.

    A file that is already in the store was checked when it came in and is not read again.
    """
    if getattr(upload, "_committed", False):
        return
    most: int = settings.ANIMATION_MAX_BYTES
    if upload.size > most:
        raise ValidationError(
            _("The film is larger than %(most)s MB. Make a smaller one and choose that.")
            % {"most": most // 1_000_000},
            code="size",
        )
    try:
        reels.read(upload.file if hasattr(upload, "file") else upload)
    except reels.NotAFilm as fault:
        raise ValidationError(
            _("This is not a film that browsers can play. Choose a WebM or MP4 file."), code="kind"
        ) from fault
