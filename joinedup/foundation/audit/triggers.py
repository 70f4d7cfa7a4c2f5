"""The triggers that keep audit rows as they were written, for SQLite and PostgreSQL.

Installed by migration. `lift` exists for the test suite's flush and for nothing else.
A migration that alters the table on SQLite builds it anew and loses the triggers: it must end by
running `install` again (the tests of this folder run after all migrations and would fail).
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "foundation_audit_auditevent"
REFUSAL = "audit events are never changed or deleted"

_INSTALL = {
    "sqlite": [
        f"""CREATE TRIGGER audit_keep_{verb.lower()} BEFORE {verb} ON {TABLE}
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""
        for verb in ("UPDATE", "DELETE")
    ]
    + [
        # INSERT OR REPLACE removes the old row, by key or hidden row number, without firing DELETE triggers.
        f"""CREATE TRIGGER audit_keep_replace BEFORE INSERT ON {TABLE}
            WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id OR rowid = NEW.rowid)
            BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"""  # noqa: S608 - both names are constants here
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
        f"""CREATE TRIGGER audit_keep_rows BEFORE UPDATE OR DELETE ON {TABLE}
            FOR EACH ROW EXECUTE FUNCTION audit_refuse()""",
        f"""CREATE TRIGGER audit_keep_table BEFORE TRUNCATE ON {TABLE}
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()""",
    ],
}
_LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS audit_keep_{what}" for what in ("update", "delete", "replace")],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS audit_keep_rows ON {TABLE}",
        f"DROP TRIGGER IF EXISTS audit_keep_table ON {TABLE}",
    ],
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place (a forward migration step)."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away (the backward step, and the test suite around a flush)."""
    for statement in _LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
