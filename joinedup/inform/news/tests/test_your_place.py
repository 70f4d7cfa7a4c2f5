"""The link of someone who signed up: it shows, its button takes back, and nobody can make one up."""

from collections.abc import Callable

import pytest
from django.core.signing import Signer
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.inform.news import access
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventSignUp

pytestmark = pytest.mark.usefixtures("site")


def link(row: EventSignUp) -> str:
    return f"/events/your-place/{access.token(row)}/"


def test_looking_changes_nothing(client: Client) -> None:
    row = signed_up(event())
    for _look in range(2):
        assert client.get(link(row)).status_code == 200
        assert client.head(link(row)).status_code == 200
    row.refresh_from_db()
    assert row.state == "placed"


def test_the_button_takes_it_back_and_empties_the_row(
    client: Client, outbox: Callable[[], list[Message]]
) -> None:
    row = signed_up(
        event(), phone="+442079460123", needs=("interpreter",), interpreter_language="so", needs_other="x"
    )
    assert len(outbox()) == 1
    answer = client.post(link(row), follow=True)
    row.refresh_from_db()
    assert (row.state, row.name, row.email, row.phone) == ("withdrawn", "", "", "")
    assert (row.needs, row.interpreter_language, row.needs_other) == ([], "", "")
    assert outbox() == [], "the mail held the address too"
    assert "You told us you are not coming" in answer.content.decode()
    assert "I cannot come" not in answer.content.decode()
    assert AuditEvent.objects.about(row).filter(verb="inform_news.withdraw").count() == 1


def test_who_takes_it_back_is_told_of_those_who_wait_only_where_someone_can_wait(client: Client) -> None:
    for most, is_said in ((None, False), (1, True)):
        answer = client.post(link(signed_up(event(max_places=most))), follow=True).content.decode()
        assert "goes to someone who waits" not in answer
        assert ("If someone is waiting and there is room for them now" in answer) is is_said


def test_a_second_press_changes_nothing(client: Client) -> None:
    row = signed_up(event())
    client.post(link(row))
    first = EventSignUp.objects.get().withdrawn_at
    client.post(link(row))
    assert EventSignUp.objects.get().withdrawn_at == first
    assert AuditEvent.objects.filter(verb="inform_news.withdraw").count() == 1


def test_a_press_without_form_protection_takes_nothing_back() -> None:
    row, careful = signed_up(event()), Client(enforce_csrf_checks=True)
    answer = careful.post(link(row))
    assert "Press the button again" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "placed"


@pytest.mark.parametrize("change", ["cut", "other-salt", "bare", "another-row", "nonsense"])
def test_a_link_that_is_altered_or_made_up_opens_nothing(client: Client, change: str) -> None:
    row = signed_up(event())
    key = row.pk.hex
    token = {
        "cut": access.token(row)[:-1],
        "other-salt": Signer(salt="joinedup.newsletter.leave", sep=".").sign(key),
        "bare": key,
        "another-row": access.token(row).replace(key, "0" * 32),
        "nonsense": Signer(salt="joinedup.news.your-place", sep=".").sign("not-a-key"),
    }[change]
    for answer in (client.get(f"/events/your-place/{token}/"), client.post(f"/events/your-place/{token}/")):
        assert answer.status_code == 404
        assert "this link does not work" in answer.content.decode()
        assert row.event.title not in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "placed"


def test_a_link_to_what_is_deleted_says_the_same_as_one_made_up(client: Client) -> None:
    row = signed_up(event())
    address = link(row)
    row.delete()
    assert client.get(address).status_code == 404


def test_it_shows_nothing_of_what_was_written(client: Client) -> None:
    row = signed_up(event(), email="amina@example.org", needs=("bsl",), needs_other="My secret")
    html = client.get(link(row)).content.decode()
    for secret in ("Amina", "amina@example.org", "My secret", "Sign Language"):
        assert secret not in html


def test_the_link_stays_out_of_caches_robots_and_other_peoples_logs(client: Client) -> None:
    answer = client.get(link(signed_up(event())))
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Referrer-Policy"] == "strict-origin"


def test_after_the_event_there_is_nothing_to_take_back(client: Client) -> None:
    row = signed_up(event(in_days=1))
    page = row.event
    page.start_at, page.end_at = page.first_published_at, page.first_published_at
    type(page).objects.filter(pk=page.pk).update(
        start_at=page.first_published_at.replace(year=2020), end_at=page.first_published_at.replace(year=2021)
    )
    assert "I cannot come" not in client.get(link(row)).content.decode()
