"""Opening a case, changing it, asking organisations for their parts, merging."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinedup.foundation.doors.entry import requires
from joinedup.foundation.permissions import Permission, may
from joinedup.involve.cases import access
from joinedup.involve.cases.actions import merging, opening
from joinedup.involve.cases.forms import CaseForm, PartForm, ReferenceForm
from joinedup.involve.cases.models import Case, Merge
from joinedup.involve.cases.views.showing import around
from joinedup.involve.contributions import references
from joinedup.involve.contributions.models import Contribution

MOST = 100  # contributions brought together at once


def _named(request: HttpRequest) -> list[Contribution]:
    """Those named in the address, out of what the person may see, each once."""
    asked = [references.parse(each) for each in request.GET.getlist("with")[:MOST]]
    rows = Contribution.objects.for_user(request.user, Permission.CONTRIBUTION_SORT)
    return list(rows.filter(reference__in=[each for each in asked if each]).order_by("answer_by_on", "pk"))


def refuse(form: Any, fault: ValidationError) -> None:
    """Put what an action refused beside the fields it is about."""
    if hasattr(fault, "error_dict"):
        for name, errors in fault.error_dict.items():
            form.add_error(name if name in form.fields else None, errors)
    else:
        form.add_error(None, fault)


@requires(Permission.CASE_OPEN)
def open_case(request: HttpRequest) -> HttpResponse:
    """Bring what was chosen together in a case."""
    chosen = _named(request)
    if not chosen:
        messages.warning(request, _("Choose from the list what belongs together, then open a case."))
        return redirect("workspace_sorting:queue")
    first = min(each.answer_by_on for each in chosen)
    given = request.GET.get("risk", "")
    risk = int(given) if given in {"1", "2", "3"} else Case.Risk.USUAL
    lead = next((each.organisation_id for each in chosen if each.organisation_id), None)
    form = CaseForm(request.POST or None, initial={"due_on": first, "risk": risk, "lead": lead})
    if request.method == "POST" and form.is_valid():
        try:
            case = opening.open_case(contributions=chosen, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Case %(case)s is open.") % {"case": case.reference})
            return redirect("workspace_cases:detail", reference=case.reference)
    return render(request, "cases/open.html", {"form": form, "chosen": chosen})


def _gone(request: HttpRequest, case: Case) -> HttpResponse:
    messages.warning(request, _("Nothing was changed: this case is closed, or was merged into another."))
    return redirect("workspace_cases:detail", reference=case.reference)


@requires(Permission.CASE_LEAD)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change what the case is called, who works on it, how pressing it is, by when."""
    case = access.get_for(request.user, Permission.CASE_LEAD, reference=reference)
    initial = {name: getattr(case, name) for name in ("title", "lead", "owner", "risk", "due_on")}
    form = CaseForm(
        request.POST or None, initial=initial, may_choose_lead=may(request.user, Permission.CASE_OPEN)
    )
    version = request.POST.get("version", str(case.version))
    if request.method == "POST" and form.is_valid():
        try:
            opening.change(
                case=case,
                version=int(version) if version.isdecimal() else 0,
                by=request.user,  # type: ignore[arg-type]
                **form.cleaned_data,
            )
        except opening.NotOpen:
            return _gone(request, case)
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace_cases:detail", reference=case.reference)
    return render(request, "cases/change.html", {**around(case), "form": form, "version": case.version})


