"""Where measures are kept. Every door asks for MEASURE_CHANGE; the actions ask again."""

import datetime
import json
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Actor, Permission
from joinedup.govern.outcomes import access, actions, amounts, periods, reading, spreadsheet
from joinedup.govern.outcomes.forms import AnewForm, FiguresForm, MeasureForm, TakeOutForm, show
from joinedup.govern.outcomes.models import Measure, Rebase
from joinedup.govern.outcomes.models.change import role_name
from joinedup.govern.outcomes.observations import Read, Refused

CHANGE = Permission.MEASURE_CHANGE
MOST_SHOWN = 100  # refused rows on the page; the file holds all of them
MOST_SENT_BACK = 1_000_000  # characters of refused rows the page carries for the file


def _by(request: HttpRequest) -> Actor:
    return cast("Actor", request.user)  # `requires` let only people with an account come this far


def _page(row: Measure) -> str:
    return reverse("workspace_outcomes:measure", args=[row.slug])


@requires(CHANGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All measures, public or not."""
    found = reading.results(Measure.objects.all())
    return render(request, "workspace_outcomes/list.html", {"results": found})


@requires(CHANGE)
@require_safe
def measure(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure as readers see it, and what can be done with it."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    rebases = [
        (rebase, periods.words(rebase.on, row.every), role_name(rebase.made_as))
        for rebase in row.rebases.all()
    ]
    context = {"measure": row, "result": reading.result(row), "rebases": rebases}
    return render(request, "workspace_outcomes/measure.html", context)


@requires(CHANGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a measure."""
    form = MeasureForm(request.POST if request.method == "POST" else None, instance=Measure())
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.add(measure=Measure(**form.said()), by=_by(request))
        except ValidationError as fault:
            form.show(fault)
        else:
            messages.success(request, _("Saved. Now bring in its figures."))
            return redirect(_page(kept))
    context = {"form": form, "heading": _("Add a measure"), "back": reverse("workspace_outcomes:list")}
    return render(request, "workspace_outcomes/form.html", context)


def _again(form: MeasureForm, request: HttpRequest, slug: str) -> dict[str, Any]:
    """After a clash: the same words, what stands there now beside them, and a form that may be sent."""
    now = access.get_for(request.user, CHANGE, slug=slug)
    data = request.POST.copy()
    data["version"] = str(now.version)
    again = MeasureForm(data, instance=now)
    again.is_valid()
    told = _(
        "Someone else changed this while you were writing. What you wrote is still here, and what they wrote "
        "stands under the heading “What it says now”. Put both together, then save."
    )
    again.add_error(None, told)
    return {"form": again, "now": again.beside(now)}


@requires(CHANGE)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said about a measure."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    form = MeasureForm(request.POST if request.method == "POST" else None, instance=row)
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        try:
            actions.change(measure=row, version=version, by=_by(request), **form.said())
        except ValidationError as fault:
            if getattr(fault, "code", "") == "clash":
                more = _again(form, request, slug)
            else:
                form.show(fault)
        else:
            messages.success(request, _("Saved."))
            return redirect(_page(row))
    heading = _("Change %(name)s") % {"name": row.name}
    context = {"form": form, "heading": heading, "back": _page(row)} | more
    return render(request, "workspace_outcomes/form.html", context)


def _cells(refused: Refused) -> list[str]:
    own = [refused.cells.get(name, "") for name in spreadsheet.REFUSED]
    return [*own, str(refused.line), refused.fault.problem, refused.text]


def _report(row: Measure, read: Read, kept: actions.Kept) -> dict[str, Any]:
    """What became of each row of a file, for the page."""
    rows, size = [], 0
    for refused in read.refused:
        cells = _cells(refused)
        size += sum(map(len, cells))
        if size > MOST_SENT_BACK:
            break
        rows.append(cells)
    changes = [
        {
            "when": periods.words(each.on, row.every),
            "before": amounts.amount(each.before, row.unit),
            "now": amounts.amount(each.now, row.unit),
        }
        for each in kept.changes
    ]
    return {
        "kept": kept,
        "read": read,
        "changes": changes,
        "shown": [(each, _as_it_came(each)) for each in read.refused[:MOST_SHOWN]],
        "rows": json.dumps(rows),
        "left_out": len(read.refused) - len(rows),
    }


def _as_it_came(refused: Refused) -> str:
    text = refused.text or ", ".join(f"{name}: {cell}" for name, cell in refused.cells.items() if cell)
    return text[:200]


@requires(CHANGE)
def bring_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Bring in a file of figures. What became of each row stands on the page that answers."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    form = FiguresForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        measure=row,
    )
    context: dict[str, Any] = {"measure": row, "form": form}
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.observe(measure=row, figures=form.read.figures.values(), by=_by(request))
        except ValidationError as fault:
            show(form, fault)
        else:
            context |= {"report": _report(row, form.read, kept), "form": FiguresForm(measure=row)}
    return render(request, "workspace_outcomes/figures.html", context)


