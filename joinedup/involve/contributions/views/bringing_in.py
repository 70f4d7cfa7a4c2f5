"""Where staff bring in a file of what people said elsewhere, and read what became of each row."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors import csv_files, csv_reading
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission, may
from joinedup.involve.contributions import comments_file
from joinedup.involve.contributions.actions.answering import receivers
from joinedup.involve.contributions.actions.bringing_in import bring_in as act
from joinedup.involve.contributions.forms.bringing_in import BringInForm
from joinedup.involve.contributions.models import LONGEST, Batch
from joinedup.involve.contributions.views.entering import enters_for

ENTER = Permission.CONTRIBUTION_ENTER
MOST_SHOWN = 100
PER_PAGE = 50


def _form(request: HttpRequest) -> BringInForm:
    user: Any = request.user
    own = enters_for(user)
    organisations = list(receivers()) if own is None else own
    mine = Organisation.objects.filter(pk__in=user.organisation_ids()).order_by("name").first()
    if own is None and mine is not None and mine not in organisations:
        organisations.append(mine)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    return BringInForm(
        *data,
        organisations=organisations,
        own=mine if mine in organisations else None,
        initial={"name": request.GET.get("name", "")[:120]},
    )


@requires(ENTER)
def bring_in(request: HttpRequest) -> HttpResponse:
    """Say where the words come from and send the file; the page of the batch then tells what became of it."""
    form = _form(request)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read()
        try:
            batch = act(
                origin=form.origin(),
                read=comments_file.read(content, today=timezone.localdate()),
                content=content,
                once=form.cleaned_data["once"],
                were_told=form.cleaned_data["were_told"],
                by=request.user,  # type: ignore[arg-type]
            )
        except csv_reading.FileFault as fault:
            form.add_error("file", str(fault))
        except ValidationError as fault:
            form.add_error("file", fault.messages)
        else:
            return redirect("workspace_contributions:batch", batch.pk)
    return render(request, "contributions/bring_in.html", {"form": form, "longest": LONGEST})


@requires(ENTER)
@require_safe
def empty_file(request: HttpRequest) -> HttpResponse:
    """A file with the headings and no rows, to fill in."""
    return _file([], comments_file.COLUMNS, "what-people-said.csv")


@requires(ENTER)
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """Every file that came in, with its counts, the latest on top."""
    rows = Batch.objects.for_user(request.user).select_related("collection__organisation", "brought_in_by")
    page = Paginator(rows.newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "contributions/batches.html", {"page": page, "address": "?page="})


def _batch(request: HttpRequest, pk: int) -> Batch:
    rows = Batch.objects.for_user(request.user).select_related("collection__organisation", "brought_in_by")
    batch = rows.filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


@requires(ENTER)
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """What became of one file: how many rows came in, which did not and why, and the rows that did."""
    row = _batch(request, pk)
    came = row.rows.select_related("contribution").order_by("line")
    page = Paginator(came, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "batch": row,
        "faults": row.faults[:MOST_SHOWN],
        "kept": len(row.faults),
        "page": page,
        "address": "?page=",
        "may_sort": may(request.user, Permission.CONTRIBUTION_SORT),
        "more": urlencode({"name": row.collection.name}),
        "details": came.filter(has_details=True)[:MOST_SHOWN],
    }
    return render(request, "contributions/batch.html", context)


@requires(ENTER)
@require_safe
def not_taken(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were not taken, as a file: where they stand and what is wrong, without their words."""
    row = _batch(request, pk)
    headings = (_("line"), _("column"), _("what is wrong"), "key")
    return _file(row.faults, headings, f"not-taken-{row.pk}.csv")


def _file(rows: Any, headings: Any, name: str) -> HttpResponse:
    return HttpResponse(
        "".join(csv_files.lines(headings, rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
