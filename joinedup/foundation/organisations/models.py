"""Organisations, and their dated membership of the partnership."""

import datetime
from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.logos import check_logo, logo_name


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reading organisations."""

    def partners_on(self, day: datetime.date) -> "OrganisationQuerySet":
        """Those that were certainly partners on that day."""
        return self.filter(memberships__in=PartnerMembership.objects.certain_on(day)).distinct()

    def partners_today(self) -> "OrganisationQuerySet":
        """Those that are certainly partners today, by the calendar of the place."""
        return self.partners_on(timezone.localdate())

    def perhaps_partners_on(self, day: datetime.date) -> "OrganisationQuerySet":
        """Those the sources neither confirm nor rule out as partners on that day."""
        return (
            self.filter(memberships__in=PartnerMembership.objects.possible_on(day))
            .exclude(memberships__in=PartnerMembership.objects.certain_on(day))
            .distinct()
        )

    def with_memberships(self) -> "OrganisationQuerySet":
        """The same, with memberships fetched in one more query, oldest first."""
        return self.prefetch_related(Prefetch("memberships", PartnerMembership.objects.oldest_first()))


class Organisation(models.Model):
    """A body that helps people here: part of the NHS, the council, or the voluntary sector.

    There is one table of organisations for the whole platform; being a partner is a dated fact
    beside it (see PartnerMembership), so the list of partners is right for any day.
    """

    class Kind(models.TextChoices):
        NHS = "nhs", _("NHS")
        COUNCIL = "council", _("Council")
        VOLUNTARY = "voluntary", _("Voluntary sector")

    name = models.CharField(_("name"), max_length=160, unique=True)
    short_name = models.CharField(_("short name"), max_length=60, blank=True)
    slug = models.SlugField(_("web address"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    role = models.TextField(_("what it does here"), max_length=600, blank=True)
    ods_code = models.CharField(
        _("ODS code"),
        max_length=10,
        blank=True,
        validators=[
            RegexValidator(r"^[A-Z0-9]{3,10}$", _("An ODS code is 3 to 10 capital letters and figures."))
        ],
    )
    charity_number = models.CharField(
        _("charity number"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{6,8}$", _("A charity number is 6 to 8 figures."))],
    )
    website = models.URLField(_("website"), blank=True, validators=[URLValidator(schemes=["http", "https"])])
    contact_email = models.EmailField(_("public e-mail"), blank=True)
    contact_phone = models.CharField(
        _("public telephone"),
        max_length=30,
        blank=True,
        validators=[
            RegexValidator(
                r"^[+(]?[0-9][0-9 ()]{4,28}$", _("Write the number in figures, like 020 7946 0123.")
            )
        ],
    )
    logo = models.ImageField(
        _("logo"),
        upload_to=logo_name,
        blank=True,
        validators=[check_logo],
        help_text=_("A PNG, JPEG or WebP picture of at most 1 MB."),
    )

    objects = OrganisationQuerySet.as_manager()

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id",
            "name",
            "short_name",
            "slug",
            "kind",
            "role",
            "ods_code",
            "charity_number",
            "website",
            "contact_email",
            "contact_phone",
            "logo",
        ),
        "none",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["ods_code"], condition=~Q(ods_code=""), name="organisation_ods_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return self.name

    @property
    def findable_key(self) -> str:
        """The key by which search knows it; profiles stand in one language."""
        return f"{self._meta.label_lower}:{self.pk}:{settings.LANGUAGE_CODE}"

    @property
    def organisation_id(self) -> int:
        """The organisation a permission about this row belongs to: itself."""
        return self.pk

    def clean(self) -> None:
        """Say beside the field that a code is taken; the constraint alone says it without a place."""
        others = Organisation.objects.exclude(pk=self.pk)
        if self.ods_code and others.filter(ods_code=self.ods_code).exists():
            raise ValidationError({"ods_code": [_("Another organisation already has this ODS code.")]})

    def get_absolute_url(self) -> str:
        """The public profile."""
        return reverse("organisations:profile", args=[self.slug])


class PartnerMembershipQuerySet(models.QuerySet["PartnerMembership"]):
    """Reading memberships by day. A start or an end is known to lie in a span; see the model."""

    def certain_on(self, day: datetime.date) -> "PartnerMembershipQuerySet":
        """In force on that day, wherever in their spans start and end lie."""
        not_ended = Q(ended_earliest__isnull=True) | Q(ended_earliest__gt=day)
        return self.filter(not_ended, started_latest__lte=day)

    def possible_on(self, day: datetime.date) -> "PartnerMembershipQuerySet":
        """In force on that day for at least one reading of the sources."""
        started = Q(started_earliest__isnull=True) | Q(started_earliest__lte=day)
        not_ended = Q(ended_latest__isnull=True) | Q(ended_latest__gt=day)
        return self.filter(started, not_ended)

    def oldest_first(self) -> "PartnerMembershipQuerySet":
        """In the order they began."""
        return self.order_by("started_latest", "pk")


class PartnerMembership(models.Model):
    """That an organisation was a partner, from some day to some day, and how we know.

    Sources seldom give a day. "By 2017" means: it had joined at the latest when 2017 ended, and we
    do not know when. So a start is a span: `started_earliest` (empty when nothing is known) to
    `started_latest`; from `started_latest` on it is certain. The same holds for the end, which is
    the first day it is no longer a partner: certain until the day before `ended_earliest`, possible
    until the day before `ended_latest`. Both ends of that span are known, or it has not ended.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    started_earliest = models.DateField(_("joined no earlier than"), null=True, blank=True)
    started_latest = models.DateField(_("joined no later than"))
    started_words = models.CharField(
        _("joined, in words"), max_length=80, help_text=_("For example: by 2017")
    )
    started_source = models.TextField(_("how we know it joined"), max_length=600)
    ended_earliest = models.DateField(_("left no earlier than"), null=True, blank=True)
    ended_latest = models.DateField(_("left no later than"), null=True, blank=True)
    ended_words = models.CharField(_("left, in words"), max_length=80, blank=True)
    ended_source = models.TextField(_("how we know it left"), max_length=600, blank=True)

    objects = PartnerMembershipQuerySet.as_manager()

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "id",
            "organisation",
            "started_earliest",
            "started_latest",
            "started_words",
            "started_source",
            "ended_earliest",
            "ended_latest",
            "ended_words",
            "ended_source",
        ),
        "none",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(started_earliest__isnull=True) | Q(started_earliest__lte=F("started_latest")),
                name="membership_start_span",
            ),
            # A comparison with nothing is neither true nor false, and would pass: so say "is known" too.
            models.CheckConstraint(
                condition=Q(ended_earliest__isnull=True, ended_latest__isnull=True)
                | Q(
                    ended_earliest__isnull=False,
                    ended_latest__isnull=False,
                    ended_earliest__lte=F("ended_latest"),
                    ended_earliest__gte=F("started_latest"),
                ),
                name="membership_end_span",
            ),
            models.CheckConstraint(
                condition=Q(ended_latest__isnull=True) | (~Q(ended_words="") & ~Q(ended_source="")),
                name="membership_end_has_source",
            ),
            models.CheckConstraint(
                condition=~Q(started_words="") & ~Q(started_source=""), name="membership_start_has_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.started_words} – {self.ended_words}"

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults: dict[str, str | Promise] = {}
        if self.started_earliest and self.started_latest and self.started_earliest > self.started_latest:
            faults["started_earliest"] = _("This day must not be after “joined no later than”.")
        if self.ended_earliest or self.ended_latest or self.ended_words or self.ended_source:
            faults |= self._faults_of_end()
        if faults:
            raise ValidationError({name: [words] for name, words in faults.items()})

    def _faults_of_end(self) -> dict[str, str | Promise]:
        missing = {
            "ended_earliest": _("Enter the first day it may have left."),
            "ended_latest": _("Enter the day by which it had left."),
            "ended_words": _("Say in a few words when it left."),
            "ended_source": _("Say how we know that it left."),
        }
        faults: dict[str, str | Promise] = {
            name: words for name, words in missing.items() if not getattr(self, name)
        }
        if self.ended_earliest and self.ended_latest and self.ended_earliest > self.ended_latest:
            faults["ended_earliest"] = _("This day must not be after “left no later than”.")
        elif self.ended_earliest and self.started_latest and self.ended_earliest < self.started_latest:
            faults["ended_earliest"] = _("It cannot have left before it had certainly joined.")
        return faults

    def is_certain_on(self, day: datetime.date) -> bool:
        """As `certain_on`, for one row already in hand."""
        return self.started_latest <= day and (self.ended_earliest is None or self.ended_earliest > day)

    def is_possible_on(self, day: datetime.date) -> bool:
        """As `possible_on`, for one row already in hand."""
        started = self.started_earliest is None or self.started_earliest <= day
        return started and (self.ended_latest is None or self.ended_latest > day)

    def contradicts(self, other: "PartnerMembership") -> bool:
        """Whether both say for certain that the organisation was a partner on the same day."""
        begins = max(self.started_latest, other.started_latest)
        return self.is_certain_on(begins) and other.is_certain_on(begins)
