"""What is past its time goes, and nothing else does."""

import datetime
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection import actions, plugs
from joinedup.foundation.dataprotection.plugs import Rule, rules
from joinedup.foundation.delivery.jobs import deliver_due
from joinedup.foundation.identity.models import Invitation, Membership, User
from joinedup.foundation.permissions import Actor, PermissionRefused, System
from joinedup.inform.newsletter import factories as newsletter
from joinedup.inform.newsletter.models import Subscriber
from joinedup.involve.contributions import factories as contributions
from joinedup.involve.contributions.actions import answering
from joinedup.involve.contributions.models import Contribution, Words

pytestmark = pytest.mark.django_db
BY = System("tests")


def later(**span: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(**span)


def gone(now: datetime.datetime) -> dict[str, int]:
    """What goes at that moment, by rule; what the dry run said is what happens, and then nothing is left."""
    said = {row.rule.key: row.count for row in actions.due(by=BY, now=now) if row.count}
    done = {row.rule.key: row.count for row in actions.forget_due(by=BY, now=now) if row.count}
    assert done == said
    assert not any(row.count for row in actions.due(by=BY, now=now))
    return done


class TestWhatGoes:
    def test_contact_details_three_years_after_the_answer(self, officer: User) -> None:
        by_email = {"reply_by": "email", "email": "amina@example.org"}
        said = contributions.sent(words="Kind nurse", **by_email).contribution
        heard = said.last_heard_at
        answering.answer(contribution=said, text="Thanks.", heard_at=heard, once="x" * 30, by=officer)
        kept = Contribution.objects.get(pk=said.pk)
        assert "involve_contributions.details" not in gone(later(days=3 * 365))
        assert gone(later(days=3 * 365 + 3))["involve_contributions.details"] == 1
        kept.refresh_from_db()
        assert (kept.email, kept.name, kept.state) == ("", "", "completed")
        assert Words.objects.get(contribution=kept).text == "Kind nurse"

    def test_never_the_details_of_someone_who_still_waits(self) -> None:
        contributions.sent(reply_by="email", email="amina@example.org")
        gone(later(days=9999))
        assert Contribution.objects.get().email == "amina@example.org"

    def test_a_request_for_the_newsletter_after_a_week(self) -> None:
        newsletter.asked()
        assert gone(later(days=8))["inform_newsletter.request"] == 1
        assert not Subscriber.objects.exists()

    def test_invitations_thirty_days_after_they_ran_out(self, editor: User) -> None:
        Invitation.objects.create(user=editor, secret_digest="x", expires_at=timezone.now())
        assert "foundation_identity.invitation" not in gone(later(days=29))
        assert gone(later(days=31))["foundation_identity.invitation"] == 1

    def test_sessions_that_ended(self, editor: User, client_for: Callable[[User], Client]) -> None:
        client_for(editor)
        assert gone(later(minutes=10)) == {}
        assert gone(later(hours=2))["foundation_identity.session"] == 1
        assert not Session.objects.exists()

    def test_jobs_that_ran_a_month_ago(self) -> None:
        deliver_due.enqueue()
        DBTaskResult.objects.update(status="SUCCESSFUL", finished_at=timezone.now())
        assert gone(later(days=29)) == {}
        assert gone(later(days=31))["foundation_delivery.job"] == 1

    def test_a_job_that_waits_stays(self) -> None:
        deliver_due.enqueue()
        assert gone(later(days=9999)) == {}


class TestPeopleWhoLeft:
    def end(self, user: User, day: datetime.date) -> None:
        Membership.objects.filter(user=user).update(ends_on=day, starts_on=day)

    def test_lose_name_and_address_a_year_later_and_keep_their_key(self, editor: User) -> None:
        self.end(editor, timezone.localdate())
        assert "foundation_identity.account" not in gone(later(days=365))
        assert gone(later(days=367))["foundation_identity.account"] == 1
        editor.refresh_from_db()
        assert (editor.name, editor.is_active) == ("", False)
        assert editor.email.endswith("@removed.invalid")
        assert not editor.has_usable_password()

    def test_stay_while_one_role_goes_on(self, editor: User, barts: object) -> None:
        self.end(editor, timezone.localdate())
        Membership.objects.create(user=editor, organisation=barts, role="partner-staff")  # type: ignore[misc]
        gone(later(days=9999))
        editor.refresh_from_db()
        assert editor.name == "Editor"

    def test_stay_when_they_never_had_a_role(self, stranger: User) -> None:
        gone(later(days=9999))
        stranger.refresh_from_db()
        assert stranger.name == "Stranger"


class TestTheRules:
    def test_each_says_what_how_long_and_why(self) -> None:
        found = list(rules())
        assert len(found) >= 8
        assert [r.key for r in found if not (str(r.what) and str(r.kept_for) and str(r.why))] == []

    def test_one_that_fails_stops_no_other(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(by: Actor, now: datetime.datetime) -> int:
            raise RuntimeError("a locked table")

        bad = Rule("a.bad", "Bad", "never", "test", lambda now: 0, fails)
        monkeypatch.setitem(plugs._rules, "a.bad", bad)
        newsletter.asked()
        with pytest.raises(ExceptionGroup) as caught:
            actions.forget_due(by=BY, now=later(days=8))
        assert caught.value.exceptions[0].__notes__ == ["retention rule a.bad"]
        assert not Subscriber.objects.exists()

    def test_two_cannot_have_one_key(self) -> None:
        first = next(rules())
        other = Rule(first.key, "x", "x", "x", first.due, first.forget)
        with pytest.raises(ValueError, match="Two rules"):
            plugs.keeps(other)

    def test_what_went_is_on_the_record_in_numbers(self) -> None:
        newsletter.asked()
        gone(later(days=8))
        event = AuditEvent.objects.get(verb="foundation_dataprotection.forget_due")
        assert event.details == {"rule": "inform_newsletter.request", "count": 1}

    def test_nobody_else_may_look_or_delete(self, stranger: User, officer: User, administrator: User) -> None:
        for who in (stranger, officer, administrator):
            with pytest.raises(PermissionRefused):
                actions.due(by=who)
            with pytest.raises(PermissionRefused):
                actions.forget_due(by=who)


class TestTheDoors:
    def old_request(self) -> None:
        subscriber = newsletter.asked()
        Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=later(days=-8))

    def test_a_dry_run_deletes_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.old_request()
        call_command("retention", dry_run=True)
        assert "1 would go  inform_newsletter.request" in capsys.readouterr().out
        assert Subscriber.objects.exists()

    def test_the_command_deletes(self, capsys: pytest.CaptureFixture[str]) -> None:
        self.old_request()
        call_command("retention")
        assert "1 gone  inform_newsletter.request" in capsys.readouterr().out
        assert not Subscriber.objects.exists()

    def test_the_worker_deletes(self, worker_round: Callable[[], None]) -> None:
        self.old_request()
        worker_round()
        assert not Subscriber.objects.exists()

    def test_the_privacy_officer_sees_the_rules_and_deletes(
        self, privacy_officer: User, client_for: Callable[[User], Client]
    ) -> None:
        self.old_request()
        client = client_for(privacy_officer)
        assert (
            "Delete what is past its time now"
            in client.get("/workspace/data-protection/retention/").content.decode()
        )
        client.post("/workspace/data-protection/retention/")
        assert not Subscriber.objects.exists()
