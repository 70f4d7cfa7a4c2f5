"""The ledger says who agreed to what, where and when; and nobody can change it."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from joinedup.inform.newsletter import actions, factories
from joinedup.inform.newsletter.models import ConsentEvent, ConsentWording, NeverChanged, Subscriber

pytestmark = pytest.mark.django_db


class TestTheLedger:
    def test_holds_wording_page_language_and_time_of_asking_and_confirming(self, client: Client) -> None:
        before = timezone.now()
        client.post("/newsletter/", {"email": factories.ADDRESS, "language": "bn", "wording": "1"})
        subscriber = Subscriber.objects.get()
        client.post(f"/newsletter/confirm/{factories.confirm_token(subscriber)}/")
        asked, confirmed = subscriber.events.all()
        assert (asked.kind, asked.wording.version, asked.page, asked.language) == (
            "asked",
            "1",
            "/newsletter/",
            "en",
        )
        assert (confirmed.kind, confirmed.wording, confirmed.answers) == ("confirmed", asked.wording, asked)
        assert before <= asked.at <= confirmed.at <= timezone.now()
        subscriber.refresh_from_db()
        assert subscriber.confirmed_at <= confirmed.at

    def test_keeps_the_version_that_was_shown_though_a_new_one_came_before_they_confirmed(self) -> None:
        subscriber = factories.asked()
        ConsentWording.objects.create(version="2", text="New words.", in_force_from=timezone.now())
        assert ConsentWording.objects.current().version == "2"
        actions.confirm(token=factories.confirm_token(subscriber))
        assert [event.wording.version for event in subscriber.events.all()] == ["1", "1"]

    def test_never_holds_the_token_of_a_page(self) -> None:
        factories.gone()
        pages = set(ConsentEvent.objects.values_list("page", flat=True))
        assert pages == {"/newsletter/", "/newsletter/confirm/", "/newsletter/leave/"}

    def test_does_not_use_words_that_are_not_yet_in_force(self) -> None:
        ahead = timezone.now() + timezone.timedelta(days=1)
        ConsentWording.objects.create(version="2", text="Not yet.", in_force_from=ahead)
        assert ConsentWording.objects.current().version == "1"

    def test_refuses_an_asking_without_words_and_a_confirmation_without_an_asking(self) -> None:
        subscriber = factories.asked()
        wording = ConsentWording.objects.current()
        for wrong in ({"kind": "asked"}, {"kind": "confirmed", "wording": wording}):
            with pytest.raises(DatabaseError), transaction.atomic():
                ConsentEvent.objects.create(subscriber=subscriber, **wrong)


def delete_wordings(cursor: object) -> None:
    cursor.execute("DELETE FROM inform_newsletter_consentwording")
    connection.check_constraints()


class TestEvidence:
    @pytest.mark.parametrize("model", [ConsentEvent, ConsentWording])
    def test_is_not_changed_or_deleted_by_our_code(self, model: type[ConsentEvent]) -> None:
        factories.joined()
        row = model.objects.first()
        for attempt in (
            row.save,
            row.delete,
            lambda: model.objects.update(pk=9),
            lambda: model.objects.bulk_update([row], ["pk"]),
            lambda: model.objects.all().delete(),
        ):
            with pytest.raises(NeverChanged):
                attempt()

    @pytest.mark.parametrize(
        "change",
        [
            "UPDATE inform_newsletter_consentevent SET page = 'elsewhere'",
            "UPDATE inform_newsletter_consentevent SET at = '2020-01-01'",
            "UPDATE inform_newsletter_consentwording SET text = 'Sell my details.'",
        ],
    )
    def test_is_not_changed_past_our_code_either(self, change: str) -> None:
        factories.joined()
        with (
            pytest.raises(DatabaseError, match="never changed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)

    def test_goes_with_the_person_when_they_are_forgotten(self) -> None:
        factories.joined().delete()
        assert not ConsentEvent.objects.exists()

    def test_of_words_that_someone_said_yes_to_cannot_be_deleted(self) -> None:
        factories.joined()
        with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
            delete_wordings(cursor)


class TestTheDatabase:
    @pytest.mark.parametrize(
        "wrong",
        [
            {"state": "confirmed"},
            {"state": "pending", "confirmed_at": timezone.now()},
            {"state": "left"},
            {"state": "left", "left_at": timezone.now()},
            {"email": None},
            {"address_mark": ""},
        ],
    )
    def test_refuses_a_state_that_does_not_fit_its_times(self, wrong: dict[str, object]) -> None:
        subscriber = factories.asked()
        with pytest.raises(DatabaseError), transaction.atomic():
            Subscriber.objects.filter(pk=subscriber.pk).update(**wrong)
