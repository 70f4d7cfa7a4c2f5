"""Whoever asks in Bengali is answered in Bengali, and the ledger says what they read."""

import re

import pytest
from django.db import connection
from django.test import Client

from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter import access, factories
from joinedup.inform.newsletter.models import ConsentEvent, ConsentWording, Subscriber, Topic

pytestmark = pytest.mark.django_db


def asks(client: Client, path: str, **more: str) -> Message:
    page = client.get(path).content.decode()
    wording = re.search(r'name="wording" value="([^"]+)"', page)[1]
    sent = {"email": "rahima@example.org", "language": "bn", "wording": wording, **more}
    assert client.post(path, sent).status_code == 302
    return Message.objects.latest("created_at")


class TestASignUpOnTheBengaliPage:
    def test_is_answered_by_a_mail_in_bengali_with_a_link_to_a_bengali_page(self, client: Client) -> None:
        message = asks(client, "/bn/newsletter/")
        assert message.language == "bn"
        assert message.subject == "আমাদের খবর নিতে চাইলে দয়া করে নিশ্চিত করুন"
        assert "http://127.0.0.1:8000/bn/newsletter/confirm/" in message.text
        assert 'lang="bn"' in message.html
        assert "http://127.0.0.1:8000/bn/newsletter/leave/" in message.headers["List-Unsubscribe"]

    def test_leads_on_in_bengali_to_the_end(self, client: Client) -> None:
        path = re.search(
            r"127\.0\.0\.1:8000(/bn/newsletter/confirm/\S+)", asks(client, "/bn/newsletter/").text
        )[1]
        answer = client.post(path, follow=True)
        assert answer.redirect_chain[-1][0].startswith("/bn/newsletter/thank-you/")
        welcome = Message.objects.get(template="newsletter/mail/welcome")
        assert "/bn/newsletter/preferences/" in welcome.text
        assert "awaits a native reader" not in welcome.text
        assert "বাংলাভাষী পাঠক যাচাই করেননি" in welcome.text

    def test_shows_the_words_of_consent_in_bengali_and_keeps_which_they_were(self, client: Client) -> None:
        bengali = ConsentWording.objects.get(version="1-bn")
        assert bengali.text in client.get("/bn/newsletter/").content.decode()
        asks(client, "/bn/newsletter/")
        event = ConsentEvent.objects.get()
        assert (event.wording, event.language, event.page) == (bengali, "bn", "/bn/newsletter/")

    def test_offers_bengali_first_and_topics_by_their_bengali_names(self, client: Client) -> None:
        page = client.get("/bn/newsletter/").content.decode()
        assert '<option value="bn" selected>' in page
        for topic in Topic.objects.all():
            assert topic.names["bn"] in page
            assert topic.name not in page

    def test_sends_those_who_chose_a_language_we_do_not_speak_a_mail_in_bengali(self, client: Client) -> None:
        assert asks(client, "/bn/newsletter/", language="so").language == "bn"


class TestASignUpOnTheEnglishPage:
    def test_that_chooses_bengali_gets_its_mails_in_bengali(self, client: Client) -> None:
        message = asks(client, "/newsletter/")
        assert message.language == "bn"
        assert ConsentEvent.objects.get().wording.language == "en"

    def test_that_chooses_sylheti_gets_them_in_bengali_in_which_it_is_written(self, client: Client) -> None:
        assert asks(client, "/newsletter/", language="syl").language == "bn"

    def test_that_chooses_another_language_gets_them_in_english(self, client: Client) -> None:
        assert asks(client, "/newsletter/", language="so").language == "en"


class TestWords:
    def test_of_one_language_do_not_count_for_the_other(self, client: Client) -> None:
        sent = {"email": "rahima@example.org", "language": "bn", "wording": "1"}
        page = client.post("/bn/newsletter/", sent).content.decode()
        assert "এইমাত্র বদলেছে" in page
        assert not Subscriber.objects.exists()

    def test_missing_in_a_language_are_said_in_english_and_marked_as_such(self, client: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM inform_newsletter_consentwording WHERE language = 'bn'")
        page = client.get("/bn/newsletter/").content.decode()
        assert '<p lang="en">“Please send me news' in page


class TestALinkThatIsNotMeant:
    def test_tells_nothing_in_bengali_either_and_offers_the_form_in_english(self, client: Client) -> None:
        waiting = factories.asked()
        token = factories.confirm_token(waiting)
        pages = {
            client.get(f"/bn/newsletter/{path}/").content
            for path in (f"confirm/{token[:-1]}x", "confirm/nonsense", f"preferences/{token}", "leave/x.y")
        }
        assert len(pages) == 1
        page = pages.pop().decode()
        assert "এই লিংকটি কাজ করছে না" in page
        assert '<a href="/newsletter/" hreflang="en" lang="en">English</a>' in page

    def test_the_switch_of_a_right_one_keeps_the_token(self, client: Client) -> None:
        token = access.preferences_token(factories.joined())
        page = client.get(f"/newsletter/preferences/{token}/").content.decode()
        assert f'<a href="/bn/newsletter/preferences/{token}/" hreflang="bn" lang="bn">' in page
