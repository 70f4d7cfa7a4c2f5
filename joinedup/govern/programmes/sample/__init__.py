"""The programmes the platform brings along, read from TOML files and put in place by the actions."""

import datetime
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.govern.programmes import actions
from joinedup.govern.programmes.known_dates import KnownDate
from joinedup.govern.programmes.models import Disagreement, PartnerRole, Programme, Project, Result, Source

FOLDER = Path(__file__).parent
# Programme file and the file of its projects.
PROGRAMMES = [("vanguard", "projects")]
_NUMBERS = ("part", "whole", "times")


def read(name: str) -> dict[str, Any]:
    """One file of facts."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _known(text: str) -> KnownDate:
    return KnownDate(*(int(part) for part in text.split("-")))


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    """The row with `began` and `ended` as the model keeps them."""
    fields = {name: value for name, value in row.items() if name not in ("began", "ended")}
    if "began" in row:
        began = _known(row["began"])
        fields |= {"began_on": began.first(), "began_precision": began.precision}
    if "ended" in row:
        ended = _known(row["ended"])
        fields |= {"ended_on": ended.last(), "ended_precision": ended.precision}
    return fields


def _texts(row: Mapping[str, Any]) -> dict[str, Any]:
    """Fields without what hangs on the row, and without the lines around long texts."""
    return {
        name: value.strip() if isinstance(value, str) else value
        for name, value in row.items()
        if not isinstance(value, list)
    }


def _load_sources(by: Actor) -> dict[str, Source]:
    """Add the sources that are not there yet, by their short names; returns all of them."""
    file = read("sources")
    kept = {source.key: source for source in Source.objects.all()}
    for row in file["source"]:
        if row["key"] in kept:
            continue
        fields: dict[str, Any] = {name: value for name, value in row.items() if name != "published"}
        if "published" in row:
            published = _known(row["published"])
            fields |= {"published_on": published.first(), "published_precision": published.precision}
        retrieved: datetime.date = file["retrieved"]
        kept[row["key"]] = actions.add(row=Source(retrieved_on=retrieved, **fields), by=by)
    return kept


def _load_parts(
    owner: dict[str, Programme | Project], row: Mapping[str, Any], sources: Mapping[str, Source], by: Actor
) -> None:
    """What hangs on a programme or a project that was added just now."""
    for position, partner in enumerate(row.get("partner", ())):
        known = Organisation.objects.filter(name=partner["name"]).first()
        named = {"organisation": known} if known is not None else {"name": partner["name"]}
        fields = {"role": partner["role"], "position": position} | named
        actions.add(row=PartnerRole(**owner, **fields), by=by)
    results: dict[str, Result] = {}
    for position, result in enumerate(row.get("result", ())):
        fields = {name: value for name, value in result.items() if name != "id"}
        fields |= {"source": sources[result["source"]], "position": position}
        added = actions.add(row=Result(**owner, **fields), by=by)
        results[result.get("id", "")] = added
    for position, dispute in enumerate(row.get("disagreement", ())):
        fields = {name: Decimal(value) if name in _NUMBERS else value for name, value in dispute.items()}
        fields |= {"first_source": sources[dispute["first_source"]], "position": position}
        if "second_source" in dispute:
            fields["second_source"] = sources[dispute["second_source"]]
        if "result" in dispute:
            fields["result"] = results[dispute["result"]]
        actions.add(row=Disagreement(**owner, **fields), by=by)


@transaction.atomic
def load_pages(*, by: Actor) -> int:
    """Put the programmes in place; returns how many programmes and projects were added.

    What is there is left as it is, by its web address, and so is all that hangs on it: an editor's
    change is never overwritten, and a result that was taken away does not come back.
    """
    sources, added = _load_sources(by), 0
    for name, projects in PROGRAMMES:
        row = read(name)
        programme = Programme.objects.filter(slug=row["slug"]).first()
        if programme is None:
            taken = Programme.objects.filter(is_featured=True).exists()
            fields = _dates(_texts(row)) | {"is_featured": row["is_featured"] and not taken}
            programme = actions.add(row=Programme(**fields), by=by)
            _load_parts({"programme": programme}, row, sources, by)
            added += 1
        for position, part in enumerate(read(projects)["project"]):
            if programme.projects.filter(slug=part["slug"]).exists():
                continue
            fields = _dates(_texts(part)) | {"position": position, "is_public": True}
            project = actions.add(row=Project(programme=programme, **fields), by=by)
            _load_parts({"project": project}, part, sources, by)
            added += 1
    return added
