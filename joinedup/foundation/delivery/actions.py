"""Sending what is due. Claims are written before sending, so a worker that dies loses nothing."""

import datetime
import smtplib
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.utils import timezone

from joinedup.foundation.messages.models import Message

BATCH = 100
TRIES = 8


@dataclass(frozen=True)
class Round:
    """What one round of delivery did: counts of messages."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0


def relay() -> BaseEmailBackend:
    """The way out: SMTP as EMAIL_URL says, or the demo's outbox."""
    return get_connection(settings.RELAY["backend"], **settings.RELAY["options"])  # type: ignore[no-any-return]


def _claim(now: datetime.datetime, limit: int) -> list[Message]:
    with transaction.atomic():
        due = Message.objects.due(now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        claimed = list(due[:limit])
        Message.objects.filter(pk__in=[m.pk for m in claimed]).update(
            state=Message.State.SENDING, claimed_at=now
        )
    return claimed


def as_mail(message: Message, way: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The row as a mail with text, and HTML beside it; the Message-ID is made from the row's key."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={
            "Message-ID": f"<{message.pk}@{settings.MAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
            **message.headers,
        },
        connection=way,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _is_final(fault: Exception) -> bool:
    """Whether trying again cannot help: the relay refused this recipient for good (SMTP 5xx)."""
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPResponseException) and fault.smtp_code >= 500


def _settle(message: Message, fault: Exception | None) -> str:
    """Write down how sending went. Waits double from 30 seconds; after eight tries it has failed."""
    now = timezone.now()
    message.attempts += 1
    message.claimed_at = None
    if fault is None:
        message.state, message.sent_at, message.fault = Message.State.SENT, now, ""
    elif _is_final(fault) or message.attempts >= TRIES:
        message.state, message.fault = Message.State.FAILED, f"{type(fault).__name__}: {fault}"[:300]
    else:
        message.state, message.fault = Message.State.DUE, f"{type(fault).__name__}: {fault}"[:300]
        message.due_at = now + datetime.timedelta(seconds=30 * 2 ** (message.attempts - 1))
    message.save(update_fields=["state", "sent_at", "fault", "attempts", "claimed_at", "due_at"])
    return str(message.state)


def deliver(*, limit: int = BATCH) -> Round:
    """Send up to `limit` due messages, one by one, over one connection.

    A message whose sending breaks is put off and the others go on. Between a relay's "yes" and our
    note of it a killed worker leaves one message that will be sent again after a minute: never
    skipped, at most one duplicate.
    """
    claimed = _claim(timezone.now(), limit)
    states: list[str] = []
    if not claimed:
        return Round()
    way = relay()
    try:
        for message in claimed:
            fault: Exception | None = None
            try:
                way.open()
                as_mail(message, way).send()
            except (OSError, smtplib.SMTPException, ValueError) as error:
                fault = error
                way = relay()
            states.append(_settle(message, fault))
    finally:
        way.close()
    return Round(
        sent=states.count(Message.State.SENT),
        put_off=states.count(Message.State.DUE),
        failed=states.count(Message.State.FAILED),
    )
