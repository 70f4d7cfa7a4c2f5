"""Seeing how it stands by reference and word."""

import datetime
import re
import time

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions import answering
from joinedup.involve.contributions.actions.speaking import withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_LETTER, BY_PHONE, given_to, sent
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db
URL = "/have-your-say/your-reference/"
NOT_FOUND = "We did not find this reference with this word"


def look(client, receipt, **changes) -> str:
    reference = changes.get("reference", receipt.contribution.reference)
    return client.post(
        URL, {"reference": reference, "word": changes.get("word", receipt.word)}
    ).content.decode()


def ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def answered(contribution: Contribution, by, text="We mended the lift.") -> answering.Answer:
    return answering.answer(
        contribution=contribution, text=text, heard_at=contribution.last_heard_at, once=text + "x" * 20, by=by
    )


class TestComingIn:
    def test_reference_and_word_show_what_was_said_and_what_happens_next(self, client):
        receipt = sent(**BY_EMAIL)
        page = look(client, receipt)
        assert "The lift at the clinic" in page
        assert "A person reads it by" in page
        assert "We answer by email by" in page

    def test_both_are_forgiving(self, client):
        receipt = sent()
        typed = receipt.contribution.reference.lower().replace("-", " ").replace("0", "o").replace("1", "l")
        assert "What you said" in look(
            client, receipt, reference=typed, word=receipt.word.replace("-", " ").upper()
        )

    def test_a_wrong_word_and_an_unknown_reference_get_the_very_same_answer(self, client):
        receipt = sent()

        def answer_to(reference: str, word: str) -> str:
            page = look(client, receipt, reference=reference, word=word)
            assert NOT_FOUND in page
            assert "What you said" not in page
            page = page.replace(reference, "REFERENCE")
            return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", page)

        wrong_word = answer_to(receipt.contribution.reference, "acorn-acorn")
        assert wrong_word == answer_to("THT-0000-0000", "acorn-acorn")
        assert NOT_FOUND in look(client, receipt, reference="nonsense")

    def test_they_take_the_same_queries_too(self, client, settings):
        receipt = sent()
        counts = []
        for reference in (receipt.contribution.reference, "THT-0000-0000"):
            with CaptureQueriesContext(connection) as queries:
                look(client, receipt, reference=reference, word="acorn-acorn")
            counts.append(
                [q["sql"] for q in queries if "contribution" in q["sql"] and "cache" not in q["sql"]]
            )
        assert len(counts[0]) == len(counts[1]) == 1

    def test_a_wrong_pair_marks_both_boxes_and_names_the_phone_once(self, client):
        page = look(client, sent(), word="acorn-acorn")
        listed = page[page.index("nhsuk-error-summary__body") : page.index("<h1")]
        assert listed.count(NOT_FOUND) == 1
        assert "020 7946 0123" in listed
        assert page.count('aria-invalid="true"') == 2

    def test_the_page_says_that_a_lost_word_can_be_replaced(self, client):
        assert "give you a new word" in client.get(URL).content.decode()

    def test_empty_boxes_say_what_to_enter(self, client):
        page = client.post(URL, {"reference": "", "word": ""}).content.decode()
        assert "Enter your reference" in page
        assert "Enter your word" in page

    @pytest.mark.parametrize("typed", ["<script>alert(1)</script>", "🔑", "\u202eTHT", "x" * 5000, "a\x00b"])
    def test_anything_else_typed_is_answered_calmly(self, client, typed):
        response = client.post(URL, {"reference": typed, "word": typed})
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()

    def test_trying_many_words_is_stopped_for_one_reference_from_anywhere(self, client, settings):
        receipt = sent()
        limit = settings.RATES["contribution.follow.reference"][0]
        for number in range(limit):
            client.post(
                URL,
                {"reference": receipt.contribution.reference.lower(), "word": "acorn-acorn"},
                REMOTE_ADDR=f"192.0.2.{number}",
            )
        response = client.post(
            URL,
            {"reference": receipt.contribution.reference, "word": receipt.word},
            REMOTE_ADDR="192.0.2.200",
        )
        assert response.status_code == 429
        assert "020 7946 0123" in response.content.decode()
        assert "The lift" not in response.content.decode()

    def test_trying_many_references_is_stopped_for_one_address(self, client, settings):
        statuses = [
            client.post(URL, {"reference": f"THT-0000-{n:04}", "word": "acorn-acorn"}).status_code
            for n in range(settings.RATES["contribution.follow"][0] + 1)
        ]
        assert statuses[-2:] == [200, 429]

    def test_leaves_no_cookie_but_form_protection_and_nothing_in_the_address(self, client):
        receipt = sent()
        response = client.post(URL, {"reference": receipt.contribution.reference, "word": receipt.word})
        assert response.status_code == 200
        assert set(client.cookies) <= {"csrftoken"}
        assert "no-store" in response.headers["Cache-Control"]
        assert not re.search(r'(href|action)="[^"]*(token|word|THT-)', response.content.decode())

    def test_without_form_protection_the_boxes_come_back_filled_and_nothing_is_told(self):
        client = Client(enforce_csrf_checks=True)
        receipt = sent()
        page = look(client, receipt)
        assert "press the button again" in page
        assert receipt.word in page
        assert "The lift" not in page
        token = access.token_for(receipt.contribution)
        assert "The lift" not in client.post(URL, {"token": token}).content.decode()

    def test_costs_few_queries(self, client, officer, barts):
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        assert len(queries) <= 12
        contribution = given_to(barts, officer, **BY_EMAIL)
        answered(contribution, officer)
        with CaptureQueriesContext(connection) as queries:
            client.post(URL, {"token": access.token_for(contribution)})
        assert len(queries) <= 12


