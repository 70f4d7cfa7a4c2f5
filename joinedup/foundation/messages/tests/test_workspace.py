"""Messages in the workspace: counts and failures, never their words; a failed one is tried again, once."""

import datetime

import pytest
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages import actions
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import PermissionRefused, System

pytestmark = pytest.mark.django_db
ADDRESS = "/workspace/messages/"
State = Message.State


def message(state=State.FAILED, **fields):
    row = actions.queue(
        to="ada@example.org",
        subject="Your secret subject",
        text="secret words",
        html="<p>secret words</p>",
        template="test",
        stream=Message.Stream.REPLY,
    )
    sent_at = timezone.now() if state == State.SENT else None
    Message.objects.filter(pk=row.pk).update(state=state, sent_at=sent_at, **fields)
    row.refresh_from_db()
    return row


class TestWhoMaySee:
    def test_a_visitor_is_asked_to_sign_in(self, client):
        assert client.get(ADDRESS).status_code == 302
        assert client.post(f"{ADDRESS}{message().pk}/retry/").status_code == 302
        assert Message.objects.get().state == State.FAILED

    def test_strangers_and_other_staff_see_nothing_and_change_nothing(
        self, client_for, stranger, officer, partner
    ):
        row = message()
        for user in (stranger, officer, partner):
            assert client_for(user).get(ADDRESS).status_code == 403
            assert client_for(user).post(f"{ADDRESS}{row.pk}/retry/").status_code == 403
        assert Message.objects.get().state == State.FAILED

    def test_the_action_asks_as_well(self, officer):
        with pytest.raises(PermissionRefused):
            actions.retry(message=message(), by=officer)
        with pytest.raises(PermissionRefused):
            actions.forget_old(by=officer)


class TestTheOverview:
    def test_it_counts_by_stream_and_state_and_names_faults(self, client_for, administrator):
        message(fault="SMTPDataError: 554 no", attempts=12)
        message(State.SENT)
        message(State.SENT)
        message(State.DUE, fault="OSError: relay down")
        response = client_for(administrator).get(ADDRESS)
        text = response.content.decode()
        row = next(row for row in response.context["rows"] if row["stream"] == Message.Stream.REPLY.label)
        assert row["counts"] == [1, 0, 2, 1]
        assert "SMTPDataError: 554 no" in text
        assert "OSError: relay down" in text

    def test_it_never_shows_what_a_message_says(self, client_for, administrator):
        message(fault="x")
        message(State.DUE, fault="y")
        text = client_for(administrator).get(ADDRESS).content.decode()
        assert "secret" not in text

    def test_many_failures_cost_no_more_queries(
        self, client_for, administrator, django_assert_max_num_queries
    ):
        for _number in range(30):
            message()
        client = client_for(administrator)
        client.get(ADDRESS)
        with django_assert_max_num_queries(13):
            client.get(ADDRESS)


class TestTryingAgain:
    def test_it_is_in_the_queue_with_all_its_tries(self, client_for, administrator):
        row = message(attempts=12, fault="no", due_at=timezone.now() + datetime.timedelta(hours=4))
        response = client_for(administrator).post(f"{ADDRESS}{row.pk}/retry/", follow=True)
        row.refresh_from_db()
        assert "in the queue again" in response.content.decode()
        assert (row.state, row.attempts, row.fault) == (State.DUE, 0, "")
        assert list(Message.objects.due(timezone.now())) == [row]

    def test_pressing_twice_is_one_event(self, client_for, administrator):
        row = message()
        client = client_for(administrator)
        for _time in range(2):
            assert client.post(f"{ADDRESS}{row.pk}/retry/").status_code == 302
        [event] = AuditEvent.objects.filter(verb="foundation_messages.retry")
        assert (event.actor_id, event.subject_id) == (str(administrator.pk), str(row.pk))

    @pytest.mark.parametrize("state", [State.SENT, State.SENDING])
    def test_what_did_not_fail_stays(self, state, administrator):
        row = message(state)
        assert actions.retry(message=row, by=administrator) is False
        row.refresh_from_db()
        assert row.state == state

    def test_looking_at_the_address_does_nothing(self, client_for, administrator):
        row = message()
        assert client_for(administrator).get(f"{ADDRESS}{row.pk}/retry/").status_code == 405
        row.refresh_from_db()
        assert row.state == State.FAILED

    def test_without_the_protection_token_nothing_happens(self, client_for, administrator):
        row = message()
        assert (
            client_for(administrator, enforce_csrf_checks=True).post(f"{ADDRESS}{row.pk}/retry/").status_code
            == 403
        )
        row.refresh_from_db()
        assert row.state == State.FAILED


class TestForgetting:
    def test_only_what_is_finished_and_old_goes(self):
        old = timezone.now() - datetime.timedelta(days=91)
        message(State.FAILED, due_at=old)
        sent = message(State.SENT)
        Message.objects.filter(pk=sent.pk).update(sent_at=old)
        kept = {message(State.SENT).pk, message(State.FAILED).pk, message(State.DUE, due_at=old).pk}
        assert actions.forget_old(by=System("test")) == 2
        assert set(Message.objects.values_list("pk", flat=True)) == kept

    def test_nothing_old_leaves_no_event(self):
        message(State.SENT)
        assert actions.forget_old(by=System("test")) == 0
        assert not AuditEvent.objects.exists()
