"""Sending something by the form on the website."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.audit.models import AuditEvent
from joinedup.involve.contributions.factories import WORDS, filled_in
from joinedup.involve.contributions.models import Contribution, Words

pytestmark = pytest.mark.django_db
URL = "/have-your-say/"


def shown(response, name: str) -> str:
    found = re.search(rf'id="{name}">([^<]+)<', response.content.decode())
    assert found
    return found.group(1)


class TestThePage:
    def test_says_what_to_do_in_danger_before_it_asks_for_words(self, client):
        page = client.get(URL).content.decode()
        assert page.index("999") < page.index("<textarea")
        assert page.index("111") < page.index("<textarea")
        assert page.index("Would you rather talk?") < page.index("<textarea")
        assert page.index("within 3 working days") < page.index("<textarea")

    def test_the_phone_number_stands_right_after_the_first_sentence(self, client):
        page = client.get(URL).content.decode()
        page = page[page.index("<h1") :]
        first, phone = page.index("what could be better."), page.index("Would you rather talk? Ring")
        assert first < phone < page.index('href="tel:02079460123"') < page.index("You do not need an account")

    def test_costs_few_queries(self, client):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(URL)
        assert len(queries) <= 12

    def test_knows_from_the_link_what_someone_wants_to_send(self, client):
        assert 'value="idea" id="id_kind_1" checked' in client.get(URL, {"kind": "idea"}).content.decode()
        assert "checked" not in client.get(URL, {"kind": "<script>"}).content.decode()

    def test_is_kept_in_no_cache_and_sets_no_cookie_but_form_protection(self, client):
        response = client.get(URL)
        assert "no-store" in response.headers["Cache-Control"]
        assert set(response.cookies) <= {"csrftoken"}


class TestSending:
    def test_keeps_what_was_said_and_shows_reference_and_word(self, client, outbox):
        response = client.post(
            URL, filled_in(service_or_place="The clinic", needs=["large-print"], language="bn")
        )
        contribution = Contribution.objects.get()
        assert shown(response, "reference") == contribution.reference
        assert re.fullmatch(r"[a-z]+-[a-z]+", shown(response, "word"))
        assert Words.objects.get().text == WORDS
        assert (contribution.service_or_place, contribution.needs, contribution.language) == (
            "The clinic",
            ["large-print"],
            "bn",
        )
        assert outbox() == []

    def test_is_written_down_once_and_without_words(self, client):
        client.post(URL, filled_in(reply_by="email", email="amina@example.org"))
        event = AuditEvent.objects.get()
        assert event.verb == "involve_contributions.send"
        assert event.actor_kind == "visitor"
        assert event.details == {"kind": "feedback", "channel": "web", "reply_by": "email"}

    def test_sends_the_reference_by_email_but_neither_word_nor_words(self, client, outbox):
        response = client.post(
            URL, filled_in(reply_by="email", email="amina@example.org", name="Visit http://spam.example")
        )
        (message,) = outbox()
        word = shown(response, "word")
        assert message.to == "amina@example.org"
        assert message.stream == "reply"
        assert (message.about_kind, message.about_id) == (
            "involve_contributions.contribution",
            str(Contribution.objects.get().pk),
        )
        for part in (message.subject, message.text, message.html):
            assert word not in part
            assert "lift" not in part
            assert "spam.example" not in part
        assert Contribution.objects.get().reference in message.subject
        assert "/have-your-say/your-reference/" in message.text

    def test_sends_the_reference_by_email_also_when_the_answer_goes_another_way(self, client, outbox):
        client.post(URL, filled_in(email="amina@example.org"))
        assert len(outbox()) == 1

    def test_the_same_form_sent_twice_is_one_row_with_one_reference_and_one_word(self, client, outbox):
        form = filled_in(reply_by="email", email="amina@example.org")
        first, second = client.post(URL, form), client.post(URL, form)
        assert Contribution.objects.count() == Words.objects.count() == AuditEvent.objects.count() == 1
        assert len(outbox()) == 1
        for name in ("reference", "word"):
            assert shown(first, name) == shown(second, name)

    def test_going_back_and_changing_the_words_loses_nothing(self, client):
        form = filled_in()
        client.post(URL, form)
        client.post(URL, {**form, "words": "And the stairs are dark as well."})
        assert Contribution.objects.count() == 2

    def test_a_form_without_its_key_is_taken_all_the_same(self, client):
        for key in ("", "short", "x" * 61):
            client.post(URL, filled_in(once=key))
        assert Contribution.objects.count() == 3

    def test_keeps_only_what_the_chosen_way_needs(self, client):
        client.post(
            URL,
            filled_in(
                reply_by="phone", phone="07700 900123", address_line_1="1 Sample Street", postcode="nonsense"
            ),
        )
        contribution = Contribution.objects.get()
        assert contribution.phone == "+447700900123"
        assert contribution.address_line_1 == contribution.postcode == ""

    def test_the_result_is_kept_in_no_cache(self, client):
        response = client.post(URL, filled_in())
        assert response.status_code == 200
        assert "no-store" in response.headers["Cache-Control"]
        assert set(response.cookies) <= {"csrftoken"}

    def test_the_row_holds_no_word(self, client):
        word = shown(client.post(URL, filled_in()), "word")
        row = Contribution.objects.values().get()
        assert word not in str(row)


class TestRobotsAndFloods:
    def test_a_robot_gets_a_calm_no_that_a_person_would_understand(self, client):
        response = client.post(URL, filled_in(website="https://spam.example"))
        page = response.content.decode()
        assert response.status_code == 400
        assert Contribution.objects.count() == 0
        assert "ring us" in page
        assert "020 7946 0123" in page
        assert "The lift at the clinic" in page

    def test_too_many_from_one_place_get_a_calm_page_with_the_phone_number(self, client, settings):
        settings.RATES = {**settings.RATES, "contribution.send": (2, 3600)}
        responses = [client.post(URL, filled_in(words=f"Number {n}")) for n in range(3)]
        assert [r.status_code for r in responses] == [200, 200, 429]
        assert Contribution.objects.count() == 2
        assert "020 7946 0123" in responses[2].content.decode()
        assert "Number 2" in responses[2].content.decode()

    def test_one_address_is_not_flooded_with_mail_from_many_places(self, client, settings, outbox):
        settings.RATES = {**settings.RATES, "contribution.send.address": (2, 3600)}
        for number in range(4):
            client.post(
                URL,
                filled_in(words=f"Number {number}", reply_by="email", email="Amina@example.org"),
                REMOTE_ADDR=f"192.0.2.{number}",
            )
        assert len(outbox()) == 2


class TestFormProtection:
    def test_without_the_token_the_filled_form_comes_back_and_nothing_is_stored(self):
        client = Client(enforce_csrf_checks=True)
        response = client.post(
            URL, filled_in(words="My words stay", needs=["bsl"], reply_by="letter", postcode="E1 4DG")
        )
        page = response.content.decode()
        assert response.status_code == 200
        assert Contribution.objects.count() == 0
        assert "Nothing has been sent yet" in page
        assert "My words stay" in page
        assert 'value="E1 4DG"' in page
        assert re.search(r'value="bsl" id="id_needs_\d" checked', page)
        assert "There is a problem" not in page

    def test_the_filled_form_can_then_be_sent(self):
        client = Client(enforce_csrf_checks=True)
        page = client.post(URL, filled_in()).content.decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        once = re.search(r'name="once" value="([^"]+)"', page).group(1)
        response = client.post(URL, filled_in(once=once, csrfmiddlewaretoken=token.group(1)))
        assert shown(response, "reference") == Contribution.objects.get().reference

    def test_a_wrong_token_stores_nothing(self):
        client = Client(enforce_csrf_checks=True)
        client.get(URL)
        client.post(URL, filled_in(csrfmiddlewaretoken="x" * 64))
        assert Contribution.objects.count() == 0
