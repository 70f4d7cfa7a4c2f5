"""Keeping our word about how long sign-ups are kept, and erasing someone who asks for it."""

import datetime

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
