"""Pictures that people upload as logos: checked before anything trusts them, and given a name of our own."""

import secrets
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image

MOST_BYTES = 1_000_000
# A small file can unfold into gigabytes. Four million points are plenty for a logo.
MOST_PIXELS = 4_000_000
# Only these formats are ever tried, so nothing else that Pillow can read is reachable; SVG can carry scripts.
ENDINGS = {"PNG": {".png"}, "JPEG": {".jpg", ".jpeg"}, "WEBP": {".webp"}}


def _ending(name: str | None) -> str:
    return PurePath(name or "").suffix.lower()


def _format_of(upload: File[Any]) -> str:
    """The format found in the bytes. The head gives the size in points before any point is unfolded."""
    upload.seek(0)
    with Image.open(upload, formats=list(ENDINGS)) as picture:
        found = str(picture.format)
        if picture.width * picture.height > MOST_PIXELS:
            raise ValidationError(
                _("The picture is too wide or high. Make it at most 2000 by 2000."), code="pixels"
            )
        if getattr(picture, "is_animated", False):
            raise ValidationError(_("The picture moves. Choose one that stands still."), code="moving")
        picture.verify()
    upload.seek(0)
    with Image.open(upload, formats=[found]) as picture:  # `verify` used it up
        picture.load()
    upload.seek(0)
    return found


def check_logo(upload: File[Any]) -> None:
    """Raise ValidationError unless it is a still PNG, JPEG or WebP of at most 1 MB, named as what it is.

    A file that is already in the store was checked when it came in and is not read again.
    """
    if getattr(upload, "_committed", False):
        return
    if upload.size > MOST_BYTES:
        raise ValidationError(_("The picture is larger than 1 MB. Choose a smaller one."), code="size")
    try:
        found = _format_of(upload)
    except ValidationError:
        raise
    except Exception as fault:  # a broken or hostile file makes Pillow raise nearly anything
        raise ValidationError(
            _("We cannot read this as a picture. Choose a PNG, JPEG or WebP file."), code="unreadable"
        ) from fault
    if _ending(upload.name) not in ENDINGS[found]:
        raise ValidationError(
            _("The file name does not match what is inside. Save it again as PNG, JPEG or WebP."),
            code="ending",
        )


def logo_name(organisation: models.Model, filename: str) -> str:
    """Where a logo is kept: a random name with the ending that was checked; the sender's name goes."""
    ending = _ending(filename).replace(".jpeg", ".jpg")
    return f"logos/{secrets.token_hex(12)}{ending}"
