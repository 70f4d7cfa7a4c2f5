"""Have your say in Bengali: the page, what goes wrong, and the mail that says it came."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone, translation

from joinedup.foundation.messages.models import Message
from joinedup.involve.contributions import factories
from joinedup.involve.contributions.actions import answering
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db


def filled(**changes: str) -> dict[str, object]:
    words = "আমাদের পাড়ায় একটি বসার বেঞ্চ দরকার।"
    return factories.filled_in(**{**factories.BY_EMAIL, "words": words, "language": "bn", **changes})


class TestSentOnTheBengaliPage:
    def test_says_thank_you_in_bengali_and_names_the_days_with_bengali_months(self, client: Client) -> None:
        page = client.post("/bn/have-your-say/", filled()).content.decode()
        contribution = Contribution.objects.get()
        assert "ধন্যবাদ। আমরা পেয়েছি" in page
        with translation.override("bn"):
            month = translation.gettext(contribution.read_by_on.strftime("%B"))
        day = f"{contribution.read_by_on.day} {month} {contribution.read_by_on.year}"
        assert day in page

    def test_is_confirmed_by_a_mail_in_bengali_that_leads_to_a_bengali_page(self, client: Client) -> None:
        client.post("/bn/have-your-say/", filled())
        message = Message.objects.get()
        assert message.language == "bn"
        assert "আপনি যা পাঠিয়েছেন, আমরা পেয়েছি" in message.subject
        assert "http://127.0.0.1:8000/bn/have-your-say/your-reference/" in message.text

    def test_asks_again_in_bengali_for_what_is_missing(self, client: Client) -> None:
        page = client.post("/bn/have-your-say/", {"kind": "idea"}).content.decode()
        assert "একটি সমস্যা হয়েছে" in page
        assert "আমাদের কী জানাতে চান, লিখুন" in page
        assert "There is a problem" not in page

    def test_points_out_private_details_in_bengali(self, client: Client) -> None:
        sent = filled(words="আমাকে 020 7946 0123 নম্বরে ফোন করুন")
        page = client.post("/bn/have-your-say/", sent).content.decode()
        assert "এটি ফোন নম্বর বলে মনে হচ্ছে: “020 7946 0123”" in page


def test_the_form_in_bengali_suggests_an_answer_in_bengali(client: Client) -> None:
    assert '<option value="bn" selected>' in client.get("/bn/have-your-say/").content.decode()
    assert '<option value="en" selected>' in client.get("/have-your-say/").content.decode()


def test_an_answer_to_someone_who_wants_bengali_has_a_bengali_frame(officer) -> None:
    contribution = factories.sent(language="bn", **factories.BY_EMAIL).contribution
    answering.answer(
        contribution=contribution,
        text="Two benches come in May.",
        heard_at=contribution.last_heard_at,
        once="x" * 30,
        by=officer,
    )
    message = Message.objects.get(template="contributions/mail/answer")
    assert "আপনি যা জানিয়েছেন, তার উত্তর" in message.subject
    assert "Two benches come in May." in message.text


def test_the_letter_is_in_the_language_they_want(client_for, officer) -> None:
    contribution = factories.sent(language="bn", **factories.BY_LETTER).contribution
    answering.answer(
        contribution=contribution, text="Yes.", heard_at=contribution.last_heard_at, once="x" * 30, by=officer
    )
    page = (
        client_for(officer).get(f"/workspace/contributions/{contribution.reference}/letter/").content.decode()
    )
    assert '<div lang="bn">' in page
    assert "আপনার সূত্র নম্বর:" in page
    assert "Use your browser to print this page." in page
    assert "সোমবার থেকে শুক্রবার" in page


def test_a_late_answer_is_owned_up_to_in_bengali(client: Client) -> None:
    word = client.post("/bn/have-your-say/", filled()).context["receipt"].word
    Contribution.objects.update(
        read_by_on=timezone.localdate() - datetime.timedelta(days=9),
        answer_by_on=timezone.localdate() - datetime.timedelta(days=1),
    )
    sent = {"reference": Contribution.objects.get().reference, "word": word}
    page = client.post("/bn/have-your-say/your-reference/", sent).content.decode()
    assert "আমাদের দেরি হয়েছে, সে জন্য আমরা দুঃখিত" in page
