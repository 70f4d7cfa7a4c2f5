"""What public pages show of money: totals by programme, project, budget and partner."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Prefetch

from joinedup.govern.programmes.models import Programme, Project
from joinedup.govern.spend.models import Budget, BudgetQuerySet, PartnerShare
from joinedup.govern.spend.money import Money, total


@dataclass(frozen=True)
class OfProject:
    """The money of one project."""

    project: Project
    budgets: list[Budget]

    @property
    def money(self) -> Money:
        """All of its budgets together."""
        return total(budget.money for budget in self.budgets)


@dataclass(frozen=True)
class OfProgramme:
    """The money of one programme."""

    programme: Programme
    projects: list[OfProject]

    @property
    def money(self) -> Money:
        """All of its projects together."""
        return total(each.money for each in self.projects)


def public_budgets() -> BudgetQuerySet:
    """Every public budget with what was spent and what partners put in; two queries."""
    shares = PartnerShare.objects.select_related("organisation")
    return Budget.objects.public().with_spent().in_order().prefetch_related(Prefetch("shares", shares))


def by_programme() -> list[OfProgramme]:
    """Every public budget, by programme and project."""
    return [
        OfProgramme(
            programme,
            [
                OfProject(project, list(budgets))
                for project, budgets in groupby(rows, lambda row: row.project)
            ],
        )
        for programme, rows in groupby(public_budgets(), lambda row: row.project.programme)
    ]


def of_project(project_id: int) -> Money | None:
    """The public money of a project, for `spend/parts/money.html` on other pages here; None without."""
    rows = list(Budget.objects.public().with_spent().filter(project=project_id))
    return total(row.money for row in rows) if rows else None
