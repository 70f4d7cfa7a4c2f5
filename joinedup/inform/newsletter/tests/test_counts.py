"""The workspace's page of numbers, and who may read it."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR
from joinedup.inform.newsletter import factories, sample
from joinedup.inform.newsletter.models import ConsentEvent, Subscriber, Topic

pytestmark = pytest.mark.django_db

PAGE = "/workspace/newsletter/"
ClientFor = Callable[[User], Client]


class TestTheNumbers:
    def test_are_counted_by_state_topic_language_and_month(
        self, officer: User, client_for: ClientFor
    ) -> None:
        factories.joined("a@example.org", language="bn", topics=Topic.objects.filter(slug="care-at-home"))
        factories.joined("b@example.org", language="bn")
        factories.asked("c@example.org", topics=Topic.objects.filter(slug="care-at-home"))
        factories.gone("d@example.org")
        context = client_for(officer).get(PAGE).context
        assert [people for _label, people in context["states"]] == [1, 2, 1]
        assert context["by_language"] == [("Bengali (বাংলা)", 2)]
        assert {topic.slug: topic.people for topic in context["topics"]}["care-at-home"] == 1
        assert [numbers for _month, numbers in context["months"]] == [[4, 3, 1]]

    def test_show_nobodys_address_or_name(self, officer: User, client_for: ClientFor) -> None:
        sample.load(by=VISITOR)
        page = client_for(officer).get(PAGE).content.decode()
        assert "@example.org" not in page.replace(officer.email, "")
        assert "Amina" not in page

    def test_are_there_when_nobody_has_asked_yet(self, privacy_officer: User, client_for: ClientFor) -> None:
        assert "Nobody has asked yet." in client_for(privacy_officer).get(PAGE).content.decode()


class TestAStranger:
    def test_is_asked_to_sign_in(self, client: Client) -> None:
        response = client.get(PAGE)
        assert response.status_code == 302
        assert "/account/login/" in response["Location"]
        assert AnonymousUser().is_anonymous

    def test_with_an_account_but_no_role_is_refused(self, stranger: User, client_for: ClientFor) -> None:
        factories.joined()
        response = client_for(stranger).get(PAGE)
        assert response.status_code == 403
        assert b"On the list" not in response.content

    @pytest.mark.parametrize("who", ["editor", "partner", "administrator"])
    def test_with_another_role_is_refused(self, who: str, request, client_for: ClientFor) -> None:
        assert client_for(request.getfixturevalue(who)).get(PAGE).status_code == 403


class TestTheSample:
    def test_is_invented_and_marked_and_in_every_state(self) -> None:
        sample.load(by=VISITOR)
        assert set(Subscriber.objects.values_list("state", flat=True)) == {"pending", "confirmed", "left"}
        for person in Subscriber.objects.exclude(state="left"):
            assert person.email.endswith("@example.org")
            assert person.name == "" or person.name.startswith("Sample: ")

    def test_loaded_a_second_time_changes_nothing(self) -> None:
        sample.load(by=VISITOR)
        before = list(Subscriber.objects.order_by("pk").values()), ConsentEvent.objects.count()
        sample.load(by=VISITOR)
        assert (list(Subscriber.objects.order_by("pk").values()), ConsentEvent.objects.count()) == before
