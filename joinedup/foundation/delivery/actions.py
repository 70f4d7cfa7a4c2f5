"""Sending what is due. Claims are written before sending, so a worker that dies loses nothing."""

import contextlib
import datetime
import smtplib
from dataclasses import dataclass
from email.charset import QP, Charset

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Count, F, Min
from django.utils import timezone

from joinedup.foundation.delivery.models import Heartbeat
from joinedup.foundation.messages.models import Message

BATCH = 100
ONLY = 1  # the key of the one heartbeat
TRIES = 12
FIRST_WAIT = datetime.timedelta(seconds=30)
LONGEST_WAIT = datetime.timedelta(hours=4)

# Quoted-printable: seven bits and short lines, whatever script the words are in, so every relay takes it.
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


@dataclass(frozen=True)
class Round:
    """What one round of delivery did: counts of messages, and whether the relay could be reached."""

    sent: int = 0
    put_off: int = 0
    failed: int = 0
    relay_down: bool = False

    @property
    def total(self) -> int:
        """How many messages were taken in hand."""
        return self.sent + self.put_off + self.failed


def relay() -> BaseEmailBackend:
    """The way out: SMTP as EMAIL_URL says, or the demo's outbox."""
    way: BaseEmailBackend = get_connection(settings.RELAY["backend"], **settings.RELAY["options"])
    return way


def _claim(now: datetime.datetime) -> Message | None:
    """Take the most urgent due message for ourselves, counting the try before it is made.

    One at a time: a claim is fresh when its message is sent, however many others went before, and
    a message that brings the worker down runs out of tries like any other.
    """
    with transaction.atomic():
        due = Message.objects.due(now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        message = due.first()
        if message is None:
            return None
        message.state, message.claimed_at = Message.State.SENDING, now
        message.attempts += 1
        message.save(update_fields=["state", "claimed_at", "attempts"])
    return message


def as_mail(message: Message, way: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The row as a mail with text, and HTML beside it; the Message-ID is made from the row's key."""
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={
            **message.headers,
            "Message-ID": f"<{message.pk}@{settings.MAIL_DOMAIN}>",
            "Auto-Submitted": "auto-generated",
        },
        connection=way,
    )
    mail.encoding = _UTF8
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    return mail


def _is_final(fault: Exception) -> bool:
    """Whether trying again cannot help: the relay refused this recipient or these words for good (SMTP 5xx).

    A refused sender or sign-in is a fault of our settings, which someone will mend: never final.
    """
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _text in fault.recipients.values())
    return isinstance(fault, smtplib.SMTPDataError) and fault.smtp_code >= 500


def _words(fault: Exception) -> str:
    return f"{type(fault).__name__}: {fault}".replace("\0", "")[:300]


def _settle(message: Message, fault: Exception | None) -> Message.State:
    """Write down how sending went. Waits double from 30 seconds to four hours; the twelfth try is the last.

    What was sent is sent, whoever says so. A fault counts only while the claim is still ours: a
    worker that came back late must not undo what another did meanwhile.
    """
    now = timezone.now()
    row = Message.objects.filter(pk=message.pk)
    if fault is None:
        row.update(state=Message.State.SENT, sent_at=now, fault="", claimed_at=None)
        return Message.State.SENT
    ours = row.filter(state=Message.State.SENDING, claimed_at=message.claimed_at)
    if _is_final(fault) or message.attempts >= TRIES:
        ours.update(state=Message.State.FAILED, fault=_words(fault), claimed_at=None)
        return Message.State.FAILED
    wait = min(FIRST_WAIT * 2 ** (message.attempts - 1), LONGEST_WAIT)
    ours.update(state=Message.State.DUE, fault=_words(fault), claimed_at=None, due_at=now + wait)
    return Message.State.DUE


def _give_back(message: Message, fault: Exception) -> None:
    """The relay could not be reached: nobody's fault but the relay's, so the try does not count."""
    Message.objects.filter(pk=message.pk, state=Message.State.SENDING, claimed_at=message.claimed_at).update(
        state=Message.State.DUE,
        attempts=F("attempts") - 1,
        fault=_words(fault),
        claimed_at=None,
        due_at=timezone.now() + FIRST_WAIT,
    )


def _close(way: BaseEmailBackend) -> None:
    with contextlib.suppress(OSError, smtplib.SMTPException):
        way.close()


class _TooManyTries(Exception):
    """The worker died at this message again and again."""


def _send(message: Message, way: BaseEmailBackend) -> Exception | None:
    if message.attempts > TRIES:
        return _TooManyTries(message.attempts - 1)
    try:
        as_mail(message, way).send()
    except Exception as fault:  # whatever one message does, the others behind it must go out
        return fault
    return None


def deliver(*, limit: int = BATCH) -> Round:
    """Send up to `limit` due messages, one by one, over one connection.

    A message whose sending breaks is put off and the others go on; when the relay itself cannot be
    reached, the round ends and no message loses a try. Between a relay's "yes" and our note of it
    a killed worker leaves one message that will be sent again after a minute, under the same
    Message-ID: never skipped, at most one duplicate.
    """
    states: list[Message.State] = []
    relay_down = False
    way = relay()
    try:
        for _number in range(limit):
            message = _claim(timezone.now())
            if message is None:
                break
            try:
                way.open()
            except Exception as fault:  # wrong settings make it raise nearly anything
                _give_back(message, fault)
                states.append(Message.State.DUE)
                relay_down = True
                break
            problem = _send(message, way)
            states.append(_settle(message, problem))
            if problem is not None:
                _close(way)
                way = relay()
    finally:
        _close(way)
    return Round(
        sent=states.count(Message.State.SENT),
        put_off=states.count(Message.State.DUE),
        failed=states.count(Message.State.FAILED),
        relay_down=relay_down,
    )


def beat() -> None:
    """Write down that a worker is alive, and how much mail is due. It changes nothing that needs an event."""
    now = timezone.now()
    found = Message.objects.due(now).order_by().aggregate(number=Count("id"), oldest=Min("due_at"))
    about = {"beat_at": now, "mail_due": found["number"], "mail_oldest_at": found["oldest"]}
    Heartbeat.objects.update_or_create(pk=ONLY, defaults=about)


def last_beat() -> Heartbeat | None:
    """What the worker last said; nothing before its first round."""
    return Heartbeat.objects.filter(pk=ONLY).first()
