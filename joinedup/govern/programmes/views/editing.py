"""One way to change a row, for every form of this area: nothing typed is lost, a clash shows both sides."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from joinedup.govern.programmes.forms import RowForm
from joinedup.govern.programmes.models.shapes import Row

Keep = Callable[[dict[str, Any], int], str]
"""Runs the action with what was said and the version it was said of; gives the address to go on to."""


def _again(form: RowForm[Any], request: HttpRequest, row: Row) -> dict[str, Any]:
    """After a clash: the same words, what stands there now beside them, and a form that may be sent."""
    now = get_object_or_404(type(row), pk=row.pk)
    data = request.POST.copy()
    data["version"] = str(now.version)
    again = type(form)(data, instance=now)
    again.is_valid()
    again.add_error(
        None,
        _(
            "Someone else changed this while you were writing. What you wrote is still here, and what they "
            "wrote stands under the heading “What it says now”. Put both together, then save."
        ),
    )
    return {"form": again, "now": again.beside(now)}


def edit(
    request: HttpRequest, *, form_type: type[RowForm[Any]], row: Row, keep: Keep, page: dict[str, Any]
) -> HttpResponse:
    """Show the form of a row that the door let through, and have the action keep what was written.

    `page`: heading and back, and if wanted intro, facts (label, text), button and done (what is said then).
    """
    form = form_type(request.POST if request.method == "POST" else None, instance=row)
    more: dict[str, Any] = {}
    if request.method == "POST" and form.is_valid():
        try:
            onwards = keep(form.said(), form.cleaned_data["version"])
        except ValidationError as fault:
            if getattr(fault, "code", "") == "clash" and row.pk is not None:
                more = _again(form, request, row)
            else:
                form.show(fault)
        else:
            messages.success(request, page.get("done") or _("Saved."))
            return redirect(onwards)
    return render(request, "workspace_programmes/form.html", {"form": form} | page | more)


def confirm(
    request: HttpRequest, *, row: Row, act: Callable[[int], object], page: dict[str, Any]
) -> HttpResponse:
    """Ask once, then do it to the version that was read; what is refused is said and asked again.

    `page`: back, and if wanted heading, text, button and done (what is said then).
    """
    fault = ""
    if request.method == "POST":
        version = request.POST.get("version", "")
        try:
            act(int(version) if version.isdecimal() else 0)
        except ValidationError as refused:
            fault = " ".join(refused.messages)
            row = get_object_or_404(type(row), pk=row.pk)
        else:
            messages.success(request, page.get("done") or _("Taken away."))
            return redirect(page["back"])
    return render(request, "workspace_programmes/remove.html", {"row": row, "fault": fault} | page)