class TestWhatItSays:
    def test_who_is_looking_at_it(self, client, officer, barts):
        receipt = sent()
        answering.assign(contribution=receipt.contribution, organisation=barts, by=officer)
        assert "Barts Health NHS Trust is looking at it" in look(client, receipt)

    def test_no_name_of_staff_and_no_contact_detail(self, client, officer, barts):
        receipt = sent(**BY_LETTER)
        answering.assign(contribution=receipt.contribution, organisation=barts, person=officer, by=officer)
        page = look(client, receipt)
        for private in ("Officer", "officer@", "7 Elm Walk", "Amina"):
            assert private not in page

    def test_sorry_when_nobody_read_it_in_time(self, client):
        assert "We said a person would read it by" in look(client, sent(at=ago(10)))
        assert "we are sorry" in look(client, sent(at=ago(10), words="Again"))

    def test_sorry_when_the_answer_is_late(self, client, officer, barts):
        receipt = sent(at=ago(60))
        answering.assign(contribution=receipt.contribution, organisation=barts, by=officer)
        page = look(client, receipt)
        assert "We said we would answer by" in page
        assert "020 7946 0123" in page

    def test_the_answer_and_the_form_it_was_sent_in(self, client, officer):
        receipt = sent(**BY_EMAIL)
        answered(receipt.contribution, officer)
        page = look(client, receipt)
        assert "We mended the lift." in page
        assert "Sent by email on" in page
        assert "We answered on" in page

    @pytest.mark.parametrize(("way", "words"), [(BY_PHONE, "We ring you"), (BY_LETTER, "We post it")])
    def test_an_answer_still_to_be_told_is_announced_but_not_given_away(self, client, officer, way, words):
        receipt = sent(**way)
        answered(receipt.contribution, officer)
        page = look(client, receipt)
        assert words in page
        assert "We mended the lift." not in page

    def test_an_answer_nobody_wanted_sent_can_be_read_here(self, client, officer):
        receipt = sent()
        answered(receipt.contribution, officer)
        assert "We mended the lift." in look(client, receipt)

    def test_that_it_was_taken_back(self, client):
        receipt = sent()
        withdraw(contribution=receipt.contribution)
        page = look(client, receipt)
        assert "You took this back on" in page
        assert "The lift" not in page
        assert "Add to what I said" not in page

    def test_script_tags_in_words_and_answer_are_text(self, client, officer):
        receipt = sent(words="<script>alert(1)</script>", service_or_place="<img src=x onerror=y>")
        answered(receipt.contribution, officer, text="<script>alert(2)</script>")
        page = look(client, receipt)
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestThePass:
    def test_opens_for_half_an_hour(self, client, monkeypatch):
        receipt = sent()
        token = access.token_for(receipt.contribution)
        assert "The lift" in client.post(URL, {"token": token}).content.decode()
        now = time.time()
        monkeypatch.setattr(signing.time, "time", lambda: now + access.TOKEN_LASTS + 5)
        page = client.post(URL, {"token": token}).content.decode()
        assert "You were away for a while" in page
        assert "The lift" not in page

    @pytest.mark.parametrize(
        "change", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "", lambda t: "<script>"]
    )
    def test_altered_it_opens_nothing_and_tells_nothing(self, client, change):
        receipt = sent()
        page = client.post(URL, {"token": change(access.token_for(receipt.contribution))}).content.decode()
        assert "Give your reference and your word again" in page
        assert "The lift" not in page
        assert receipt.contribution.reference not in page

    def test_one_signed_for_something_else_opens_nothing(self, client):
        receipt = sent()
        other = signing.dumps([receipt.contribution.pk], salt="another")
        assert "The lift" not in client.post(URL, {"token": other}).content.decode()

    def test_in_the_address_it_opens_nothing(self, client):
        receipt = sent()
        page = client.get(
            URL,
            {"token": access.token_for(receipt.contribution), "reference": receipt.contribution.reference},
        )
        assert "The lift" not in page.content.decode()
        assert receipt.contribution.reference not in page.content.decode()
