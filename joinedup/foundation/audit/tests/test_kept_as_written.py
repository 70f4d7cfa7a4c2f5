"""The database itself refuses to change or delete the record, whoever asks, on SQLite and on PostgreSQL."""

import uuid

import pytest
from django.db import DatabaseError, connection, transaction

from joinedup.foundation.audit import triggers
from joinedup.foundation.audit.actions import record
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import System

pytestmark = pytest.mark.django_db

on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite's own statement")
on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="PostgreSQL's own statement")


@pytest.fixture
def event():
    return record(verb="test.done", by=System("test"))


def refused(do):
    """Whether the database refused, and the table is as it was."""
    before = list(AuditEvent.objects.order_by("pk").values())
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic():
        do()
    return list(AuditEvent.objects.order_by("pk").values()) == before


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def key(event):
    return event.pk.hex if connection.vendor == "sqlite" else event.pk


def test_saving_an_event_again_is_refused(event):
    event.verb = "test.undone"
    assert refused(event.save)


def test_deleting_an_event_is_refused(event):
    assert refused(AuditEvent.objects.get().delete)


def test_updating_many_is_refused(event):
    assert refused(lambda: AuditEvent.objects.update(verb="test.undone"))


def test_deleting_many_is_refused(event):
    assert refused(AuditEvent.objects.all().delete)


def test_raw_update_is_refused(event):
    assert refused(lambda: run(f"UPDATE {triggers.TABLE} SET verb = 'x' WHERE id = %s", key(event)))


def test_raw_delete_is_refused(event):
    assert refused(lambda: run(f"DELETE FROM {triggers.TABLE}"))


def test_writing_over_an_event_by_its_key_is_refused(event):
    again = AuditEvent(pk=event.pk, verb="test.undone", actor_kind="system")
    assert refused(
        lambda: AuditEvent.objects.bulk_create(
            [again], update_conflicts=True, update_fields=["verb"], unique_fields=["id"]
        )
    )


@on_sqlite
@pytest.mark.parametrize("column", ["id", "rowid"])
def test_replacing_a_row_is_refused(event, column):
    columns = "occurred_at, actor_kind, actor_id, verb, subject_kind, subject_id, details"
    present = f"(SELECT {column} FROM {triggers.TABLE})"
    ids = f"{present}, rowid + 1" if column == "id" else f"'{uuid.uuid4().hex}', rowid"
    sql = f"""INSERT OR REPLACE INTO {triggers.TABLE} (id, rowid, {columns})
              SELECT {ids}, {columns.replace("verb", "'x'")} FROM {triggers.TABLE}"""
    assert refused(lambda: run(sql))


@on_postgresql
def test_emptying_the_table_is_refused(event):
    assert refused(lambda: run(f"TRUNCATE {triggers.TABLE}"))


def test_the_check_is_not_asleep(event):
    """With the triggers lifted the same statements go through: it is they that refuse."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            for statement in triggers._LIFT[connection.vendor]:
                cursor.execute(statement)
        assert AuditEvent.objects.update(verb="test.undone") == 1
        transaction.set_rollback(True)
