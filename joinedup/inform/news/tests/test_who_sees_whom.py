"""Who holds events sees who comes and what they need; who writes pages sees how many."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.inform.news.actions.exporting import export
from joinedup.inform.news.actions.signing_up import withdraw_for
from joinedup.inform.news.factories import event, signed_up
from joinedup.inform.news.models import EventPage, EventSignUp

pytestmark = pytest.mark.usefixtures("site")
ClientFor = Callable[[User], Client]
PHONE = "+447700900123"


@pytest.fixture
def page(site: None) -> EventPage:
    page = event("Walk", max_places=2)
    signed_up(page, name="Amina", needs=("bsl",), needs_other="No nuts", people=2)
    signed_up(page, name="Rosa", email="", phone=PHONE)
    return page


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_who_writes_pages_sees_the_numbers_and_can_cancel_the_event_but_sees_nobody(
    page: EventPage, editor: User, client_for: ClientFor
) -> None:
    EventSignUp.objects.filter(name="Rosa").update(told="placed")
    html = text(client_for(editor), f"/workspace/events/{page.pk}/")
    assert "2 people come." in html
    assert "1 waits." in html
    assert "Cancel this event" in html
    for hidden in ("Amina", "Rosa", "Sign Language", "No nuts", "07700 900123", "list.csv"):
        assert hidden not in html


def test_who_writes_pages_takes_no_list_and_takes_nobody_back(
    page: EventPage, editor: User, client_for: ClientFor
) -> None:
    row = page.sign_ups.get(name="Amina")
    client, base = client_for(editor), f"/workspace/events/{page.pk}"
    assert client.get(f"{base}/list.csv").status_code == 403
    assert client.get(f"{base}/withdraw/{row.pk}/").status_code == 403
    assert client.post(f"{base}/told/{row.pk}/").status_code == 403
    with pytest.raises(PermissionRefused):
        export(event=page, by=editor)


def test_who_holds_events_sees_them_all_and_cannot_cancel_the_event(
    page: EventPage, officer: User, client_for: ClientFor
) -> None:
    client = client_for(officer)
    assert "Walk" in text(client, "/workspace/events/")
    html = text(client, f"/workspace/events/{page.pk}/")
    for shown in ("Amina", "Rosa", "Sign Language", "No nuts", "07700 900123"):
        assert shown in html
    assert "Cancel this event" not in html
    assert client.get(f"/workspace/events/{page.pk}/cancel/").status_code == 403


def test_the_list_says_at_which_event_someone_must_still_be_told(
    page: EventPage, officer: User, client_for: ClientFor
) -> None:
    assert "<td>1</td> <td>0</td>" in text(client_for(officer), "/workspace/events/")
    EventSignUp.objects.filter(name="Rosa").update(state="placed")
    assert "<td>0</td> <td>1</td>" in text(client_for(officer), "/workspace/events/")
    EventPage.objects.update(is_cancelled=True, cancel_reason="x")
    assert "<td>0</td> <td>2</td>" in text(client_for(officer), "/workspace/events/")


def test_a_sign_up_is_cancelled_for_someone_who_rang_and_who_waits_gets_the_place(
    page: EventPage, officer: User, client_for: ClientFor
) -> None:
    amina, rosa = page.sign_ups.get(name="Amina"), page.sign_ups.get(name="Rosa")
    client, address = client_for(officer), f"/workspace/events/{page.pk}/withdraw/{amina.pk}/"
    assert address in text(client, f"/workspace/events/{page.pk}/")
    assert "Cancel the sign-up of Amina" in text(client, address)
    amina.refresh_from_db()
    assert amina.state == "placed", "looking changes nothing"
    assert "Taken back" in client.post(address, follow=True).content.decode()
    for row in (amina, rosa):
        row.refresh_from_db()
    assert (amina.state, amina.name, amina.needs, rosa.state) == ("withdrawn", "", [], "placed")
    record = AuditEvent.objects.about(amina).get(verb="inform_news.withdraw_for")
    assert (record.actor_id, record.details) == (str(officer.pk), {"before": "placed"})
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "partner", "privacy_officer", "editor"])
def test_others_cancel_nobodys_sign_up(who: str, page: EventPage, request: pytest.FixtureRequest) -> None:
    row = page.sign_ups.get(name="Amina")
    for nobody in (request.getfixturevalue(who), VISITOR):
        with pytest.raises(PermissionRefused):
            withdraw_for(sign_up=row, by=nobody)


def test_rows_with_one_phone_number_are_marked(page: EventPage, officer: User, client_for: ClientFor) -> None:
    mark, client = "This number is here twice", client_for(officer)
    assert mark not in text(client, f"/workspace/events/{page.pk}/")
    signed_up(page, name="Rosa again", email="", phone=PHONE)
    assert text(client, f"/workspace/events/{page.pk}/").count(mark) == 2


def test_the_form_says_who_reads_it(page: EventPage, client: Client) -> None:
    html = text(client, f"/events/{page.slug}/sign-up/")
    assert "Our engagement team reads it" in html
    assert "The people who write our web pages do not." in html
