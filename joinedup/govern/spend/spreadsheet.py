"""The totals as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8)."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_files
from joinedup.govern.spend.models import Budget
from joinedup.govern.spend.money import pounds


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Programme"), _("Project"), _("Budget"), _("Year begins on"), _("Year ends on"),
        _("Agreed, in pounds"), _("Spent so far, in pounds"), _("Last payment on"), _("Left, in pounds"),
        _("Spent, in per cent of what was agreed"), _("What each partner puts in"),
    ]  # fmt: skip


def row(budget: Budget) -> list[object]:
    """One budget as cells, in the order of the headings."""
    money = budget.money
    return [
        budget.project.programme.name,
        budget.project.name,
        budget.name,
        budget.starts_on.isoformat(),
        budget.ends_on.isoformat(),
        f"{money.agreed:.2f}",
        f"{money.spent:.2f}",
        money.as_of.isoformat() if money.as_of is not None else "",
        f"{money.left:.2f}",
        money.share,
        "; ".join(f"{share.organisation.name} {pounds(share.amount)}" for share in budget.shares.all()),
    ]


def written(budgets: Iterable[Budget]) -> str:
    """The whole file."""
    return "".join(csv_files.lines(headings(), (row(budget) for budget in budgets)))
