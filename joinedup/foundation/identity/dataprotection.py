"""What is kept about staff, and for how long."""

import datetime
import hashlib
import json
from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.plugs import Ending, Entry, Holder, Rule, ends, holds, keeps
from joinedup.foundation.identity import actions, forgetting
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.permissions import Actor


def _role(membership: Membership) -> Entry:
    return {
        "organisation": membership.organisation.name,
        "role": membership.get_role_display(),
        "from": membership.starts_on.isoformat(),
        "until": membership.ends_on.isoformat() if membership.ends_on else "",
    }


def _found(who: str) -> list[Entry]:
    return [
        {
            "name": user.name,
            "email": user.email,
            "joined": timezone.localtime(user.joined_at).isoformat(timespec="minutes"),
            "last signed in": timezone.localtime(user.last_login).isoformat(timespec="minutes")
            if user.last_login
            else "",
            "roles": [_role(each) for each in user.memberships.select_related("organisation")],
        }
        for user in User.objects.filter(email__iexact=who.strip())
    ]


def _due_invitations(now: datetime.datetime) -> int:
    return forgetting.old_invitations(now).count()


def _due_accounts(now: datetime.datetime) -> int:
    return forgetting.old_accounts(now).count()


def _due_sessions(now: datetime.datetime) -> int:
    return forgetting.ended_sessions(now).count()


def _forget_invitations(by: Actor, now: datetime.datetime) -> int:
    return forgetting.forget_invitations(by=by, now=now)


def _forget_accounts(by: Actor, now: datetime.datetime) -> int:
    return forgetting.forget_accounts(by=by, now=now)


def _forget_sessions(by: Actor, now: datetime.datetime) -> int:
    return forgetting.forget_sessions(by=by, now=now)


def _ended_roles(since: datetime.datetime) -> Iterator[Entry]:
    for row in Membership.objects.filter(ends_on__isnull=False).iterator():
        yield {
            "membership": row.pk,
            "user": row.user_id,
            "organisation": row.organisation_id,
            "role": row.role,
            "starts_on": row.starts_on.isoformat(),
            "ends_on": row.ends_on.isoformat(),  # type: ignore[union-attr]  # asked for above
        }


def _end_roles_again(entries: list[Entry], by: Actor) -> int:
    day = datetime.date.fromisoformat
    days = [{"starts_on": day(entry["starts_on"]), "ends_on": day(entry["ends_on"])} for entry in entries]
    ended = [actions.EndedRole(**{**entry, **dates}) for entry, dates in zip(entries, days, strict=True)]
    return actions.end_roles_again(ended=ended, by=by)


def _mark(step: Authenticator) -> str:
    """By which a second step is known again: a new app, or a recovery code used, makes another mark."""
    told = json.dumps([step.pk, step.type, step.data], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _ways_in(since: datetime.datetime) -> Iterator[Entry]:
    """Of everybody: the second steps they have now, and the events of passwords they chose."""
    changes = AuditEvent.objects.filter(
        verb="foundation_identity.password_change", occurred_at__gte=since
    ).values_list("subject_id", "pk")
    now = timezone.now().isoformat()
    steps = list(Authenticator.objects.all())
    for pk in User.objects.values_list("pk", flat=True):
        yield {
            "user": pk,
            "passwords": [str(event) for key, event in changes if key == str(pk)],
            "steps": [_mark(step) for step in steps if step.user_id == pk],
            "as_of": now,
        }


def _end_ways_in(entries: list[Entry], by: Actor) -> int:
    """Passwords from before the last one, and second steps that were not there any more."""
    events = [event for entry in entries for event in entry["passwords"]]
    here = {str(key) for key in AuditEvent.objects.filter(pk__in=events).values_list("pk", flat=True)}
    told = {entry["user"]: entry for entry in entries}
    passwords = {pk for pk, entry in told.items() if set(entry["passwords"]) - here}
    steps = {
        step.pk
        for step in Authenticator.objects.filter(user__in=told)
        if _mark(step) not in told[step.user_id]["steps"]
        and step.created_at <= datetime.datetime.fromisoformat(told[step.user_id]["as_of"])
    }
    return actions.end_ways_in(passwords=passwords, steps=steps, by=by)


keeps(
    Rule(
        "foundation_identity.account",
        _("Names and addresses of staff"),
        _("12 months after their last role ended"),
        _("They may come back, and questions about their work may come"),
        _due_accounts,
        _forget_accounts,
    )
)
keeps(
    Rule(
        "foundation_identity.invitation",
        _("Invitations to staff"),
        _("30 days after they were used or ran out"),
        _("To see why someone could not come in"),
        _due_invitations,
        _forget_invitations,
    )
)
keeps(
    Rule(
        "foundation_identity.session",
        _("Sessions of staff"),
        _("until they end"),
        _("They are of no use afterwards"),
        _due_sessions,
        _forget_sessions,
    )
)
holds(
    Holder(
        "foundation_identity.user",
        _("Your account as a member of staff"),
        _found,
        None,
        _("it is kept for 12 months after the last role ended, because the record of staff work needs it"),
    )
)
ends(
    Ending(
        "foundation_identity.role",
        _("roles of staff that had ended"),
        _ended_roles,
        _end_roles_again,
    )
)
ends(
    Ending(
        "foundation_identity.way_in",
        _("passwords and second steps of staff that had been changed"),
        _ways_in,
        _end_ways_in,
    )
)
