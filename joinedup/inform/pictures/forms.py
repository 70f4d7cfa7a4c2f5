"""The form with which editors add and change pictures, wherever in the editor it is shown."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm
from wagtail.models import Page, ReferenceIndex

from joinedup.inform.pictures.models import Licence, Picture

# What the public sees of a picture: on a public page it is changed by putting up another picture.
SHOWN = ("file", "licence", "credit")
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
    """Whether a page that the public sees shows this picture."""
    for reference in ReferenceIndex.get_references_to(picture):
        model = reference.base_content_type.model_class()
        is_page = model is not None and issubclass(model, Page)
        if is_page and Page.objects.filter(pk=reference.object_id, live=True).exists():
            return True
    return False


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """Asks for licence and credit, and keeps what a second person has approved as it was approved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("licence", "credit"):
            if name in self.fields:
                self.fields[name].required = True
        if "file" in self.fields:
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
