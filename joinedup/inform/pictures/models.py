"""Pictures, with the words for people who cannot see them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class Licence(models.TextChoices):
    """By which right we may show a picture."""

    OWN = "own", _("Our own work")
    OGL = "ogl", _("Open Government Licence 3.0")
    CC_BY = "cc-by", _("Creative Commons Attribution 4.0 (CC BY)")
    CC_BY_SA = "cc-by-sa", _("Creative Commons Attribution-ShareAlike 4.0 (CC BY-SA)")
    CC0 = "cc0", _("Public domain (CC0)")
    PERMISSION = "permission", _("Permission given by the owner")


# What stands under a picture, and where a reader can look it up.
LICENCES = {
    Licence.OWN: ("", ""),
    Licence.OGL: (
        _("Open Government Licence 3.0"),
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    Licence.CC_BY: ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
    Licence.CC_BY_SA: ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
    Licence.CC0: ("CC0", "https://creativecommons.org/publicdomain/zero/1.0/"),
    Licence.PERMISSION: (_("shown with permission"), ""),
}


class Picture(AbstractImage):  # type: ignore[misc]
    """A picture an editor uploaded: a photograph, a drawing or an organisation's logo.

    Its description is read aloud to people who cannot see it, so it cannot be left empty. Without
    licence and credit it can be put on no page.
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
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        blank=True,
        default="",
        help_text=_("Why we may show it. Found on the internet is not a licence."),
    )
    permission_from = models.CharField(
        _("who gave permission"),
        max_length=200,
        blank=True,
        help_text=_("Only with permission: who said yes, and when. It is not shown to the public."),
    )

    admin_form_fields = (*Image.admin_form_fields, "licence", "credit", "permission_from")

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
                "licence",
                "tags",
            ),
            "none",
        ),
        "permission_from": "personal",
        "uploaded_by_user": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: knowing who put a picture up and who allowed it"
    retention = "as long as the picture is used"

    class Meta(AbstractImage.Meta):  # type: ignore[misc]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def may_be_shown(self) -> bool:
        """Whether it is said who made it and why we may show it."""
        allowed = self.licence != Licence.PERMISSION or bool(self.permission_from.strip())
        return bool(self.licence and self.credit.strip() and self.description.strip()) and allowed

    @property
    def licence_words(self) -> str:
        """The licence as it stands under the picture; nothing for our own work."""
        return str(LICENCES[Licence(self.licence)][0]) if self.licence else ""

    @property
    def licence_href(self) -> str:
        """Where the licence can be read."""
        return str(LICENCES[Licence(self.licence)][1]) if self.licence else ""


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
