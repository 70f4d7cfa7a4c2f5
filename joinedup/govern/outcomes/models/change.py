"""From when a measure's figures are read anew, and why: limits set anew, or another definition."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import ROLES
from joinedup.govern.outcomes.models.measure import Measure, Observation


def role_name(key: str) -> str:
    """The role someone acted in, in words; empty for the platform itself."""
    return str(ROLES[key].name) if key in ROLES else ""


class RebaseQuerySet(models.QuerySet["Rebase"]):
    """Reading rebases."""

    def standing(self) -> "RebaseQuerySet":
        """Those that nobody undid."""
        return self.filter(undone_at__isnull=True)


class Rebase(models.Model):
    """From this day on the limits of a measure are reckoned anew, because something is known to have changed.

    Someone answers for it and says why: limits that move by themselves would hide what they should show.
    One that was a mistake is undone and stays on record.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="rebases")
    on = models.DateField(_("from"))
    reason = models.TextField(_("why"), max_length=600)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_as = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = RebaseQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "measure": "none",
        "on": "none",
        "reason": "none",
        "made_by": "pseudonym",
        "made_as": "none",
        "made_at": "none",
        "undone_by": "pseudonym",
        "undone_at": "none",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: showing who answers for a figure"
    retention = "as long as the measure"

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["measure", "on"], condition=Q(undone_at__isnull=True), name="rebase_once_a_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="rebase_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True) | Q(undone_at__isnull=False),
                name="rebase_undone_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} from {self.on}"

    def clean(self) -> None:
        """The day has to be one for which there is a figure, and not the first of all."""
        days: Any = Observation.objects.filter(measure_id=self.measure_id)
        if not days.filter(on=self.on).exists():
            raise ValidationError({"on": _("There is no figure for this day. Choose one that has a figure.")})
        if not days.filter(on__lt=self.on).exists():
            raise ValidationError({"on": _("This is the first figure: the limits begin there already.")})
        if self.measure.rebases.standing().filter(on=self.on).exclude(pk=self.pk).exists():
            raise ValidationError({"on": _("The limits are set anew from there already.")})


class Redefinition(models.Model):
    """From this day on a measure counts something else than before, and this is what changed.

    The limits are reckoned anew from the first figure of the new definition.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="redefinitions")
    number = models.PositiveSmallIntegerField()
    begins_on = models.DateField(_("from"))
    what_changed = models.TextField(_("what changed"), max_length=600)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    made_as = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "measure": "none",
        "number": "none",
        "begins_on": "none",
        "what_changed": "none",
        "made_by": "pseudonym",
        "made_as": "none",
        "made_at": "none",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: showing who answers for a figure"
    retention = "as long as the measure"

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["measure", "number"], name="redefinition_numbered_once"),
            models.UniqueConstraint(fields=["measure", "begins_on"], name="redefinition_once_a_day"),
            models.CheckConstraint(condition=Q(number__gte=2), name="redefinition_is_not_the_first"),
            models.CheckConstraint(condition=~Q(what_changed=""), name="redefinition_says_what_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}, definition {self.number}"
