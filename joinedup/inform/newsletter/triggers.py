"""The triggers that keep evidence of consent as it was written, for SQLite and PostgreSQL.

They refuse UPDATE only. DELETE stays possible, because people may ask to be forgotten and because
evidence is deleted when its time is over; who may delete at all is a matter of the database's
grants. Wordings that someone said yes to are kept by their foreign key.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("inform_newsletter_consentevent", "inform_newsletter_consentwording")
REFUSAL = "evidence of consent is never changed"

_INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in TABLES
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION newsletter_refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$""",
        *(
            f"""CREATE TRIGGER {table}_keep BEFORE UPDATE ON {table}
            FOR EACH ROW EXECUTE FUNCTION newsletter_refuse()"""
            for table in TABLES
        ),
    ],
}
_LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {table}_keep" for table in TABLES],
    "postgresql": [
        *(f"DROP TRIGGER IF EXISTS {table}_keep ON {table}" for table in TABLES),
        "DROP FUNCTION IF EXISTS newsletter_refuse()",
    ],
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put the triggers in place (a forward migration step)."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away (the backward step)."""
    for statement in _LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
