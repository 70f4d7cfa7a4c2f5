"""What the newsletter keeps about a person, and for how long."""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Ending, Entry, Holder, Rule, ends, holds, keeps
from joinedup.foundation.permissions import Actor
from joinedup.inform.newsletter import actions
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber


def _when(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def _line(event: ConsentEvent) -> Entry:
    return {
        "when": _when(event.at),
        "what": event.get_kind_display(),
        "page": event.page,
        "language of the page": event.language,
        "words you said yes to": event.wording.text if event.wording else "",
        "version of the words": event.wording.version if event.wording else "",
    }


def _found(who: str) -> list[Entry]:
    people = Subscriber.objects.by_address(who).prefetch_related("topics", "events__wording")
    return [
        {
            "email": person.email or "",
            "keyed mark of your address": person.address_mark,
            "name": person.name,
            "language": person.language,
            "topics": [str(topic) for topic in person.topics.all()],
            "state": person.get_state_display(),
            "asked": _when(person.asked_at),
            "confirmed": _when(person.confirmed_at),
            "left": _when(person.left_at),
            "what you agreed to and when": [_line(event) for event in person.events.all()],
        }
        for person in people
    ]


def _forget_requests(by: Actor, now: datetime.datetime) -> int:
    return actions.forget_requests(by=by, now=now)


def _forget_evidence(by: Actor, now: datetime.datetime) -> int:
    return actions.forget_evidence(by=by, now=now)


def _addresses() -> Iterator[str]:
    return (email for email in Subscriber.objects.values_list("email", flat=True) if email)


def _gone(since: datetime.datetime) -> Iterator[Entry]:
    """Whoever left last, also one who asked to come back and has not confirmed."""
    rows = Subscriber.objects.filter(left_at__isnull=False).exclude(state=Subscriber.State.CONFIRMED)
    for mark, left_at in rows.values_list("address_mark", "left_at").iterator():
        yield {"mark": mark, "left_at": str(left_at)}


def _leave_again(entries: list[Entry], by: Actor) -> int:
    gone = {entry["mark"]: datetime.datetime.fromisoformat(entry["left_at"]) for entry in entries}
    return actions.leave_again(gone=gone, by=by)


def _erase(who: str, by: Actor) -> int:
    return actions.erase(email=who, by=by)


keeps(
    Rule(
        "inform_newsletter.request",
        _("Requests for the newsletter that were never confirmed"),
        _("7 days"),
        _("Someone else may have typed the address"),
        actions.due_requests,
        _forget_requests,
    )
)
keeps(
    Rule(
        "inform_newsletter.evidence",
        _("Lines that show when someone said yes to the newsletter"),
        _("3 years after they left"),
        _("To show that we had consent, as long as a complaint could come"),
        actions.due_evidence,
        _forget_evidence,
    )
)
holds(Holder("inform_newsletter.subscriber", _("The newsletter"), _found, _erase, addresses=_addresses))
ends(Ending("inform_newsletter.left", _("people who had left the newsletter"), _gone, _leave_again))
