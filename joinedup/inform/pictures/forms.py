"""The form with which editors add and change pictures, wherever in the editor it is shown."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm
from wagtail.models import Page

from joinedup.inform.pages.words import pictures_of
from joinedup.inform.pictures.models import Licence, Picture, Rendition

# What the public sees of a picture: on a public page it is changed by putting up another picture.
SHOWN = ("file", "description", "licence", "credit")
_FILE_WORDS = {
    "invalid_image": _(
        "We cannot read this as a picture. Choose a JPEG, PNG, WebP, AVIF or GIF file. "
        "If it opens on your computer, save it again as JPEG."
    ),
    "invalid_image_extension": _(
        "We cannot take this kind of file. Choose a JPEG, PNG, WebP, AVIF or GIF picture."
    ),
    "invalid_image_known_format": _(
        "The file name ends in .%(extension)s, but inside it is %(image_format)s. "
        "Save it again under its own kind."
    ),
    "file_too_large": _("The file has %(file_size)s. Choose one of %(max_filesize)s at most."),
    "file_too_many_pixels": _(
        "The picture is too large to draw: it has %(num_pixels)s points, and %(max_pixels_count)s is "
        "the most. Make it smaller and try again."
    ),
}


def is_on_a_public_page(picture: Picture) -> bool:
    """Whether anything the public sees shows this picture.

    The pages themselves are read: the editor's own index of uses is written later, in the background.
    """
    for relation in Picture._meta.related_objects:
        model: Any = relation.related_model
        is_other = not issubclass(model, Page | Rendition) and not relation.many_to_many
        if is_other and model._base_manager.filter(**{relation.field.name: picture.pk}).exists():
            return True
    pages = Page.objects.live().filter(depth__gt=1).specific()
    return any(picture.pk in pictures_of(page) for page in pages)


class PictureField(WagtailImageField):  # type: ignore[misc]
    """A file that is a picture to its last byte; the editor's own field reads only its beginning."""

    def _check_frames(self, picture: Any) -> None:
        """All frames of a moving picture together; of some kinds the editor's own check sees one only."""
        points = picture.width * picture.height * getattr(picture, "n_frames", 1)
        if points > self.max_image_pixels:
            words = _FILE_WORDS["file_too_many_pixels"]
            numbers = {"num_pixels": points, "max_pixels_count": self.max_image_pixels}
            raise ValidationError(words % numbers, code="file_too_many_pixels")

    def to_python(self, data: Any) -> Any:
        """Refuse in words what makes the picture library raise nearly anything."""
        if getattr(data, "_committed", False):  # in the store already, and read when it came
            return data
        try:
            file = super().to_python(data)
            if file is not None:
                with Image.open(file) as picture:
                    self._check_frames(picture)
                    picture.load()
                file.seek(0)
        except ValidationError:
            raise
        except Exception as fault:
            raise ValidationError(_FILE_WORDS["invalid_image"], code="invalid_image") from fault
        return file


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """Asks for licence and credit, and keeps what a second person has approved as it was approved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("licence", "credit"):
            if name in self.fields:
                self.fields[name].required = True
        if "file" in self.fields:
            theirs = self.fields["file"]
            self.fields["file"] = PictureField(
                label=theirs.label, required=theirs.required, widget=theirs.widget
            )
            self.fields["file"].error_messages.update(_FILE_WORDS)
        if self.instance.pk and is_on_a_public_page(self.instance):
            for name in SHOWN:
                if name in self.fields and getattr(self.instance, name):
                    self.fields[name].disabled = True
                    self.fields[name].help_text = _(
                        "This picture is on a public page. To change this, add another picture, put it on "
                        "the page and let a second person approve."
                    )

    def clean(self) -> dict[str, Any]:
        """With permission, someone gave it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("licence") == Licence.PERMISSION and not (data.get("permission_from") or "").strip():
            self.add_error("permission_from", _("Say who gave permission, and when."))
        return data