def _rows_sent_back(text: str) -> list[list[str]]:
    """The rows the page carried. Raises ValueError for anything else."""
    found = json.loads(text)
    wide = len(spreadsheet.REFUSED) + 3
    if not isinstance(found, list):
        raise ValueError("No list of rows.")
    for row in found:
        if not (isinstance(row, list) and len(row) == wide and all(isinstance(cell, str) for cell in row)):
            raise ValueError("No row of cells.")
    return found


@requires(CHANGE)
@require_POST
def refused_file(request: HttpRequest, slug: str) -> HttpResponse:
    """The rows that were not taken, as a file to correct. The page brings them: nothing of them is kept."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    try:
        rows = _rows_sent_back(request.POST.get("rows", ""))
    except (ValueError, RecursionError):
        messages.error(request, _("Send the file again to see which rows were not taken."))
        return redirect("workspace_outcomes:figures", slug=row.slug)
    return HttpResponse(
        spreadsheet.refused(rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{row.slug}-not-taken.csv"'},
    )


@requires(CHANGE)
def take_out(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a figure out that should never have been there."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    form = TakeOutForm(request.POST if request.method == "POST" else None, measure=row)
    if request.method == "POST" and form.is_valid():
        on = datetime.date.fromisoformat(form.cleaned_data["on"])
        try:
            actions.take_out(measure=row, on=on, by=_by(request))
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Taken out."))
            return redirect(_page(row))
    heading = _("Take a figure of %(name)s out") % {"name": row.name}
    context = {"form": form, "heading": heading, "back": _page(row), "button": _("Take it out")}
    return render(request, "workspace_outcomes/form.html", context)


@requires(CHANGE)
def set_anew(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the limits anew from some figure on, for a reason."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    form = AnewForm(request.POST if request.method == "POST" else None, measure=row)
    if request.method == "POST" and form.is_valid():
        on = datetime.date.fromisoformat(form.cleaned_data["on"])
        try:
            actions.set_anew(measure=row, on=on, reason=form.cleaned_data["reason"], by=_by(request))
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("The limits are set anew."))
            return redirect(_page(row))
    heading = _("Set the limits of %(name)s anew") % {"name": row.name}
    context = {"form": form, "heading": heading, "back": _page(row)}
    return render(request, "workspace_outcomes/form.html", context)


@requires(CHANGE)
def undo_anew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take back that limits were set anew, after asking once."""
    row = access.get_for(request.user, CHANGE, slug=slug)
    rebase = Rebase.objects.filter(measure=row, pk=pk).first()
    if rebase is None:
        raise Http404
    if request.method == "POST":
        actions.undo_anew(rebase=rebase, by=_by(request))
        messages.success(request, _("Taken back."))
        return redirect(_page(row))
    context = {"measure": row, "rebase": rebase, "when": periods.words(rebase.on, row.every)}
    return render(request, "workspace_outcomes/undo.html", context)
