"""Adding, changing and removing programmes and what belongs to them.

The tables are kept in one way, so there are three verbs for all of them. Each asks for
PROGRAMME_CHANGE, writes one event that names fields and never their content, and tells search.
"""

from typing import Any, TypeVar

from django.db import transaction

from joinedup.foundation import findable
from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.govern.programmes import keeping
from joinedup.govern.programmes.models import (
    Disagreement,
    Milestone,
    PartnerRole,
    Programme,
    Project,
    Result,
)
from joinedup.govern.programmes.models.shapes import Row

Kind = TypeVar("Kind", bound=Row)
Removable = Result | Disagreement | PartnerRole | Milestone


def _verb(verb: str, row: Row) -> str:
    return f"govern_programmes.{verb}_{row._meta.model_name}"


def _free_slug(row: Programme | Project) -> str:
    others = Project.objects.filter(programme=row.programme) if isinstance(row, Project) else None
    return keeping.free_slug(row.name, Programme.objects.all() if others is None else others)


def _tell_search(row: Row) -> None:
    """Search hears of the programme or project whose page changed, and of a programme's projects with it."""
    programme: Programme | None = row if isinstance(row, Programme) else getattr(row, "programme", None)
    project: Project | None = row if isinstance(row, Project) else getattr(row, "project", None)
    changed = [f"govern_programmes.programme:{programme.pk}:en"] if programme is not None else []
    if project is not None:
        changed.append(f"govern_programmes.project:{project.pk}:en")
    if isinstance(row, Programme):
        changed += [f"govern_programmes.project:{pk}:en" for pk in row.projects.values_list("pk", flat=True)]
    for key in changed:
        findable.changed.send(sender=type(row), key=key)


@transaction.atomic
def add(*, row: Kind, by: Actor) -> Kind:
    """Keep a new row, as the caller filled it. A web address is made from its name where it has none.

    Raises ValidationError with the faults by field.
    """
    ask(by, Permission.PROGRAMME_CHANGE, row)
    if isinstance(row, Programme | Project) and not row.slug:
        row.slug = _free_slug(row)
    keeping.insert(row)
    record(verb=_verb("add", row), by=by, subject=row)
    _tell_search(row)
    return row


@transaction.atomic
def change(*, row: Kind, version: int, by: Actor, **fields: Any) -> Kind:
    """Change some fields of the row and return it as it stands then.

    `version` is the one the editor began from. Raises ValidationError with the faults by field; its
    code is `clash` when someone else changed the row since, and `gone` when it is no longer there.
    """
    ask(by, Permission.PROGRAMME_CHANGE, row)
    now = keeping.held(row, version)
    changed = keeping.update(now, fields)
    record(verb=_verb("change", now), by=by, subject=now, details={"fields": changed})
    _tell_search(now)
    return now


@transaction.atomic
def remove(*, row: Removable, version: int, by: Actor) -> None:
    """Take away what hangs on a programme or a project. Those themselves are hidden instead.

    Raises ValidationError when someone else changed it since that version, or took it away.
    """
    ask(by, Permission.PROGRAMME_CHANGE, row)
    now = keeping.held(row, version)
    record(verb=_verb("remove", now), by=by, subject=now)
    _tell_search(now)
    now.delete()
