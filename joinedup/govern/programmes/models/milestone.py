"""What a project or a programme should reach by when."""

import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.govern.programmes import due_days
from joinedup.govern.programmes.models.shapes import Belonging, Row, once, refuse


class MilestoneQuerySet(models.QuerySet["Milestone"]):
    """Reading milestones."""

    def late(self, today: datetime.date) -> "MilestoneQuerySet":
        """Those whose day has passed and that were not reached, the longest late first."""
        return self.filter(due_on__lt=today, reached_on__isnull=True).order_by("due_on", "pk")


class Milestone(Row, Belonging):
    """One point that a project or a programme should reach by a day, said beforehand so that anyone can tell.

    It is reached on a day, and only with words that say how we know. A day that passes is shown as late.
    """

    name = models.CharField(_("what should be reached"), max_length=160)
    due_on = models.DateField(_("by when"))
    reached_on = models.DateField(_("reached on"), null=True, blank=True)
    how_we_know = models.TextField(_("how we know"), max_length=600, blank=True)

    objects = MilestoneQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "version", "programme", "project", "position"),
            *("name", "due_on", "reached_on", "how_we_know"),
        ),
        "none",
    )

    class Meta(Belonging.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *once("milestone", "name"),
            *Belonging.Meta.constraints,
            models.CheckConstraint(condition=~Q(name=""), name="milestone_is_named"),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True, how_we_know="")
                | (Q(reached_on__isnull=False) & ~Q(how_we_know="")),
                name="milestone_reached_and_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_reached(self) -> bool:
        """Whether it was reached."""
        return self.reached_on is not None

    @property
    def is_late(self) -> bool:
        """Whether its day has passed without it."""
        return not self.is_reached and due_days.days_late(self.due_on, timezone.localdate()) > 0

    @property
    def told(self) -> str:
        """Where it stands today, in words."""
        if self.reached_on is not None:
            return str(_("reached %(day)s")) % {"day": due_days.done(self.reached_on, self.due_on)}
        return due_days.due(self.due_on, timezone.localdate())

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = {}
        if self.reached_on is not None and self.reached_on > timezone.localdate():
            faults["reached_on"] = _("This day is still to come.")
        if self.reached_on is not None and not self.how_we_know.strip():
            faults["how_we_know"] = _("Say how we know that it was reached.")
        if self.reached_on is None and self.how_we_know.strip():
            faults["reached_on"] = _("Say on which day it was reached, or leave out how we know.")
        refuse(faults)
