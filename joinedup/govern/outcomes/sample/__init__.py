"""Four measures with real figures: what they are stands in measures.toml, their source in README.md."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.govern.outcomes import actions, observations
from joinedup.govern.outcomes.models import Measure

FOLDER = Path(__file__).parent


def read() -> list[dict[str, Any]]:
    """What is said about each measure."""
    rows: list[dict[str, Any]] = tomllib.loads((FOLDER / "measures.toml").read_text(encoding="utf-8"))[
        "measure"
    ]
    return rows


def _measure(row: dict[str, Any]) -> Measure:
    fields = {name: value for name, value in row.items() if name not in ("file", "ods_code", "target")}
    known = Organisation.objects.filter(ods_code=row["ods_code"]).first() if "ods_code" in row else None
    target = Decimal(row["target"]) if "target" in row else None
    return Measure(**fields, target=target, organisation=known, is_public=True)


@transaction.atomic
def load(*, by: Actor) -> None:
    """Put the measures in place with their figures. One that is there is left as it is, by its address.

    Raises ValueError when a row of our own files is wrong.
    """
    for row in read():
        if Measure.objects.filter(slug=row["slug"]).exists():
            continue
        measure = actions.add(measure=_measure(row), by=by)
        content = (FOLDER / f"{row['file']}.csv").read_bytes()
        found = observations.read(content, measure, today=timezone.localdate())
        if found.refused:
            raise ValueError(f"{row['file']}.csv: {found.faults[0]}")
        actions.observe(measure=measure, figures=found.figures.values(), by=by)
