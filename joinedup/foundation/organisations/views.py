"""Doors for organisations: who is in the partnership, public profiles, and their keeping in the workspace."""

import copy
import datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from joinedup.foundation.doors.entry import public, requires
from joinedup.foundation.organisations import access, actions
from joinedup.foundation.organisations.forms import DayForm, EndForm, OrganisationForm, StartForm, show
from joinedup.foundation.organisations.models import Organisation, OrganisationQuerySet
from joinedup.foundation.permissions import Actor, Permission, may


def _by(request: HttpRequest) -> Actor:
    return cast("Actor", request.user)  # `requires` let only people with an account come this far


def _crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    trail = [(_("Home"), "/"), (_("About us"), "/about/"), *more]
    return [{"label": label, "href": href} for label, href in trail]


def _with_words(organisations: OrganisationQuerySet, day: datetime.date) -> list[dict[str, Any]]:
    """Each organisation with the membership that makes it a partner, certainly or perhaps, on that day."""
    rows = []
    for organisation in organisations.with_memberships():
        memberships = organisation.memberships.all()
        certain = next((m for m in memberships if m.is_certain_on(day)), None)
        reason = certain or next((m for m in memberships if m.is_possible_on(day)), None)
        rows.append({"organisation": organisation, "membership": reason})
    return rows


@public
@require_safe
def partnership(request: HttpRequest) -> HttpResponse:
    """Who was a partner on a day: certainly, and perhaps. Today unless the address names a day."""
    form = DayForm.asked(request.GET)
    today = timezone.localdate()
    day = today if not form.is_bound else form.cleaned_data.get("day") if form.is_valid() else None
    context: dict[str, Any] = {"form": form, "day": day, "today": today}
    context["crumbs"] = _crumbs((_("Who is in the partnership"), ""))
    if day is not None:
        context["certain"] = _with_words(Organisation.objects.partners_on(day), day)
        context["perhaps"] = _with_words(Organisation.objects.perhaps_partners_on(day), day)
    return render(request, "organisations/partnership.html", context)


@public
@require_safe
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation: what it does here, how to reach it, when it was a partner and how we know."""
    organisation = get_object_or_404(Organisation.objects.with_memberships(), slug=slug)
    context = {
        "organisation": organisation,
        "today": timezone.localdate(),
        "crumbs": _crumbs((_("Who is in the partnership"), "/about/partnership/"), (organisation.name, "")),
    }
    return render(request, "organisations/profile.html", context)


@requires(Permission.ORGANISATION_VIEW)
@require_safe
def workspace_list(request: HttpRequest) -> HttpResponse:
    """All organisations, partners or not."""
    context = {
        "organisations": Organisation.objects.with_memberships(),
        "today": timezone.localdate(),
        "may_change": may(request.user, Permission.ORGANISATION_CHANGE),
    }
    return render(request, "workspace_organisations/list.html", context)


@requires(Permission.ORGANISATION_VIEW)
@require_safe
def workspace_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """One organisation with everything recorded about it."""
    organisation = access.get_for(request.user, Permission.ORGANISATION_VIEW, slug=slug)
    context = {
        "organisation": organisation,
        "may_change": may(request.user, Permission.ORGANISATION_CHANGE, organisation),
    }
    return render(request, "workspace_organisations/organisation.html", context)


def _form_page(
    request: HttpRequest, *, form: Any, heading: str, slug: str = "", note: str = ""
) -> HttpResponse:
    back = f"/workspace/organisations/{slug}/" if slug else "/workspace/organisations/"
    context = {"form": form, "heading": heading, "back": back, "note": note}
    return render(request, "workspace_organisations/form.html", context)


@requires(Permission.ORGANISATION_CHANGE)
def add(request: HttpRequest) -> HttpResponse:
    """Add an organisation."""
    form = OrganisationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = actions.add(by=_by(request), **form.said())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Added."))
            return redirect("workspace_organisations:organisation", organisation.slug)
    return _form_page(request, form=form, heading=_("Add an organisation"))


@requires(Permission.ORGANISATION_CHANGE)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said about an organisation."""
    organisation = access.get_for(request.user, Permission.ORGANISATION_CHANGE, slug=slug)
    # A model form writes into its object even when it refuses: it gets a copy, the page keeps the row.
    form = OrganisationForm(request.POST or None, request.FILES or None, instance=copy.copy(organisation))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(organisation=organisation, by=_by(request), **form.said())
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace_organisations:organisation", slug)
    heading = _("Change %(name)s") % {"name": organisation.name}
    return _form_page(request, form=form, heading=heading, slug=slug)


@requires(Permission.ORGANISATION_CHANGE)
def start_membership(request: HttpRequest, slug: str) -> HttpResponse:
    """State that an organisation is or was a partner."""
    organisation = access.get_for(request.user, Permission.ORGANISATION_CHANGE, slug=slug)
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.start_membership(organisation=organisation, by=_by(request), **form.cleaned_data)
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace_organisations:organisation", slug)
    heading = _("%(name)s joined the partnership") % {"name": organisation.name}
    note = _(
        "Write only what a source proves. Without an exact day, give the two days between which it joined."
    )
    return _form_page(request, form=form, heading=heading, slug=slug, note=note)


@requires(Permission.ORGANISATION_CHANGE)
def end_membership(request: HttpRequest, pk: int) -> HttpResponse:
    """State that a membership ended."""
    membership = access.membership_for(request.user, Permission.ORGANISATION_CHANGE, pk=pk)
    slug = membership.organisation.slug
    form = EndForm(request.POST or None, instance=copy.copy(membership))
    if request.method == "POST" and form.is_valid():
        said = {name.removeprefix("ended_"): value for name, value in form.cleaned_data.items()}
        try:
            actions.end_membership(membership=membership, by=_by(request), **said)
        except ValidationError as fault:
            show(form, fault)
        else:
            messages.success(request, _("Saved."))
            return redirect("workspace_organisations:organisation", slug)
    heading = _("%(name)s left the partnership") % {"name": membership.organisation.name}
    note = _(
        "Write only what a source proves. Without an exact day, give the two days between which it left."
    )
    return _form_page(request, form=form, heading=heading, slug=slug, note=note)
