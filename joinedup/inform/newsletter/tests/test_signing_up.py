"""The form at /newsletter/: what it keeps, and what it does with everything people may type."""

import pytest
from django.test import Client

from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

pytestmark = pytest.mark.django_db

PAGE = "/newsletter/"
DONE = "/newsletter/check-your-email/"


def filled(**changes: object) -> dict[str, object]:
    return {"email": "amina@example.org", "name": "Amina", "language": "en", "wording": "1", **changes}


def nothing_is_kept() -> bool:
    return not (Subscriber.objects.exists() or ConsentEvent.objects.exists() or Message.objects.exists())


class TestAGoodForm:
    def test_is_kept_as_asked_and_not_yet_confirmed(self, client: Client) -> None:
        sent = filled(topics=["care-at-home", "health-services"], language="bn")
        response = client.post(PAGE, sent)
        assert response.status_code == 302
        assert response["Location"] == DONE
        subscriber = Subscriber.objects.get()
        assert (subscriber.email, subscriber.name, subscriber.language) == (
            "amina@example.org",
            "Amina",
            "bn",
        )
        assert subscriber.state == "pending"
        assert {topic.slug for topic in subscriber.topics.all()} == {"care-at-home", "health-services"}

    def test_needs_nothing_but_an_address_and_a_language(self, client: Client) -> None:
        client.post(PAGE, {"email": "amina@example.org", "language": "en", "wording": "1"})
        assert Subscriber.objects.get().name == ""

    def test_shows_the_words_of_consent_with_the_privacy_policy_beside(self, client: Client) -> None:
        page = client.get(PAGE).content.decode()
        assert "Please send me news about health and care near me" in page
        assert 'href="/privacy/"' in page

    def test_the_page_after_it_says_what_happens_next_and_shows_no_address(self, client: Client) -> None:
        response = client.post(PAGE, filled(), follow=True)
        page = response.content.decode()
        assert "amina" not in page.lower()
        assert "10 minutes" in page
        assert "7 days" in page
        assert "020 7946 0123" in page

    def test_no_cookie_is_set_on_the_page_after_it(self, client: Client) -> None:
        assert not client.get(DONE).cookies


class TestAWrongForm:
    @pytest.mark.parametrize(
        "email",
        [
            "",
            "   ",
            "not an address",
            "amina@",
            "@example.org",
            "a@b@example.org",
            "amina@example",
            "amina@example.org\nBcc: all@example.org",
            "amina@example.org,li@example.org",
            "<script>alert(1)</script>@example.org",
            "😀@example.org",
            "امينة@example.org",
            "a" * 250 + "@example.org",
            "amina\x00@example.org",
        ],
    )
    def test_says_what_to_do_about_the_address_and_keeps_nothing(self, client: Client, email: str) -> None:
        response = client.post(PAGE, filled(email=email))
        assert response.status_code == 200
        assert response.context["form"].errors["email"]
        assert 'href="#id_email"' in response.content.decode()
        assert nothing_is_kept()

    def test_keeps_the_rest_of_what_was_typed(self, client: Client) -> None:
        page = client.post(
            PAGE, filled(email="oops", name="Zeynep", topics=["care-at-home"])
        ).content.decode()
        assert 'value="Zeynep"' in page
        assert 'value="care-at-home" id="id_topics_1" checked' in page

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "x" * 121),
            ("name", "Am\x00ina"),
            ("topics", ["no-such-topic"]),
            ("topics", ["care-at-home\x00"]),
            ("topics", ["<script>alert(1)</script>"]),
            ("language", "klingon"),
            ("language", ""),
        ],
    )
    def test_of_every_other_field_is_answered_beside_the_field(
        self, client: Client, field: str, value: object
    ) -> None:
        response = client.post(PAGE, filled(**{field: value}))
        assert response.status_code == 200
        assert response.context["form"].errors[field]
        assert "<script>alert" not in response.content.decode()
        assert nothing_is_kept()

    def test_with_words_of_consent_that_are_no_longer_in_force_comes_back_with_the_new_ones(
        self, client: Client
    ) -> None:
        response = client.post(PAGE, filled(wording="0", topics=["care-at-home", "health-services"]))
        page = response.content.decode()
        assert "have just changed" in page
        assert 'name="wording" value="1"' in page
        assert page.count(" checked") == 2
        assert nothing_is_kept()


class TestAName:
    @pytest.mark.parametrize(
        ("typed", "kept"),
        [
            ("Zoë 😀", "Zoë 😀"),
            ("আমিনা", "আমিনা"),
            ("عائشة", "عائشة"),
            ("  Amina \t Begum ", "Amina Begum"),
            ("Amina\r\nBcc: x@example.org", "Amina Bcc: x@example.org"),
            ("\u202eanimA", "animA"),
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("' OR 1=1 --", "' OR 1=1 --"),
            ("x" * 120, "x" * 120),
        ],
    )
    def test_of_any_kind_is_kept_on_one_line(self, client: Client, typed: str, kept: str) -> None:
        assert client.post(PAGE, filled(name=typed)).status_code == 302
        assert Subscriber.objects.get().name == kept

    def test_is_shown_again_as_text_and_never_as_markup(self, client: Client) -> None:
        page = client.post(PAGE, filled(email="", name="<script>alert(1)</script>")).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


