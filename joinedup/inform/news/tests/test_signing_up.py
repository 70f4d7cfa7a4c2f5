"""Signing up for an event by the form: what is kept, what is said, what is refused."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.inform.news import access
from joinedup.inform.news.factories import asked, event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")


def filled(**values: Any) -> dict[str, Any]:
    everything = {
        "name": "Amina",
        "email": "amina@example.org",
        "phone": "",
        "people": "2",
        "needs": ["bsl"],
        "interpreter_language": "",
        "needs_other": "",
        "language": "en",
        "website": "",
        "once": uuid.uuid4().hex,
    }
    return {**everything, **values}


def send(client: Client, page: EventPage, **values: Any) -> Any:
    return client.post(f"/events/{page.slug}/sign-up/", filled(**values))


def told(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_what_was_written_is_kept_and_the_person_has_a_place(client: Client) -> None:
    page = event()
    send(
        client,
        page,
        needs=["interpreter", "other"],
        interpreter_language="so",
        needs_other="A chair\nwith arms",
        phone="07700 900123",
    )
    row = EventSignUp.objects.get()
    assert (row.event_id, row.state, row.people) == (page.pk, "placed", 2)
    assert (row.name, row.email, row.phone) == ("Amina", "amina@example.org", "+447700900123")
    assert (row.needs, row.interpreter_language) == (["interpreter", "other"], "so")
    assert row.needs_other == "A chair with arms"
    assert AuditEvent.objects.about(row).get().verb == "inform_news.sign_up"
    assert "You have a place" in told(client.get(f"/events/your-place/{access.token(row)}/"))


def test_a_phone_number_alone_is_enough_and_their_place_is_shown_at_once_because_there_is_no_mail(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    answer = send(client, event(), email="", phone="020 7946 0123")
    row = EventSignUp.objects.get()
    assert row.phone == "+442079460123"
    assert outbox() == []
    assert answer.headers["Location"] == f"/events/your-place/{access.token(row)}/"
    assert "You have a place" in told(client.get(answer.headers["Location"]))


def test_the_mail_has_the_facts_and_the_link_and_nothing_that_was_typed(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    page = event("Carers’ morning", online="By video, too.")
    send(client, page, name="Buy pills", needs=["other"], needs_other="Visit http://evil.example")
    (mail,) = outbox()
    row = EventSignUp.objects.get()
    assert mail.subject == "You have a place: Carers’ morning"
    for text in (mail.text, mail.html):
        for words in ("Carers’ morning", page.when, "The hall", "By video, too.", access.token(row)):
            assert words in text
        for typed in ("Buy pills", "evil", "interpreter"):
            assert typed not in text
    assert (mail.to, mail.stream, mail.about_id) == ("amina@example.org", "reply", str(row.pk))


def test_the_mail_is_in_the_language_that_was_chosen(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    send(client, event(), language="bn")
    (mail,) = outbox()
    assert mail.language == "bn"
    assert mail.subject.startswith("আপনার জায়গা আছে: ")
    assert 'lang="bn"' in mail.html


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"name": ""}, "name", "Write what we should call you."),
        ({"name": "\u202e \u200b"}, "name", ""),
        ({"email": "", "phone": ""}, "email", "Write an email address or a phone number"),
        ({"email": "nobody@"}, "email", "Write an email address like"),
        ({"email": "", "phone": "12"}, "phone", "Enter a phone number"),
        ({"people": "0"}, "people", "Write 1 or more."),
        ({"people": "11"}, "people", "For a larger group, please ring us."),
        ({"people": "many"}, "people", "in figures"),
        ({"needs": ["interpreter"]}, "interpreter_language", "Choose the language"),
        ({"needs": ["other"]}, "needs_other", "Tell us what else you need."),
        ({"needs": ["a helicopter"]}, "needs", ""),
        ({"needs_other": "x" * 401}, "needs_other", "at most 400"),
        ({"language": "xx"}, "language", ""),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_kept(
    client: Client, values: dict[str, Any], field: str, words: str
) -> None:
    if values.get("name", "").startswith("\u202e"):
        values = {"name": "\u202e\u0007 "}
    answer = send(client, event(), **values)
    assert answer.status_code == 200
    assert field in answer.context["form"].errors
    assert words in told(answer)
    assert not EventSignUp.objects.exists()


def test_a_double_click_is_one_sign_up_and_one_mail(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    page, form = event(), filled()
    first = client.post(f"/events/{page.slug}/sign-up/", form)
    second = client.post(f"/events/{page.slug}/sign-up/", form)
    assert first.headers["Location"] == second.headers["Location"]
    assert EventSignUp.objects.count() == len(outbox()) == 1


def test_a_form_without_its_token_keeps_nothing_and_comes_back_filled() -> None:
    page, careful = event(), Client(enforce_csrf_checks=True)
    answer = careful.post(f"/events/{page.slug}/sign-up/", filled(name="Amina Sample"))
    html = told(answer)
    assert answer.status_code == 200
    assert "You are not signed up yet" in html
    assert 'value="Amina Sample"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert not EventSignUp.objects.exists()


def test_the_trap_catches_robots(client: Client) -> None:
    assert send(client, event(), website="https://evil.example").status_code == 400
    assert not EventSignUp.objects.exists()


def test_too_many_from_one_place_are_asked_to_wait(client: Client, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "event.sign_up": (2, 3600)}
    page = event()
    answers = [send(client, page, email=f"a{n}@example.org").status_code for n in range(3)]
    assert answers == [302, 302, 429]
    assert EventSignUp.objects.count() == 2


def test_one_mailbox_cannot_be_flooded(client: Client, settings: Any) -> None:
    settings.RATES = {**settings.RATES, "event.sign_up.address": (1, 3600)}
    page = event()
    first, second = send(client, page), send(client, page, email="amina+again@example.org")
    assert (first.status_code, second.status_code) == (302, 429)
    assert second.headers["Retry-After"] == "3600"


def test_the_waiting_list_is_said_before_and_after(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    page = event(max_places=1)
    assert "There is 1 place left" in told(client.get(f"/events/{page.slug}/sign-up/"))
    signed_up(page, email="first@example.org")
    before = told(client.get(f"/events/{page.slug}/sign-up/"))
    assert "All places are taken. If a place comes free, we tell you" in before
    assert "Join the waiting list" in before
    assert f"<title>Join the waiting list: {page.title}" in before
    after = client.get(send(client, page, people="1", email="", phone="020 7946 0123").headers["Location"])
    assert "You are on the waiting list" in told(after)
    send(client, page, people="1")
    assert outbox()[-1].subject == "You are on the waiting list: An event"


def test_a_group_larger_than_the_event_is_told_so_rather_than_wait_for_ever(client: Client) -> None:
    answer = send(client, event(max_places=3), people="4")
    assert "There is room for 3 people at this event" in told(answer)
    assert not EventSignUp.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"in_days": -2}, "This event has passed"),
        ({"in_days": -0.02}, "You cannot sign up any more"),
        ({"is_cancelled": True, "cancel_reason": "Flood."}, "This event is cancelled"),
        ({"is_cancelled": True, "cancel_reason": "Flood."}, "Why: Flood."),
        ({"is_cancelled": True, "cancel_reason": "x", "takes_sign_ups": False}, "This event is cancelled"),
    ],
)
def test_a_closed_event_says_why_and_keeps_nothing(
    client: Client, fields: dict[str, Any], words: str
) -> None:
    page = event(**fields)
    assert words in told(client.get(f"/events/{page.slug}/sign-up/"))
    assert words in told(send(client, page))
    assert not EventSignUp.objects.exists()


def test_an_event_without_sign_up_has_no_such_door(client: Client) -> None:
    page = event(takes_sign_ups=False)
    assert client.get(f"/events/{page.slug}/sign-up/").status_code == 404
    assert client.get("/events/no-such-event/sign-up/").status_code == 404


def test_pages_with_a_form_or_a_link_are_kept_nowhere(client: Client) -> None:
    page = event()
    for address in (f"/events/{page.slug}/sign-up/", f"/events/your-place/{access.token(signed_up(page))}/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_needs_that_nobody_offers_are_refused_by_the_row_itself() -> None:
    from django.core.exceptions import ValidationError

    from joinedup.inform.news.actions.signing_up import sign_up

    with pytest.raises(ValidationError):
        sign_up(event=event(), asked=asked(needs=("a helicopter",)), once="x" * 30)
