"""Who took part."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.programmes.models.shapes import Belonging, Row, once, refuse


class PartnerRole(Row, Belonging):
    """An organisation's part in a programme or a project.

    One that is not on our list of organisations, such as a university, stands here by its name alone.
    """

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation on our list"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    name = models.CharField(_("or the name of another"), max_length=160, blank=True)
    role = models.CharField(_("what it did here"), max_length=200, blank=True)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "version", "programme", "project", "position", "organisation", "name", "role"), "none"
    )

    class Meta(Belonging.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *once("partnerrole", "organisation"),
            *once("partnerrole_by_name", "name", condition=~Q(name="")),
            *Belonging.Meta.constraints,
            models.CheckConstraint(
                condition=(Q(organisation__isnull=False) & Q(name=""))
                | (Q(organisation__isnull=True) & ~Q(name="")),
                name="partnerrole_is_one_organisation",
            ),
        ]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The organisation's name, wherever it stands."""
        return self.organisation.name if self.organisation is not None else self.name

    @property
    def href(self) -> str:
        """Its public profile, empty for one that is not on our list."""
        return self.organisation.get_absolute_url() if self.organisation is not None else ""

    def clean(self) -> None:
        """Say beside the field what is wrong."""
        if (self.organisation_id is None) == (not self.name):
            refuse(
                {
                    "name": _(
                        "Choose an organisation from the list, or write the name of another: one of them."
                    )
                }
            )
