"""Giving the roles of PostgreSQL what the lists say and nothing else, and looking whether that is so."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from joinedup.config.grants.lists import Grant

Granted = Mapping[str, Grant]
# Every right a table has. Those beyond reading and writing rows are for its owner alone.
_RIGHTS = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]


class UnfitRole(Exception):
    """A role that would not be held by any list: it owns, or may do, more than the lists say."""


def create(role: str, password: str) -> None:
    """Make a role that can sign in and do nothing yet. The server is given the password's digest only."""
    connection.ensure_connection()
    digest = connection.connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    ).decode()
    rights = sql.SQL("LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOREPLICATION NOINHERIT")
    _run(sql.SQL("CREATE ROLE {} {} PASSWORD {}").format(sql.Identifier(role), rights, sql.Literal(digest)))


def exists(role: str) -> bool:
    """Whether the server knows the role."""
    return bool(_ask("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]))


def unfit_because(role: str) -> str:
    """Why the lists could not hold this role; empty when they can."""
    [(great, owner, member)] = _ask(
        """SELECT r.rolsuper OR r.rolcreaterole OR r.rolbypassrls OR r.rolreplication,
                  EXISTS (SELECT 1 FROM pg_class c WHERE c.relowner = r.oid)
                  OR EXISTS (SELECT 1 FROM pg_database d WHERE d.datdba = r.oid),
                  EXISTS (SELECT 1 FROM pg_auth_members m WHERE m.member = r.oid)
           FROM pg_roles r WHERE r.rolname = %s""",
        [role],
    )
    if great:
        return "it may do everything, whatever a list says (superuser, or may make roles)"
    if owner:
        return "it owns tables or a database, and an owner may do everything with them"
    return "it is a member of another role, and has that one's rights" if member else ""


@transaction.atomic
def apply(role: str, grants: Granted, tables: Iterable[str]) -> None:
    """Take everything from the role, give it what the list says, and check; all of it or nothing.

    Raises UnfitRole when the role would be able to do more, or afterwards can do other than listed.
    """
    if reason := unfit_because(role):
        raise UnfitRole(f"{role}: {reason}.")
    [(schema, database)] = _ask("SELECT current_schema(), current_database()")
    names = {
        "role": sql.Identifier(role),
        "schema": sql.Identifier(schema),
        "database": sql.Identifier(database),
    }
    for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
        everything = sql.SQL("REVOKE ALL ON ALL " + kind + " IN SCHEMA {schema} FROM {role}, PUBLIC")
        _run(everything.format(**names))
        later = "ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} REVOKE ALL ON " + kind + " FROM {role}"
        _run(sql.SQL(later).format(**names))
    for statement in (
        "REVOKE ALL ON SCHEMA {schema} FROM {role}, PUBLIC",
        "REVOKE ALL ON DATABASE {database} FROM {role}, PUBLIC",
        "GRANT CONNECT ON DATABASE {database} TO {role}",
        "GRANT USAGE ON SCHEMA {schema} TO {role}",
    ):
        _run(sql.SQL(statement).format(**names))
    for table, grant in grants.items():
        _give(role, table, grant)
    if differences := faults_of(role, grants, tables):
        raise UnfitRole("\n".join(differences))


def _give(role: str, table: str, grant: Grant) -> None:
    names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
    if grant.verbs:
        verbs = sql.SQL(", ").join(sql.SQL(verb) for verb in grant.verbs)
        _run(sql.SQL("GRANT {verbs} ON {table} TO {role}").format(verbs=verbs, **names))
    if grant.columns:
        columns = sql.SQL(", ").join(map(sql.Identifier, grant.columns))
        _run(sql.SQL("GRANT SELECT ({columns}) ON {table} TO {role}").format(columns=columns, **names))


def faults_of(role: str, grants: Granted, tables: Iterable[str]) -> list[str]:
    """Where what the role can do, by whatever way it got there, differs from the list."""
    said = []
    for table, right, may, may_some in _ask(
        """SELECT t.name, r.verb, has_table_privilege(%s, quote_ident(t.name), r.verb),
                  r.verb IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES')
                  AND has_any_column_privilege(%s, quote_ident(t.name), r.verb)
           FROM unnest(%s::text[]) AS t(name), unnest(%s::text[]) AS r(verb) ORDER BY 1, 2""",
        [role, role, sorted(tables), _RIGHTS],
    ):
        grant = grants.get(table)
        listed = grant is not None and right in grant.verbs
        some = listed or (grant is not None and right == "SELECT" and bool(grant.columns))
        if may != listed:
            said.append(f"{table}: {role} {'can' if may else 'cannot'} {right}, against the list")
        elif may_some and not some:
            said.append(f"{table}: {role} can {right} some of its columns, against the list")
    return said


def _ask(statement: str, values: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _run(statement: sql.Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement.as_string(cursor.connection))
