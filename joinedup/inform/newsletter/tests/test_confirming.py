"""The link in the confirming mail: only its button puts someone on the list."""

import re
from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter import access, factories
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber

pytestmark = pytest.mark.django_db


def link(subscriber: Subscriber) -> str:
    return f"/newsletter/confirm/{factories.confirm_token(subscriber)}/"


def later(monkeypatch: pytest.MonkeyPatch, **span: int) -> None:
    moment = (timezone.now() + timedelta(**span)).timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: moment)


class TestTheLink:
    def test_in_the_mail_leads_to_a_page_with_the_words_and_one_button(self, client: Client) -> None:
        factories.asked()
        path = re.search(r"http://127\.0\.0\.1:8000(/newsletter/confirm/\S+)", Message.objects.get().text)[1]
        page = client.get(path).content.decode()
        assert "Please send me news about health and care near me" in page
        assert "Yes, send me the newsletter" in page

    def test_changes_nothing_when_it_is_only_opened(self, client: Client) -> None:
        subscriber = factories.asked()
        for _scanner in range(3):
            assert client.get(link(subscriber)).status_code == 200
            assert client.head(link(subscriber)).status_code == 200
        subscriber.refresh_from_db()
        assert subscriber.state == "pending"
        assert ConsentEvent.objects.count() == 1
        assert Message.objects.count() == 1

    def test_puts_the_person_on_the_list_when_its_button_is_pressed(self, client: Client) -> None:
        subscriber = factories.asked()
        response = client.post(link(subscriber), follow=True)
        subscriber.refresh_from_db()
        assert subscriber.state == "confirmed"
        assert subscriber.confirmed_at is not None
        assert response.redirect_chain[0][0].startswith("/newsletter/thank-you/")
        page = response.content.decode()
        assert "What happens next" in page
        assert access.preferences_token(subscriber) in page
        assert factories.ADDRESS not in page

    def test_pressed_twice_changes_nothing_more(self, client: Client) -> None:
        subscriber = factories.asked()
        for _click in range(2):
            assert client.post(link(subscriber)).status_code == 302
        assert [event.kind for event in subscriber.events.all()] == ["asked", "confirmed"]
        assert Message.objects.filter(template="newsletter/mail/welcome").count() == 1
        assert AuditEvent.objects.filter(verb="inform_newsletter.confirm").count() == 1

    def test_without_the_form_token_shows_the_button_again_and_changes_nothing(self) -> None:
        subscriber = factories.asked()
        browser = Client(enforce_csrf_checks=True)
        assert "press the button again" in browser.post(link(subscriber)).content.decode()
        subscriber.refresh_from_db()
        assert subscriber.state == "pending"
        again = {"csrfmiddlewaretoken": browser.cookies["csrftoken"].value}
        assert browser.post(link(subscriber), again).status_code == 302

    def test_of_an_earlier_mail_works_as_well(self, client: Client) -> None:
        first = link(factories.asked())
        Message.objects.update(created_at="2026-01-01T00:00Z")
        subscriber = factories.asked()
        assert first != link(subscriber)
        assert client.post(first).status_code == 302
        confirmed = subscriber.events.get(kind="confirmed")
        assert confirmed.answers == subscriber.events.get(kind="asked")


class TestALinkThatIsNotMeant:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_answered_alike_and_tells_nothing(self, client: Client, monkeypatch, method: str) -> None:
        waiting = factories.asked("waiting@example.org")
        left = factories.asked("left@example.org")
        old_of_left = link(left)
        factories.joined("left@example.org")
        factories.gone("left@example.org")
        erased = factories.asked("erased@example.org")
        of_erased = link(erased)
        erased.delete()
        good = factories.confirm_token(waiting)
        other_salt = access.leave_token(waiting)
        answers = [
            getattr(client, method)(path)
            for path in (
                f"/newsletter/confirm/{good[:-1]}x/",
                f"/newsletter/confirm/{good.replace('-', '-1', 1)}/",
                "/newsletter/confirm/nonsense/",
                "/newsletter/confirm/%F0%9F%98%80/",
                "/newsletter/confirm/..../",
                f"/newsletter/confirm/{other_salt}/",
                old_of_left,
                of_erased,
            )
        ]
        later(monkeypatch, days=7, minutes=1)
        answers.append(getattr(client, method)(f"/newsletter/confirm/{good}/"))
        pages = {answer.content for answer in answers}
        assert {answer.status_code for answer in answers} == {404}
        assert len(pages) == 1
        assert b"this link does not work" in pages.pop()
        waiting.refresh_from_db()
        assert waiting.state == "pending"

    def test_still_works_on_the_seventh_day(self, client: Client, monkeypatch) -> None:
        subscriber = factories.asked()
        path = link(subscriber)
        later(monkeypatch, days=6, hours=23)
        assert client.post(path).status_code == 302

    def test_from_before_they_left_does_not_bring_them_back_though_they_asked_again(
        self, client: Client
    ) -> None:
        subscriber = factories.asked()
        old = link(subscriber)
        factories.joined()
        factories.gone()
        factories.asked()
        assert client.post(old).status_code == 404
        subscriber.refresh_from_db()
        assert subscriber.state == "pending"
        assert client.post(link(subscriber)).status_code == 302


class TestPagesWithAToken:
    def test_stay_out_of_caches_search_and_other_peoples_logs(self, client: Client) -> None:
        subscriber = factories.joined()
        preferences = access.preferences_token(subscriber)
        for path in (
            f"/newsletter/thank-you/{preferences}/",
            f"/newsletter/preferences/{preferences}/",
            f"/newsletter/leave/{access.leave_token(subscriber)}/",
            link(subscriber),
            "/newsletter/confirm/lost/",
        ):
            response = client.get(path)
            assert response["Referrer-Policy"] in ("no-referrer", "strict-origin"), path
            assert "no-store" in response["Cache-Control"], path
            assert "noindex" in response["X-Robots-Tag"], path
            assert '<meta name="robots" content="noindex">' in response.content.decode(), path

    def test_with_a_protected_form_let_the_browser_name_its_origin(self, client: Client) -> None:
        """Under `no-referrer` browsers send `Origin: null`, and the form would come back for ever."""
        subscriber = factories.joined()
        path = f"/newsletter/preferences/{access.preferences_token(subscriber)}/"
        for protected in (path, link(subscriber)):
            assert client.get(protected)["Referrer-Policy"] == "strict-origin"

    def test_say_thank_you_without_cookie_or_link_to_anybody(self, client: Client) -> None:
        for path in ("/newsletter/thank-you/", "/newsletter/thank-you/altered/"):
            response = client.get(path)
            assert response.status_code == 200
            assert not response.cookies
            assert b"/newsletter/preferences/" not in response.content
        subscriber = factories.joined()
        assert not client.get(f"/newsletter/thank-you/{access.preferences_token(subscriber)}/").cookies
