"""What measures ask of their keepers: newer figures, and a look at what is getting worse."""

import datetime
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.permissions import Permission, may
from joinedup.foundation.worklist import Need, Source, register
from joinedup.govern.outcomes import periods, reading
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.reading import Result

LATE_AFTER = 2  # days, months or years that went by whole without a figure


def late_from(result: Result) -> datetime.date | None:
    """From which day on its figures are too old: two periods went by after the one of the latest figure.

    None for a measure of which no more will come, and for one that has none yet.
    """
    if result.latest is None or result.measure.is_finished:
        return None
    return periods.after(result.latest.on, result.measure.every, 1 + LATE_AFTER)


def _needs_of(result: Result, day: datetime.date) -> Iterator[Need]:
    measure, due_on = result.measure, late_from(result)
    name = {"name": measure.name}
    figures = reverse("workspace_outcomes:figures", args=[measure.slug])
    if due_on is not None and result.latest is not None and due_on <= day:
        yield Need(
            words=_("Bring figures up to date: %(name)s") % name,
            href=figures,
            due_on=due_on,
            about=_("The latest figure is of %(when)s.") % {"when": result.latest.when},
        )
    if result.latest is None and not measure.is_finished:
        yield Need(words=_("Bring in the first figures: %(name)s") % name, href=figures)
    if result.sign.key == "concern":
        yield Need(
            words=_("Look at %(name)s: getting worse") % name,
            href=reverse("workspace_outcomes:measure", args=[measure.slug]),
            about=result.told.because,
        )


def needs(user: object, day: datetime.date) -> Iterator[Need]:
    """What the measures this person may change need on that day."""
    for result in reading.results(Measure.objects.all()):
        if may(user, Permission.MEASURE_CHANGE, result.measure):
            yield from _needs_of(result, day)


register(
    Source(
        key="govern_outcomes.measures",
        title=gettext_lazy("Measures"),
        permission=Permission.MEASURE_CHANGE,
        needs=needs,
        href="/workspace/measures/",
    )
)
