"""What the thread may tell of money: totals, never who was paid."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread.plugs import Kind, Part, Thing, register
from joinedup.govern.spend.models import Budget

BUDGET = "govern_spend.budget"
CHOICES = 100  # the latest


def budgets(keys: Collection[int]) -> dict[int, Thing]:
    """Those of these budgets that are there, in one query."""
    rows = Budget.objects.filter(pk__in=keys).with_spent().select_related("project__programme")
    return {
        row.pk: Thing(
            title=row.money.title,
            on=row.starts_on,
            text=f"{row.name}, {row.year}. {row.money.what_is_left}",
            href=row.get_absolute_url(),
            is_public=row.is_shown,
        )
        for row in rows
    }


def _choices() -> dict[int, Thing]:
    latest = list(Budget.objects.order_by("-starts_on", "-pk").values_list("pk", flat=True)[:CHOICES])
    found = budgets(latest)
    return {key: found[key] for key in latest if key in found}


register(Kind(BUDGET, Part.SPEND, _("Money"), budgets, Permission.SPEND_CHANGE, choices=_choices))
