"""What the database does by itself: whoever says more after the answer opens their case again.

It is done here and not by an action, because people say more on the public site, and the role of that site
in PostgreSQL can neither read nor change cases. So it holds whatever code runs. Nobody joins a case that is
closed, and on PostgreSQL whoever may not read cases reads of answers only those that are shown to everyone.
"""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CASE = "involve_cases_case"
PLACE = "involve_cases_place"
ANSWER = "involve_cases_caseanswer"
CONTRIBUTION = "involve_contributions_contribution"
SHUT = "nobody joins a case that is closed"

_IS_HEARD = "OLD.state = 'completed' AND NEW.state IN ('received', 'in-progress')"
_OPEN_AGAIN = f"""UPDATE {CASE} SET state = 'in-progress', closed_at = NULL, version = version + 1,
    due_on = NEW.answer_by_on WHERE state = 'completed' AND id IN
    (SELECT p.case_id FROM {PLACE} p WHERE p.contribution_id = NEW.id AND p.left_at IS NULL)"""  # noqa: S608 - the names are constants of this file
_IS_SHUT = f"EXISTS (SELECT 1 FROM {CASE} k WHERE k.id = NEW.case_id AND k.state <> 'in-progress')"  # noqa: S608 - as above

_INSTALL = {
    "sqlite": [
        f"""CREATE TRIGGER {CASE}_heard AFTER UPDATE OF state ON {CONTRIBUTION} WHEN {_IS_HEARD}
            BEGIN {_OPEN_AGAIN}; END""",
        f"""CREATE TRIGGER {PLACE}_open BEFORE INSERT ON {PLACE} WHEN NEW.left_at IS NULL AND {_IS_SHUT}
            BEGIN SELECT RAISE(ABORT, '{SHUT}'); END""",
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION cases_heard() RETURNS trigger LANGUAGE plpgsql
            SECURITY DEFINER SET search_path FROM CURRENT AS $$ BEGIN
            {_OPEN_AGAIN}; RETURN NULL; END $$""",
        f"""CREATE TRIGGER {CASE}_heard AFTER UPDATE ON {CONTRIBUTION}
            FOR EACH ROW WHEN ({_IS_HEARD}) EXECUTE FUNCTION cases_heard()""",
        f"""CREATE OR REPLACE FUNCTION cases_open() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF NEW.left_at IS NULL AND {_IS_SHUT}
            THEN RAISE EXCEPTION '{SHUT}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
            RETURN NEW; END $$""",
        f"""CREATE TRIGGER {PLACE}_open BEFORE INSERT ON {PLACE}
            FOR EACH ROW EXECUTE FUNCTION cases_open()""",
        f"ALTER TABLE {ANSWER} ENABLE ROW LEVEL SECURITY",
        f"""CREATE POLICY {ANSWER}_shown ON {ANSWER}
            USING (is_public OR (SELECT has_table_privilege('{CASE}', 'SELECT')))""",
    ],
}
_LIFT = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {CASE}_heard", f"DROP TRIGGER IF EXISTS {PLACE}_open"],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {CASE}_heard ON {CONTRIBUTION}",
        f"DROP TRIGGER IF EXISTS {PLACE}_open ON {PLACE}",
        f"DROP POLICY IF EXISTS {ANSWER}_shown ON {ANSWER}",
        f"ALTER TABLE {ANSWER} DISABLE ROW LEVEL SECURITY",
    ],
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Put them in place (a forward migration step)."""
    for statement in _INSTALL[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def lift(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away (the backward step)."""
    for statement in _LIFT[schema_editor.connection.vendor]:
        schema_editor.execute(statement)
