"""The audit event: one row for each thing that was done."""

import datetime
import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone


def _midnight(day: datetime.date) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.min))


class AuditEventQuerySet(models.QuerySet["AuditEvent"]):
    """Reading the record."""

    def about(self, subject: models.Model) -> "AuditEventQuerySet":
        """Events whose subject is this row."""
        return self.filter(subject_kind=subject._meta.label_lower, subject_id=str(subject.pk))

    def between(self, first: datetime.date | None, last: datetime.date | None) -> "AuditEventQuerySet":
        """Events from the first to the last day, both included, by the calendar of the place."""
        events = self
        if first is not None:
            events = events.filter(occurred_at__gte=_midnight(first))
        if last is not None:
            events = events.filter(occurred_at__lt=_midnight(last + datetime.timedelta(days=1)))
        return events

    def newest_first(self) -> "AuditEventQuerySet":
        """Latest first; ties are broken by key so that pages are stable."""
        return self.order_by("-occurred_at", "-id")


class AuditEvent(models.Model):
    """One thing that was done, by whom, to what, and when.

    It points at its actor and subject by label and key, never by foreign key, so that nothing is
    blocked or lost when those rows go. It holds keys and labels only, never names or free text, so
    erasing a person needs no change here. Triggers in the database refuse UPDATE and DELETE.
    """

    # The key is made here, not by the database, so that a role which may INSERT but not SELECT can write it.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    occurred_at = models.DateTimeField(default=timezone.now, editable=False)
    actor_kind = models.CharField(max_length=80)
    actor_id = models.CharField(max_length=80, blank=True)
    verb = models.CharField(max_length=80)
    subject_kind = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=80, blank=True)
    details = models.JSONField(default=dict)

    objects = AuditEventQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "occurred_at": "none",
        "actor_kind": "none",
        "actor_id": "pseudonym",
        "verb": "none",
        "subject_kind": "none",
        "subject_id": "pseudonym",
        "details": "pseudonym",
    }
    lawful_basis = "UK GDPR article 6(1)(e), public task: showing who did what (article 5(2))"
    retention = "8 years from the event, then deleted by the owner of the database"

    class Meta:
        indexes = [
            models.Index(fields=["-occurred_at", "-id"], name="audit_by_time"),
            models.Index(fields=["subject_kind", "subject_id"], name="audit_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.occurred_at:%Y-%m-%d %H:%M} {self.verb} {self.subject_kind} {self.subject_id}"

    def told(self) -> list[tuple[str, str]]:
        """The details as pairs of words, for showing."""
        return [
            (key, ", ".join(str(part) for part in value) if isinstance(value, list) else str(value))
            for key, value in self.details.items()
        ]
