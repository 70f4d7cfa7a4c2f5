"""Several workers, and workers that die: every message goes out, and never twice while they live."""

import collections
import contextlib
import datetime
import os
import sqlite3
import subprocess
import sys
import threading

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.delivery import actions
from joinedup.foundation.delivery.actions import deliver
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import CLAIM_LASTS, Message

State = Message.State


def put(number):
    return queue(
        to=f"person{number}@example.org",
        subject="Hello",
        text="Hello\n",
        html="",
        template="test",
        stream="reply",
    )


def later(message):
    """As if the claim had been made so long ago that its time has run out."""
    Message.objects.filter(pk=message.pk).update(
        claimed_at=timezone.now() - CLAIM_LASTS - datetime.timedelta(seconds=1)
    )


WORKER = """
import os, django
django.setup()
from django.conf import settings
from joinedup.foundation.delivery.actions import deliver
settings.RELAY = {
    "backend": "django.core.mail.backends.smtp.EmailBackend",
    "options": {"host": "127.0.0.1", "port": int(os.environ["SINK_PORT"]), "timeout": 5},
}
print(deliver().sent)
"""


def each_once(sink, messages):
    received = collections.Counter(recipient for [recipient] in sink.envelopes)
    return received == {message.to: 1 for message in messages}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's test database cannot be shared by threads"
)
def test_several_threads_send_each_message_once(sink):
    messages = [put(number) for number in range(24)]
    start = threading.Barrier(3)
    rounds, faults = [], []

    def work():
        try:
            start.wait(timeout=10)
            rounds.append(deliver())
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)

    assert faults == []
    assert each_once(sink, messages)
    assert sum(round_.sent for round_ in rounds) == len(messages)
    assert set(Message.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a file that processes share")
def test_several_processes_send_each_message_once(sink, tmp_path):
    messages = [put(number) for number in range(60)]
    copy = tmp_path / "shared.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{copy}",
        "JOINEDUP_MODE": "test",
        "DJANGO_SETTINGS_MODULE": "joinedup.config.settings",
        "SINK_PORT": str(sink.port),
    }
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _number in range(2)
    ]
    said = [worker.communicate(timeout=120) for worker in workers]

    assert [worker.returncode for worker in workers] == [0, 0], said
    assert each_once(sink, messages)
    assert sum(int(out) for out, _err in said) == len(messages)
    with contextlib.closing(sqlite3.connect(copy)) as shared:
        states = shared.execute("SELECT DISTINCT state, attempts FROM foundation_messages_message").fetchall()
    assert states == [("sent", 1)]


@pytest.mark.django_db
class TestAWorkerThatDies:
    def die(self, message, monkeypatch, *, after_sending):
        """Deliver, and be killed just before or just after the relay took the message."""
        with monkeypatch.context() as patched:
            name = "_settle" if after_sending else "_send"

            def killed(*args):
                raise KeyboardInterrupt

            patched.setattr(actions, name, killed)
            with pytest.raises(KeyboardInterrupt):
                deliver()
        message.refresh_from_db()
        assert message.state == State.SENDING

    def test_before_sending_the_message_is_sent_after_a_minute_by_another(self, sink, monkeypatch):
        message = put(1)
        self.die(message, monkeypatch, after_sending=False)
        assert deliver().total == 0  # it may still be alive
        later(message)
        assert deliver().sent == 1
        assert len(sink.raw) == 1

    def test_between_sending_and_noting_it_the_same_mail_goes_once_more(self, sink, monkeypatch):
        message = put(1)
        self.die(message, monkeypatch, after_sending=True)
        later(message)
        assert deliver().sent == 1
        assert len(sink.raw) == 2
        assert len({mail["Message-ID"] for mail in sink.mails}) == 1  # so that mail programs can drop one
        assert deliver().total == 0

    def test_one_that_dies_holds_up_one_message_only(self, sink, monkeypatch):
        first = put(1)
        put(2)
        self.die(first, monkeypatch, after_sending=False)
        assert deliver().sent == 1
        assert Message.objects.get(state=State.SENDING) == first


@pytest.mark.django_db
class TestAWorkerThatIsSlow:
    """It takes longer than its claim lasts, and another worker takes the message meanwhile."""

    def test_what_it_sent_is_sent_although_the_other_fails(self, sink):
        message = put(1)
        slow = actions._claim(timezone.now())
        later(message)
        other = actions._claim(timezone.now())
        assert other.pk == slow.pk
        actions._settle(slow, None)
        actions._settle(other, OSError("broke"))
        message.refresh_from_db()
        assert message.state == State.SENT

    def test_its_fault_does_not_undo_what_the_other_did(self):
        message = put(1)
        slow = actions._claim(timezone.now())
        later(message)
        other = actions._claim(timezone.now())
        actions._settle(slow, OSError("broke"))
        message.refresh_from_db()
        assert (message.state, message.claimed_at) == (State.SENDING, other.claimed_at)

    def test_a_claim_is_fresh_for_each_message_however_long_the_round(self, sink, monkeypatch):
        for number in range(3):
            put(number)
        claimed = []
        plain = actions._send

        def noting(message, way):
            claimed.append(Message.objects.filter(state=State.SENDING).count())
            return plain(message, way)

        monkeypatch.setattr(actions, "_send", noting)
        assert deliver().sent == 3
        assert claimed == [1, 1, 1]


@pytest.mark.django_db
class TestTheCommand:
    def test_it_sends_a_round(self, sink, capsys, monkeypatch):
        monkeypatch.setattr(
            "joinedup.foundation.delivery.management.commands.deliver.deliver", lambda: deliver(limit=2)
        )
        for number in range(5):
            put(number)
        call_command("deliver")
        assert "Sent 2," in capsys.readouterr().out
        call_command("deliver", "--drain")
        assert "Sent 3," in capsys.readouterr().out
        assert len(sink.raw) == 5

    def test_it_stops_when_the_relay_is_down(self, settings, capsys):
        settings.RELAY = {
            "backend": "django.core.mail.backends.smtp.EmailBackend",
            "options": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
        put(1)
        put(2)
        call_command("deliver", "--drain")
        out, err = capsys.readouterr()
        assert "put off 1" in out
        assert "cannot be reached" in err

    def test_it_forgets_what_may_no_longer_be_kept(self, sink, capsys):
        old, new = put(1), put(2)
        deliver()
        Message.objects.filter(pk=old.pk).update(sent_at=timezone.now() - datetime.timedelta(days=91))
        call_command("deliver")
        assert "forgot 1 old" in capsys.readouterr().out
        assert list(Message.objects.all()) == [new]
        [event] = AuditEvent.objects.filter(verb="foundation_messages.forget_old")
        assert (event.actor_id, event.details) == ("deliver", {"count": 1})
