"""The page on which someone changes their choices, without signing in."""

import pytest
from django.test import Client

from joinedup.inform.newsletter import access, factories
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber, Topic

pytestmark = pytest.mark.django_db


def link(subscriber: Subscriber) -> str:
    return f"/newsletter/preferences/{access.preferences_token(subscriber)}/"


def choices(subscriber: Subscriber) -> tuple[str, str, set[str]]:
    subscriber.refresh_from_db()
    return subscriber.name, subscriber.language, {topic.slug for topic in subscriber.topics.all()}


class TestThePage:
    def test_shows_what_was_chosen_and_not_the_address(self, client: Client) -> None:
        subscriber = factories.joined(topics=Topic.objects.filter(slug="care-at-home"), language="so")
        page = client.get(link(subscriber)).content.decode()
        assert 'value="Amina"' in page
        assert 'value="care-at-home" id="id_topics_1" checked' in page
        assert '<option value="so" selected>' in page
        assert factories.ADDRESS not in page

    def test_changes_nothing_by_being_read(self, client: Client) -> None:
        subscriber = factories.joined()
        lines = ConsentEvent.objects.count()
        client.get(link(subscriber) + "?saved=yes")
        assert ConsentEvent.objects.count() == lines

    def test_saves_says_so_and_writes_a_line(self, client: Client) -> None:
        subscriber = factories.joined()
        sent = {"name": "Amina B", "language": "bn", "topics": ["ways-to-take-part", "care-at-home"]}
        response = client.post(link(subscriber), sent, follow=True)
        assert "Saved." in response.content.decode()
        assert "messages" not in client.cookies
        assert choices(subscriber) == ("Amina B", "bn", {"ways-to-take-part", "care-at-home"})
        assert subscriber.events.latest("pk").kind == "changed"

    def test_can_untick_everything(self, client: Client) -> None:
        subscriber = factories.joined(topics=Topic.objects.all())
        client.post(link(subscriber), {"name": "", "language": "en"})
        assert choices(subscriber) == ("", "en", set())

    def test_answers_a_wrong_choice_beside_the_field_and_keeps_the_old(self, client: Client) -> None:
        subscriber = factories.joined()
        before = choices(subscriber)
        for wrong in ({"language": "klingon"}, {"topics": ["secret"]}, {"name": "x" * 121}):
            response = client.post(link(subscriber), {"name": "", "language": "en", **wrong})
            assert response.status_code == 200
            assert "There is a problem" in response.content.decode()
        assert choices(subscriber) == before

    def test_without_the_form_token_comes_back_filled_and_changes_nothing(self) -> None:
        subscriber = factories.joined()
        before = choices(subscriber)
        browser = Client(enforce_csrf_checks=True)
        sent = {"name": "Zeynep", "language": "bn", "topics": ["care-at-home"]}
        page = browser.post(link(subscriber), sent).content.decode()
        assert 'value="Zeynep"' in page
        assert "press the button again" in page
        assert choices(subscriber) == before
        browser.post(link(subscriber), {**sent, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value})
        assert choices(subscriber) == ("Zeynep", "bn", {"care-at-home"})

    def test_has_the_button_to_leave(self, client: Client) -> None:
        subscriber = factories.joined()
        assert access.leave_token(subscriber) in client.get(link(subscriber)).content.decode()


class TestALinkThatIsNotMeant:
    @pytest.mark.parametrize("method", ["get", "post"])
    def test_is_answered_alike_and_tells_nothing(self, client: Client, method: str) -> None:
        waiting, someone = factories.asked("w@example.org"), factories.joined("s@example.org")
        before_leaving = link(factories.joined("g@example.org"))
        subscriber = Subscriber.objects.by_address("g@example.org").get()
        client.post(f"/newsletter/leave/{access.leave_token(subscriber)}/")
        token = access.preferences_token(someone)
        sent = {"name": "Mallory", "language": "en"}
        answers = [
            getattr(client, method)(path, sent if method == "post" else None)
            for path in (
                link(waiting),
                before_leaving,
                f"/newsletter/preferences/{token[:-1]}x/",
                f"/newsletter/preferences/{access.leave_token(someone)}/",
                "/newsletter/preferences/nonsense/",
            )
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert not Subscriber.objects.filter(name="Mallory").exists()

    def test_from_before_they_left_stays_closed_when_they_come_back(self, client: Client) -> None:
        subscriber = factories.joined()
        old = link(subscriber)
        client.post(f"/newsletter/leave/{access.leave_token(subscriber)}/")
        back = factories.joined()
        assert client.get(old).status_code == 404
        assert client.get(link(back)).status_code == 200
