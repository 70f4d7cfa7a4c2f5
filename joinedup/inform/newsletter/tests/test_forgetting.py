"""What the privacy policy promises about time: 7 days for a request, 3 years for the evidence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import System
from joinedup.inform.newsletter import actions, factories, jobs
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

pytestmark = pytest.mark.django_db


def forget(**later: int) -> actions.Forgotten:
    return actions.forget(by=System("test"), now=timezone.now() + timedelta(**later))


def test_a_request_is_deleted_when_it_is_not_confirmed_within_seven_days() -> None:
    factories.asked()
    assert forget(days=6, hours=23).requests == 0
    assert forget(days=7, minutes=1).requests == 1
    assert not Subscriber.objects.exists()
    assert not ConsentEvent.objects.exists()


def test_someone_on_the_list_stays_however_long() -> None:
    factories.joined()
    forget(days=9999)
    assert Subscriber.objects.get().state == "confirmed"
    assert ConsentEvent.objects.count() == 2


def test_someone_who_had_left_and_did_not_confirm_again_is_gone_as_before() -> None:
    gone = factories.gone()
    factories.asked()
    forget(days=8)
    gone.refresh_from_db()
    assert (gone.state, gone.email) == ("left", None)
    assert gone.events.latest("pk").kind == "lapsed"


def test_the_evidence_is_deleted_three_years_after_leaving_and_the_mark_stays() -> None:
    gone = factories.gone()
    factories.joined("li@example.org")
    assert forget(days=365 * 3).lines == 0
    assert forget(days=365 * 3 + 2).lines == 3
    gone.refresh_from_db()
    assert gone.address_mark
    assert ConsentEvent.objects.filter(subscriber__state="confirmed").count() == 2


def test_the_round_is_written_to_the_record_in_numbers() -> None:
    factories.asked()
    forget(days=8)
    event = AuditEvent.objects.get(verb="inform_newsletter.forget")
    assert event.details == {"requests": 1, "lines": 0}


def test_the_daily_job_does_it() -> None:
    subscriber = factories.asked()
    Subscriber.objects.filter(pk=subscriber.pk).update(asked_at=timezone.now() - timedelta(days=8))
    assert jobs.forget_old.call() == 1


def test_the_mail_about_a_request_goes_with_it_and_the_others_stay() -> None:
    factories.joined("li@example.org")
    kept = set(Message.objects.values_list("pk", flat=True))
    factories.asked()
    assert Message.objects.filter(to=factories.ADDRESS).exists()
    forget(days=6)
    assert Message.objects.filter(to=factories.ADDRESS).exists()
    forget(days=8)
    assert not Message.objects.filter(to=factories.ADDRESS).exists()
    assert set(Message.objects.values_list("pk", flat=True)) == kept


def test_so_does_the_mail_to_someone_who_had_left_before() -> None:
    factories.gone()
    factories.asked()
    assert Message.objects.filter(to=factories.ADDRESS).exists()
    forget(days=8)
    assert not Message.objects.exists()
