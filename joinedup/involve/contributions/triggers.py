"""Triggers that hold two promises whatever code runs: words stay, and nothing closes untold.

For SQLite and PostgreSQL, installed by migration. They watch UPDATE only (and the INSERT of a row
that claims to be answered), so emptying the tables between tests needs no lifting.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CONTRIBUTION = "involve_contributions_contribution"
WORDS = "involve_contributions_words"
ANSWER = "involve_contributions_answer"
KEPT = "what was said is never overwritten, only removed"
UNTOLD = "a contribution is answered only when the person was told"

_TOLD = f"""EXISTS (SELECT 1 FROM {ANSWER} a WHERE a.contribution_id = NEW.id
    AND a.answered_at >= NEW.last_heard_at AND (a.told_on IS NOT NULL OR a.form = 'none'))"""  # noqa: S608 - the names are constants of this file

_INSTALL = {
    "sqlite": [
        f"""CREATE TRIGGER {table}_kept BEFORE UPDATE OF text, contribution_id ON {table}
            WHEN NEW.contribution_id <> OLD.contribution_id OR (NEW.text <> OLD.text AND NEW.text <> '')
            BEGIN SELECT RAISE(ABORT, '{KEPT}'); END"""
        for table in (WORDS, ANSWER)
    ]
    + [
        f"""CREATE TRIGGER {CONTRIBUTION}_told_{verb.lower()} BEFORE {verb} ON {CONTRIBUTION}
            WHEN NEW.state = 'completed' AND NOT {_TOLD}
            BEGIN SELECT RAISE(ABORT, '{UNTOLD}'); END"""
        for verb in ("INSERT", "UPDATE")
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION contributions_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.contribution_id <> OLD.contribution_id OR (NEW.text <> OLD.text AND NEW.text <> '')
            THEN RAISE EXCEPTION '{KEPT}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW; END $$""",
        f"""CREATE OR REPLACE FUNCTION contributions_told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.state = 'completed' AND NOT {_TOLD}
            THEN RAISE EXCEPTION '{UNTOLD}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW; END $$""",
        *(
            f"""CREATE TRIGGER {table}_kept BEFORE UPDATE ON {table}
                FOR EACH ROW EXECUTE FUNCTION contributions_kept()"""
            for table in (WORDS, ANSWER)
        ),
        f"""CREATE TRIGGER {CONTRIBUTION}_told BEFORE INSERT OR UPDATE ON {CONTRIBUTION}
            FOR EACH ROW EXECUTE FUNCTION contributions_told()""",
    ],
}
_LIFT = {
    "sqlite": [
        *(f"DROP TRIGGER IF EXISTS {table}_kept" for table in (WORDS, ANSWER)),
        *(f"DROP TRIGGER IF EXISTS {CONTRIBUTION}_told_{verb}" for verb in ("insert", "update")),
    ],
    "postgresql": [
        *(f"DROP TRIGGER IF EXISTS {table}_kept ON {table}" for table in (WORDS, ANSWER)),
        f"DROP TRIGGER IF EXISTS {CONTRIBUTION}_told ON {CONTRIBUTION}",
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
