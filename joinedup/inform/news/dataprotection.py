"""What sign-ups for events keep about a person, and for how long."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Entry, Holder, Rule, holds, keeps
from joinedup.foundation.permissions import Actor
from joinedup.inform.news.actions import signing_up
from joinedup.inform.news.models import EventSignUp


def _found(who: str) -> list[Entry]:
    return [
        {
            "event": row.event.title,
            "signed up": timezone.localtime(row.created_at).isoformat(timespec="minutes"),
            "state": row.get_state_display(),
            "name": row.name,
            "email": row.email,
            "phone": row.phone,
            "people": row.people,
            "needs": [*row.need_names, *filter(None, [row.interpreter_language, row.needs_other])],
            "language we write in": row.language,
            "version of the words you agreed to": row.wording,
        }
        for row in EventSignUp.objects.of_person(who).select_related("event").order_by("created_at")
    ]


def _due(now: datetime.datetime) -> int:
    return EventSignUp.objects.to_forget(now).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    return signing_up.forget_past(by=by, now=now)


def _erase(who: str, by: Actor) -> int:
    return signing_up.erase(who=who, by=by)


keeps(
    Rule(
        "inform_news.sign_up",
        _("Who came to an event and what they needed"),
        _("28 days after the event"),
        _("To sort out what went wrong on the day"),
        _due,
        _forget,
    )
)
holds(Holder("inform_news.sign_up", _("Events you signed up for"), _found, _erase))
