"""Writing the record: in the action's transaction, at the cost of one statement, and never free text."""

import pytest
from django.db import transaction

from joinedup.foundation.audit.actions import NotInTransaction, record, record_each
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import VISITOR, System

SYSTEM = System("test")


@pytest.mark.django_db
class TestInATransaction:
    def test_an_event_says_who_did_what_to_what(self, barts):
        event = record(verb="test.done", by=SYSTEM, subject=barts, details={"fields": ["name"], "count": 2})

        event.refresh_from_db()
        assert (event.actor_kind, event.actor_id, event.verb) == ("system", "test", "test.done")
        assert (event.subject_kind, event.subject_id) == (
            "foundation_organisations.organisation",
            str(barts.pk),
        )
        assert event.details == {"fields": ["name"], "count": 2}
        assert list(AuditEvent.objects.about(barts)) == [event]

    def test_an_event_costs_one_statement(self, barts, django_assert_num_queries):
        with django_assert_num_queries(1):
            record(verb="test.done", by=SYSTEM, subject=barts, details={"count": 2})

    def test_a_visitor_leaves_no_key(self):
        assert record(verb="test.done", by=VISITOR).actor_id == ""

    @pytest.mark.parametrize(
        "label", ["", "by-2017", "foundation_identity.user", "2026-11-23T06:00:00+00:00", "a/b"]
    )
    def test_keys_and_labels_are_taken(self, label):
        assert record(verb="test.done", by=VISITOR, details={"what": label}).details == {"what": label}

    @pytest.mark.parametrize("value", [1, 0, True, None, ["a", "b"], [], [1, None]])
    def test_numbers_and_lists_of_labels_are_taken(self, value):
        assert record(verb="test.done", by=VISITOR, details={"what": value}).details == {"what": value}

    @pytest.mark.parametrize(
        "value",
        [
            "Fatima Begum",
            "fatima@example.org",
            "two\nlines",
            "x" * 81,
            "আমার মা",
            ["ok", "Fatima Begum"],
            ["fatima@example.org"],
            {"words": "Fatima Begum"},
            [{"words": "Fatima Begum"}],
            1.5,
            b"bytes",
        ],
    )
    def test_free_text_names_and_addresses_are_refused(self, value):
        with pytest.raises(ValueError, match="not text"):
            record(verb="test.done", by=VISITOR, details={"what": value})
        assert not AuditEvent.objects.exists()

    def test_text_cannot_hide_in_a_key(self):
        with pytest.raises(ValueError, match="not text"):
            record(verb="test.done", by=VISITOR, details={"Fatima Begum": 1})

    @pytest.mark.parametrize("verb", ["", "did a thing", "x" * 81])
    def test_a_verb_is_a_label(self, verb):
        with pytest.raises(ValueError, match="label"):
            record(verb=verb, by=VISITOR)

    def test_an_event_goes_back_with_its_action(self, barts):
        def action():
            with transaction.atomic():
                record(verb="test.done", by=SYSTEM, subject=barts)
                raise RuntimeError("the action broke")

        with pytest.raises(RuntimeError):
            action()
        assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written_for_many_either(barts):
    with pytest.raises(NotInTransaction):
        record_each(verb="test.done", by=SYSTEM, subjects=[barts])
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db
def test_of_many_things_each_has_an_event_of_its_own(barts, elft):
    record_each(verb="test.done", by=SYSTEM, subjects=[barts, elft], details={"channel": "paper"})
    events = AuditEvent.objects.filter(verb="test.done", details={"channel": "paper"})
    assert set(events.values_list("subject_id", flat=True)) == {str(barts.pk), str(elft.pk)}


@pytest.mark.django_db
def test_of_many_things_nothing_is_told_in_free_text(barts):
    with pytest.raises(ValueError, match="not text"):
        record_each(verb="test.done", by=SYSTEM, subjects=[barts], details={"name": "Amina Begum"})
    assert not AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written():
    with pytest.raises(NotInTransaction):
        record(verb="test.done", by=SYSTEM)
    assert not AuditEvent.objects.exists()
