"""Plain words on the way to an event and back."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.inform.news import access
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage

pytestmark = pytest.mark.usefixtures("site")


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def page_of(page: EventPage) -> str:
    return str(page.url)


def form_of(page: EventPage) -> str:
    return f"/events/{page.slug}/sign-up/"


def place_at(page: EventPage) -> str:
    return access.place_href(signed_up(page))


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (page_of, "Tell us you are coming, and what you need."),
        (page_of, "No steps on the way in"),
        (page_of, ">Put it in my calendar</a>"),
        (form_of, "If there are more of you, you go on the waiting list."),
        (form_of, "How many people, including you?"),
        (place_at, "Can you not come?"),
    ],
)
def test_it_is_said_as_people_say_it(client: Client, where: Callable[[EventPage], str], words: str) -> None:
    assert words in text(client, where(event(max_places=9, access=["step-free"])))


def test_the_language_of_the_interpreter_is_asked_of_those_who_need_one(client: Client) -> None:
    html = text(client, form_of(event()))
    label = html[html.index("Which language should the interpreter speak?") :][:400]
    assert "(optional)" not in label.partition("<select")[0]
    assert "Only if you need an interpreter." in label
    control = html[html.index('name="interpreter_language"') :].partition(">")[0]
    assert "aria-required" not in control
