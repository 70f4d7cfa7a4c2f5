"""Keeping budgets, what partners put in, and what was paid. Every verb asks for SPEND_CHANGE."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.govern.programmes import keeping
from joinedup.govern.spend.models import Budget, PartnerShare, Payment
from joinedup.govern.spend.money import NOTHING, PENNY, pounds
from joinedup.govern.spend.payments_file import Line

CHANGE = Permission.SPEND_CHANGE
KEPT_YEARS = 6
_AT_ONCE = 500  # rows in one statement


@transaction.atomic
def add_budget(*, row: Budget, by: Actor) -> Budget:
    """Keep a new budget, as the caller filled it. Raises ValidationError with the faults by field."""
    ask(by, CHANGE, row)
    keeping.insert(row)
    record(verb="govern_spend.add_budget", by=by, subject=row)
    return row


def _put_in(budget: Budget, *, without: PartnerShare | None = None) -> Decimal:
    """What partners put in together. The budget is held, so nobody adds to it meanwhile."""
    shares = budget.shares.exclude(pk=without.pk) if without is not None else budget.shares.all()
    found: Decimal | None = shares.aggregate(all=Sum("amount"))["all"]
    return (found or NOTHING).quantize(PENNY)


@transaction.atomic
def change_budget(*, budget: Budget, version: int, by: Actor, **fields: Any) -> Budget:
    """Change some fields of a budget. It never becomes less than partners put in.

    Raises ValidationError with the faults by field, or the codes of `keeping.held`.
    """
    ask(by, CHANGE, budget)
    now = keeping.held(budget, version)
    put_in = _put_in(now)
    if fields.get("amount", now.amount) < put_in:
        told = _("Partners put in %(amount)s together. Change that first.") % {"amount": pounds(put_in)}
        raise ValidationError({"amount": [told]})
    changed = keeping.update(now, fields)
    record(verb="govern_spend.change_budget", by=by, subject=now, details={"fields": changed})
    return now


def _fits(budget: Budget, amount: Decimal, *, without: PartnerShare | None = None) -> None:
    """Raises ValidationError when partners would put in more than was agreed."""
    room = budget.amount - _put_in(budget, without=without)
    if amount > room:
        told = _("Together this would be more than was agreed. %(room)s is left to put in.")
        raise ValidationError({"amount": [told % {"room": pounds(room)}]})


@transaction.atomic
def add_share(*, row: PartnerShare, by: Actor) -> PartnerShare:
    """Say what an organisation puts in, as the caller filled it. Raises ValidationError by field."""
    ask(by, CHANGE, row.budget)
    budget = Budget.objects.select_for_update().get(pk=row.budget_id)
    _fits(budget, row.amount)
    keeping.insert(row)
    record(verb="govern_spend.add_share", by=by, subject=row, details={"budget": str(budget.pk)})
    return row


@transaction.atomic
def change_share(*, share: PartnerShare, version: int, by: Actor, **fields: Any) -> PartnerShare:
    """Change what an organisation puts in. Raises ValidationError by field, or as `keeping.held`."""
    ask(by, CHANGE, share.budget)
    budget = Budget.objects.select_for_update().get(pk=share.budget_id)
    now = keeping.held(share, version)
    _fits(budget, fields.get("amount", now.amount), without=now)
    changed = keeping.update(now, fields)
    record(verb="govern_spend.change_share", by=by, subject=now, details={"fields": changed})
    return now


@transaction.atomic
def remove_share(*, share: PartnerShare, version: int, by: Actor) -> None:
    """Take away what an organisation puts in. Raises ValidationError as `keeping.held`."""
    ask(by, CHANGE, share.budget)
    now = keeping.held(share, version)
    record(verb="govern_spend.remove_share", by=by, subject=now, details={"budget": str(now.budget_id)})
    now.delete()


@dataclass(frozen=True)
class Changed:
    """A payment that was known, and whose amount or words the file changed."""

    line: int
    reference: str
    before: Decimal
    after: Decimal


@dataclass(frozen=True)
class Taken:
    """What became of the payments of a file."""

    added: int
    changed: tuple[Changed, ...]
    same: int


@transaction.atomic
def take_in(*, budget: Budget, lines: Mapping[str, Line], by: Actor) -> Taken:
    """Keep these payments, by their reference; one that is known takes what the file says of it.

    All of them or none; the same file twice changes nothing. Raises PermissionRefused, and ValidationError
    for a day to come.
    """
    row = Budget.objects.select_for_update().get(pk=budget.pk)
    ask(by, CHANGE, row)
    if any(line.on > timezone.localdate() for line in lines.values()):
        raise ValidationError(_("This day is still to come."), code="future")
    known = {payment.reference: payment for payment in row.payments.all()}
    fresh = [_payment(row, line) for reference, line in lines.items() if reference not in known]
    changed, rows = [], []
    for reference in lines.keys() & known.keys():
        payment, line = known[reference], lines[reference]
        if (payment.on, payment.amount, payment.payee, payment.what_for) == line.said:
            continue
        changed.append(Changed(line.line, reference, payment.amount, line.amount))
        payment.on, payment.amount, payment.payee, payment.what_for = line.said
        rows.append(payment)
    Payment.objects.bulk_create(fresh, batch_size=_AT_ONCE)
    Payment.objects.bulk_update(rows, ["on", "amount", "payee", "what_for"], batch_size=_AT_ONCE)
    if fresh or rows:
        details = {"added": len(fresh), "changed": len(rows)}
        record(verb="govern_spend.take_in", by=by, subject=row, details=details)
        bump()
    in_order = tuple(sorted(changed, key=lambda each: each.line))
    return Taken(len(fresh), in_order, len(lines) - len(fresh) - len(rows))


def _payment(budget: Budget, line: Line) -> Payment:
    return Payment(
        budget=budget,
        reference=line.reference,
        on=line.on,
        amount=line.amount,
        payee=line.payee,
        what_for=line.what_for,
    )


def old_payees(now: datetime.datetime) -> QuerySet[Payment]:
    """Payments of which it need no longer be known who was paid and what for."""
    day = timezone.localdate(now)
    ended_before = day.replace(year=day.year - KEPT_YEARS, day=min(day.day, 28))
    return Payment.objects.filter(budget__ends_on__lt=ended_before).exclude(payee="", what_for="")


@transaction.atomic
def forget_payees(*, by: Actor, now: datetime.datetime) -> int:
    """Empty who was paid and what for, six years after the year of the budget; the amounts stay.

    Returns how many. Raises PermissionRefused.
    """
    ask(by, Permission.RETENTION_RUN)
    return old_payees(now).update(payee="", what_for="")
