"""Keeping our word about how long sign-ups are kept, and erasing someone who asks for it."""

import datetime
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.messages.actions import forget_about
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.news.actions.signing_up import empty, give_places, locked
from joinedup.inform.news.models import EventSignUp


@transaction.atomic
def forget_past(*, by: Actor, now: datetime.datetime | None = None) -> int:
    """Delete every sign-up of events that ended 28 days ago or earlier, with the mails about it.

    Returns how many.
    """
    ask(by, Permission.RETENTION_RUN)
    due = list(EventSignUp.objects.to_forget(now or timezone.now()).without_details())
    for row in due:
        forget_about(subject=row)
    if due:
        EventSignUp.objects.filter(pk__in=[row.pk for row in due]).delete()
        record(verb="inform_news.forget_past", by=by, details={"sign_ups": len(due)})
    return len(due)


@transaction.atomic
def erase(*, who: str, by: Actor) -> int:
    """Empty the sign-ups of a person, known by e-mail address or phone number; returns how many.

    Their places go to those who wait, as when they take it back themselves.
    """
    ask(by, Permission.PERSON_ERASE)
    found = list(EventSignUp.objects.standing().of_person(who).values_list("pk", "event"))
    for key, event_key in found:
        event = locked(event_key)
        row = EventSignUp.objects.get(pk=key)
        empty(row)
        give_places(event)
        record(verb="inform_news.erase", by=by, subject=row)
    return len(found)


@transaction.atomic
def take_back_again(*, taken: Mapping[str, datetime.datetime], by: Actor) -> int:
    """Empty sign-ups that had been taken back when a restore brought them back: keys, and when they were.

    The places go to those who wait. Returns how many. Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    standing = EventSignUp.objects.standing().values_list("pk", "event")
    found = [(key, event_key) for key, event_key in standing if str(key) in taken]
    events = [locked(event_key) for event_key in sorted({event_key for _key, event_key in found})]
    for key, _event_key in found:
        row = EventSignUp.objects.get(pk=key)
        empty(row)
        row.withdrawn_at = taken[str(key)]
        row.save(update_fields=["withdrawn_at"])
        record(verb="inform_news.take_back_again", by=by, subject=row)
    for event in events:
        give_places(event)
    return len(found)