@requires(Permission.CASE_LEAD)
def ask_part(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask an organisation for its part."""
    case = access.get_for(request.user, Permission.CASE_LEAD, reference=reference)
    form = PartForm(request.POST or None, initial={"due_on": case.due_on})
    if request.method == "POST" and form.is_valid():
        try:
            part = opening.ask_part(case=case, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except opening.NotOpen:
            return _gone(request, case)
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("%(name)s is asked.") % {"name": part.organisation})
            return redirect("workspace_cases:detail", reference=case.reference)
    return render(request, "cases/ask_part.html", {**around(case), "form": form})


@requires(Permission.CASE_LEAD)
@require_POST
def drop_part(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Say that a part is not needed any more."""
    case = access.get_for(request.user, Permission.CASE_LEAD, reference=reference)
    part = case.parts.filter(pk=pk).select_related("case").first()
    if part is None:
        raise Http404
    try:
        opening.drop_part(part=part, by=request.user)  # type: ignore[arg-type]
    except opening.NotOpen:
        return _gone(request, case)
    messages.success(request, _("Taken out. What they wrote stays on record."))
    return redirect("workspace_cases:detail", reference=case.reference)


@requires(Permission.CASE_OPEN)
def join(request: HttpRequest, reference: str) -> HttpResponse:
    """Add something someone said, by its reference."""
    case = access.get_for(request.user, Permission.CASE_OPEN, reference=reference)
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        exact = references.parse(form.cleaned_data["reference"])
        rows = Contribution.objects.for_user(request.user, Permission.CONTRIBUTION_SORT)
        contribution = rows.filter(reference=exact or "-").first()
        if contribution is None:
            form.add_error("reference", _("We did not find this reference. Check it and try again."))
        else:
            try:
                opening.join(case=case, contribution=contribution, by=request.user)  # type: ignore[arg-type]
            except opening.NotOpen:
                return _gone(request, case)
            except ValidationError as fault:
                form.add_error("reference", fault)
            else:
                messages.success(request, _("%(reference)s is in the case.") % {"reference": exact})
                return redirect("workspace_cases:detail", reference=case.reference)
    return render(request, "cases/join.html", {**around(case), "form": form})


@requires(Permission.CASE_OPEN)
@require_POST
def leave(request: HttpRequest, reference: str) -> HttpResponse:
    """Take something out of the case again."""
    case = access.get_for(request.user, Permission.CASE_OPEN, reference=reference)
    exact = references.parse(request.POST.get("reference", ""))
    contribution = Contribution.objects.filter(reference=exact or "-", places__case=case).first()
    if contribution is None:
        raise Http404
    try:
        opening.leave(case=case, contribution=contribution, by=request.user)  # type: ignore[arg-type]
    except opening.NotOpen:
        return _gone(request, case)
    except ValidationError as fault:
        messages.warning(request, " ".join(fault.messages))
    else:
        messages.success(request, _("Taken out. It is answered for itself again."))
    return redirect("workspace_cases:detail", reference=case.reference)


@requires(Permission.CASE_OPEN)
def merge(request: HttpRequest, reference: str) -> HttpResponse:
    """Bring this case into another."""
    case = access.get_for(request.user, Permission.CASE_OPEN, reference=reference)
    form = ReferenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data["reference"].strip().upper()
        target = Case.objects.for_user(request.user, Permission.CASE_OPEN).filter(reference=wanted).first()
        if target is None:
            form.add_error("reference", _("There is no case with this reference."))
        else:
            try:
                merging.merge(source=case, target=target, by=request.user)  # type: ignore[arg-type]
            except opening.NotOpen:
                form.add_error("reference", _("One of the two is closed."))
            except ValidationError as fault:
                form.add_error("reference", fault)
            else:
                messages.success(request, _("Merged. It can be undone until an answer goes out."))
                return redirect("workspace_cases:detail", reference=target.reference)
    return render(request, "cases/merge.html", {**around(case), "form": form})


@requires(Permission.CASE_OPEN)
@require_POST
def undo_merge(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Part two cases again."""
    case = access.get_for(request.user, Permission.CASE_OPEN, reference=reference)
    row = Merge.objects.filter(pk=pk, target=case).first()
    if row is None:
        raise Http404
    try:
        source = merging.undo(merge=row, by=request.user)  # type: ignore[arg-type]
    except opening.NotOpen:
        return _gone(request, case)
    except ValidationError as fault:
        messages.warning(request, " ".join(fault.messages))
        return redirect("workspace_cases:detail", reference=case.reference)
    messages.success(request, _("Parted again. Case %(case)s is open.") % {"case": source.reference})
    return redirect("workspace_cases:detail", reference=source.reference)
