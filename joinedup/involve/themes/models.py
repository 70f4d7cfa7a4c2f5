"""Themes: what many people speak of."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation

KIND = "involve_themes.theme"


def check_labels(value: object) -> None:
    """Field validator: a list of texts, none twice."""
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise ValidationError(_("This is not a list of labels."), code="labels")
    if len(set(value)) != len(value):
        raise ValidationError(_("A label stands here twice."), code="labels")


class ThemeQuerySet(models.QuerySet["Theme"]):
    """Reading themes."""

    def public(self) -> "ThemeQuerySet":
        """Those that everyone may read of."""
        return self.filter(is_public=True)

    def by_label(self) -> "dict[str, Theme]":
        """Which theme each of the sorter's labels leads to."""
        return {label: theme for theme in self.order_by("-pk") for label in theme.labels}


class Theme(models.Model):
    """Something that many people speak of, in our words; what came of it hangs on it.

    Which contributions are about it is told by links of the thread, not here. `labels` are those of the
    sorter for which it suggests this theme.
    """

    slug = models.SlugField(_("web address"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    summary = models.TextField(_("what people told us"), max_length=1200)
    next_step = models.TextField(_("what happens next"), max_length=600, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("who answers for it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    labels = models.JSONField(_("labels of the sorter"), default=list, blank=True, validators=[check_labels])
    is_public = models.BooleanField(_("everyone may read of it"), default=False)
    is_sample = models.BooleanField(default=False, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = ThemeQuerySet.as_manager()

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "slug", "name", "summary", "next_step", "organisation"),
            *("labels", "is_public", "is_sample", "version"),
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(summary=""), name="theme_has_name_and_summary"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def end(self) -> tuple[str, int]:
        """What the thread knows it by."""
        return KIND, self.pk

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return self.name
