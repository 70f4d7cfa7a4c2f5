"""Invented budgets and payments for the demonstration, made through the actions."""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.govern.programmes.models import Project
from joinedup.govern.spend import actions, payments_file
from joinedup.govern.spend.models import Budget, PartnerShare

FOLDER = Path(__file__).parent
# By the key of its project: the year it begins in, name, amount, what organisations of these kinds put in.
BUDGETS: dict[str, tuple[int, str, Decimal, dict[str, Decimal]]] = {
    "phones": (
        2026,
        "Sample: Call back service, 2026/27",
        Decimal("120000.00"),
        {"nhs": Decimal("80000.00"), "council": Decimal("40000.00")},
    ),
    "waiting": (
        2024,
        "Sample: Screens in A&E, 2024/25",
        Decimal("48000.00"),
        {"nhs": Decimal("48000.00")},
    ),
    "going-home": (
        2024,
        "Sample: The sheet for going home, 2024/25",
        Decimal("9500.00"),
        {"nhs": Decimal("9500.00")},
    ),
}


def _load_shares(budget: Budget, shares: Mapping[str, Decimal], by: Actor) -> None:
    for kind, amount in shares.items():
        organisation = Organisation.objects.filter(kind=kind).order_by("pk").first()
        if organisation is not None:
            row = PartnerShare(budget=budget, organisation=organisation, amount=amount)
            actions.add_share(row=row, by=by)


@transaction.atomic
def load(*, by: Actor, projects: Mapping[str, Project]) -> dict[str, Budget]:
    """Put the budgets of these projects in place, with their payments; the budgets by the projects' keys.

    A second run changes nothing. Give it what `programmes.sample.invented.load` returned.
    """
    kept: dict[str, Budget] = {}
    for key, (year, name, amount, shares) in BUDGETS.items():
        if key not in projects:
            continue
        known = Budget.objects.filter(project=projects[key], name=name).first()
        if known is None:
            fields: dict[str, Any] = {"name": name, "amount": amount, "is_public": True}
            fields |= {"starts_on": datetime.date(year, 4, 1), "ends_on": datetime.date(year + 1, 3, 31)}
            known = actions.add_budget(row=Budget(project=projects[key], **fields), by=by)
            _load_shares(known, shares, by)
            found = payments_file.read((FOLDER / f"{key}.csv").read_bytes())
            actions.take_in(budget=known, lines=found.lines, by=by)
        kept[key] = known
    return kept
