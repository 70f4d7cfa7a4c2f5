"""Boards that decide."""

from typing import ClassVar

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.programmes.models.shapes import Row


class BoardQuerySet(models.QuerySet["Board"]):
    """Reading boards."""

    def public(self) -> "BoardQuerySet":
        """Those that everyone may read about."""
        return self.filter(is_public=True)


class Board(Row):
    """A group that meets and decides for the partnership, and answers for what it decides.

    Its members are organisations; who sits there for them is told in no list of ours.
    """

    slug = models.SlugField(_("web address"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    purpose = models.TextField(_("what it decides on"), max_length=600)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("who answers for it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    members = models.ManyToManyField(
        Organisation, verbose_name=_("who sits on it"), blank=True, related_name="+"
    )
    quorum = models.PositiveSmallIntegerField(
        _("how many must be there for a decision to count"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
    )
    is_public = models.BooleanField(_("everyone may read about it"), default=False)

    objects = BoardQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "slug", "name", "purpose", "organisation", "members"),
            *("quorum", "is_public"),
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name="") & ~Q(purpose=""), name="board_has_name_and_purpose"),
            models.CheckConstraint(
                condition=Q(quorum__isnull=True) | Q(quorum__gte=1), name="board_quorum_is_someone"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("meetings:board", args=[self.slug])
