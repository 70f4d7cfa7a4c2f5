"""One address has one place at an event, and nobody can find out with the form whose place it is."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.inform.news import access
from joinedup.inform.news.actions.signing_up import withdraw
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")
Outbox = Callable[[], list[Message]]

ADDRESS = "amina@example.org"
STATES = ("unknown", "placed", "waiting", "taken back")
# What is new with every request, whoever asks.
OF_EACH_REQUEST = {"Set-Cookie", "X-Request-ID"}


def send(client: Client, page: EventPage, **values: str) -> tuple[object, ...]:
    """The answer to the form and the page it leads to, without what is new with every request."""
    form = {"name": "Mallory", "email": ADDRESS, "people": "1", "language": "en", "once": uuid.uuid4().hex}
    response = client.post(f"/events/{page.slug}/sign-up/", {**form, **values})
    after = client.get(response["Location"])
    headers = {name: value for name, value in response.items() if name not in OF_EACH_REQUEST}
    shown = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", after.content.decode())
    return response.status_code, response.content, headers, dict(response.cookies), shown


def known(page: EventPage, state: str) -> EventSignUp | None:
    """The address, as the event may know it; what they did was long ago."""
    if state == "unknown":
        return None
    row = signed_up(page, email=ADDRESS)
    if state == "waiting":
        EventSignUp.objects.update(state="waiting", told="waiting")
    elif state == "taken back":
        withdraw(token=access.token(row))
    Message.objects.update(created_at=timezone.now() - timedelta(days=1))
    return row


def test_the_answer_is_the_same_whether_or_not_the_address_has_a_place() -> None:
    page, answers = event(), []
    for state in STATES:
        EventSignUp.objects.all().delete()
        known(page, state)
        answers.append(send(Client(), page))
    assert "Look in your email" in str(answers[0][-1])
    assert answers.count(answers[0]) == len(STATES)


def test_the_work_is_about_the_same_whether_or_not_the_address_has_a_place(settings: LazySettings) -> None:
    settings.PAGE_CACHE = False
    page, queries = event(max_places=20), {}
    send(Client(), page, email="warm@example.org")
    for state in STATES:
        EventSignUp.objects.all().delete()
        known(page, state)
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            send(Client(), page)
        queries[state] = sum("SAVEPOINT" not in query["sql"] for query in captured)
    assert max(queries.values()) - min(queries.values()) <= 3, queries


@pytest.mark.parametrize("typed", [ADDRESS, "Amina@Example.ORG"])
@pytest.mark.parametrize("state", ["placed", "waiting"])
def test_who_has_a_place_or_waits_gets_no_second_one_and_stays_as_they_are(
    client: Client, state: str, typed: str
) -> None:
    page = event()
    known(page, state)
    send(client, page, email=typed, people="5")
    row = EventSignUp.objects.get()
    assert (row.name, row.people, row.state) == ("Amina", 1, state)
    assert AuditEvent.objects.about(row).filter(verb="inform_news.sign_up_again").count() == 1


@pytest.mark.parametrize(
    ("state", "subject"),
    [
        ("placed", "You have a place already: Walk"),
        ("waiting", "You are on the waiting list already: Walk"),
    ],
)
def test_the_mail_says_so_with_the_link_to_cancel_and_nothing_that_was_typed(
    client: Client, outbox: Outbox, state: str, subject: str
) -> None:
    page = event("Walk")
    row = known(page, state)
    assert row is not None
    before = len(outbox())
    send(client, page, name="Buy pills")
    assert len(outbox()) == before + 1
    mail = outbox()[-1]
    assert (mail.to, mail.subject) == (ADDRESS, subject)
    for text in (mail.text, mail.html):
        assert access.token(row) in text
        assert "Buy pills" not in text


def test_a_double_click_writes_one_mail(client: Client, outbox: Outbox) -> None:
    page = event()
    known(page, "placed")
    for _click in range(2):
        send(client, page)
    assert len([mail for mail in outbox() if mail.template == "news/mail/already"]) == 1


def test_who_took_it_back_can_sign_up_anew(client: Client) -> None:
    page = event()
    known(page, "taken back")
    send(client, page)
    assert sorted(EventSignUp.objects.values_list("state", flat=True)) == ["placed", "withdrawn"]


def test_one_address_has_a_place_at_each_event(client: Client) -> None:
    for page in (event(), event()):
        send(client, page)
    assert EventSignUp.objects.placed().count() == 2


def test_a_phone_number_alone_is_kept_each_time(client: Client) -> None:
    page = event()
    for _time in range(2):
        send(client, page, email="", phone="020 7946 0123")
    assert EventSignUp.objects.placed().count() == 2
