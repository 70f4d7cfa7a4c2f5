"""Measures, and what was observed of them."""

from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.outcomes import xmr

DIGITS, PLACES = 20, 6


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Reading measures."""

    def public(self) -> "MeasureQuerySet":
        """Those that everyone may see."""
        return self.filter(is_public=True)


class Measure(models.Model):
    """Something that is counted again and again, to see whether people are better off.

    It says what it counts, for which area, who publishes it, and which way is better. A change of what is
    counted is a new version of the definition (see Redefinition), so that figures before and after are never
    taken as one. Small counts of people are hidden before they are stored.
    """

    class Direction(models.TextChoices):
        INCREASE = "increase", _("More is better")
        DECREASE = "decrease", _("Less is better")
        NEUTRAL = "neutral", _("Neither is better")

    class Unit(models.TextChoices):
        NUMBER = "number", _("Number")
        PEOPLE = "people", _("People")
        PERCENT = "percent", _("Per cent")
        DAYS = "days", _("Days")
        POUNDS = "pounds", _("Pounds")
        INDEX = "index", _("Index")

    class Every(models.TextChoices):
        DAY = "day", _("Each day")
        MONTH = "month", _("Each month")
        YEAR = "year", _("Each year")

    slug = models.SlugField(_("web address"), max_length=80, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    counts = models.TextField(_("what it counts"), max_length=600)
    why = models.TextField(_("why it matters"), max_length=600, blank=True)
    unit = models.CharField(_("unit"), max_length=10, choices=Unit.choices)
    of_people = models.BooleanField(_("it is a share of people, and some groups may be small"), default=False)
    every = models.CharField(_("how often"), max_length=10, choices=Every.choices)
    direction = models.CharField(_("which way is better"), max_length=10, choices=Direction.choices)
    target = models.DecimalField(_("target"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    area = models.CharField(_("area"), max_length=160)
    is_wider = models.BooleanField(_("this area is wider than our borough"), default=False)
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("who answers for it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    publisher = models.CharField(_("who publishes it"), max_length=160)
    licence = models.CharField(_("licence and attribution"), max_length=300, blank=True)
    caution = models.TextField(_("what to bear in mind"), max_length=600, blank=True)
    definition_version = models.PositiveSmallIntegerField(default=1, editable=False)
    fix_first = models.PositiveSmallIntegerField(
        _("limits from the first figures"),
        null=True,
        blank=True,
        validators=[MinValueValidator(xmr.FEWEST_TO_FIX)],
    )
    screens = models.BooleanField(_("leave out outlying jumps"), default=True)
    is_finished = models.BooleanField(_("no more figures will come"), default=False)
    is_public = models.BooleanField(_("everyone may see it"), default=False)
    figures_at = models.DateTimeField(null=True, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = MeasureQuerySet.as_manager()

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            *("id", "slug", "name", "counts", "why", "unit", "of_people", "every", "direction", "target"),
            *("area", "is_wider", "organisation", "publisher", "licence", "caution", "definition_version"),
            *("fix_first", "screens", "is_finished", "is_public", "figures_at", "version"),
        ),
        "none",
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(fix_first__isnull=True) | Q(fix_first__gte=xmr.FEWEST_TO_FIX),
                name="measure_fixed_on_twelve",
            ),
            models.CheckConstraint(
                condition=~Q(direction="neutral") | Q(target__isnull=True),
                name="measure_neutral_has_no_target",
            ),
            models.CheckConstraint(
                condition=Q(of_people=False) | Q(unit="percent"), name="measure_share_of_people"
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["increase", "decrease", "neutral"])
                & Q(unit__in=["number", "people", "percent", "days", "pounds", "index"])
                & Q(every__in=["day", "month", "year"]),
                name="measure_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(slug="") & ~Q(counts="") & ~Q(area="") & ~Q(publisher=""),
                name="measure_says_what_it_is",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("outcomes:measure", args=[self.slug])

    @property
    def audit_name(self) -> str:
        """What the record's readers see beside the key."""
        return self.name

    @property
    def findable_key(self) -> str:
        """The key by which search knows it; measures stand in English."""
        return f"{self._meta.label_lower}:{self.pk}:en"

    @property
    def hides_small(self) -> bool:
        """Whether its figures are counts of people or shares of such counts: small ones are hidden."""
        return self.unit == self.Unit.PEOPLE or self.of_people

    def clean(self) -> None:
        """Say beside the field what is wrong."""
        faults = {}
        if self.direction == self.Direction.NEUTRAL and self.target is not None:
            faults["target"] = _("Where neither way is better there is nothing to aim at.")
        if self.of_people and self.unit != self.Unit.PERCENT:
            faults["of_people"] = _("Tick this for per cent only. Counts of people are always protected.")
        if faults:
            raise ValidationError({name: [text] for name, text in faults.items()})


class Observation(models.Model):
    """What was counted for one day, month or year, by its first day, as it is published.

    Without a value it was 1 to 7 people, and how many is nowhere. Shares are kept with the two counts they
    are made of, where those are known.
    """

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="observations")
    on = models.DateField(_("day"))
    value = models.DecimalField(_("figure"), max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    numerator = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    denominator = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)

    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "measure", "on", "value", "numerator", "denominator"), "none"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["measure", "on"], name="observation_once_a_day"),
            # Each part is asked whether it is there: a comparison with nothing is neither true nor false,
            # and a check lets that pass.
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False, denominator__gt=Decimal(0)),
                name="observation_of_something",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(numerator__isnull=True),
                name="observation_hides_its_parts_too",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} on {self.on}"
