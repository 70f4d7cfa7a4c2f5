"""A case, what is in it, and who has a part in it."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, Permission, Scope
from joinedup.involve.contributions.models import Contribution

BASIS = Contribution.lawful_basis
RETENTION = "as long as what is in it; it repeats nothing of what was said"


class CaseQuerySet(models.QuerySet["Case"]):
    """Reading cases."""

    def for_user(self, user: object, permission: Permission = Permission.CASE_VIEW) -> "CaseQuerySet":
        """Those for which the user's roles carry the permission.

        All for a role that reaches the partnership. For one of an organisation: what it leads, and, to see
        and to write a part, also what it has a part in.
        """
        held = getattr(user, "held_roles", None)
        own: set[int] = set()
        for key, organisation_id in held() if held is not None else ():
            role = ROLES.get(key)
            if role is None or permission not in role.permissions:
                continue
            if role.scope is Scope.PARTNERSHIP:
                return self.all()
            if organisation_id is not None:
                own.add(organisation_id)
        if not own:
            return self.none()
        theirs = Q(lead_id__in=own)
        if permission in (Permission.CASE_VIEW, Permission.CASE_PART_WRITE):
            theirs |= Q(Exists(Part.objects.standing().filter(case=OuterRef("pk"), organisation_id__in=own)))
        return self.filter(theirs)

    def open(self) -> "CaseQuerySet":
        """Those that are not closed."""
        return self.filter(state=Case.State.IN_PROGRESS)

    def late(self, day: datetime.date) -> "CaseQuerySet":
        """Open ones whose day is over."""
        return self.open().filter(due_on__lt=day)

    def most_pressing_first(self) -> "CaseQuerySet":
        """Urgent ones first, then what is due first."""
        return self.order_by("risk", "due_on", "pk")

    def with_earliest_promise(self) -> "CaseQuerySet":
        """With the earliest day on which one of its people was promised an answer."""
        waiting = Q(places__left_at__isnull=True, places__contribution__state__in=Contribution.OPEN)
        return self.annotate(promised_on=Min("places__contribution__answer_by_on", filter=waiting))


class Case(models.Model):
    """What several people said about one matter, brought together to be answered once, by one who leads.

    The title and what is asked of partners are staff's own words and name nobody. What people said stays in
    their contributions.
    """

    class State(models.TextChoices):
        IN_PROGRESS = "in-progress", _("Open")
        COMPLETED = "completed", _("Closed")
        MERGED = "entered-in-error", _("Merged into another")

    class Risk(models.IntegerChoices):
        URGENT = 1, _("Someone may come to harm")
        RAISED = 2, _("Raised")
        USUAL = 3, _("Usual")

    reference = models.CharField(_("reference"), max_length=20, unique=True)
    title = models.CharField(_("title"), max_length=120)
    risk = models.PositiveSmallIntegerField(_("risk"), choices=Risk.choices, default=Risk.USUAL)
    state = models.CharField(_("state"), max_length=20, choices=State.choices, default=State.IN_PROGRESS)
    lead = models.ForeignKey(
        Organisation, verbose_name=_("who leads"), on_delete=models.PROTECT, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField(_("opened"), default=timezone.now)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_cases"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "reference": "none",
        "title": "none",
        "risk": "none",
        "state": "none",
        "lead": "none",
        "owner": "pseudonym",
        "due_on": "none",
        "opened_at": "none",
        "closed_at": "none",
        "merged_into": "none",
        "version": "none",
    }
    lawful_basis = BASIS
    retention = RETENTION

    class Meta:
        indexes = [models.Index(fields=["state", "risk", "due_on"], name="case_most_pressing")]
        constraints = [
            models.CheckConstraint(condition=Q(risk__in=[1, 2, 3]), name="case_risk_is_known"),
            models.CheckConstraint(condition=~Q(title=""), name="case_has_a_title"),
            models.CheckConstraint(
                condition=Q(state="in-progress", closed_at__isnull=True, merged_into__isnull=True)
                | Q(state="completed", closed_at__isnull=False, merged_into__isnull=True)
                | Q(state="entered-in-error", closed_at__isnull=False, merged_into__isnull=False),
                name="case_closed_has_time",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("pk")), name="case_not_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def organisation_id(self) -> int:
        """Whose it is, for `may`: the one who leads."""
        return self.lead_id

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return self.reference

    @property
    def is_open(self) -> bool:
        """Whether it is still worked on."""
        return self.state == self.State.IN_PROGRESS

    def is_late(self, day: datetime.date) -> bool:
        """Whether its day is over."""
        return self.is_open and self.due_on < day


class Merge(models.Model):
    """One case brought into another, and undone again if that was wrong. Nothing of either is lost by it."""

    source = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merges_out")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="merges_in")
    merged_at = models.DateTimeField(default=timezone.now)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "source": "none",
        "target": "none",
        "merged_at": "none",
        "merged_by": "pseudonym",
        "undone_at": "none",
        "undone_by": "pseudonym",
    }
    lawful_basis = BASIS
    retention = RETENTION

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=Q(undone_at__isnull=True), name="merge_of_a_case_once"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="merge_of_two_cases"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} into {self.target_id}"


class PlaceQuerySet(models.QuerySet["Place"]):
    """Reading places."""

    def standing(self) -> "PlaceQuerySet":
        """What is in a case now."""
        return self.filter(left_at__isnull=True)

    def waiting(self) -> "PlaceQuerySet":
        """Those in a case now whose person has not been told an answer."""
        return self.standing().filter(contribution__state__in=Contribution.OPEN)


class Place(models.Model):
    """One contribution's place in a case: from when, and until when if it left again.

    It stands in one case at most. Where a merge brought it here or took it away, that is told too.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="places")
    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="places")
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)
    by_merge = models.ForeignKey(
        Merge, null=True, blank=True, on_delete=models.PROTECT, related_name="places"
    )
    left_by_merge = models.ForeignKey(
        Merge, null=True, blank=True, on_delete=models.PROTECT, related_name="places_left"
    )

    objects = PlaceQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "case": "none",
        "contribution": "pseudonym",
        "joined_at": "none",
        "left_at": "none",
        "by_merge": "none",
        "left_by_merge": "none",
    }
    lawful_basis = BASIS
    retention = RETENTION

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"], condition=Q(left_at__isnull=True), name="place_in_one_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} in {self.case_id}"


