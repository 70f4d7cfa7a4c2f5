"""Mail backends for Django's mail API: the queue everything goes into, and the demo's outbox."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation

from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message


class QueueBackend(BaseEmailBackend):
    """The configured EMAIL_BACKEND: turns what Django or allauth sends into rows, one a recipient."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Queue each message for each of its recipients; returns how many messages were queued."""
        for message in email_messages:
            html = ""
            if isinstance(message, EmailMultiAlternatives):
                html = next((str(a.content) for a in message.alternatives if a.mimetype == "text/html"), "")
            for recipient in message.recipients():
                queue(
                    to=recipient,
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html,
                    template="django",
                    stream=Message.Stream.ACCOUNT,
                    urgency=Message.Urgency.NOW,
                    language=translation.get_language() or "en",
                )
        return len(email_messages)


class OutboxRelay(BaseEmailBackend):
    """The demo's relay: hands nothing to the outside. The rows themselves are read at /outbox/."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Accept every message."""
        return len(email_messages)
