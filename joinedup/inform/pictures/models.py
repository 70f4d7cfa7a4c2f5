"""Pictures, with the words for people who cannot see them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Picture(AbstractImage):  # type: ignore[misc]
    """A picture an editor uploaded: a photograph, a drawing or an organisation's logo.

    Its description is read aloud to people who cannot see it, so it cannot be left empty.
    """

    description = models.CharField(
        _("description"),
        max_length=255,
        default="",
        help_text=_("Say what the picture shows, in one sentence, for people who cannot see it."),
    )
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, as it should be shown under the picture."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = {
        **dict.fromkeys(
            (
                "id",
                "collection",
                "title",
                "file",
                "description",
                "width",
                "height",
                "created_at",
                "focal_point_x",
                "focal_point_y",
                "focal_point_width",
                "focal_point_height",
                "file_size",
                "file_hash",
                "credit",
                "tags",
            ),
            "none",
        ),
        "uploaded_by_user": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing who put a picture up"
    retention = "as long as the picture is used"

    class Meta(AbstractImage.Meta):  # type: ignore[misc]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class Rendition(AbstractRendition):  # type: ignore[misc]
    """A picture at one size. It is made when a page first asks for it, and can be made again at any time."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "image", "filter_spec", "file", "width", "height", "focal_point_key"), "none"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once"
            ),
        ]