class PartQuerySet(models.QuerySet["Part"]):
    """Reading parts."""

    def standing(self) -> "PartQuerySet":
        """Those that were not taken back."""
        return self.exclude(state=Part.State.REVOKED)

    def unwritten(self) -> "PartQuerySet":
        """Those that were asked for and of which nothing has come."""
        return self.filter(state=Part.State.REQUESTED)


class Part(models.Model):
    """What one organisation is asked to bring to the answer, by which day, and what it says.

    Names follow FHIR's Task: requested, completed, revoked.
    """

    class State(models.TextChoices):
        REQUESTED = "requested", _("Asked for")
        COMPLETED = "completed", _("Written")
        REVOKED = "revoked", _("Not needed any more")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    asked = models.TextField(_("what we ask them"), max_length=1000)
    due_on = models.DateField(_("due"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person there"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    text = models.TextField(_("what they say"), max_length=6000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    written_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = PartQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "case": "none",
        "organisation": "none",
        "asked": "none",
        "due_on": "none",
        "owner": "pseudonym",
        "state": "none",
        "text": "special",
        "asked_at": "none",
        "written_at": "none",
        "written_by": "pseudonym",
        "version": "none",
    }
    lawful_basis = BASIS
    retention = "as the case; staff write it without names"

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "organisation"], condition=~Q(state="revoked"), name="part_once_each"
            ),
            models.CheckConstraint(
                condition=Q(state="completed", written_at__isnull=False) & ~Q(text="")
                | ~Q(state="completed"),
                name="part_written_has_words",
            ),
        ]

    def __str__(self) -> str:
        return f"Part of {self.organisation_id} in {self.case_id}"

    def is_late(self, day: datetime.date) -> bool:
        """Whether it is still owed after its day."""
        return self.state == self.State.REQUESTED and self.due_on < day
