"""Where staff write down what a caller says, or what came on paper, and do for them what the website does."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, Permission, Scope
from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions import speaking
from joinedup.involve.contributions.forms.answering import NewWordForm, StaffWordsForm
from joinedup.involve.contributions.forms.sending import EntryForm
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.views.listed import detail_href
from joinedup.involve.contributions.views.workspace import around


def enters_for(user: Any) -> list[Organisation] | None:
    """For which organisations the user enters; None when for the whole partnership, so for nobody yet."""
    own: set[int] = set()
    for key, organisation_id in user.held_roles():
        role = ROLES.get(key)
        if role is None or Permission.CONTRIBUTION_ENTER not in role.permissions:
            continue
        if role.scope is Scope.PARTNERSHIP:
            return None
        own.add(organisation_id)
    return list(Organisation.objects.filter(pk__in=own))


@requires(Permission.CONTRIBUTION_ENTER)
def enter(request: HttpRequest) -> HttpResponse:
    """The resident's form with two more questions; the result has the reference and the word to read out."""
    organisations = enters_for(request.user)
    form = EntryForm(request.POST or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data.get("organisation") or (organisations[0] if organisations else None)
        try:
            receipt = speaking.enter(
                said=form.said(),
                once=form.cleaned_data["once"],
                channel=form.cleaned_data["channel"],
                organisation=organisation,
                at=form.heard_at(),
                by=request.user,  # type: ignore[arg-type]
            )
        except ValidationError as fault:
            form.add_error(None, fault.messages)
        else:
            deliver_soon()
            on_paper = receipt.contribution.channel == Contribution.Channel.PAPER
            return render(
                request,
                "contributions/entered.html",
                {"receipt": receipt, "on_paper": on_paper, "site_address": settings.SITE_URL},
            )
    return render(request, "contributions/enter.html", {"form": form})


@requires(Permission.CONTRIBUTION_ENTER)
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add what a caller wants to say more."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ENTER, reference=reference)
    form = StaffWordsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            speaking.add_words(
                contribution=contribution,
                text=form.cleaned_data["words"],
                once=form.cleaned_data["once"],
                by=request.user,  # type: ignore[arg-type]
            )
        except speaking.Closed:
            messages.warning(request, _("Nothing was changed: this was taken back."))
        else:
            messages.success(request, _("Their words were added."))
        return redirect(detail_href(request, contribution))
    return render(request, "contributions/staff_add.html", {**around(request, contribution), "form": form})


@requires(Permission.CONTRIBUTION_ENTER)
def take_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it back for someone who asks by phone, by letter or face to face."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ENTER, reference=reference)
    if request.method == "POST":
        speaking.withdraw(contribution=contribution, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Taken back. The words and all contact details are gone."))
        return redirect(detail_href(request, contribution))
    if contribution.state == Contribution.State.REVOKED:
        return redirect(detail_href(request, contribution))
    return render(request, "contributions/staff_withdraw.html", around(request, contribution))


@requires(Permission.CONTRIBUTION_ENTER)
def new_word(request: HttpRequest, reference: str) -> HttpResponse:
    """Give a new word to someone who lost theirs: a question first, then the word, shown this once."""
    contribution = access.get_for(request.user, Permission.CONTRIBUTION_ENTER, reference=reference)
    form = NewWordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            receipt = speaking.give_new_word(
                contribution=contribution,
                once=form.cleaned_data["once"],
                by=request.user,  # type: ignore[arg-type]
            )
        except speaking.Closed:
            messages.warning(request, _("Nothing was changed: this was taken back."))
            return redirect(detail_href(request, contribution))
        return render(
            request, "contributions/new_word.html", {**around(request, contribution), "receipt": receipt}
        )
    if contribution.state == Contribution.State.REVOKED:
        return redirect(detail_href(request, contribution))
    return render(request, "contributions/new_word.html", {**around(request, contribution), "form": form})
