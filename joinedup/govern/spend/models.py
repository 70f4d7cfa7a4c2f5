"""Budgets of projects, who puts money in, and what was paid from them."""

from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Max, Q, Sum
from django.db.models.functions import Cast, Coalesce, Round
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.programmes.models import Project
from joinedup.govern.programmes.models.shapes import Row, refuse
from joinedup.govern.spend.money import DIGITS, PLACES, Money


class BudgetQuerySet(models.QuerySet["Budget"]):
    """Reading budgets."""

    def public(self) -> "BudgetQuerySet":
        """Those that everyone may see: marked so themselves, of projects and programmes that are."""
        return self.filter(is_public=True, project__is_public=True, project__programme__is_public=True)

    def with_spent(self) -> "BudgetQuerySet":
        """With what was spent, in one query. Pence are summed, so that no database rounds on the way."""
        pence = Cast(Round(F("payments__amount") * 100), models.BigIntegerField())
        return self.annotate(spent_pence=Coalesce(Sum(pence), 0), last_paid_on=Max("payments__on"))

    def in_order(self) -> "BudgetQuerySet":
        """By programme and project, the newest year first, with both."""
        return self.select_related("project__programme").order_by(
            "project__programme__name",
            "project__programme",
            "project__position",
            "project",
            "-starts_on",
            "name",
            "pk",
        )


class Budget(Row):
    """What may be spent on a project in one year, in pounds. What was spent is the sum of its payments.

    The public sees amounts only; who was paid stays inside, because some of them are people.
    """

    project = models.ForeignKey(
        Project, verbose_name=_("project"), on_delete=models.PROTECT, related_name="budgets"
    )
    name = models.CharField(_("name"), max_length=120)
    amount = models.DecimalField(_("amount agreed"), max_digits=DIGITS, decimal_places=PLACES)
    starts_on = models.DateField(_("year begins on"))
    ends_on = models.DateField(_("year ends on"))
    is_public = models.BooleanField(_("everyone may see the amounts"), default=False)

    objects = BudgetQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "version", "project", "name", "amount", "starts_on", "ends_on", "is_public"), "none"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["project", "name"],
                name="budget_name_once",
                violation_error_message=_("This project already has a budget of that name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="budget_is_named"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="budget_is_not_negative"),
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="budget_year_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its place on the public page."""
        return f"{reverse('spend:list')}#budget-{self.pk}"

    @property
    def is_shown(self) -> bool:
        """Whether everyone may see its amounts."""
        return self.is_public and self.project.is_public and self.project.programme.is_public

    @property
    def year(self) -> str:
        """From when to when."""
        began, ended = date_format(self.starts_on, "j F Y"), date_format(self.ends_on, "j F Y")
        return str(_("%(began)s to %(ended)s")) % {"began": began, "ended": ended}

    @property
    def money(self) -> Money:
        """What was agreed and spent; asks the database where `with_spent` has not."""
        found: Any = self if hasattr(self, "spent_pence") else Budget.objects.with_spent().get(pk=self.pk)
        spent = Decimal(found.spent_pence).scaleb(-PLACES)
        return Money(self.amount, spent, found.last_paid_on)

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = {}
        if self.amount is not None and self.amount < 0:
            faults["amount"] = _("Write nothing or more.")
        if self.starts_on and self.ends_on and self.ends_on <= self.starts_on:
            faults["ends_on"] = _("It cannot end before it begins.")
        others = Budget.objects.filter(project_id=self.project_id, name=self.name).exclude(pk=self.pk)
        if self.project_id and others.exists():
            faults["name"] = _("This project already has a budget of that name.")
        refuse(faults)


class PartnerShare(Row):
    """What one organisation puts into a budget, in pounds. Together they never put in more than agreed."""

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="shares", editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="+"
    )
    amount = models.DecimalField(_("what it puts in"), max_digits=DIGITS, decimal_places=PLACES)

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "version", "budget", "organisation", "amount"), "none"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-amount", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["budget", "organisation"],
                name="share_once",
                violation_error_message=_("It is already here."),
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="share_is_something"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def clean(self) -> None:
        """Say beside the field what is wrong, before the database refuses it without a word."""
        faults = {}
        if self.amount is not None and self.amount <= 0:
            faults["amount"] = _("Write more than nothing.")
        others = PartnerShare.objects.filter(budget_id=self.budget_id, organisation_id=self.organisation_id)
        if self.organisation_id and others.exclude(pk=self.pk).exists():
            faults["organisation"] = _("It is already here.")
        refuse(faults)


class PaymentQuerySet(models.QuerySet["Payment"]):
    """Reading payments."""

    def newest_first(self) -> "PaymentQuerySet":
        """The last paid first."""
        return self.order_by("-on", "-pk")


class Payment(models.Model):
    """One payment from a budget, or a credit note where the amount is less than nothing.

    It is known by its reference in the books of whoever paid, so a file that comes twice changes nothing.
    """

    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="payments")
    reference = models.CharField(max_length=80)
    on = models.DateField()
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    payee = models.CharField(max_length=200, blank=True)
    what_for = models.CharField(max_length=300, blank=True)

    objects = PaymentQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "budget": "none",
        "reference": "pseudonym",
        "on": "none",
        "amount": "none",
        "payee": "personal",
        "what_for": "personal",
    }
    lawful_basis = (
        "UK GDPR article 6(1)(e), public task: answering for public money"
        " (Accounts and Audit Regulations 2015)"
    )
    retention = "who was paid and what for: six years after the budget's year; the amounts stay"

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["budget", "reference"], name="payment_reference_once"),
            models.CheckConstraint(condition=~Q(reference=""), name="payment_has_a_reference"),
            models.CheckConstraint(condition=~Q(amount=0), name="payment_is_something"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} of {self.budget_id}"
