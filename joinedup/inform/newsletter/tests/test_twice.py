"""The same form sent twice makes one row, one line in the ledger and one mail."""

import threading
import time

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client

from joinedup.foundation.messages.models import Message
from joinedup.inform.newsletter import factories
from joinedup.inform.newsletter.models import ConsentEvent, ConsentWording, Subscriber

SENT = {"email": factories.ADDRESS, "name": "Amina", "language": "en", "wording": "1"}


@pytest.mark.django_db
class TestADoubleClick:
    def test_makes_one_row_one_line_and_one_mail(self, client: Client) -> None:
        for _click in range(2):
            assert client.post("/newsletter/", SENT).status_code == 302
        assert (Subscriber.objects.count(), ConsentEvent.objects.count(), Message.objects.count()) == (
            1,
            1,
            1,
        )

    def test_of_someone_on_the_list_writes_one_mail(self, client: Client) -> None:
        factories.joined()
        for _click in range(2):
            client.post("/newsletter/", SENT)
        assert Message.objects.filter(template="newsletter/mail/already").count() == 1

    def test_with_other_capitals_is_the_same_person(self, client: Client) -> None:
        client.post("/newsletter/", SENT)
        client.post("/newsletter/", SENT | {"email": factories.ADDRESS.upper()})
        assert Subscriber.objects.count() == 1


@pytest.mark.django_db
def test_asking_again_later_writes_another_mail_and_another_line() -> None:
    subscriber = factories.asked(name="Amina")
    Message.objects.update(created_at="2026-01-01T00:00Z")
    factories.asked(name="Amina Begum")
    subscriber.refresh_from_db()
    assert subscriber.name == "Amina Begum"
    assert [event.kind for event in subscriber.events.all()] == ["asked", "asked-again"]
    assert Message.objects.filter(template="newsletter/mail/confirm").count() == 2


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_row_for_an_address() -> None:
    factories.asked()
    with pytest.raises(Exception, match=r"(?i)unique"), transaction.atomic():
        Subscriber.objects.create(email=factories.ADDRESS.upper(), address_mark="another")


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_two_at_the_very_same_time_make_one_row() -> None:
    ConsentWording.objects.get_or_create(
        version="1", defaults={"text": "Yes.", "in_force_from": "2026-01-01T00:00Z"}
    )
    faults: list[BaseException] = []
    together = threading.Barrier(4)

    def ask() -> None:
        together.wait(timeout=10)
        until = time.monotonic() + 20
        while True:
            try:
                factories.asked()
                break
            except (
                OperationalError
            ) as fault:  # SQLite in memory does not wait for its turn, as it does in a file
                if "locked" not in str(fault) or time.monotonic() > until:
                    faults.append(fault)
                    break
                time.sleep(0.01)
            except BaseException as fault:
                faults.append(fault)
                break
        connection.close()

    threads = [threading.Thread(target=ask) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    assert (Subscriber.objects.count(), ConsentEvent.objects.count(), Message.objects.count()) == (1, 1, 1)
