"""An event that is cancelled: its page says so, and everyone who signed up hears of it exactly once."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.inform.news import access
from joinedup.inform.news.actions.cancelling import cancel_event, note_told, tell_everyone
from joinedup.inform.news.actions.signing_up import withdraw
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")
Outbox = Callable[[], list[Message]]


def cancelled_mails(outbox: Outbox) -> list[str]:
    return sorted(mail.to for mail in outbox() if mail.template == "news/mail/cancelled")


def people(page: EventPage) -> None:
    signed_up(page, email="one@example.org")
    signed_up(page, email="", phone="+442079460123")
    gone = signed_up(page, email="gone@example.org")
    signed_up(page, email="two@example.org")
    withdraw(token=access.token(gone))


def test_everyone_with_a_place_or_waiting_is_written_to_once(editor: User, outbox: Outbox) -> None:
    page = event("Walk", max_places=2)
    people(page)
    signed_up(page, email="waiting@example.org")
    heard = cancel_event(event=page, reason="Storm.", by=editor)
    again = cancel_event(event=page, reason="Storm again.", by=editor)
    tell_everyone(event=page, by=editor)
    assert (heard.written, heard.to_ring) == (3, 1)
    assert again.written == 0
    assert cancelled_mails(outbox) == ["one@example.org", "two@example.org", "waiting@example.org"]
    mail = next(mail for mail in outbox() if mail.template == "news/mail/cancelled")
    assert mail.subject == "Cancelled: Walk"
    assert "Storm." in mail.text


def test_its_page_says_so_at_once_and_the_editors_log_knows(editor: User, client: Client) -> None:
    page = event("Walk")
    cancel_event(event=page, reason="Storm.", by=editor)
    assert "This event is cancelled" in client.get(page.url).content.decode()
    verbs = list(AuditEvent.objects.about(page).values_list("verb", flat=True))
    assert "inform_news.cancel_event" in verbs
    assert "wagtail.publish" in verbs


def test_a_draft_stays_a_draft(editor: User) -> None:
    page = event("Walk")
    draft = EventPage.objects.get(pk=page.pk)
    draft.lead = "Not yet public."
    draft.save_revision()
    cancel_event(event=EventPage.objects.get(pk=page.pk), reason="Storm.", by=editor)
    live = EventPage.objects.get(pk=page.pk)
    assert (live.is_cancelled, live.lead) == (True, "Come and see.")
    latest = live.get_latest_revision_as_object()
    assert (latest.is_cancelled, latest.lead) == (True, "Not yet public.")


def test_without_a_reason_nothing_happens(editor: User, outbox: Outbox) -> None:
    page = event()
    signed_up(page)
    with pytest.raises(ValidationError):
        cancel_event(event=page, reason="", by=editor)
    assert not EventPage.objects.get(pk=page.pk).is_cancelled
    assert cancelled_mails(outbox) == []


def test_one_cancelled_in_the_page_editor_tells_nobody_until_someone_says_so(
    editor: User, outbox: Outbox, client_for: Callable[[User], Client]
) -> None:
    page = event()
    signed_up(page, email="amina@example.org")
    edited = EventPage.objects.get(pk=page.pk)
    edited.is_cancelled, edited.cancel_reason = True, "Storm."
    edited.save_revision().publish()
    assert cancelled_mails(outbox) == []
    client = client_for(editor)
    assert (
        "1 has not heard that it is cancelled" in client.get(f"/workspace/events/{page.pk}/").content.decode()
    )
    client.post(f"/workspace/events/{page.pk}/tell/")
    client.post(f"/workspace/events/{page.pk}/tell/")
    assert cancelled_mails(outbox) == ["amina@example.org"]


def test_nobody_is_told_of_an_event_that_is_on(editor: User, outbox: Outbox) -> None:
    page = event()
    signed_up(page)
    assert tell_everyone(event=page, by=editor).written == 0
    assert cancelled_mails(outbox) == []


def test_whoever_is_rung_is_noted_once(editor: User, officer: User) -> None:
    page = event()
    row = signed_up(page, email="", phone="+442079460123")
    assert not note_told(sign_up=row, by=officer), "there was nothing to tell"
    cancel_event(event=page, reason="Storm.", by=editor)
    assert note_told(sign_up=row, by=officer)
    assert not note_told(sign_up=row, by=officer)
    assert EventSignUp.objects.get().told == "cancelled"


@pytest.mark.parametrize("who", ["stranger", "partner", "privacy_officer"])
def test_others_cancel_nothing(who: str, request: pytest.FixtureRequest) -> None:
    page, user = event(), request.getfixturevalue(who)
    row = signed_up(page)
    for act in (
        lambda: cancel_event(event=page, reason="x", by=user),
        lambda: tell_everyone(event=page, by=user),
        lambda: note_told(sign_up=row, by=user),
        lambda: cancel_event(event=page, reason="x", by=VISITOR),
    ):
        with pytest.raises(PermissionRefused):
            act()
    assert not EventPage.objects.get(pk=page.pk).is_cancelled


def test_who_writes_pages_notes_nobody_as_told_and_who_holds_events_publishes_nothing(
    editor: User, officer: User
) -> None:
    page = event()
    row = signed_up(page)
    with pytest.raises(PermissionRefused):
        note_told(sign_up=row, by=editor)
    for act in (
        lambda: cancel_event(event=page, reason="x", by=officer),
        lambda: tell_everyone(event=page, by=officer),
    ):
        with pytest.raises(PermissionRefused):
            act()
