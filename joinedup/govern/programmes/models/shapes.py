"""What several of the models share: a version, dates as known, and belonging to one programme or project."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from joinedup.govern.programmes import citations
from joinedup.govern.programmes.known_dates import Precision, fault, known, span, words

DATED = (
    "status",
    "began_on",
    "began_precision",
    "began_words",
    "ended_on",
    "ended_precision",
    "ended_words",
)


class Row(models.Model):
    """What editors change: it counts its versions, so that the second of two is told of the first.

    Public pages show all of these tables, so each change raises the version stamp.
    """

    version = models.PositiveIntegerField(default=1, editable=False)

    shown_to_everyone: ClassVar[bool] = True

    class Meta:
        abstract = True

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return str(self)


class Status(models.TextChoices):
    """Where a programme or a project stands."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Going on")
    ENDED = "ended", _("Ended")
    NOT_SEEN = "not-seen", _("We have not found out")


class Dated(models.Model):
    """A beginning and an end, each as exactly as it is known.

    A beginning is stored as the first day it can be, an end as the last; the precision says how
    much of that is known, and words of one's own ("by September 2017") stand in its place.
    """

    status = models.CharField(_("where it stands"), max_length=10, choices=Status.choices)
    began_on = models.DateField(_("began"), null=True, blank=True)
    began_precision = models.CharField(
        max_length=10, choices=Precision.choices, default=Precision.UNKNOWN, editable=False
    )
    began_words = models.CharField(_("began, in words"), max_length=80, blank=True)
    ended_on = models.DateField(_("ended"), null=True, blank=True)
    ended_precision = models.CharField(
        max_length=10, choices=Precision.choices, default=Precision.UNKNOWN, editable=False
    )
    ended_words = models.CharField(_("ended, in words"), max_length=80, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(began_on__isnull=True)
                | Q(ended_on__isnull=True)
                | Q(ended_on__gte=F("began_on")),
                name="%(class)s_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(began_on__isnull=True, began_precision=Precision.UNKNOWN)
                | Q(began_on__isnull=False, began_precision__in=Precision.values[:3]),
                name="%(class)s_began_as_known",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, ended_precision=Precision.UNKNOWN)
                | Q(ended_on__isnull=False, ended_precision__in=Precision.values[:3]),
                name="%(class)s_ended_as_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="%(class)s_status_is_one_of_these"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.PLANNED, Status.RUNNING])
                | Q(ended_on__isnull=True, ended_words=""),
                name="%(class)s_goes_on_without_end",
            ),
        ]

    @property
    def began(self) -> str:
        """When it began, as known; empty when nothing is."""
        return words(self.began_on, self.began_precision, self.began_words)

    @property
    def ended(self) -> str:
        """When it ended, as known; empty when nothing is or it goes on."""
        return words(self.ended_on, self.ended_precision, self.ended_words)

    @property
    def goes_on(self) -> bool:
        """Whether it is planned or going on, so that nothing can have become of it yet."""
        return self.status in (Status.PLANNED, Status.RUNNING)

    @property
    def dates(self) -> str:
        """From when to when, and what of it is not known."""
        return span(self.began, self.ended, goes_on=self.status == Status.RUNNING)

    def date_faults(self) -> dict[str, str | Promise]:
        """What is wrong with the dates, by field."""
        faults: dict[str, str | Promise] = {}
        if wrong := fault(self.began_on, self.ended_on):
            faults["ended_on"] = wrong
        if self.goes_on and (self.ended_on or self.ended_words):
            faults["status"] = _("It has an end, so it does not go on. Choose “Ended”, or take the end away.")
        for name in ("began", "ended"):
            on: datetime.date | None = getattr(self, f"{name}_on")
            exact = known(on, getattr(self, f"{name}_precision"))
            if exact is not None and on != (exact.first() if name == "began" else exact.last()):
                faults[f"{name}_on"] = _("This day is more exact than what is known.")
        return faults


class Belonging(models.Model):
    """Something about one programme, or about one project of it, never both.

    Editors order such things by their position; the smallest comes first.
    """

    programme = models.ForeignKey(
        "govern_programmes.Programme",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
    )
    project = models.ForeignKey(
        "govern_programmes.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="%(class)ss",
    )
    position = models.PositiveSmallIntegerField(
        _("place in the list"), default=0, help_text=_("The smallest number comes first.")
    )

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(programme__isnull=False, project__isnull=True)
                | Q(programme__isnull=True, project__isnull=False),
                name="%(class)s_of_exactly_one",
            )
        ]


def once(name: str, field: str, condition: Q | None = None) -> list[models.BaseConstraint]:
    """The same thing stands once in a programme and once in a project: a form sent twice makes one row."""
    return [
        models.UniqueConstraint(
            fields=[owner, field],
            condition=condition,
            name=f"{name}_once_in_{owner}",
            violation_error_message=_("It is already here."),
        )
        for owner in ("programme", "project")
    ]


def refuse(faults: Mapping[str, Any]) -> None:
    """Raise what is wrong, by field, if anything is."""
    if faults:
        raise ValidationError({name: [text] for name, text in faults.items()})


def citation_faults(row: models.Model, names: tuple[str, ...], known_keys: set[str]) -> dict[str, str]:
    """Which texts name a source that is not on the list."""
    faults = {}
    for name in names:
        missing = sorted(citations.keys_in(getattr(row, name)) - known_keys)
        if missing:
            told = _("There is no source called %(keys)s. Add it to the list of sources first.")
            faults[name] = str(told) % {"keys": ", ".join(missing)}
    return faults
