"""Ending again what had ended, after a backup from before brought it back.

What has ended is asked of the subjects (`Ending`), and one thing is kept for all of them here: the
record of what was done. It tells who was erased, by marks; and it must not vanish with a restore.
"""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.audit.actions import put_back, record
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.actions import ERASED
from joinedup.foundation.dataprotection.marks import marks_of
from joinedup.foundation.dataprotection.plugs import Ending, Entry, endings, holders
from joinedup.foundation.permissions import Actor, Permission, ask


def _events(since: datetime.datetime) -> Iterable[Entry]:
    rows = AuditEvent.objects.filter(occurred_at__gte=since).order_by("occurred_at", "id")
    for event in rows.iterator(chunk_size=1000):
        yield {
            "id": str(event.pk),
            "occurred_at": event.occurred_at.isoformat(),
            "actor_kind": event.actor_kind,
            "actor_id": event.actor_id,
            "verb": event.verb,
            "subject_kind": event.subject_kind,
            "subject_id": event.subject_id,
            "details": event.details,
        }


def _event(entry: Entry) -> AuditEvent:
    moment = datetime.datetime.fromisoformat(entry["occurred_at"])
    return AuditEvent(**{**entry, "id": uuid.UUID(entry["id"]), "occurred_at": moment})


def _erase_again(erasures: list[AuditEvent], by: Actor) -> int:
    """Erase whoever was erased by events that are not here, so after what stands here was written."""
    here = set(AuditEvent.objects.filter(verb=ERASED).values_list("pk", flat=True))
    erased = {event.details.get("mark") for event in erasures if event.pk not in here} - {None}
    if not erased:
        return 0
    known = {one for each in holders() if each.addresses is not None for one in each.addresses()}
    back = sorted(address for address in known if erased & set(marks_of(address)))
    count = 0
    for address in back:
        count += sum(each.erase(address, by) for each in holders() if each.erase is not None)
    return count


def _keep_record(entries: list[Entry], by: Actor) -> int:
    events = [_event(entry) for entry in entries]
    erased = _erase_again([event for event in events if event.verb == ERASED], by)
    return erased + put_back(events=events, by=by)


RECORD = Ending(
    "foundation_dataprotection.record",
    _("events of the record, and people erased again"),
    _events,
    _keep_record,
)


def every() -> list[Ending]:
    """Every kind of ending; the record is last, because the others look in it what had not happened yet."""
    return [*endings(), RECORD]


@transaction.atomic
def end_again(*, ended: Mapping[str, list[dict[str, Any]]], by: Actor) -> dict[str, int]:
    """End again what had ended: entries as `collect` gave them, by key; all of it or nothing.

    Returns how many rows were changed, by key; keys nobody knows are left out. Twice changes nothing
    more. Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    done = {each.key: each.apply(ended[each.key], by) for each in every() if each.key in ended}
    counts = {key: count for key, count in done.items() if count}
    if counts:
        record(verb="foundation_dataprotection.end_again", by=by, details=counts)
    return counts
