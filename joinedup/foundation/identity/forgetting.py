"""Removing what is past its time: old invitations, sessions that ended, and people who left long ago."""

import datetime

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.actions import shut_account
from joinedup.foundation.identity.models import ACCOUNT_KEPT, INVITATION_KEPT, NO_DOMAIN, Invitation, User
from joinedup.foundation.permissions import Actor, Permission, ask


def old_invitations(now: datetime.datetime) -> QuerySet[Invitation]:
    """Invitations used or run out thirty days ago."""
    return Invitation.objects.finished_before(now - INVITATION_KEPT)


def old_accounts(now: datetime.datetime) -> QuerySet[User]:
    """People whose last role ended a year ago."""
    return User.objects.left_before(timezone.localdate(now) - ACCOUNT_KEPT)


def ended_sessions(now: datetime.datetime) -> QuerySet[Session]:
    """Sessions nobody can go on with."""
    return Session.objects.filter(expire_date__lt=now)


@transaction.atomic
def forget_invitations(*, by: Actor, now: datetime.datetime) -> int:
    """Delete old invitations; returns how many."""
    ask(by, Permission.RETENTION_RUN)
    count, _rows = old_invitations(now).delete()
    return count


@transaction.atomic
def forget_sessions(*, by: Actor, now: datetime.datetime) -> int:
    """Delete ended sessions; returns how many."""
    ask(by, Permission.RETENTION_RUN)
    count, _rows = ended_sessions(now).delete()
    return count


@transaction.atomic
def forget_accounts(*, by: Actor, now: datetime.datetime) -> int:
    """Remove name and address of people who left a year ago; returns how many.

    The row stays, because the record of what they did and what they answered points at it.
    """
    ask(by, Permission.RETENTION_RUN)
    people = list(old_accounts(now))
    for user in people:
        shut_account(user)
        EmailAddress.objects.filter(user=user).delete()
        user.name, user.email, user.last_login = "", f"{user.pk}@{NO_DOMAIN}", None
        user.save(update_fields=["name", "email", "last_login"])
        record(verb="foundation_identity.forget_account", by=by, subject=user)
    return len(people)
