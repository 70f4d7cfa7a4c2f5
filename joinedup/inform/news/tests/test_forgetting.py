"""Sign-ups go 28 days after the event, with the mails about them."""

import datetime
from collections.abc import Callable

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import VISITOR, System
from joinedup.inform.news import access
from joinedup.inform.news.actions.forgetting import forget_past
from joinedup.inform.news.actions.signing_up import withdraw
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")
WORKER = System("test")


@pytest.mark.parametrize(("ago", "left"), [(27, 1), (28, 0), (400, 0)])
def test_they_go_on_the_28th_day_after_the_end(ago: int, left: int) -> None:
    page = event()
    signed_up(page)
    forget_past(by=WORKER, now=page.end_at + datetime.timedelta(days=ago))
    assert EventSignUp.objects.count() == left


def test_the_mails_go_too_and_the_event_stays(outbox: Callable[[], list[Message]]) -> None:
    page = event()
    signed_up(page)
    withdraw(token=access.token(signed_up(page)))
    assert forget_past(by=WORKER, now=page.end_at + datetime.timedelta(days=30)) == 2
    assert outbox() == []
    assert EventPage.objects.filter(pk=page.pk).exists()
    assert AuditEvent.objects.get(verb="inform_news.forget_past").details == {"sign_ups": 2}


def test_those_of_other_events_stay() -> None:
    old, new = event(in_days=1), event(in_days=60)
    signed_up(old)
    kept = signed_up(new)
    forget_past(by=WORKER, now=old.end_at + datetime.timedelta(days=28))
    assert list(EventSignUp.objects.all()) == [kept]


def test_a_second_round_finds_nothing_and_writes_nothing() -> None:
    page = event()
    signed_up(page)
    later = page.end_at + datetime.timedelta(days=28)
    assert [forget_past(by=WORKER, now=later), forget_past(by=WORKER, now=later)] == [1, 0]
    assert AuditEvent.objects.filter(verb="inform_news.forget_past").count() == 1


def test_the_worker_does_it(worker_round: Callable[[], None]) -> None:
    page = event()
    signed_up(page)
    EventPage.objects.filter(pk=page.pk).update(
        start_at=page.start_at - datetime.timedelta(days=60), end_at=page.end_at - datetime.timedelta(days=60)
    )
    worker_round()
    assert not EventSignUp.objects.exists()


def test_a_stranger_deletes_nothing(stranger: User) -> None:
    for nobody in (VISITOR, stranger):
        with pytest.raises(PermissionDenied):
            forget_past(by=nobody)


def test_an_event_people_signed_up_for_is_not_deleted_in_the_page_editor(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    page = event()
    row = signed_up(page)
    page.unpublish()
    client = client_for(editor)
    client.post(f"/editor/pages/{page.pk}/delete/")
    assert EventPage.objects.filter(pk=page.pk).exists()
    withdraw(token=access.token(row))
    client.post(f"/editor/pages/{page.pk}/delete/")
    assert not EventPage.objects.filter(pk=page.pk).exists()
