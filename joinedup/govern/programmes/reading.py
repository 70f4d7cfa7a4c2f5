"""What public pages show, gathered in few queries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.safestring import SafeString

from joinedup.govern.programmes import citations
from joinedup.govern.programmes.models import Disagreement, PartnerRole, Programme, Project, Result, Source


@dataclass(frozen=True)
class Told:
    """One project with what is said to have come of it."""

    project: Project
    results: list[Result] = field(default_factory=list)

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many results of each kind, as the tags name them."""
        return tally(self.results)


def tally(results: Iterable[Result]) -> list[tuple[str, int]]:
    """How many results are measured, claimed or mixed, those that exist."""
    found = Counter(result.basis for result in results)
    return [(str(basis.label), found[basis]) for basis in Result.Basis if found[basis]]


@dataclass(frozen=True)
class Trust:
    """How far the results of a page can be trusted, in numbers."""

    results: list[Result]

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.results)

    @property
    def measured(self) -> int:
        """How many were measured by someone who is named."""
        return sum(result.basis == Result.Basis.MEASURED for result in self.results)

    @property
    def claimed(self) -> int:
        """How many someone claims."""
        return sum(result.basis == Result.Basis.CLAIMED for result in self.results)

    @property
    def mixed(self) -> int:
        """How many are part of each."""
        return self.total - self.measured - self.claimed

    @property
    def compared_with_nothing(self) -> int:
        """How many are compared with nothing at all."""
        return sum(not result.is_compared for result in self.results)


def texts(
    row: Programme | Project, names: Iterable[str], sources: dict[str, Source]
) -> dict[str, SafeString]:
    """The texts of a row as paragraphs with links to their sources."""
    return {name: citations.cited(getattr(row, name), sources) for name in names}


def disagreements(about: Q) -> list[Disagreement]:
    """Where sources do not agree, with those sources."""
    found = Disagreement.objects.filter(about).select_related("first_source", "second_source", "project")
    return list(found.order_by("project__position", "position", "pk"))


def partners(**owner: Any) -> list[PartnerRole]:
    """Who took part, with the organisations on our list."""
    return list(PartnerRole.objects.filter(**owner).select_related("organisation"))


def sources_of(
    cited: dict[str, Source], results: Iterable[Result], disputes: Iterable[Disagreement]
) -> list[Source]:
    """Every source that a page rests on, once, by publisher."""
    found = {source.pk: source for source in cited.values()}
    for result in results:
        found[result.source.pk] = result.source
    for dispute in disputes:
        found[dispute.first_source.pk] = dispute.first_source
        if dispute.second_source is not None:
            found[dispute.second_source.pk] = dispute.second_source
    return sorted(found.values(), key=lambda source: (source.publisher.casefold(), source.title.casefold()))


def mark_disputed(results: Iterable[Result], disputes: Iterable[Disagreement]) -> None:
    """Tell each result of the disagreements about it, so that its card leads to them."""
    about: dict[int, list[Disagreement]] = {}
    for dispute in disputes:
        if dispute.result_id is not None:
            about.setdefault(dispute.result_id, []).append(dispute)
    for result in results:
        result.disputes = about.get(result.pk, [])
