"""A message: one row for each recipient, written before anything is sent."""

import datetime
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

CLAIM_LASTS = datetime.timedelta(seconds=60)
KEPT_FOR = datetime.timedelta(days=90)


class MessageQuerySet(models.QuerySet["Message"]):
    """Reading messages."""

    def due(self, now: datetime.datetime) -> "MessageQuerySet":
        """To be sent now: waiting, or claimed by a worker that has not come back for a minute."""
        lost = Q(state=Message.State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
        return self.filter(Q(state=Message.State.DUE, due_at__lte=now) | lost).order_by(
            "urgency", "due_at", "id"
        )

    def failed(self) -> "MessageQuerySet":
        """Given up: tried too often, or refused for good."""
        return self.filter(state=Message.State.FAILED)

    def held_up(self) -> "MessageQuerySet":
        """Still to be sent, but something went wrong at the last try."""
        return self.filter(state=Message.State.DUE).exclude(fault="")

    def about(self, subject: models.Model) -> "MessageQuerySet":
        """Messages that tell of this row."""
        return self.filter(about_kind=subject._meta.label_lower, about_id=str(subject.pk))

    def finished_before(self, time: datetime.datetime) -> "MessageQuerySet":
        """Sent before that time, or given up and last due before it."""
        given_up = Q(state=Message.State.FAILED, due_at__lt=time)
        return self.filter(given_up | Q(state=Message.State.SENT, sent_at__lt=time))

    def to_address(self, email: str) -> "MessageQuerySet":
        """Those written to that address, whatever its capitals."""
        return self.filter(to__iexact=email.strip())

    def counts(self) -> dict[tuple[str, str], int]:
        """How many there are of each stream in each state; one query."""
        rows = self.order_by().values_list("stream", "state").annotate(number=Count("id"))
        return {(stream, state): number for stream, state, number in rows}

    def without_words(self) -> "MessageQuerySet":
        """Rows without subject, text and headers, for pages that must not show them."""
        return self.defer("subject", "text", "html", "headers")

    def newest_first(self) -> "MessageQuerySet":
        """Latest first."""
        return self.order_by("-created_at", "-id")


class Message(models.Model):
    """One message to one recipient, with its text and HTML as they will be sent.

    The state says what is still due, so a worker that dies loses nothing. What it is about is
    named by label and key, never by foreign key, so that any area can send.
    """

    class Stream(models.TextChoices):
        ACCOUNT = "account", _("Signing in")
        REPLY = "reply", _("Answers and confirmations")
        NEWSLETTER = "newsletter", _("Newsletter")

    class State(models.TextChoices):
        DUE = "due", _("Waiting to be sent")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Could not be sent")

    class Urgency(models.IntegerChoices):
        NOW = 0, _("At once")
        SOON = 1, _("Soon")
        BULK = 2, _("When there is room")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    stream = models.CharField(max_length=20, choices=Stream.choices)
    template = models.CharField(max_length=80)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.SOON)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True)

    objects = MessageQuerySet.as_manager()

    personal_data: ClassVar[dict[str, str]] = {
        "id": "none",
        "stream": "none",
        "template": "none",
        "urgency": "none",
        "to": "personal",
        "language": "personal",
        "subject": "personal",
        "text": "special",
        "html": "special",
        "headers": "secret",
        "about_kind": "none",
        "about_id": "pseudonym",
        "state": "none",
        "attempts": "none",
        "created_at": "none",
        "due_at": "none",
        "claimed_at": "none",
        "sent_at": "personal",
        "fault": "personal",
    }
    lawful_basis = "UK GDPR article 6(1)(e) for answers and sign-in, 6(1)(a) consent for the newsletter"
    retention = "90 days after it was sent or failed, then deleted"

    class Meta:
        indexes = [
            models.Index(fields=["state", "urgency", "due_at"], name="message_due"),
            models.Index(fields=["about_kind", "about_id"], name="message_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="message_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template} ({self.state})"
