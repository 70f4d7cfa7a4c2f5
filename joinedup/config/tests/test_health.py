"""/health/: all is well only while database, worker and mail are, and nobody learns anything else."""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from joinedup.config import health
from joinedup.foundation.delivery.actions import beat, last_beat
from joinedup.foundation.delivery.models import Heartbeat
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message

pytestmark = pytest.mark.django_db


def ago(seconds: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(seconds=seconds)


def write(**changes: Any) -> None:
    message = queue(
        to="reader@example.org",
        subject="Hello",
        text="Words",
        html="",
        template="test",
        stream=Message.Stream.REPLY,
    )
    Message.objects.filter(pk=message.pk).update(**changes)


def ask(**query: str) -> Any:
    return Client().get("/health/", query)


def test_before_the_worker_ever_ran_not_all_is_well() -> None:
    answer = ask()
    assert answer.status_code == 503
    assert answer.json() == {
        "ok": False,
        "database": "ok",
        "worker_age_s": None,
        "mail_queue": {"due": None, "oldest_age_s": None},
    }


def test_after_a_round_of_the_worker_all_is_well(worker_round: Callable[[], None]) -> None:
    worker_round()
    answer = ask()
    assert (answer.status_code, answer.json()["ok"]) == (200, True)
    assert answer.json()["mail_queue"] == {"due": 0, "oldest_age_s": None}


def test_a_worker_that_fell_silent_is_noticed() -> None:
    beat()
    Heartbeat.objects.update(beat_at=ago(health.WORKER_SILENT + 5))
    answer = ask()
    assert answer.status_code == 503
    assert answer.json()["worker_age_s"] >= health.WORKER_SILENT


def test_waiting_mail_is_counted_and_late_mail_is_noticed() -> None:
    write(due_at=ago(60))
    beat()
    assert ask().status_code == 200
    assert ask().json()["mail_queue"]["due"] == 1
    write(due_at=ago(health.MAIL_LATE + 60))
    beat()
    answer = ask()
    assert answer.status_code == 503
    assert answer.json()["mail_queue"]["oldest_age_s"] >= health.MAIL_LATE


def test_mail_that_is_not_due_yet_does_not_count() -> None:
    write(due_at=ago(-600))
    beat()
    found = last_beat()
    assert found is not None
    assert (found.mail_due, found.mail_oldest_at) == (0, None)


def test_the_worker_speaks_at_most_every_ten_seconds_and_in_one_row(worker_round: Callable[[], None]) -> None:
    worker_round()
    worker_round()
    assert Heartbeat.objects.count() == 1


def test_a_database_that_is_away_is_said_and_not_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise OperationalError("connection to server at 10.0.0.7 failed: no password")

    monkeypatch.setattr(health, "last_beat", away)
    answer = ask()
    assert answer.status_code == 503
    assert answer.json()["database"] == "away"
    assert "10.0.0.7" not in answer.content.decode()


def test_it_can_be_read_as_text() -> None:
    beat()
    answer = ask(format="text")
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.content.decode().splitlines() == [
        "ok: yes",
        "database: ok",
        "worker_age_s: 0",
        "mail_due: 0",
        "mail_oldest_age_s: unknown",
    ]


def test_nothing_keeps_it_and_it_leaves_no_cookie() -> None:
    answer = ask()
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_it_tells_of_no_person() -> None:
    write(due_at=ago(60), fault="reader@example.org refused")
    beat()
    assert "example.org" not in json.dumps(ask().json())
