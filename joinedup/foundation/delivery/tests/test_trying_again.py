"""What happens when sending breaks: put off, given up, or waiting for a relay that is down."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundation.delivery import actions
from joinedup.foundation.delivery.actions import TRIES, deliver
from joinedup.foundation.messages.models import Message

pytestmark = pytest.mark.django_db
State = Message.State


def due_now():
    Message.objects.update(due_at=timezone.now() - datetime.timedelta(seconds=1))


def wait_of(message):
    message.refresh_from_db()
    return round((message.due_at - timezone.now()).total_seconds())


class TestARelayThatRefusesOneMessage:
    def test_a_person_it_does_not_know_is_given_up_and_the_others_go_out(self, sink, queued):
        sink.answers["RCPT TO:<BAD@"] = "550 no such person"
        bad, good = queued("bad@example.org"), queued("good@example.org")
        assert deliver() == actions.Round(sent=1, failed=1)
        bad.refresh_from_db()
        good.refresh_from_db()
        assert (bad.state, good.state) == (State.FAILED, State.SENT)
        assert "550" in bad.fault
        assert bad.sent_at is None
        assert deliver().total == 0

    def test_words_it_refuses_for_good_are_given_up(self, sink, queued):
        sink.answers["BODY"] = "554 not these words"
        queued()
        assert deliver().failed == 1

    @pytest.mark.parametrize("answer", ["451 later", "hang up"])
    def test_a_passing_refusal_is_tried_again(self, sink, queued, answer):
        sink.answers["RCPT TO:<SLOW@"] = answer
        slow, good = queued("slow@example.org"), queued("good@example.org")
        assert deliver() == actions.Round(sent=1, put_off=1)
        assert 28 <= wait_of(slow) <= 30
        good.refresh_from_db()
        assert (slow.state, slow.attempts, good.state) == (State.DUE, 1, State.SENT)

        assert deliver().total == 0  # not before its time
        sink.answers.clear()
        due_now()
        assert deliver().sent == 1
        slow.refresh_from_db()
        assert (slow.state, slow.fault, slow.claimed_at) == (State.SENT, "", None)

    def test_waits_double_to_four_hours_and_the_twelfth_try_is_the_last(self, sink, queued):
        sink.answers["RCPT"] = "451 later"
        message = queued()
        waits = []
        for _try in range(TRIES - 1):
            due_now()
            assert deliver().put_off == 1
            waits.append(wait_of(message))
        due_now()
        assert deliver().failed == 1
        expected = [30, 60, 120, 240, 480, 960, 1920, 3840, 7680, 14400, 14400]
        assert all(abs(a - b) <= 3 for a, b in zip(waits, expected, strict=True))
        due_now()
        assert deliver().total == 0

    def test_a_refused_sender_is_our_own_fault_and_not_final(self, sink, queued):
        sink.answers["MAIL"] = "550 not allowed to send"
        queued()
        assert deliver() == actions.Round(put_off=1)


class TestARelayThatIsDown:
    def test_nothing_is_lost_and_no_try_is_used_up(self, sink, queued, settings):
        messages = [queued() for _number in range(3)]
        good = settings.RELAY
        settings.RELAY = good | {"options": {"host": "127.0.0.1", "port": 1, "timeout": 1}}
        for _time in range(TRIES * 3):
            round_ = deliver()
            assert round_ == actions.Round(put_off=1, relay_down=True)
            due_now()
        assert {m.attempts for m in Message.objects.all()} == {0}
        assert {m.state for m in Message.objects.all()} == {State.DUE}
        assert Message.objects.held_up().exists()

        settings.RELAY = good
        assert deliver().sent == len(messages)

    def test_a_wrong_password_fails_no_message(self, sink, queued, settings):
        sink.answers |= {"EHLO": "250-sink\r\n250 AUTH PLAIN LOGIN", "AUTH": "535 wrong password"}
        settings.RELAY["options"] |= {"username": "me", "password": "wrong"}
        message = queued()
        assert deliver() == actions.Round(put_off=1, relay_down=True)
        message.refresh_from_db()
        assert (message.state, message.attempts) == (State.DUE, 0)
        assert "535" in message.fault


class TestAMessageThatBreaksTheSender:
    def test_the_others_go_out(self, sink, queued, monkeypatch):
        plain = actions.as_mail

        def breaks(message, way=None):
            if message.to == "bad@example.org":
                raise LookupError("unknown encoding")
            return plain(message, way)

        monkeypatch.setattr(actions, "as_mail", breaks)
        bad = queued("bad@example.org")
        queued("good@example.org")
        assert deliver() == actions.Round(sent=1, put_off=1)
        bad.refresh_from_db()
        assert bad.fault == "LookupError: unknown encoding"

    def test_one_that_kills_the_worker_every_time_runs_out_of_tries(self, sink, queued, monkeypatch):
        killer = queued()

        def dies(message, way=None):
            raise SystemExit

        with monkeypatch.context() as patched:
            patched.setattr(actions, "as_mail", dies)
            for _time in range(TRIES):
                with pytest.raises(SystemExit):
                    deliver()
                Message.objects.update(claimed_at=timezone.now() - datetime.timedelta(seconds=61))
        assert deliver().failed == 1
        killer.refresh_from_db()
        assert killer.state == State.FAILED
        assert sink.raw == []


def test_the_most_urgent_goes_first_and_the_limit_is_kept(sink, queued):
    queued("later@example.org", urgency=Message.Urgency.BULK)
    queued("first@example.org", urgency=Message.Urgency.NOW)
    assert deliver(limit=1).sent == 1
    assert sink.envelopes == [["first@example.org"]]


def test_the_demonstration_hands_nothing_out_but_notes_it_as_sent(queued, settings):
    settings.RELAY = {"backend": "joinedup.foundation.delivery.backends.OutboxRelay", "options": {}}
    message = queued()
    assert deliver().sent == 1
    message.refresh_from_db()
    assert message.sent_at is not None
