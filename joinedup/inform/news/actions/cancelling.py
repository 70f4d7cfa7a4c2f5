"""Cancelling an event, and seeing to it that everyone who signed up hears of it once."""

from dataclasses import dataclass

from django.db import transaction

from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.news.actions.signing_up import locked, tell
from joinedup.inform.news.models import EventPage, EventSignUp


@dataclass(frozen=True)
class Heard:
    """How many sign-ups were written to just now, and how many are left for someone to ring."""

    written: int
    to_ring: int


@transaction.atomic
def cancel_event(*, event: EventPage, reason: str, by: Actor) -> Heard:
    """Say on the event's page that it is cancelled, and tell everyone who signed up.

    What an editor has drafted and not published stays a draft. Raises PermissionRefused,
    ValidationError when there is no reason.
    """
    ask(by, Permission.PAGE_PUBLISH, event)
    event = locked(event.pk)
    draft = event.get_latest_revision_as_object() if event.has_unpublished_changes else None
    if not event.is_cancelled:
        user = by if isinstance(by, User) else None
        event.is_cancelled, event.cancel_reason = True, reason
        event.full_clean()
        # One person is enough here: the words are ours but for the reason, and people may be on their way.
        version = event.save_revision(user=user, log_action=True)
        version.publish(user=user, skip_permission_checks=True)
        if draft is not None:
            draft.is_cancelled, draft.cancel_reason = True, reason
            draft.save_revision(user=user)
        record(verb="inform_news.cancel_event", by=by, subject=event)
    return tell_everyone(event=event, by=by)


@transaction.atomic
def tell_everyone(*, event: EventPage, by: Actor) -> Heard:
    """Write to everyone who signed up and has not heard that the event is cancelled. Twice changes nothing.

    Nobody is told of an event that is on, or is over.
    """
    ask(by, Permission.PAGE_PUBLISH, event)
    event = locked(event.pk)
    if not event.is_cancelled or event.is_over:
        return Heard(0, 0)
    untold = event.sign_ups.standing().exclude(told=EventSignUp.Told.CANCELLED).in_order()
    written = [tell(row, event, "cancelled", EventSignUp.Told.CANCELLED) for row in untold]
    if written:
        details = {"written": written.count(True), "to_ring": written.count(False)}
        record(verb="inform_news.tell_everyone", by=by, subject=event, details=details)
    return Heard(written.count(True), written.count(False))


@transaction.atomic
def note_told(*, sign_up: EventSignUp, by: Actor) -> bool:
    """Note that someone rang the person and told them how it stands. False when nothing was owed."""
    ask(by, Permission.EVENT_PERSON_VIEW, sign_up)
    event = locked(sign_up.event_id)
    row = event.sign_ups.get(pk=sign_up.pk)
    if not row.is_to_be_told:
        return False
    row.told = row.owed()
    row.save(update_fields=["told"])
    record(verb="inform_news.note_told", by=by, subject=row, details={"told": row.told})
    return True
