"""Triggers that hold, whatever code runs: no case closes while someone in it waits for an answer.

For SQLite and PostgreSQL, installed by migration. A case counts what stands in it now; what was taken back
waits for nothing. No answer goes out on which not all have agreed.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CASE = "involve_cases_case"
ANSWER = "involve_cases_caseanswer"
UNTOLD = "a case closes only when everyone in it was told"
UNAGREED = "an answer goes out only when everyone with a part has agreed"

_WAITING = """EXISTS (SELECT 1 FROM involve_cases_place p
    JOIN involve_contributions_contribution c ON c.id = p.contribution_id
    WHERE p.case_id = NEW.id AND p.left_at IS NULL AND c.state IN ('received', 'in-progress'))"""
_MISSING = """(EXISTS (SELECT 1 FROM involve_cases_part q
    WHERE q.case_id = NEW.case_id AND q.state <> 'revoked' AND NOT EXISTS (
        SELECT 1 FROM involve_cases_agreement a
        WHERE a.answer_id = NEW.id AND a.organisation_id = q.organisation_id AND a.agrees))
    OR NOT EXISTS (SELECT 1 FROM involve_cases_agreement a JOIN involve_cases_case k ON k.id = NEW.case_id
        WHERE a.answer_id = NEW.id AND a.organisation_id = k.lead_id AND a.agrees))"""

_INSTALL = {
    "sqlite": [
        *(
            f"""CREATE TRIGGER {CASE}_told_{verb.lower()} BEFORE {verb} ON {CASE}
                WHEN NEW.state = 'completed' AND {_WAITING}
                BEGIN SELECT RAISE(ABORT, '{UNTOLD}'); END"""
            for verb in ("INSERT", "UPDATE")
        ),
        *(
            f"""CREATE TRIGGER {ANSWER}_agreed_{verb.lower()} BEFORE {verb} ON {ANSWER}
                WHEN NEW.sent_at IS NOT NULL {extra} AND {_MISSING}
                BEGIN SELECT RAISE(ABORT, '{UNAGREED}'); END"""
            for verb, extra in (("INSERT", ""), ("UPDATE", "AND OLD.sent_at IS NULL"))
        ),
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION cases_told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.state = 'completed' AND {_WAITING}
            THEN RAISE EXCEPTION '{UNTOLD}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW; END $$""",
        f"""CREATE OR REPLACE FUNCTION cases_agreed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.sent_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.sent_at IS NULL) AND {_MISSING}
            THEN RAISE EXCEPTION '{UNAGREED}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW; END $$""",
        f"""CREATE TRIGGER {CASE}_told BEFORE INSERT OR UPDATE ON {CASE}
            FOR EACH ROW EXECUTE FUNCTION cases_told()""",
        f"""CREATE TRIGGER {ANSWER}_agreed BEFORE INSERT OR UPDATE ON {ANSWER}
            FOR EACH ROW EXECUTE FUNCTION cases_agreed()""",
    ],
}
_LIFT = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {name}"
        for verb in ("insert", "update")
        for name in (f"{CASE}_told_{verb}", f"{ANSWER}_agreed_{verb}")
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {CASE}_told ON {CASE}",
        f"DROP TRIGGER IF EXISTS {ANSWER}_agreed ON {ANSWER}",
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
