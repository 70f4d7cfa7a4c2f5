"""What the privacy policy promises about time: 7 days for a request, 3 years for the evidence."""

from datetime import timedelta
from typing import NamedTuple

import pytest
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.newsletter import actions, factories
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

pytestmark = pytest.mark.django_db


class Forgotten(NamedTuple):
    requests: int
    lines: int


def forget(**later: int) -> Forgotten:
    now = timezone.now() + timedelta(**later)
    due = actions.due_requests(now), actions.due_evidence(now)
    by = System("test")
    done = Forgotten(actions.forget_requests(by=by, now=now), actions.forget_evidence(by=by, now=now))
    assert done == due  # what a dry run says is what happens
    return done


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
    event = AuditEvent.objects.get(verb="inform_newsletter.forget_requests")
    assert event.details == {"count": 1}


def test_nobody_without_the_permission_can_make_us_forget(stranger: User, officer: User) -> None:
    for who in (stranger, officer):
        with pytest.raises(PermissionRefused):
            actions.forget_requests(by=who)
        with pytest.raises(PermissionRefused):
            actions.forget_evidence(by=who)


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
