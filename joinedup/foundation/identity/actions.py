"""Letting people in, and ending it."""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import ADMINISTRATOR, INVITATION_LASTS, Invitation, Membership, User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import VISITOR, Actor, Permission, ask


class LastAdministrator(Exception):
    """Ending this role would leave the platform, or the one who asks, without an administrator."""


class NothingToInvite(Exception):
    """The person has chosen a password already, or has left: an invitation would be of no use."""


def _match_groups(user: User) -> None:
    """Put the user in the page editor's groups of the same names as their roles, and no others."""
    user.forget_held_roles()
    user.groups.set(Group.objects.filter(name__in=[role for role, _organisation in user.held_roles()]))


def _new_invitation(user: User) -> tuple[Invitation, str]:
    """A fresh link for this person; the links they were sent before work no more."""
    Invitation.objects.filter(user=user, accepted_at__isnull=True).delete()
    secret = Invitation.new_secret()
    invitation = Invitation.objects.create(
        user=user, secret_digest=Invitation.digest(secret), expires_at=timezone.now() + INVITATION_LASTS
    )
    return invitation, secret


def _kept(email: str, name: str) -> User:
    """The person with that address, made when there is none.

    The row is held to the end of the transaction, and two invitations at once make one person: the
    second waits here, and then finds what the first did.
    """
    people = User.objects.select_for_update().filter(email__iexact=email)
    found = people.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=name)
    except IntegrityError:
        return people.get()


def _enrol(email: str, name: str, organisation: Organisation, role: str) -> User:
    """The person with that address, active and in that role; made when there is none."""
    user = _kept(email, name)
    user.name = user.name or name
    user.is_active = True
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "is_active"])
    # Whoever sets a password got here through this mailbox, so the address needs no proof of its own.
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    if (
        not Membership.objects.in_force(timezone.localdate())
        .filter(user=user, organisation=organisation, role=role)
        .exists()
    ):
        membership = Membership(user=user, organisation=organisation, role=role)
        membership.full_clean()
        membership.save()
    _match_groups(user)
    return user


@transaction.atomic
def invite(
    *, email: str, name: str, organisation: Organisation, role: str, by: Actor
) -> tuple[User, Invitation | None, str]:
    """Give someone a role in an organisation, and an invitation if they have no password yet.

    Returns the person, the invitation and the secret for its link, which is kept nowhere; the door
    sends it. Someone who can sign in already gets no link (a link that sets a password would be a
    way around the one they have): None and an empty secret. Raises ValidationError when the
    address, the name or the role is wrong.
    """
    ask(by, Permission.MEMBER_INVITE)
    if isinstance(by, User) and by.email.lower() == email.lower():
        raise ValidationError(_("Nobody gives themselves a role. Ask another administrator."), code="own")
    user = _enrol(email, name, organisation, role)
    invitation, secret = (None, "") if user.has_usable_password() else _new_invitation(user)
    record(
        verb="foundation_identity.invite",
        by=by,
        subject=user,
        details={"role": role, "organisation": organisation.pk},
    )
    return user, invitation, secret


@transaction.atomic
def invite_again(*, user: User, by: Actor) -> tuple[Invitation, str]:
    """A new link for someone who did not use theirs. Raises NothingToInvite when they need none."""
    ask(by, Permission.MEMBER_INVITE)
    if user.has_usable_password() or not user.is_active:
        raise NothingToInvite
    invitation, secret = _new_invitation(user)
    record(verb="foundation_identity.invite_again", by=by, subject=user)
    return invitation, secret


@transaction.atomic
def accept(*, invitation: Invitation, name: str, password: str) -> User:
    """Set the password chosen through an invitation's link; the link then works no more.

    Raises Invitation.DoesNotExist when it was used, ran out or was replaced meanwhile.
    """
    still_open = Invitation.objects.open().filter(pk=invitation.pk).values("pk")
    # Said twice on purpose: the outer condition is looked at again when two clicks meet.
    if not Invitation.objects.filter(accepted_at__isnull=True, pk__in=still_open).update(
        accepted_at=timezone.now()
    ):
        raise Invitation.DoesNotExist
    user = invitation.user
    user.name = name
    user.set_password(password)
    user.save(update_fields=["name", "password"])
    record(verb="foundation_identity.accept", by=user, subject=user)
    return user


def _keep_an_administrator(membership: Membership, by: Actor) -> None:
    """Raise LastAdministrator when this is the last one, of the platform or of the one who asks.

    Their rows are locked, so that two administrators cannot end one another at the same moment.
    """
    if membership.role != ADMINISTRATOR:
        return
    held = list(Membership.objects.of_administrators(timezone.localdate()).select_for_update(of=("self",)))
    others = [other for other in held if other.pk != membership.pk]
    is_own = by.actor_kind == "foundation_identity.user" and by.actor_id == str(membership.user_id)
    if is_own:
        others = [other for other in others if other.user_id == membership.user_id]
    if not others and (is_own or membership in held):
        raise LastAdministrator


def shut_account(user: User) -> None:
    """No role is left: password, second step and open links go, and every session ends at once."""
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    Authenticator.objects.filter(user=user).delete()
    Invitation.objects.filter(user=user, accepted_at__isnull=True).delete()


