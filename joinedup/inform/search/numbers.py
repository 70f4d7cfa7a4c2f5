"""What was looked for in vain, added up over the days."""

from typing import Any

from django.db.models import Count, Max, Sum

from joinedup.inform.search.models import MissedSearch


def missed_most() -> Any:
    """Each missed search kept in words: how often, on how many days, and the last of them."""
    return (
        MissedSearch.objects.told()
        .values("words", "language")
        .annotate(often=Sum("times"), days=Count("day", distinct=True), last=Max("day"))
        .order_by("-often", "words")
    )


def kept_out() -> int:
    """How many searches are only counted, because their words might tell of a person."""
    found = MissedSearch.objects.filter(words="").aggregate(all=Sum("times"))
    return int(found["all"] or 0)
