"""What the thread may tell of measures: their name, what they say, and the day of the latest figure."""

from collections.abc import Collection
from functools import partial

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread.plugs import Kind, Part, Thing, register
from joinedup.govern.outcomes import reading
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.reading import Result


def _thing(result: Result) -> Thing:
    measure, latest = result.measure, result.latest
    return Thing(
        title=measure.name,
        on=latest.on if latest is not None else None,
        text=result.told.message,
        href=measure.get_absolute_url(),
        is_public=measure.is_public,
        organisation_id=measure.organisation_id,
        picture=partial(_picture, result),
    )


def things(keys: Collection[int]) -> dict[int, Thing]:
    """Those of these measures that are there: two queries, however many they are, where all have figures."""
    return {result.measure.pk: _thing(result) for result in reading.results_of(keys)}


def _choices() -> dict[int, Thing]:
    return {result.measure.pk: _thing(result) for result in reading.results(Measure.objects.all())}


def _picture(result: Result) -> str:
    """The chart, for the page of a theme that led to it; the figures are there already."""
    return render_to_string("outcomes/parts/thread.html", {"result": result})


register(
    Kind(
        "govern_outcomes.measure",
        Part.MEASURE,
        _("Measure"),
        things,
        Permission.MEASURE_CHANGE,
        choices=_choices,
    )
)
