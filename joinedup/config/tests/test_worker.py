"""The worker: sends what is due, forgets what is old, and loses nothing that others left."""

import datetime
from collections.abc import Callable

import pytest
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
def test_a_round_sends_what_is_due_without_being_asked(
    outbox: Callable[[], list[Message]], worker_round: Callable[[], None]
) -> None:
    write()
    worker_round()
    assert [message.state for message in outbox()] == [Message.State.SENT]


@pytest.mark.django_db
def test_a_round_runs_queued_jobs(worker_round: Callable[[], None]) -> None:
    deliver_due.enqueue()
    worker_round()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}


@pytest.mark.django_db
def test_a_round_forgets_messages_past_their_time(
    outbox: Callable[[], list[Message]], worker_round: Callable[[], None]
) -> None:
    long_ago = timezone.now() - datetime.timedelta(days=91)
    write(state=Message.State.SENT, sent_at=long_ago, created_at=long_ago, due_at=long_ago)
    worker_round()
    assert outbox() == []
