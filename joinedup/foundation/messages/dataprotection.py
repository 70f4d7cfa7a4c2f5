"""What messages keep about a person, and for how long."""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Entry, Holder, Rule, holds, keeps
from joinedup.foundation.messages import actions
from joinedup.foundation.messages.models import KEPT_FOR, Message
from joinedup.foundation.permissions import Actor


def _found(who: str) -> list[Entry]:
    return [
        {
            "written": timezone.localtime(message.created_at).isoformat(timespec="minutes"),
            "to": message.to,
            "state": message.get_state_display(),
            "subject": message.subject,
            "text": message.text,
        }
        for message in Message.objects.to_address(who).order_by("created_at")
    ]


def _due(now: datetime.datetime) -> int:
    return Message.objects.finished_before(now - KEPT_FOR).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    return actions.forget_old(by=by, now=now)


def _addresses() -> Iterator[str]:
    return Message.objects.values_list("to", flat=True).distinct().iterator()


def _erase(who: str, by: Actor) -> int:
    return actions.forget_person(email=who, by=by)


keeps(
    Rule(
        "foundation_messages.message",
        _("Messages that were sent or could not be sent"),
        _("90 days after that"),
        _("To send again what did not arrive, and to answer questions about it"),
        _due,
        _forget,
    )
)
holds(
    Holder("foundation_messages.message", _("Messages we wrote to you"), _found, _erase, addresses=_addresses)
)
