"""Writing parts and the one answer, agreeing to it, sending it, closing the case."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission
from joinedup.involve.cases import access
from joinedup.involve.cases.actions import answering, publishing
from joinedup.involve.cases.actions.opening import NotOpen
from joinedup.involve.cases.forms import CaseAnswerForm, ObjectionForm, PartTextForm, ShowForm
from joinedup.involve.cases.models import Case, CaseAnswer
from joinedup.involve.cases.views.opening import refuse
from joinedup.involve.cases.views.showing import around


def _to(case: Case) -> HttpResponse:
    return redirect("workspace_cases:detail", reference=case.reference)


def _gone(request: HttpRequest, case: Case) -> HttpResponse:
    messages.warning(request, _("Nothing was changed: the case is closed, or there is a newer wording."))
    return _to(case)


@requires(Permission.CASE_PART_WRITE)
def write_part(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Write what an organisation brings to the answer."""
    part = access.part_for(request.user, Permission.CASE_PART_WRITE, reference=reference, pk=pk)
    form = PartTextForm(request.POST or None, initial={"text": part.text})
    if request.method == "POST" and form.is_valid():
        try:
            answering.write_part(part=part, text=form.cleaned_data["text"], by=request.user)  # type: ignore[arg-type]
        except NotOpen:
            return _gone(request, part.case)
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Your part is kept. Whoever leads the case sees it now."))
            return _to(part.case)
    return render(request, "cases/write_part.html", {**around(part.case), "part": part, "form": form})


@requires(Permission.CASE_LEAD)
def write_answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the answer, beginning from what stands or from what the parts say."""
    case = access.get_for(request.user, Permission.CASE_LEAD, reference=reference)
    latest = case.answers.latest()
    parts = list(
        case.parts.standing().filter(state="completed").select_related("organisation").order_by("pk")
    )
    if latest is not None and latest.sent_at is None:
        initial = {"outcome": latest.outcome, "text": latest.text, "because": latest.because}
    else:
        initial = {"text": "\n\n".join(part.text for part in parts)}
    form = CaseAnswerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            answering.write_answer(case=case, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except NotOpen:
            return _gone(request, case)
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Kept as a new wording. Now everyone with a part agrees to it."))
            return _to(case)
    return render(request, "cases/write_answer.html", {**around(case), "form": form, "parts": parts})


def _answer_of(case: Case, number: int) -> CaseAnswer:
    found = case.answers.filter(number=number).first()
    if found is None:
        raise Http404
    return found


@requires(Permission.CASE_VIEW)
def respond(request: HttpRequest, reference: str, number: int, organisation: int) -> HttpResponse:
    """Agree for an organisation, or say what should be different."""
    case = access.get_for(request.user, Permission.CASE_VIEW, reference=reference)
    part = case.parts.standing().filter(organisation=organisation).first()
    if part is None:
        raise Http404
    access.part_for(request.user, Permission.CASE_PART_WRITE, reference=reference, pk=part.pk)
    answer = _answer_of(case, number)
    agrees = request.method == "POST" and request.POST.get("step") == "agree"
    form = ObjectionForm(request.POST if request.method == "POST" and not agrees else None)
    if request.method == "POST" and (agrees or form.is_valid()):
        objection = "" if agrees else form.cleaned_data["objection"]
        owner = Organisation.objects.get(pk=organisation)
        try:
            answering.respond(
                answer=answer,
                organisation=owner,
                agrees=agrees,
                objection=objection,
                by=request.user,  # type: ignore[arg-type]
            )
        except answering.Stale:
            return _gone(request, case)
        messages.success(request, _("Agreed. Thank you.") if agrees else _("Kept. The lead sees it now."))
        return _to(case)
    context = {**around(case), "answer": answer, "form": form, "organisation": part.organisation}
    return render(request, "cases/respond.html", context)


@requires(Permission.CASE_LEAD)
@require_POST
def send(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Send the answer to everyone in the case."""
    case = access.get_for(request.user, Permission.CASE_LEAD, reference=reference)
    answer = _answer_of(case, number)
    try:
        answering.send(answer=answer, by=request.user)  # type: ignore[arg-type]
    except (answering.Stale, NotOpen):
        return _gone(request, case)
    except answering.NewWords as fault:
        told = _("Nothing was sent: %(who)s said more since. Read it and write the answer anew.")
        messages.warning(request, told % {"who": ", ".join(fault.references)})
        return _to(case)
    except ValidationError as fault:
        messages.warning(request, " ".join(fault.messages))
        return _to(case)
    deliver_soon()
    case.refresh_from_db()
    if case.is_open:
        messages.success(request, _("Emails are on their way. Ring or write to the others, then mark them."))
    else:
        messages.success(request, _("Everyone is told, and the case is closed."))
    return _to(case)


@requires(Permission.CASE_LEAD)
@require_POST
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Close a case in which everyone was told."""
    case = access.get_for(request.user, Permission.CASE_LEAD, reference=reference)
    try:
        answering.close(case=case, by=request.user)  # type: ignore[arg-type]
    except NotOpen:
        return _gone(request, case)
    except ValidationError as fault:
        messages.warning(request, " ".join(fault.messages))
    else:
        messages.success(request, _("Closed."))
    return _to(case)


@requires(Permission.STORY_PUBLISH)
def show(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Show an answer that went out to everyone, with a theme."""
    case = access.get_for(request.user, Permission.CASE_VIEW, reference=reference)
    answer = _answer_of(case, number)
    if request.method == "POST" and request.POST.get("step") == "hide":
        publishing.hide(answer=answer, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Only those who got it can read it now."))
        return _to(case)
    form = ShowForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            publishing.show(answer=answer, theme=form.cleaned_data["theme"], by=request.user)  # type: ignore[arg-type]
        except ValidationError as fault:
            refuse(form, fault)
        else:
            messages.success(request, _("Everyone can read it now, under “What we did”."))
            return _to(case)
    return render(request, "cases/show.html", {**around(case), "answer": answer, "form": form})
