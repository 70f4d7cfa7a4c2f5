"""Posts and events written in the page editor, as an editor writes them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from joinedup.foundation.identity.models import User
from joinedup.inform.news.models import EventIndexPage, EventPage, NewsIndexPage, NewsPostPage
from joinedup.inform.newsletter.models import Topic

pytestmark = pytest.mark.usefixtures("site")
ClientFor = Callable[[User], Client]


def publish(client: Client, kind: str, parent: Any, fields: dict[str, Any]) -> Any:
    lists = {name: value for name, value in fields.items() if isinstance(value, list)}
    single = {name: value for name, value in fields.items() if name not in lists}
    sent = {"lead": "A line.", "drawing": "", "body": streamfield([]), "action-publish": "1", **single}
    counts = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    address = f"/editor/pages/add/inform_news/{kind}/{parent.pk}/"
    assert client.get(address).status_code == 200
    return client.post(address, {**nested_form_data(sent), **lists, **counts})


def test_a_post_with_places_and_topics(editor: User, client_for: ClientFor) -> None:
    topic = Topic.objects.first()
    assert topic is not None
    answer = publish(
        client_for(editor),
        "newspostpage",
        NewsIndexPage.objects.get(),
        {
            "title": "Bow news",
            "slug": "bow-news",
            "kind": "locality",
            "date": "2026-11-01",
            "author_role": "Locality team",
            "author_organisation": "",
            "picture": "",
            "places": ["north-east", "south-east"],
            "topics": [topic.pk],
            "decisions": rich_text(""),
            "heard": rich_text(""),
            "coming": rich_text(""),
        },
    )
    assert answer.status_code == 302, answer.context["form"].errors
    page = NewsPostPage.objects.get()
    assert page.places == ["north-east", "south-east"]
    assert list(page.topics.all()) == [topic]
    revision = page.get_latest_revision_as_object()
    assert revision.places == page.places


EVENT = {
    "title": "Walk",
    "slug": "walk",
    "start_at": "2027-06-01 10:00",
    "end_at": "2027-06-01 12:00",
    "place_name": "The park",
    "address": "",
    "postcode": "",
    "online": "",
    "access": ["step-free", "bsl"],
    "access_text": "",
    "cost": "Free",
    "who_for": "Everyone",
    "ask_phone": "",
    "ask_who": "",
    "places": ["north-west"],
    "takes_sign_ups": "on",
    "max_places": "12",
    "sign_up_until": "",
    "cancel_reason": "",
}


def test_an_event_with_its_access(editor: User, client_for: ClientFor, client: Client) -> None:
    answer = publish(client_for(editor), "eventpage", EventIndexPage.objects.get(), EVENT)
    assert answer.status_code == 302, answer.context["form"].errors
    page = EventPage.objects.get()
    assert (page.access, page.places) == (["step-free", "bsl"], ["north-west"])
    assert page.start_at.isoformat() == "2027-06-01T09:00:00+00:00", "10 in the morning, in summer"
    assert client.get("/events/walk/").status_code == 404, "a second person publishes"
    page.get_latest_revision().publish()
    assert client.get("/events/walk/").status_code == 200


@pytest.mark.parametrize(
    "start",
    ["2027-03-28 01:30", "2027-10-31 01:30", "2027-06-01 13:00"],
)
def test_a_time_that_clocks_never_show_or_show_twice_is_refused(
    editor: User, client_for: ClientFor, start: str
) -> None:
    fields = {**EVENT, "start_at": start}
    answer = publish(client_for(editor), "eventpage", EventIndexPage.objects.get(), fields)
    assert answer.status_code == 200
    assert not EventPage.objects.exists()
    errors = str(answer.context["form"].errors)
    assert {"start_at", "end_at"} & set(answer.context["form"].errors), errors


def test_a_key_that_nobody_offers_is_refused(editor: User, client_for: ClientFor) -> None:
    fields = {**EVENT, "places": ["atlantis"]}
    answer = publish(client_for(editor), "eventpage", EventIndexPage.objects.get(), fields)
    assert "places" in answer.context["form"].errors
