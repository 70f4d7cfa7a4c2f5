"""The worker: sends what is due, forgets what is old, and loses nothing that others left."""

import datetime
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from joinedup.foundation.delivery.jobs import deliver_due
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message


def write(**changes: object) -> Message:
    message = queue(
        to="reader@example.org",
        subject="Hello",
        text="Words",
        html="",
        template="test",
        stream=Message.Stream.REPLY,
    )
    Message.objects.filter(pk=message.pk).update(**changes)
    return message


@pytest.mark.django_db
def test_a_round_sends_what_is_due_without_being_asked(outbox: Callable[[], list[Message]]) -> None:
    write()
    call_command("worker", once=True)
    assert [message.state for message in outbox()] == [Message.State.SENT]


@pytest.mark.django_db
def test_a_round_runs_queued_jobs() -> None:
    deliver_due.enqueue()
    call_command("worker", once=True)
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


@pytest.mark.django_db
def test_a_round_forgets_messages_past_their_time(outbox: Callable[[], list[Message]]) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=91)
    write(state=Message.State.SENT, sent_at=long_ago, created_at=long_ago, due_at=long_ago)
    call_command("worker", once=True)
    assert outbox() == []