class TestAFormWithoutItsToken:
    def test_comes_back_filled_to_press_again_and_keeps_nothing(self) -> None:
        browser = Client(enforce_csrf_checks=True)
        response = browser.post(PAGE, filled(topics=["care-at-home"], wording="0"))
        page = response.content.decode()
        assert response.status_code == 200
        assert "You are not signed up yet." in page
        assert 'value="amina@example.org"' in page
        assert 'value="care-at-home" id="id_topics_1" checked' in page
        assert 'name="wording" value="1"' in page
        assert nothing_is_kept()

    def test_as_the_box_on_the_home_page_sends_it_needs_the_address_only(self) -> None:
        page = Client(enforce_csrf_checks=True).post(PAGE, {"email": "amina@example.org"}).content.decode()
        assert 'value="amina@example.org"' in page
        assert "There is a problem" not in page
        assert nothing_is_kept()

    def test_is_kept_when_sent_again_with_the_token_it_came_back_with(self) -> None:
        browser = Client(enforce_csrf_checks=True)
        browser.post(PAGE, filled())
        token = browser.cookies["csrftoken"].value
        assert browser.post(PAGE, filled(csrfmiddlewaretoken=token)).status_code == 302
        assert Subscriber.objects.count() == 1

    def test_is_not_kept_in_any_cache(self) -> None:
        assert "no-store" in Client().get(PAGE)["Cache-Control"]


class TestARobot:
    def test_that_fills_the_hidden_box_gets_the_same_answer_and_nothing_is_kept(self, client: Client) -> None:
        response = client.post(PAGE, filled(homepage="http://example.org"))
        assert response.status_code == 302
        assert response["Location"] == DONE
        assert nothing_is_kept()

    def test_learns_nothing_from_an_address_that_is_wrong_besides(self, client: Client) -> None:
        assert client.post(PAGE, filled(homepage="x", email="wrong"))["Location"] == DONE

    def test_and_a_person_never_sees_that_box(self, client: Client) -> None:
        page = client.get(PAGE).content.decode()
        trap = page[page.index('<div class="jo-trap"') :]
        assert trap.startswith('<div class="jo-trap" aria-hidden="true">')
        assert 'tabindex="-1"' in trap[:400]


class TestTooManyTries:
    def test_from_one_place_are_answered_calmly_with_a_phone_number(self, client: Client, settings) -> None:
        settings.RATES = {**settings.RATES, "newsletter.ask": (2, 3600)}
        for number in range(2):
            assert client.post(PAGE, filled(email=f"p{number}@example.org")).status_code == 302
        response = client.post(PAGE, filled(email="p3@example.org"))
        assert response.status_code == 429
        assert response["Retry-After"] == "3600"
        assert "020 7946 0123" in response.content.decode()
        assert not Subscriber.objects.by_address("p3@example.org").exists()

    def test_for_one_address_stop_however_it_is_written_and_wherever_they_come_from(
        self, client: Client
    ) -> None:
        for number, email in enumerate(
            ["a@example.org", "A@example.org", " a@Example.ORG ", "a@example.org"]
        ):
            assert client.post(PAGE, filled(email=email), REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
        assert client.post(PAGE, filled(email="A@Example.org"), REMOTE_ADDR="192.0.2.9").status_code == 429
        assert Message.objects.count() == 1

    def test_for_one_mailbox_stop_whatever_is_tagged_onto_its_address(self, client: Client) -> None:
        for number in range(4):
            sent = filled(email=f"a+{number}@example.org")
            assert client.post(PAGE, sent, REMOTE_ADDR=f"192.0.2.{number}").status_code == 302
        refused = client.post(PAGE, filled(email="a+more@example.org"), REMOTE_ADDR="192.0.2.9")
        assert refused.status_code == 429
        assert client.post(PAGE, filled(email="a@example.org"), REMOTE_ADDR="192.0.2.8").status_code == 429
        assert Message.objects.count() == 4

    def test_do_not_stop_somebody_else(self, client: Client, settings) -> None:
        settings.RATES = {**settings.RATES, "newsletter.ask": (1, 3600)}
        client.post(PAGE, filled(), REMOTE_ADDR="192.0.2.1")
        sent = client.post(PAGE, filled(email="li@example.org"), REMOTE_ADDR="192.0.2.2")
        assert sent.status_code == 302


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_not_understood(client: Client, method: str) -> None:
    assert getattr(client, method)(PAGE).status_code == 405
