"""Rows that tests begin from, saved as they stand."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from joinedup.govern.outcomes import periods
from joinedup.govern.outcomes.models import Measure, Observation, Rebase, Redefinition

BEGAN = datetime.date(2024, 1, 1)


def measure_fields(**fields: Any) -> dict[str, Any]:
    """What a measure needs; it is not saved."""
    said: dict[str, Any] = {
        "name": f"Walks by the canal {Measure.objects.count() + 1}",
        "counts": "Walks of an hour or longer.",
        "unit": "number",
        "every": "month",
        "direction": "increase",
        "area": "Canal side",
        "publisher": "The Canal Trust",
    }
    return said | fields


def a_measure(values: Iterable[float | str | None] = (), **fields: Any) -> Measure:
    """A public measure with a figure a period from January 2024 on; None is one that is hidden."""
    said = measure_fields(**fields)
    said.setdefault("slug", f"canal-{Measure.objects.count() + 1}")
    measure = Measure.objects.create(**({"is_public": True} | said))
    Observation.objects.bulk_create(
        Observation(
            measure=measure,
            on=periods.after(BEGAN, measure.every, place),
            value=None if value is None else Decimal(str(value)),
        )
        for place, value in enumerate(values)
    )
    return measure


def a_rebase(measure: Measure, on: datetime.date, **fields: Any) -> Rebase:
    """Limits set anew, by nobody in particular."""
    return Rebase.objects.create(measure=measure, on=on, **({"reason": "A second lock opened."} | fields))


def a_redefinition(measure: Measure, begins_on: datetime.date, **fields: Any) -> Redefinition:
    """Another definition of what is counted."""
    number = measure.definition_version + 1
    Measure.objects.filter(pk=measure.pk).update(definition_version=number)
    measure.refresh_from_db()
    said = {"number": number, "what_changed": "Runs count as walks now."}
    return Redefinition.objects.create(measure=measure, begins_on=begins_on, **(said | fields))


def a_file(*lines: str, headings: str = "on,value") -> bytes:
    """A CSV file of these lines."""
    return "\n".join((headings, *lines, "")).encode()
