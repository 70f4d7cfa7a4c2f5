"""The steps staff take with one contribution: start, give on, answer, mark as told, print the letter."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from joinedup.design.place import written_language
from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.permissions import ROLES, Permission
from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions import answering
from joinedup.involve.contributions.actions.speaking import Closed
from joinedup.involve.contributions.forms.answering import AnswerForm, AssignForm, ToldForm
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.views.listed import carried, detail_href
from joinedup.involve.contributions.views.workspace import around


def _back(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    return redirect(detail_href(request, contribution))


def _settled(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """Someone else was faster, or the person took it back: say so on the page of the contribution."""
    if contribution.is_open and contribution.in_case:
        messages.warning(request, _("Nothing was changed: this is answered with others, in a case."))
        return _back(request, contribution)
    messages.warning(request, _("Nothing was changed: this was already answered or taken back."))
    return _back(request, contribution)


@requires(Permission.CONTRIBUTION_ANSWER)
@require_POST
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it was read and is being looked at."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ANSWER, reference=reference)
    try:
        answering.start(contribution=contribution, by=request.user)  # type: ignore[arg-type]
    except (Closed, answering.AlreadyAnswered):
        return _settled(request, contribution)
    messages.success(request, _("Marked as being looked at. The person sees this at their reference."))
    return _back(request, contribution)


def _people() -> list[User]:
    """Those who answer for an organisation today, with the names of these organisations."""
    roles = [role.key for role in ROLES.values() if Permission.CONTRIBUTION_ANSWER in role.permissions]
    held = Membership.objects.in_force(timezone.localdate()).filter(role__in=roles, user__is_active=True)
    found: dict[int, User] = {}
    for membership in held.select_related("user", "organisation"):
        person = found.setdefault(membership.user_id, membership.user)
        names: list[str] = person.__dict__.setdefault("organisation_names", [])
        if membership.organisation.name not in names:
            names.append(membership.organisation.name)
    return list(found.values())


@requires(Permission.CONTRIBUTION_ASSIGN)
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Give it to an organisation, and to a person there."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ASSIGN, reference=reference)
    initial = {"organisation": contribution.organisation_id, "person": contribution.assigned_to_id}
    form = AssignForm(request.POST or None, initial=initial, people=_people())
    if request.method == "POST" and form.is_valid():
        try:
            answering.assign(
                contribution=contribution,
                organisation=form.cleaned_data["organisation"],
                person=form.cleaned_data["person"],
                by=request.user,  # type: ignore[arg-type]
            )
        except (Closed, answering.AlreadyAnswered, answering.InCase):
            return _settled(request, contribution)
        messages.success(request, _("Given to %(name)s.") % {"name": form.cleaned_data["organisation"]})
        return _back(request, contribution)
    return render(request, "contributions/assign.html", {**around(request, contribution), "form": form})


def _answer_page(request: HttpRequest, contribution: Contribution, form: Any, **context: Any) -> HttpResponse:
    return render(
        request, "contributions/answer.html", {**around(request, contribution), "form": form, **context}
    )


@requires(Permission.CONTRIBUTION_ANSWER)
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the answer, look at it as the person will get it, send it."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ANSWER, reference=reference)
    if not contribution.is_open or contribution.in_case:
        return _settled(request, contribution)
    if request.method != "POST":
        return _answer_box(request, contribution)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _answer_page(request, contribution, form)
    if request.POST.get("step") == "send":
        return _send_answer(request, contribution, form)
    text = form.cleaned_data["text"]
    try:
        draft = answering.keep_draft(contribution=contribution, text=text, by=request.user)  # type: ignore[arg-type]
    except (Closed, answering.AlreadyAnswered):
        return _settled(request, contribution)
    return _answer_page(request, contribution, form, preview=text, draft=draft)


def _answer_box(request: HttpRequest, contribution: Contribution) -> HttpResponse:
    """The empty box, or the draft its writer left; with a warning when the person said more since."""
    draft = contribution.drafts.filter(written_by=request.user.pk).first()
    heard_at = contribution.last_heard_at
    form = AnswerForm(initial={"heard_at": heard_at.isoformat(), "text": draft.text if draft else ""})
    new_words = draft is not None and draft.saved_at < heard_at
    return _answer_page(request, contribution, form, draft=draft, new_words=new_words)


def _send_answer(request: HttpRequest, contribution: Contribution, form: AnswerForm) -> HttpResponse:
    try:
        written = answering.answer(
            contribution=contribution,
            text=form.cleaned_data["text"],
            heard_at=form.cleaned_data["heard_at"],
            once=form.cleaned_data["once"],
            by=request.user,  # type: ignore[arg-type]
        )
    except answering.NewWords:
        again = {**form.cleaned_data, "heard_at": contribution.last_heard_at.isoformat()}
        return _answer_page(request, contribution, AnswerForm(initial=again), new_words=True)
    except (Closed, answering.AlreadyAnswered, answering.InCase):
        return _settled(request, contribution)
    if written.message_id:
        deliver_soon()
        messages.success(request, _("Answered. The email is on its way."))
    elif written.is_told:
        messages.success(request, _("Answered. The person can read it at their reference."))
    else:
        messages.success(request, _("Answer kept. Now tell the person, then mark it here."))
    return _back(request, contribution)


@requires(Permission.CONTRIBUTION_ANSWER)
def told(request: HttpRequest, reference: str) -> HttpResponse:
    """Mark that the person was rung, or that the letter was posted."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ANSWER, reference=reference)
    context = around(request, contribution)
    to_tell = context["to_tell"]
    if to_tell is None and contribution.is_open:
        messages.warning(request, _("Write the answer first."))
        return _back(request, contribution)
    if to_tell is None or contribution.state == Contribution.State.REVOKED:
        return _settled(request, contribution)
    form = ToldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        on: datetime.date = form.cleaned_data["on"]
        try:
            answering.mark_told(answer=to_tell, on=on, by=request.user)  # type: ignore[arg-type]
        except ValidationError as fault:
            form.add_error("on", fault)
        except (Closed, answering.AlreadyAnswered):
            return _settled(request, contribution)
        else:
            messages.success(request, _("Marked. Thank you for telling them."))
            return _back(request, contribution)
    return render(request, "contributions/told.html", {**context, "form": form})


@requires(Permission.CONTRIBUTION_ANSWER)
def letter(request: HttpRequest, reference: str) -> HttpResponse:
    """The answer as a letter to print, in large print where that was asked for."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ANSWER, reference=reference)
    written = contribution.answers.oldest_first().filter(form=Contribution.ReplyBy.LETTER).last()
    if written is None or contribution.state == Contribution.State.REVOKED:
        raise Http404
    context = {
        "contribution": contribution,
        "answer": written,
        "carried": carried(request),
        "letter_language": written_language(contribution.language),
        "translate_to": contribution.language_name if contribution.language != "en" else "",
        "large_print": Contribution.Need.LARGE_PRINT in contribution.needs,
    }
    return render(request, "contributions/letter.html", context)
