import pytest

from joinedup.foundation.delivery.tests.sink import running
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message


@pytest.fixture
def sink(settings):
    """A relay that takes mail, set as the way out."""
    with running() as relay:
        settings.RELAY = {
            "backend": "django.core.mail.backends.smtp.EmailBackend",
            "options": {"host": "127.0.0.1", "port": relay.port, "timeout": 5},
        }
        yield relay


@pytest.fixture
def queued(db):
    """Puts a message in the queue."""

    def put(to="ada@example.org", **fields):
        words = {"subject": "Hello", "text": "Hello\n", "html": "<p>Hello</p>", "template": "test"}
        return queue(to=to, stream=Message.Stream.REPLY, **(words | fields))

    return put
