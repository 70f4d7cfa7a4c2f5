"""Taking away the list of who comes."""

from django.db import transaction

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.inform.news.models import EventPage, EventSignUp


@transaction.atomic
def export(*, event: EventPage, by: Actor) -> list[EventSignUp]:
    """Everyone who has a place or waits for one, for those who hold the event. Who took it is recorded."""
    ask(by, Permission.EVENT_PERSON_VIEW, event)
    rows = list(event.sign_ups.standing().in_order())
    record(verb="inform_news.export", by=by, subject=event, details={"rows": len(rows)})
    return rows
