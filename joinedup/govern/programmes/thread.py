"""What the thread may tell of projects: where each stands, by its milestones."""

from collections.abc import Collection
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread.plugs import Kind, Part, Thing, register
from joinedup.govern.programmes import citations
from joinedup.govern.programmes.known_dates import Precision
from joinedup.govern.programmes.models import Project

PROJECT = "govern_programmes.project"


def _text(project: Project, reached: int, planned: int) -> str:
    purpose = citations.plain(project.purpose)
    if not planned:
        return purpose
    stands = ngettext(
        "%(reached)s of %(planned)s milestone reached.",
        "%(reached)s of %(planned)s milestones reached.",
        planned,
    )
    return f"{purpose} {stands % {'reached': reached, 'planned': planned}}"


def projects(keys: Collection[int]) -> dict[int, Thing]:
    """Those of these projects that are there. A day stands there only where it is known to the day."""
    rows: Any = (
        Project.objects.filter(pk__in=keys)
        .select_related("programme")
        .annotate(
            planned=Count("milestones"),
            reached=Count("milestones", filter=Q(milestones__reached_on__isnull=False)),
        )
    )
    return {
        row.pk: Thing(
            title=row.name,
            on=row.began_on if row.began_precision == Precision.DAY else None,
            text=_text(row, row.reached, row.planned),
            href=row.get_absolute_url(),
            is_public=row.is_public and row.programme.is_public,
        )
        for row in rows
    }


def _choices() -> dict[int, Thing]:
    latest = list(Project.objects.order_by("-began_on", "-pk").values_list("pk", flat=True))
    found = projects(latest)
    return {key: found[key] for key in latest if key in found}


register(Kind(PROJECT, Part.PROJECT, _("Project"), projects, Permission.PROGRAMME_CHANGE, choices=_choices))
