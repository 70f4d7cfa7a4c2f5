"""Writing the record. Called by actions, inside their transaction, and by nothing else."""

import re
from collections.abc import Iterable, Mapping

from django.db import connection, models, transaction

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import Actor, Permission, ask

Detail = str | int | bool | None
Details = Mapping[str, Detail | list[str]]

_AT_ONCE = 500  # rows in one statement
# Keys and labels look like this; names and sentences do not. No space, so no free text; no @, so no address.
_LABEL = re.compile(r"[\w.:/+-]{0,80}", re.ASCII)


class NotInTransaction(RuntimeError):
    """An audit event was written outside a transaction, so it could outlive what it tells of."""


def _checked(details: Details) -> dict[str, object]:
    for key, value in details.items():
        for part in (key, *value) if isinstance(value, list) else (key, value):
            if part is None or isinstance(part, int):
                continue
            if not (isinstance(part, str) and _LABEL.fullmatch(part)):
                raise ValueError(f"Audit detail {key!r} must be a key, a label or a number, not text.")
    return dict(details)


def record(
    *, verb: str, by: Actor, subject: models.Model | None = None, details: Details | None = None
) -> AuditEvent:
    """Write one event, at the cost of one INSERT, in the transaction that is open.

    `verb` is `<app label>.<action>`. Raises NotInTransaction outside a transaction, and ValueError
    when the verb is no label, or a detail is anything but a key, a label or a number.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction(verb)
    event = _event(verb, by, subject, details)
    event.save(force_insert=True)
    return event


def _event(verb: str, by: Actor, subject: models.Model | None, details: Details | None) -> AuditEvent:
    if not (verb and _LABEL.fullmatch(verb)):
        raise ValueError(f"Audit verb {verb!r} must be a label.")
    return AuditEvent(
        actor_kind=by.actor_kind,
        actor_id=by.actor_id,
        verb=verb,
        subject_kind=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        details=_checked(details or {}),
    )


def record_each(
    *, verb: str, by: Actor, subjects: Iterable[models.Model], details: Details | None = None
) -> None:
    """Write one event for each of the subjects, all the same; otherwise as `record`."""
    if not connection.in_atomic_block:
        raise NotInTransaction(verb)
    AuditEvent.objects.bulk_create(
        (_event(verb, by, subject, details) for subject in subjects), batch_size=_AT_ONCE
    )


@transaction.atomic
def put_back(*, events: Iterable[AuditEvent], by: Actor) -> int:
    """Write events that a restore lost, just as they were; those that are here stay. Returns how many.

    For the restore only. Raises PermissionRefused.
    """
    ask(by, Permission.RETENTION_RUN)
    lost = {event.pk: event for event in events}
    keys = list(lost)
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        for found in AuditEvent.objects.filter(pk__in=some).values_list("pk", flat=True):
            del lost[found]
    AuditEvent.objects.bulk_create(lost.values(), batch_size=_AT_ONCE)
    return len(lost)
