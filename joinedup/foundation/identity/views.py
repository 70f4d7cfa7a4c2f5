"""Doors of our own: accepting an invitation, what someone is here, and the list of staff."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from joinedup.foundation.doors.entry import private, public, requires
from joinedup.foundation.doors.throttle import mailbox, too_many
from joinedup.foundation.identity.access import get_for
from joinedup.foundation.identity.actions import (
    LastAdministrator,
    NothingToInvite,
    accept,
    end_membership,
    invite,
    invite_again,
)
from joinedup.foundation.identity.forms import AcceptForm, FindForm, InviteForm
from joinedup.foundation.identity.mail import send_invitation
from joinedup.foundation.identity.models import Invitation, Membership, User
from joinedup.foundation.permissions import ROLES, Permission, may

PAGE_LENGTH = 50
_ENOUGH_SENT = _lazy("We sent this address several emails within the hour. Wait an hour, then try again.")


def _secret_page(response: HttpResponse, *, has_form: bool = False) -> HttpResponse:
    """A page whose address is a secret: kept nowhere, and its address told to nobody.

    With a form on it browsers must still say where a post comes from (`no-referrer` makes them send
    `Origin: null`, which the form protection refuses), so they may tell the site's name, not the path.
    """
    private(response)
    response.headers["Referrer-Policy"] = "strict-origin" if has_form else "no-referrer"
    return response


def _closed_link(request: HttpRequest) -> HttpResponse:
    """One page for every link that does not open, so that it tells nothing."""
    return _secret_page(render(request, "identity/invitation_closed.html", status=404))


@public
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Choose a password through the link that was sent. Looking at it changes nothing; sending does."""
    found = Invitation.objects.by_secret(secret)
    if found is None:
        return _closed_link(request)
    form = AcceptForm(request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            accept(invitation=found, name=form.cleaned_data["name"], password=form.cleaned_data["password"])
        except Invitation.DoesNotExist:
            return _closed_link(request)
        logout(request)
        messages.success(request, _("Your password is set. Sign in with it now."))
        return _secret_page(cast(HttpResponse, redirect("account_login")))
    context = {"form": form, "email": found.user.email}
    return _secret_page(render(request, "identity/invitation.html", context), has_form=True)


@requires(Permission.WORKSPACE_ENTER)
@require_safe
def you(request: HttpRequest) -> HttpResponse:
    """What this person is here, and what they may open."""
    today = timezone.localdate()
    held = (
        Membership.objects.in_force(today)
        .filter(user=cast(User, request.user))
        .select_related("organisation")
    )
    duties = [{"role": ROLES[m.role], "organisation": m.organisation, "since": m.starts_on} for m in held]
    return render(request, "identity/you.html", {"duties": duties})


@requires(Permission.MEMBER_VIEW)
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    """Who may sign in, for which organisation and in which role; found by name, email or either."""
    form = FindForm(request.GET)
    asked: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    today = timezone.localdate()
    found = Membership.objects.for_list().matching(asked.get("q", ""))
    found = found.ended(today) if asked.get("left") else found.in_force(today)
    if asked.get("organisation"):
        found = found.filter(organisation=asked["organisation"])
    if asked.get("role"):
        found = found.filter(role=asked["role"])
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page")),
        "address": f"?{kept.urlencode()}&page=" if kept else "?page=",
        "shows_left": bool(asked.get("left")),
        "may_invite": may(request.user, Permission.MEMBER_INVITE),
        "may_end": may(request.user, Permission.MEMBER_END),
    }
    return render(request, "identity/staff.html", context)


def _invited(request: HttpRequest, said: dict[str, Any]) -> User:
    """The person, with their role and the mail on its way. Raises ValidationError."""
    if too_many("identity.invite", mailbox(said["email"])):
        raise ValidationError(_ENOUGH_SENT)
    with transaction.atomic():
        user, _invitation, secret = invite(by=cast(User, request.user), **said)
        send_invitation(user=user, organisation=said["organisation"], role=said["role"], secret=secret)
    return user


@requires(Permission.MEMBER_INVITE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_someone(request: HttpRequest) -> HttpResponse:
    """Give someone a role, and send them the email that says so."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _invited(request, form.cleaned_data)
        except ValidationError as faults:
            form.add_error(None, faults.messages)
        else:
            messages.success(request, _("We sent an email to %(address)s.") % {"address": user.email})
            return redirect("identity:staff")
    return render(request, "identity/invite.html", {"form": form})


@requires(Permission.MEMBER_INVITE)
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A new link for someone who did not use theirs; the old one works no more."""
    found = get_for(request.user, Permission.MEMBER_INVITE, pk=pk)
    if too_many("identity.invite", mailbox(found.user.email)):
        messages.warning(request, _ENOUGH_SENT)
        return redirect("identity:staff")
    try:
        with transaction.atomic():
            _invitation, secret = invite_again(user=found.user, by=cast(User, request.user))
            send_invitation(user=found.user, organisation=found.organisation, role=found.role, secret=secret)
    except NothingToInvite:
        messages.warning(request, _("%(name)s needs no invitation.") % {"name": found.user})
    else:
        messages.success(request, _("We sent a new link to %(address)s.") % {"address": found.user.email})
    return redirect("identity:staff")


@requires(Permission.MEMBER_END)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End someone's role from today, after asking once more."""
    found = get_for(request.user, Permission.MEMBER_END, pk=pk)
    if not found.is_in_force:
        messages.info(request, _("This role has ended already."))
        return redirect("identity:staff")
    is_refused = False
    if request.method == "POST":
        try:
            end_membership(membership=found, by=cast(User, request.user))
        except LastAdministrator:
            is_refused = True
        else:
            messages.success(request, _("%(name)s no longer has this role.") % {"name": found.user})
            return redirect("identity:staff")
    others = found.user.memberships.in_force(timezone.localdate()).exclude(pk=found.pk)
    context = {
        "membership": found,
        "is_refused": is_refused,
        "is_own": found.user == request.user,
        "is_only_role": not others.exists(),
    }
    return render(request, "identity/end.html", context, status=409 if is_refused else 200)
