"""What cases promise: none is closed while someone in it waits, and what is in a case says so."""

import datetime
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from joinedup.foundation.promises import Promise, register
from joinedup.involve.cases.models import Case, Place
from joinedup.involve.contributions.models import Contribution


def _closed_untold(day: datetime.date) -> Iterable[str]:
    rows = Place.objects.waiting().filter(case__state=Case.State.COMPLETED).order_by("pk")
    pairs = rows.values_list("case__reference", "contribution__reference")
    return (f"case {case} is closed, and {reference} waits" for case, reference in pairs)


def _nowhere(day: datetime.date) -> Iterable[str]:
    standing = Place.objects.standing().filter(contribution=OuterRef("pk"))
    rows = Contribution.objects.open().filter(~Exists(standing), in_case=True).order_by("pk")
    return (f"{row.reference} is to be answered in a case, and is in none" for row in rows)


def _unmarked(day: datetime.date) -> Iterable[str]:
    open_ones = Place.objects.waiting().filter(
        case__state=Case.State.IN_PROGRESS, contribution__in_case=False
    )
    pairs = open_ones.order_by("pk").values_list("case__reference", "contribution__reference")
    return (f"{reference} is in case {case}, and does not say so" for case, reference in pairs)


register(Promise("involve_cases.told", "A case closes when everyone in it was told.", _closed_untold))
register(Promise("involve_cases.nowhere", "What is answered with others stands in a case.", _nowhere))
register(Promise("involve_cases.marked", "What stands in an open case is answered by it.", _unmarked))
