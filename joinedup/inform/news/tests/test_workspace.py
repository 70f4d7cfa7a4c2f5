"""What staff see of who comes, and that nobody else sees any of it."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.doors.csv_files import MARK
from joinedup.foundation.identity.models import User
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")
ClientFor = Callable[[User], Client]


@pytest.fixture
def page(site: None) -> EventPage:
    page = event("Carers’ morning", max_places=4)
    signed_up(page, name="Amina", needs=("bsl",), people=2)
    signed_up(page, name="George", needs=("bsl", "interpreter"), interpreter_language="so")
    signed_up(page, name="Li", needs=("travel",), needs_other="No nuts", people=1)
    signed_up(page, name="Rosa", needs=("hearing-loop",))
    return page


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    return " ".join(answer.content.decode().split())


def test_the_list_has_the_counts(page: EventPage, editor: User, client_for: ClientFor) -> None:
    event("Gone", in_days=-3)
    event("Long gone", in_days=-40)
    html = text(client_for(editor), "/workspace/events/")
    assert "Carers’ morning" in html
    assert "<td>4</td> <td>4</td> <td>1</td> <td>0</td>" in html
    assert "Gone" in html
    assert "Long gone" not in html


def test_what_people_need_stands_on_top(page: EventPage, officer: User, client_for: ClientFor) -> None:
    html = text(client_for(officer), f"/workspace/events/{page.pk}/")
    assert "4 people come." in html
    assert "1 waits." in html
    assert "2 ask for: A British Sign Language (BSL) interpreter" in html
    assert "1 asks for: An interpreter for another language (Somali (Soomaali): 1)" in html
    assert html.index("2 ask for") < html.index("Amina") < html.index("Rosa")
    assert "No nuts" in html


def test_one_to_be_told_is_noted_by_a_button(page: EventPage, officer: User, client_for: ClientFor) -> None:
    EventSignUp.objects.filter(name="Rosa").update(state="placed", email="", phone="+442079460123")
    client, rosa = client_for(officer), EventSignUp.objects.get(name="Rosa")
    assert "020 7946 0123: they have a place now" in text(client, f"/workspace/events/{page.pk}/")
    client.post(f"/workspace/events/{page.pk}/told/{rosa.pk}/")
    assert "they have a place now" not in text(client, f"/workspace/events/{page.pk}/")
    other = event()
    assert client.post(f"/workspace/events/{other.pk}/told/{rosa.pk}/").status_code == 404


def test_cancelling_by_the_button(page: EventPage, editor: User, client_for: ClientFor) -> None:
    client = client_for(editor)
    address = f"/workspace/events/{page.pk}/cancel/"
    assert "4 sign-ups" in text(client, address)
    assert "Say why, in one plain sentence." in client.post(address, {"reason": " "}).content.decode()
    answer = client.post(address, {"reason": "Storm."}, follow=True)
    assert "We write to 4 people now." in answer.content.decode()
    assert EventPage.objects.get(pk=page.pk).cancel_reason == "Storm."
    assert client.get(address).status_code == 302


def rows_of(answer_content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer_content.decode().removeprefix(MARK))))


def test_the_list_as_a_file_and_who_took_it(page: EventPage, officer: User, client_for: ClientFor) -> None:
    signed_up(page, name="=HYPERLINK('http://evil.example')", needs_other="\u200b+1")
    answer = client_for(officer).get(f"/workspace/events/{page.pk}/list.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = rows_of(answer.content)
    assert [len(row) for row in rows] == [10] * 6
    assert [row[0] for row in rows[1:3]] == ["Amina", "George"]
    assert rows[-1][0].startswith("'=")
    assert rows[-1][7].startswith("'")
    record = AuditEvent.objects.get(verb="inform_news.export")
    assert (record.actor_id, record.details) == (str(officer.pk), {"rows": 5})


ADDRESSES = ["", "{pk}/", "{pk}/list.csv", "{pk}/cancel/"]


@pytest.mark.parametrize("who", ["stranger", "partner", "administrator", "privacy_officer"])
def test_others_see_nothing(
    who: str, page: EventPage, request: pytest.FixtureRequest, client_for: ClientFor
) -> None:
    client = client_for(request.getfixturevalue(who))
    for address in ADDRESSES:
        answer = client.get(f"/workspace/events/{address.format(pk=page.pk)}")
        assert answer.status_code == 403
        assert "Amina" not in answer.content.decode()


def test_a_visitor_is_sent_to_sign_in(page: EventPage, client: Client) -> None:
    for address in ADDRESSES:
        answer = client.get(f"/workspace/events/{address.format(pk=page.pk)}")
        assert answer.headers["Location"].startswith("/account/login/")


def test_no_public_page_names_who_comes(page: EventPage, client: Client) -> None:
    for address in ("/", "/events/", page.url, f"/events/{page.slug}/sign-up/", "/events/calendar.ics"):
        assert "Amina" not in client.get(address).content.decode()


def test_an_event_that_is_not_there_is_not_found(editor: User, client_for: ClientFor) -> None:
    assert client_for(editor).get("/workspace/events/999999/").status_code == 404


def test_the_cost_does_not_grow_with_the_people(
    page: EventPage,
    officer: User,
    client_for: ClientFor,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    for number in range(20):
        signed_up(page, name=f"P{number}")
    client = client_for(officer)
    client.get("/workspace/events/")
    for address in ("/workspace/events/", f"/workspace/events/{page.pk}/"):
        with django_assert_max_num_queries(20):  # type: ignore[attr-defined]
            client.get(address)
