"""Where editors keep programmes. Every door asks for PROGRAMME_CHANGE; the actions ask again."""

from typing import Any, cast

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Actor, Permission
from joinedup.govern.programmes import access, actions
from joinedup.govern.programmes.forms import FORMS
from joinedup.govern.programmes.models import (
    Disagreement,
    Milestone,
    PartnerRole,
    Programme,
    Project,
    Result,
    Source,
)
from joinedup.govern.programmes.models.shapes import Row
from joinedup.govern.programmes.views.editing import confirm, edit

CHANGE = Permission.PROGRAMME_CHANGE
# What hangs on a programme or a project, by its word in the address, with the words of its pages.
Part = Result | Disagreement | PartnerRole | Milestone
PARTS: dict[str, type[Part]] = {
    "result": Result,
    "disagreement": Disagreement,
    "partner": PartnerRole,
    "milestone": Milestone,
}
OWNERS: dict[str, type[Programme] | type[Project]] = {"programme": Programme, "project": Project}


def _by(request: HttpRequest) -> Actor:
    return cast("Actor", request.user)  # `requires` let only people with an account come this far


def _page_of(row: Row) -> str:
    """The workspace page that shows a row, or the one of what it belongs to."""
    if isinstance(row, Programme):
        return reverse("workspace_programmes:programme", args=[row.pk])
    if isinstance(row, Project):
        return reverse("workspace_programmes:project", args=[row.pk])
    if isinstance(row, Source):
        return reverse("workspace_programmes:sources")
    part = cast("Part", row)
    return _page_of(cast("Row", part.project or part.programme))


def _edit(request: HttpRequest, *, row: Row, heading: str, back: str) -> HttpResponse:
    """Show the form of a row and keep what was written; `row` is new when it has no key."""

    def keep(said: dict[str, Any], version: int) -> str:
        if row.pk is not None:
            return _page_of(actions.change(row=row, version=version, by=_by(request), **said))
        for name, value in said.items():
            setattr(row, name, value)
        return _page_of(actions.add(row=row, by=_by(request)))

    page = {"heading": heading, "back": back}
    return edit(request, form_type=FORMS[type(row)], row=row, keep=keep, page=page)


@requires(CHANGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All programmes, public or not."""
    found = Programme.objects.annotate(projects_kept=Count("projects"))
    return render(request, "workspace_programmes/list.html", {"programmes": found})


@requires(CHANGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a programme."""
    return _edit(
        request,
        row=Programme(),
        heading=_("Add a programme"),
        back=reverse("workspace_programmes:list"),
    )


def _belongings(row: Programme | Project) -> dict[str, Any]:
    return {
        "results": row.results.select_related("source"),
        "disagreements": row.disagreements.all(),
        "partners": row.partnerroles.select_related("organisation"),
        "milestones": row.milestones.all(),
    }


@requires(CHANGE)
@require_safe
def programme(request: HttpRequest, pk: int) -> HttpResponse:
    """One programme with everything that hangs on it."""
    row = access.get_for(request.user, CHANGE, Programme, pk=pk)
    context = {
        "row": row,
        "owner": "programme",
        "projects": row.projects.annotate(results_kept=Count("results")),
        **_belongings(row),
    }
    return render(request, "workspace_programmes/programme.html", context)


@requires(CHANGE)
@require_safe
def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project with everything that hangs on it."""
    row = access.get_for(request.user, CHANGE, Project, pk=pk)
    context = {"row": row, "owner": "project", "programme": row.programme, **_belongings(row)}
    return render(request, "workspace_programmes/project.html", context)


@requires(CHANGE)
def add_project(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a project to a programme."""
    parent = access.get_for(request.user, CHANGE, Programme, pk=pk)
    heading = _("Add a project to %(name)s") % {"name": parent.name}
    return _edit(request, row=Project(programme=parent), heading=heading, back=_page_of(parent))


@requires(CHANGE)
def change(request: HttpRequest, owner: str, pk: int) -> HttpResponse:
    """Change what is said about a programme or a project."""
    row = access.get_for(request.user, CHANGE, OWNERS[owner], pk=pk)
    heading = _("Change %(name)s") % {"name": row.name}
    return _edit(request, row=row, heading=heading, back=_page_of(row))


def _kind(part: str) -> type[Part]:
    if part not in PARTS:
        raise Http404
    return PARTS[part]


@requires(CHANGE)
def add_part(request: HttpRequest, owner: str, pk: int, part: str) -> HttpResponse:
    """Add a result, a disagreement, a partner or a milestone to a programme or a project."""
    parent = access.get_for(request.user, CHANGE, OWNERS[owner], pk=pk)
    row = _kind(part)(**{owner: parent})
    words = {
        "result": _("Add a result to %(name)s"),
        "disagreement": _("Say where sources on %(name)s do not agree"),
        "partner": _("Say who took part in %(name)s"),
        "milestone": _("Add a milestone to %(name)s"),
    }
    return _edit(request, row=row, heading=words[part] % {"name": parent.name}, back=_page_of(parent))


@requires(CHANGE)
def change_part(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """Change a result, a disagreement, a partner or a milestone."""
    row = access.get_for(request.user, CHANGE, _kind(part), pk=pk)
    words = {
        "result": _("Change a result"),
        "disagreement": _("Change where sources do not agree"),
        "partner": _("Change who took part"),
        "milestone": _("Change a milestone"),
    }
    return _edit(request, row=row, heading=words[part], back=_page_of(row))


@requires(CHANGE)
def remove_part(request: HttpRequest, part: str, pk: int) -> HttpResponse:
    """Take a result, a disagreement, a partner or a milestone away, after asking once."""
    row = access.get_for(request.user, CHANGE, _kind(part), pk=pk)

    def act(version: int) -> None:
        actions.remove(row=row, version=version, by=_by(request))

    return confirm(request, row=row, act=act, page={"back": _page_of(row)})


@requires(CHANGE)
@require_safe
def sources(request: HttpRequest) -> HttpResponse:
    """The list of sources, with how many results rest on each."""
    found = Source.objects.annotate(results_resting=Count("results"))
    return render(request, "workspace_programmes/sources.html", {"sources": found})


@requires(CHANGE)
def add_source(request: HttpRequest) -> HttpResponse:
    """Add a source to the list."""
    back = reverse("workspace_programmes:sources")
    return _edit(request, row=Source(), heading=_("Add a source"), back=back)


@requires(CHANGE)
def change_source(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said about a source."""
    row = access.get_for(request.user, CHANGE, Source, pk=pk)
    return _edit(request, row=row, heading=_("Change a source"), back=_page_of(row))