def _shut_without_role(user: User) -> None:
    lasting = models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=timezone.localdate())
    if not user.memberships.filter(lasting).exists():
        shut_account(user)


@transaction.atomic
def end_membership(*, membership: Membership, by: Actor, on: datetime.date | None = None) -> Membership:
    """End a role from that day (today unless said), which is the first day without it.

    Without any role left the person cannot sign in; to come back they are invited afresh. Raises
    LastAdministrator, and ValidationError for a day before the role began.
    """
    ask(by, Permission.MEMBER_END, membership)
    _keep_an_administrator(membership, by)
    membership.ends_on = on or timezone.localdate()
    membership.full_clean()
    membership.save(update_fields=["ends_on"])
    user = membership.user
    _match_groups(user)
    _shut_without_role(user)
    record(
        verb="foundation_identity.end_membership",
        by=by,
        subject=user,
        details={"role": membership.role, "organisation": membership.organisation_id},
    )
    return membership


@dataclass(frozen=True)
class EndedRole:
    """That a role had ended: by all that names the membership, so that no other one is meant."""

    membership: int
    user: int
    organisation: int
    role: str
    starts_on: datetime.date
    ends_on: datetime.date


@transaction.atomic
def end_roles_again(*, ended: Iterable[EndedRole], by: Actor) -> int:
    """End roles that a restore brought back, and shut the accounts that are left without one.

    Returns how many. Nobody is asked whether an administrator is left: they had ended before.
    """
    ask(by, Permission.MEMBER_END)
    count = 0
    for each in ended:
        longer = models.Q(ends_on__isnull=True) | models.Q(ends_on__gt=each.ends_on)
        row = Membership.objects.select_for_update(of=("self",)).select_related("user").filter(longer)
        membership = row.filter(
            pk=each.membership,
            user=each.user,
            organisation=each.organisation,
            role=each.role,
            starts_on=each.starts_on,
        ).first()
        if membership is None:
            continue
        membership.ends_on = each.ends_on
        membership.save(update_fields=["ends_on"])
        _match_groups(membership.user)
        _shut_without_role(membership.user)
        record(
            verb="foundation_identity.end_role_again",
            by=by,
            subject=membership.user,
            details={"role": each.role, "organisation": each.organisation},
        )
        count += 1
    return count


@transaction.atomic
def end_ways_in(*, passwords: Collection[int], steps: Collection[int], by: Actor) -> int:
    """End passwords (of these users) and second steps (these rows) that a restore brought back.

    Their people choose a new password by a mail, and set up a new code. Returns how many were ended.
    """
    ask(by, Permission.MEMBER_END)
    count = 0
    for user in User.objects.select_for_update().filter(pk__in=passwords):
        if user.has_usable_password():
            user.set_unusable_password()
            user.save(update_fields=["password"])
            record(verb="foundation_identity.end_password_again", by=by, subject=user)
            count += 1
    for step in Authenticator.objects.select_related("user").filter(pk__in=steps):
        details = {"kind": str(step.type)}
        step.delete()
        record(verb="foundation_identity.end_step_again", by=by, subject=step.user, details=details)
        count += 1
    return count


@transaction.atomic
def clear_second_step(*, user: User, by: Actor) -> None:
    """Take away the one-time code of someone who lost it: they set up a new one at the next sign-in.

    Until then the workspace is shut for them, also where they are signed in.
    """
    ask(by, Permission.MEMBER_INVITE)
    Authenticator.objects.filter(user=user).delete()
    record(verb="foundation_identity.clear_second_step", by=by, subject=user)


@transaction.atomic
def note_sign_in(*, user: User) -> None:
    """Write to the record that someone signed in, through every step."""
    record(verb="foundation_identity.sign_in", by=user, subject=user)


@transaction.atomic
def note_refusal(*, verb: str, user: User | None) -> None:
    """Write to the record that someone tried to come in: we do not know who, so a visitor did it.

    Without a known account the event has no subject. It is written all the same, so that an unknown
    address costs as much time as a known one.
    """
    record(verb=f"foundation_identity.{verb}", by=VISITOR, subject=user)


@transaction.atomic
def note_change(*, verb: str, user: User) -> None:
    """Write to the record what someone changed about their own way in: password or second step."""
    record(verb=f"foundation_identity.{verb}", by=user, subject=user)


@transaction.atomic
def add_sample_person(
    *,
    email: str,
    name: str,
    organisation: Organisation,
    role: str,
    password: str,
    code_secret: str,
    by: Actor,
) -> User:
    """An invented person who can sign in with a password and a secret that everyone may know.

    Changes nothing when there is one. Raises ImproperlyConfigured in production.
    """
    if settings.IS_PRODUCTION:
        raise ImproperlyConfigured("Sample people are for demonstrations and tests only.")
    ask(by, Permission.MEMBER_INVITE)
    present = User.objects.filter(email=email, is_sample=True).first()
    if present is not None:
        return present
    user = _enrol(email, name, organisation, role)
    user.is_sample = True
    user.set_password(password)
    user.save(update_fields=["is_sample", "password"])
    TOTP.activate(user, code_secret)
    record(
        verb="foundation_identity.add_sample_person",
        by=by,
        subject=user,
        details={"role": role, "organisation": organisation.pk},
    )
    return user
