"""Rows that tests begin from, saved as they stand."""

import datetime
from decimal import Decimal
from typing import Any

from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.programmes.factories import a_project
from joinedup.govern.programmes.models import Project
from joinedup.govern.spend.models import Budget, PartnerShare, Payment


def a_budget(project: Project | None = None, **fields: Any) -> Budget:
    """A public budget of £1,000 for a year."""
    said: dict[str, Any] = {
        "name": f"Lamps {Budget.objects.count() + 1}",
        "amount": Decimal("1000.00"),
        "starts_on": datetime.date(2026, 4, 1),
        "ends_on": datetime.date(2027, 3, 31),
        "is_public": True,
    }
    return Budget.objects.create(project=project or a_project(), **(said | fields))


def a_payment(budget: Budget | None = None, **fields: Any) -> Payment:
    """A payment of £10.50."""
    said: dict[str, Any] = {
        "reference": f"INV-{Payment.objects.count() + 1}",
        "on": datetime.date(2026, 5, 1),
        "amount": Decimal("10.50"),
        "payee": "Sample: A Lamplighter",
        "what_for": "Wicks",
    }
    return Payment.objects.create(budget=budget or a_budget(), **(said | fields))


def a_share(organisation: Organisation, budget: Budget | None = None, **fields: Any) -> PartnerShare:
    """£400 from an organisation."""
    said: dict[str, Any] = {"amount": Decimal("400.00")}
    return PartnerShare.objects.create(
        organisation=organisation, budget=budget or a_budget(), **(said | fields)
    )
