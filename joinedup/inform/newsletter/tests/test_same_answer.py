"""Nobody can find out with the form who is on the list."""

import re

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter import factories
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

pytestmark = pytest.mark.django_db

SENT = {
    "email": factories.ADDRESS,
    "name": "Mallory",
    "language": "en",
    "wording": "1",
    "topics": ["care-at-home"],
}
# What is new with every request, whoever asks. Equal headers would be the fault here.
OF_EACH_REQUEST = {"Set-Cookie", "X-Request-ID"}


def send(client: Client) -> tuple[object, ...]:
    response = client.post("/newsletter/", SENT)
    after = client.get(response["Location"])
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", after.content.decode())
    headers = {name: value for name, value in response.items() if name not in OF_EACH_REQUEST}
    return response.status_code, response.content, headers, dict(response.cookies), page


def known(state: str) -> None:
    if state != "unknown":
        {"asked": factories.asked, "on the list": factories.joined, "left": factories.gone}[state]()
        # What they did was long ago, as far as the guard against double clicks is concerned.
        Message.objects.update(created_at="2026-01-01T00:00Z")


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(client: Client) -> None:
    answers = []
    for state in ("unknown", "asked", "on the list", "left"):
        ConsentEvent.objects.expire()
        Subscriber.objects.all().delete()
        known(state)
        answers.append(send(Client()))
    assert answers.count(answers[0]) == 4


def test_the_work_is_about_the_same_whether_or_not_the_address_is_known(settings: LazySettings) -> None:
    settings.PAGE_CACHE = False  # the page after the form costs the first visitor more than the next
    queries = {}
    for state in ("unknown", "asked", "on the list", "left"):
        ConsentEvent.objects.expire()
        Subscriber.objects.all().delete()
        known(state)
        cache.clear()  # so that each is the first try of its visitor
        with CaptureQueriesContext(connection) as captured:
            send(Client())
        queries[state] = sum("SAVEPOINT" not in query["sql"] for query in captured)
    assert max(queries.values()) - min(queries.values()) <= 5, queries


@pytest.mark.parametrize("state", ["unknown", "asked", "on the list", "left"])
def test_every_one_of_them_gets_exactly_one_mail(client: Client, state: str) -> None:
    known(state)
    before = Message.objects.count()
    send(client)
    assert Message.objects.count() == before + 1
    template = "newsletter/mail/already" if state == "on the list" else "newsletter/mail/confirm"
    assert Message.objects.latest("created_at").template == template


def test_someone_on_the_list_stays_exactly_as_they_are(client: Client) -> None:
    subscriber = factories.joined(name="Amina")
    lines = ConsentEvent.objects.count()
    send(client)
    subscriber.refresh_from_db()
    assert (subscriber.name, subscriber.state) == ("Amina", "confirmed")
    assert ConsentEvent.objects.count() == lines
