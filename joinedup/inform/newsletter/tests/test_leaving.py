"""Leaving: one press, no sign-in, and the address is gone at once."""

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter import access, factories
from joinedup.inform.newsletter.models import Subscriber, Topic

pytestmark = pytest.mark.django_db

ONE_CLICK = "List-Unsubscribe=One-Click"
FORM = "application/x-www-form-urlencoded"


def link(subscriber: Subscriber) -> str:
    return f"/newsletter/leave/{access.leave_token(subscriber)}/"


def state(subscriber: Subscriber) -> str:
    subscriber.refresh_from_db()
    return subscriber.state


class TestThePage:
    def test_changes_nothing_when_it_is_only_opened(self, client: Client) -> None:
        subscriber = factories.joined()
        for _scanner in range(3):
            assert "Yes, leave the newsletter" in client.get(link(subscriber)).content.decode()
            client.head(link(subscriber))
        assert state(subscriber) == "confirmed"

    def test_takes_the_person_off_when_its_button_is_pressed(self) -> None:
        subscriber = factories.joined()
        response = Client(enforce_csrf_checks=True).post(link(subscriber), follow=True)
        assert state(subscriber) == "left"
        page = response.content.decode()
        assert "You have left the newsletter" in page
        assert 'href="/newsletter/"' in page
        assert not response.cookies

    def test_deletes_address_name_topics_and_language(self, client: Client) -> None:
        subscriber = factories.joined(topics=Topic.objects.all(), language="bn")
        client.post(link(subscriber))
        subscriber.refresh_from_db()
        assert (subscriber.email, subscriber.name, subscriber.language) == (None, "", "en")
        assert not subscriber.topics.exists()
        assert factories.ADDRESS not in str(Subscriber.objects.values())

    def test_deletes_the_mails_to_that_address_sent_or_not_and_no_others(self, client: Client) -> None:
        subscriber, other = factories.joined(), factories.joined("li@example.org")
        assert Message.objects.filter(to=factories.ADDRESS).count() == 2
        Message.objects.filter(to=factories.ADDRESS, template="newsletter/mail/confirm").update(
            state=Message.State.SENT, sent_at=timezone.now()
        )
        client.post(link(subscriber))
        assert set(Message.objects.values_list("to", flat=True)) == {other.email}
        assert Message.objects.count() == 2

    def test_takes_back_a_request_that_was_not_confirmed(self, client: Client) -> None:
        subscriber = factories.asked()
        client.post(link(subscriber))
        assert state(subscriber) == "left"
        assert client.post(f"/newsletter/confirm/{factories.confirm_token(subscriber)}/").status_code == 404

    def test_a_second_time_is_answered_the_same_and_changes_nothing(self, client: Client) -> None:
        subscriber = factories.gone()
        events, left_at = subscriber.events.count(), subscriber.left_at
        assert "You have left" in client.post(link(subscriber), follow=True).content.decode()
        assert "You have left" in client.get(link(subscriber)).content.decode()
        subscriber.refresh_from_db()
        assert (subscriber.events.count(), subscriber.left_at) == (events, left_at)

    def test_of_someone_forgotten_since_says_that_they_have_left(self, client: Client) -> None:
        subscriber = factories.joined()
        path = link(subscriber)
        subscriber.delete()
        assert client.post(path, ONE_CLICK, content_type=FORM).status_code == 200
        assert "You have left" in client.get(path).content.decode()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_of_an_altered_link_tells_nothing(self, client: Client, method: str) -> None:
        subscriber = factories.joined()
        token = access.leave_token(subscriber)
        other = "0" if token[0] != "0" else "1"
        for wrong in (token[:-1] + "x", other + token[1:], "x", access.preferences_token(subscriber)):
            assert getattr(client, method)(f"/newsletter/leave/{wrong}/").status_code == 404
        assert state(subscriber) == "confirmed"


class TestOneClick:
    def test_from_a_mail_program_works_without_cookie_or_form_token(self) -> None:
        subscriber = factories.joined()
        response = Client(enforce_csrf_checks=True).post(link(subscriber), ONE_CLICK, content_type=FORM)
        assert response.status_code == 200  # no redirect, as RFC 8058 asks
        assert not response.cookies
        assert state(subscriber) == "left"
        assert AuditEvent.objects.get(verb="inform_newsletter.leave").details["one_click"] is True

    def test_works_as_multipart_too(self) -> None:
        subscriber = factories.joined()
        Client(enforce_csrf_checks=True).post(link(subscriber), {"List-Unsubscribe": "One-Click"})
        assert state(subscriber) == "left"

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            ("", FORM),
            ("\xff\xfe", FORM),
            ("{}", "application/json"),
            ("--x", "multipart/form-data"),
            ("x", ""),
        ],
    )
    def test_with_any_body_still_leaves(self, body: str, kind: str) -> None:
        subscriber = factories.joined()
        browser = Client(enforce_csrf_checks=True)
        assert (
            browser.generic("POST", link(subscriber), body.encode("latin-1"), content_type=kind).status_code
            < 400
        )
        assert state(subscriber) == "left"

    def test_from_a_mail_of_years_ago_still_works_after_coming_back(self, client: Client) -> None:
        old = link(factories.joined())
        client.post(old)
        back = factories.joined()
        client.post(old, ONE_CLICK, content_type=FORM)
        assert state(back) == "left"

    def test_is_offered_in_the_headers_of_every_mail(self, client: Client) -> None:
        subscriber = factories.joined()
        factories.asked()
        templates = set()
        for message in Message.objects.all():
            templates.add(message.template.rpartition("/")[2])
            assert message.headers == {
                "List-Unsubscribe": f"<http://127.0.0.1:8000{link(subscriber)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            }
        assert templates == {"confirm", "welcome", "already"}


class TestComingBack:
    def test_is_a_new_request_that_waits_to_be_confirmed(self, client: Client) -> None:
        gone = factories.gone()
        back = factories.asked("AMINA@example.org", name="Amina")
        assert back.pk == gone.pk
        assert (back.state, back.email, back.name) == ("pending", factories.ADDRESS, "Amina")
        kinds = [event.kind for event in back.events.all()]
        assert kinds == ["asked", "confirmed", "left", "asked"]

    def test_is_recognised_after_the_secret_key_was_changed(self, settings) -> None:
        gone = factories.gone()
        settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
        settings.SECRET_KEY = "a new key " * 5
        back = factories.asked()
        assert back.pk == gone.pk
        assert back.address_mark != gone.address_mark
