"""An invented programme for the demonstration: what is invented is never put on a real one."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.permissions import Actor
from joinedup.govern.programmes import actions
from joinedup.govern.programmes.known_dates import Precision
from joinedup.govern.programmes.models import Milestone, Programme, Project
from joinedup.govern.programmes.models.shapes import Status
from joinedup.govern.programmes.sample import read


def _in_days(number: int | datetime.date) -> datetime.date:
    """So many days from today; a day that stands in the file as it is."""
    if isinstance(number, datetime.date):
        return number
    return timezone.localdate() + datetime.timedelta(days=number)


def _load_milestones(project: Project, rows: list[dict[str, Any]], by: Actor) -> None:
    for position, row in enumerate(rows):
        milestone = Milestone(
            project=project,
            name=row["name"],
            due_on=_in_days(row["due"]),
            reached_on=_in_days(row["reached"]) if "reached" in row else None,
            how_we_know=row.get("how_we_know", ""),
            position=position,
        )
        actions.add(row=milestone, by=by)


@transaction.atomic
def load(*, by: Actor) -> dict[str, Project]:
    """Put the invented programme in place, once; its projects by the keys that other samples know them by."""
    file = read("invented")
    programme = Programme.objects.filter(slug=file["slug"]).first()
    if programme is None:
        fields = {name: file[name] for name in ("slug", "name", "purpose")}
        programme = actions.add(row=Programme(status=Status.RUNNING, is_public=True, **fields), by=by)
        for position, part in enumerate(file["project"]):
            fields = {name: part[name] for name in ("slug", "name", "purpose", "where")}
            project = Project(
                programme=programme,
                place=Project.Place.PART,
                status=Status.RUNNING,
                began_on=_in_days(part.get("began", -90)),
                began_precision=Precision.DAY,
                position=position,
                is_public=True,
                **fields,
            )
            _load_milestones(actions.add(row=project, by=by), part.get("milestone", []), by)
    kept = {project.slug: project for project in programme.projects.all()}
    return {part["key"]: kept[part["slug"]] for part in file["project"] if part["slug"] in kept}
