"""What everyone may read: the scorecard, a measure, and its figures as a file."""

from collections import Counter

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import public
from joinedup.govern.outcomes import access, reading, spreadsheet
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.reading import Result
from joinedup.govern.outcomes.wording import OPEN, SIGNS, Sign

# What wants attention stands first.
ORDER = ("concern", "neutral-high", "neutral-low", "improvement", "common", "open")


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Home"), "/"), (_("Measures"), reverse("outcomes:list") if more else ""), *more]
    return [{"label": label, "href": href} for label, href in trail]


def _counted(found: list[Result]) -> list[tuple[Sign, int]]:
    """How many say what, those that say nothing left out."""
    counts = Counter(result.sign.key for result in found)
    signs = {sign.key: sign for sign in (*SIGNS.values(), OPEN)}
    return [(signs[key], counts[key]) for key in ORDER if counts[key]]


@public
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The scorecard: every public measure in a line, what is getting worse first."""
    found = reading.results(Measure.objects.public())
    found.sort(key=lambda result: (ORDER.index(result.sign.key), result.measure.name, result.measure.pk))
    context = {"results": found, "counts": _counted(found), "crumbs": _crumbs()}
    return render(request, "outcomes/list.html", context)


@public
@require_safe
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """A measure: what it says, its chart, what it counts and for whom, and every figure."""
    row = access.get_public(slug=slug)
    context = {"measure": row, "result": reading.result(row), "crumbs": _crumbs((row.name, ""))}
    return render(request, "outcomes/measure.html", context)


@public
@require_safe
def figures_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Every figure of a measure with what it says, and where it comes from."""
    row = access.get_public(slug=slug)
    return HttpResponse(
        spreadsheet.figures(reading.result(row)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{row.slug}.csv"'},
    )
