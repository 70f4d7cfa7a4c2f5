"""What is kept about staff, and for how long."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Entry, Holder, Rule, holds, keeps
from joinedup.foundation.identity import forgetting
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
