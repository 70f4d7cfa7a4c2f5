"""What events keep about a person, and for how long."""

import datetime
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Ending, Entry, Holder, Rule, ends, holds, keeps
from joinedup.foundation.permissions import Actor
from joinedup.inform.news.actions import forgetting
from joinedup.inform.news.models import EventSignUp


def _when(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def _told(row: EventSignUp) -> Entry:
    languages = settings.PARTNERSHIP["languages"]
    return {
        "event": row.event.title,
        "when": row.event.when,
        "state": row.get_state_display(),
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "people": row.people,
        "what you need": row.need_names,
        "language of the interpreter": languages.get(row.interpreter_language, row.interpreter_language),
        "in your own words": row.needs_other,
        "language we write in": languages.get(row.language, row.language),
        "version of the words you said yes to": row.wording,
        "signed up": _when(row.created_at),
    }


def _found(who: str) -> list[Entry]:
    theirs = EventSignUp.objects.standing().of_person(who).select_related("event").in_order()
    return [_told(row) for row in theirs]


def _due(now: datetime.datetime) -> int:
    return EventSignUp.objects.to_forget(now).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    return forgetting.forget_past(by=by, now=now)


def _addresses() -> Iterator[str]:
    return EventSignUp.objects.filter(email__gt="").values_list("email", flat=True).iterator()


def _taken_back(since: datetime.datetime) -> Iterator[Entry]:
    rows = EventSignUp.objects.filter(state=EventSignUp.State.WITHDRAWN)
    for key, at in rows.values_list("pk", "withdrawn_at").iterator():
        yield {"sign_up": str(key), "withdrawn_at": str(at)}


def _take_back_again(entries: list[Entry], by: Actor) -> int:
    taken = {entry["sign_up"]: datetime.datetime.fromisoformat(entry["withdrawn_at"]) for entry in entries}
    return forgetting.take_back_again(taken=taken, by=by)


def _erase(who: str, by: Actor) -> int:
    return forgetting.erase(who=who, by=by)


keeps(
    Rule(
        "inform_news.sign_up",
        _("Who signed up for an event, and what they need"),
        _("28 days after the event"),
        _("To answer questions after it"),
        _due,
        _forget,
    )
)
holds(Holder("inform_news.sign_up", _("Events you signed up for"), _found, _erase, addresses=_addresses))
ends(
    Ending(
        "inform_news.taken_back",
        _("sign-ups for events that had been taken back"),
        _taken_back,
        _take_back_again,
    )
)
