"""Where budgets are kept and payments come in. Every door asks for SPEND_CHANGE; the actions ask again."""

from typing import Any, cast

from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from joinedup.foundation.doors import csv_files, csv_reading
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Actor, Permission
from joinedup.govern.programmes.views.editing import confirm, edit
from joinedup.govern.spend import access, actions, payments_file
from joinedup.govern.spend.forms import BudgetForm, FileForm, NewBudgetForm, ShareForm
from joinedup.govern.spend.models import Budget, PartnerShare

CHANGE = Permission.SPEND_CHANGE
_SALT = "joinedup.spend.refused"
_LASTS = 24 * 60 * 60  # seconds
_MOST_SENT_BACK = 2_000_000  # signs that a form can carry
_MOST_SHOWN = 50


def _by(request: HttpRequest) -> Actor:
    return cast("Actor", request.user)  # `requires` let only people with an account come this far


def _page_of(budget: Budget) -> str:
    return reverse("workspace_spend:budget", args=[budget.pk])


def _budget(request: HttpRequest, pk: int) -> Budget:
    rows = Budget.objects.with_spent().select_related("project__programme")
    return access.get_for(request.user, rows, pk=pk)


@requires(CHANGE)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All budgets, public or not."""
    return render(request, "workspace_spend/list.html", {"budgets": Budget.objects.with_spent().in_order()})


@requires(CHANGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add a budget to a project."""

    def keep(said: dict[str, Any], version: int) -> str:
        return _page_of(actions.add_budget(row=Budget(**said), by=_by(request)))

    page = {"heading": _("Add a budget"), "back": reverse("workspace_spend:list")}
    return edit(request, form_type=NewBudgetForm, row=Budget(), keep=keep, page=page)


@requires(CHANGE)
@require_safe
def budget(request: HttpRequest, pk: int) -> HttpResponse:
    """One budget: what is spent and left, what partners put in, and the last payments."""
    row = _budget(request, pk)
    payments = row.payments.newest_first()
    context = {
        "budget": row,
        "money": row.money,
        "shares": row.shares.select_related("organisation"),
        "payments": payments[:_MOST_SHOWN],
        "paid": payments.count(),
    }
    return render(request, "workspace_spend/budget.html", context)


@requires(CHANGE)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a budget."""
    row = _budget(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return _page_of(actions.change_budget(budget=row, version=version, by=_by(request), **said))

    page = {"heading": _("Change %(name)s") % {"name": row.name}, "back": _page_of(row)}
    return edit(request, form_type=BudgetForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def add_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what an organisation puts in."""
    row = _budget(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return _page_of(actions.add_share(row=PartnerShare(budget=row, **said), by=_by(request)).budget)

    page = {"heading": _("Who puts money into %(name)s?") % {"name": row.name}, "back": _page_of(row)}
    return edit(request, form_type=ShareForm, row=PartnerShare(budget=row), keep=keep, page=page)


def _share(request: HttpRequest, pk: int) -> PartnerShare:
    rows = PartnerShare.objects.select_related("budget", "organisation")
    return access.get_for(request.user, rows, pk=pk)


@requires(CHANGE)
def change_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what an organisation puts in."""
    row = _share(request, pk)

    def keep(said: dict[str, Any], version: int) -> str:
        return _page_of(actions.change_share(share=row, version=version, by=_by(request), **said).budget)

    page = {"heading": _("Change what %(name)s puts in") % {"name": row}, "back": _page_of(row.budget)}
    return edit(request, form_type=ShareForm, row=row, keep=keep, page=page)


@requires(CHANGE)
def remove_share(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away what an organisation puts in, after asking once."""
    row = _share(request, pk)

    def act(version: int) -> None:
        actions.remove_share(share=row, version=version, by=_by(request))

    return confirm(request, row=row, act=act, page={"back": _page_of(row.budget)})


def _sent_back(refused: list[payments_file.Refused]) -> str:
    """The refused rows as a form can carry them, signed; empty when there are none or too many."""
    rows = list(payments_file.as_rows(refused))
    packed = signing.dumps(rows, salt=_SALT, compress=True) if rows else ""
    return packed if len(packed) <= _MOST_SENT_BACK else ""


@requires(CHANGE)
def take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a file of payments and read what became of it, row by row."""
    row = _budget(request, pk)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if request.method == "POST" and form.is_valid():
        try:
            found = payments_file.read(form.cleaned_data["file"].read())
            taken = actions.take_in(budget=row, lines=found.lines, by=_by(request))
        except csv_reading.FileFault as fault:
            form.add_error("file", str(fault))
        except ValidationError as fault:
            form.add_error("file", fault)
        else:
            context = {
                "budget": row,
                "money": _budget(request, pk).money,
                "taken": taken,
                "refused": found.refused[:_MOST_SHOWN],
                "refused_in_all": len(found.refused),
                "sent_back": _sent_back(found.refused),
            }
            return render(request, "workspace_spend/report.html", context)
    return render(request, "workspace_spend/take_in.html", {"form": form, "budget": row})


@requires(CHANGE)
@require_POST
def refused_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that were refused, as a file to put right and send again."""
    row = _budget(request, pk)
    try:
        rows = signing.loads(request.POST.get("rows", ""), salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        raise Http404 from None
    return HttpResponse(
        "".join(csv_files.lines(payments_file.headings(), rows)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="refused-payments-{row.pk}.csv"'},
    )
