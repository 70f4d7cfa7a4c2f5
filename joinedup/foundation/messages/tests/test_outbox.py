"""The demonstration's outbox: readable by anyone there, and not there at all on a real site."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse

from joinedup.foundation.messages import outbox_urls, views
from joinedup.foundation.messages.actions import queue
from joinedup.foundation.messages.models import Message

pytestmark = pytest.mark.django_db

EVIL = (
    '<html><style>p{color:red}</style><p onclick="alert(1)">Hello</p><script>alert(1)</script>'
    '<img src="https://example.org/x.png"><form action="/workspace/"></form></html>'
)


def codes():
    return {"title": "Codes of the sample sign-ins", "rows": [{"label": "Sample: Ada", "value": "123 456"}]}


@pytest.fixture
def message():
    return queue(
        to="ada@example.org",
        subject="Hello <b>Ada</b>",
        text="Dear Ada,\n\nsee https://example.org/x?a=1&b=2\n",
        html=EVIL,
        template="test",
        stream=Message.Stream.REPLY,
    )


def test_anyone_reads_the_list_without_signing_in(client, message):
    response = client.get("/outbox/")
    text = response.content.decode()
    assert response.status_code == 200
    assert "ada@example.org" in text
    assert "Hello &lt;b&gt;Ada&lt;/b&gt;" in text
    assert "Waiting to be sent" in text
    assert response["Cache-Control"] == "no-store, private"
    assert 'content="noindex"' in text


def test_an_empty_outbox_says_what_to_do(client):
    assert "no messages yet" in client.get("/outbox/").content.decode()


def test_one_message_shows_its_text_and_a_link_to_its_html(client, message):
    text = client.get(f"/outbox/{message.pk}/").content.decode()
    assert "Dear Ada," in text
    assert f'href="/outbox/{message.pk}/html/"' in text
    assert "<script>alert" not in text


def test_the_html_page_may_do_nothing(client, message):
    response = client.get(f"/outbox/{message.pk}/html/")
    policy = dict(part.strip().partition(" ")[::2] for part in response["Content-Security-Policy"].split(";"))
    assert response.content.decode() == EVIL
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'none'"
    assert policy["style-src"] == "'unsafe-inline'"
    assert policy["form-action"] == "'none'"
    assert policy["img-src"] == "data:"
    assert "allow-scripts" not in policy["sandbox"]
    assert "allow-same-origin" not in policy["sandbox"]
    assert "allow-forms" not in policy["sandbox"]


def test_no_other_page_allows_styles_in_the_page(client, message):
    for address in ("/outbox/", f"/outbox/{message.pk}/"):
        assert "unsafe-inline" not in client.get(address)["Content-Security-Policy"]


def test_a_message_without_html_has_no_html_page(client, message):
    Message.objects.update(html="")
    assert client.get(f"/outbox/{message.pk}/html/").status_code == 404
    assert "/html/" not in client.get(f"/outbox/{message.pk}/").content.decode()


def test_an_unknown_message_is_not_found(client):
    assert client.get(f"/outbox/{uuid.uuid4()}/").status_code == 404
    assert client.get("/outbox/1/").status_code == 404


def test_a_panel_stands_above_the_list(rf, message):
    request = rf.get("/outbox/")
    request.user = AnonymousUser()
    text = views.outbox(request, panel=codes).content.decode()
    assert "Codes of the sample sign-ins" in text
    assert "123 456" in text


def test_in_production_there_is_no_such_address():
    assert outbox_urls.doors(is_production=True) == []
    assert len(outbox_urls.doors(is_production=False)) == 3


def test_in_production_the_pages_answer_not_found_even_if_someone_wires_them(client, message, settings):
    settings.IS_PRODUCTION = True
    for address in ("/outbox/", f"/outbox/{message.pk}/", f"/outbox/{message.pk}/html/"):
        assert client.get(address).status_code == 404


def test_nothing_can_be_sent_there(client, message):
    assert client.post("/outbox/").status_code == 405
    assert client.delete(f"/outbox/{message.pk}/").status_code == 405


def test_names_are_as_agreed():
    assert reverse("messages:outbox") == "/outbox/"
    with pytest.raises(NoReverseMatch):
        reverse("messages:overview")
