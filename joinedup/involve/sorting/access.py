"""Who sorts what people said: those whose roles reach everything, so that nothing waits in a corner."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When

from joinedup.foundation.permissions import Permission
from joinedup.involve.contributions import access as contributions
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.contribution import ContributionQuerySet
from joinedup.involve.sorting.models import Sorting


def get_for(user: object, *, reference: str) -> Contribution:
    """The contribution with that reference if the user may sort it; otherwise it is not found."""
    return contributions.get_for(user, Permission.CONTRIBUTION_SORT, reference=reference)


def queue(user: object) -> ContributionQuerySet:
    """What waits for an answer and nobody has sorted: what is read first on top, then what is owed first.

    First is what the sorter has not seen or has nothing to say of, and what may be pressing. It ranks what
    it has seen; it never takes anything off the list. Whoever says more after it was sorted stands here
    again, since nobody has read that.
    """
    waiting = Contribution.objects.for_user(user, Permission.CONTRIBUTION_SORT).open()
    read = Sorting.objects.filter(contribution=OuterRef("pk"), sorted_at__gte=OuterRef("last_heard_at"))
    return _in_order(waiting.filter(~Exists(read)))


def _in_order(rows: ContributionQuerySet) -> ContributionQuerySet:
    return (
        rows.annotate(comes=_COMES)
        .select_related("suggestion__theme", "suggestion__near", "organisation")
        .order_by("comes", "answer_by_on", "received_at", "pk")
    )


def keys(rows: ContributionQuerySet) -> list[int]:
    """The keys of a queue, in its order: many thousands are sorted far sooner as keys than as whole rows."""
    return list(rows.values_list("pk", flat=True))


def with_keys(user: object, some: Iterable[int] | QuerySet[Any, Any]) -> ContributionQuerySet:
    """A few of a queue by their keys, or by a query of them, in its order."""
    rows = Contribution.objects.for_user(user, Permission.CONTRIBUTION_SORT)
    return _in_order(rows.filter(pk__in=some if isinstance(some, QuerySet) else list(some)))


_IS_UNSEEN = Q(suggestion__isnull=True) | Q(suggestion__heard_at__lt=F("last_heard_at"))
_IS_FIRST = (
    _IS_UNSEEN
    | Q(suggestion__is_pressing=True)
    | Q(suggestion__has_danger_words=True)
    | Q(suggestion__label="")
)
_COMES = Case(When(_IS_FIRST, then=0), default=Value(1), output_field=IntegerField())


def first(rows: ContributionQuerySet) -> ContributionQuerySet:
    """Those of a queue that are read before the others."""
    return rows.filter(_IS_FIRST)


def urgent(user: object) -> ContributionQuerySet:
    """What someone marked as urgent, still waits for an answer, and is in no case."""
    last = Sorting.objects.filter(contribution=OuterRef("pk")).newest_first().values("is_urgent")[:1]
    waiting = Contribution.objects.for_user(user, Permission.CONTRIBUTION_SORT).open()
    ever = Sorting.objects.filter(is_urgent=True).values("contribution")
    marked = waiting.filter(in_case=False, pk__in=ever)
    return marked.annotate(still=last).filter(still=True).order_by("answer_by_on", "pk")


def is_urgent(contribution_id: int) -> bool:
    """Whether whoever sorted it last marked that someone may come to harm."""
    last = Sorting.objects.filter(contribution=contribution_id).newest_first().first()
    return last is not None and last.is_urgent
