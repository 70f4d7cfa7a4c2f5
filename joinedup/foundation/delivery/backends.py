"""Mail backends for Django's mail API: the queue everything goes into, and the demo's outbox."""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation
from django.utils.html import strip_tags

from joinedup.foundation.delivery.jobs import deliver_soon
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message


def _parts(message: EmailMessage) -> tuple[str, str]:
    """The text and the HTML of a message, whichever of them it was made with."""
    body = str(message.body)
    if message.content_subtype == "html":
        return strip_tags(body).strip() + "\n", body
    if isinstance(message, EmailMultiAlternatives):
        for content, mimetype in message.alternatives:
            if mimetype == "text/html":
                return body, str(content)
    return body, ""


class QueueBackend(BaseEmailBackend):
    """The configured EMAIL_BACKEND: turns what Django or allauth sends into rows, one a recipient.

    It has no place for attachments and refuses them, so that none is lost without a word.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message for each of its recipients; returns how many messages were queued."""
        with transaction.atomic():
            for message in email_messages:
                if message.attachments:
                    raise ValueError("Mail with attachments cannot be queued.")
                text, html = _parts(message)
                for recipient in message.recipients():
                    queue(
                        to=parseaddr(recipient)[1],
                        subject=str(message.subject),
                        text=text,
                        html=html,
                        template="django",
                        stream=Message.Stream.ACCOUNT,
                        urgency=Message.Urgency.NOW,
                        language=translation.get_language() or "en",
                    )
            deliver_soon()
        return len(email_messages)


class OutboxRelay(BaseEmailBackend):
    """The demo's relay: hands nothing to the outside. The rows themselves are read at /outbox/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Accept every message."""
        return len(email_messages)
