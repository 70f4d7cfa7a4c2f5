"""What everyone may read: the list, a programme, a project, and the results as a file."""

from itertools import groupby
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import public
from joinedup.govern.programmes import reading, spreadsheet
from joinedup.govern.programmes.models import Programme, Project, Result, Source
from joinedup.govern.programmes.models.programme import PROGRAMME_TEXTS, PROJECT_TEXTS


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Home"), "/"), (_("Programmes"), reverse("programmes:list") if more else ""), *more]
    return [{"label": label, "href": href} for label, href in trail]


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Every public programme, the newest first."""
    found = Programme.objects.public().annotate(
        projects_told=Count("projects", filter=Q(projects__is_public=True))
    )
    return render(request, "programmes/list.html", {"programmes": found, "crumbs": _crumbs()})


def _told(programme: Programme, results: list[Result]) -> list[reading.Told]:
    by_project: dict[int | None, list[Result]] = {}
    for result in results:
        by_project.setdefault(result.project_id, []).append(result)
    projects = programme.projects.filter(is_public=True)
    return [reading.Told(project, by_project.get(project.pk, [])) for project in projects]


def _by_place(told: list[reading.Told]) -> list[dict[str, Any]]:
    """The projects of a programme by their place in it, in the order of the places."""
    order = list(Project.Place)
    rows = sorted(told, key=lambda one: order.index(Project.Place(one.project.place)))
    return [
        {"place": Project.Place(place).label, "told": list(group)}
        for place, group in groupby(rows, key=lambda one: one.project.place)
    ]


@public
@require_safe
def programme(request: HttpRequest, slug: str) -> HttpResponse:
    """A programme: what it was for, what was done, what came of it and how that is known."""
    row = get_object_or_404(Programme.objects.public(), slug=slug)
    results = list(Result.objects.public().within(row.pk).in_full())
    disputes = reading.disagreements(Q(programme=row) | Q(project__programme=row, project__is_public=True))
    reading.mark_disputed(results, disputes)
    cited = Source.objects.named_in(*(getattr(row, name) for name in PROGRAMME_TEXTS))
    told = _told(row, results)
    own = [result for result in results if result.project_id is None]
    context = {
        "programme": row,
        "texts": reading.texts(row, PROGRAMME_TEXTS, cited),
        "partners": reading.partners(programme=row),
        "milestones": row.milestones.all(),
        "places": _by_place(told),
        "told": [one for one in told if one.results],
        "here": [result for result in own if result.scope == Result.Scope.HERE],
        "national": [result for result in own if result.scope == Result.Scope.NATIONAL],
        "disputes": disputes,
        "trust": reading.Trust(results),
        "meanings": spreadsheet.meanings(),
        "sources": reading.sources_of(cited, results, disputes),
        "crumbs": _crumbs((row.name, "")),
    }
    return render(request, "programmes/programme.html", context)


@public
@require_safe
def project(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    """A project: what it did, what came of it, what became of it, and the sources."""
    row = get_object_or_404(
        Project.objects.public().select_related("programme"), programme__slug=slug, slug=project
    )
    results = list(row.results.in_full())
    disputes = reading.disagreements(Q(project=row))
    reading.mark_disputed(results, disputes)
    cited = Source.objects.named_in(*(getattr(row, name) for name in PROJECT_TEXTS))
    context = {
        "project": row,
        "programme": row.programme,
        "texts": reading.texts(row, PROJECT_TEXTS, cited),
        "partners": reading.partners(project=row),
        "milestones": row.milestones.all(),
        "results": results,
        "disputes": disputes,
        "meanings": spreadsheet.meanings(),
        "sources": reading.sources_of(cited, results, disputes),
        "crumbs": _crumbs((row.programme.name, row.programme.get_absolute_url()), (row.name, "")),
    }
    return render(request, "programmes/project.html", context)


@public
@require_safe
def results_file(request: HttpRequest, slug: str) -> HttpResponse:
    """All results of a programme and its projects, with what the words mean and where they come from."""
    row = get_object_or_404(Programme.objects.public(), slug=slug)
    results = Result.objects.public().within(row.pk).in_full()
    return HttpResponse(
        spreadsheet.written(row, results),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{row.slug}-results.csv"'},
    )
