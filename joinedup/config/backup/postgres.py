"""PostgreSQL: pg_dump of one snapshot while the site runs, and back in one transaction by psql.

The client tools (pg_dump, pg_restore, psql) must be there, as new as the server or newer.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection, transaction
from psycopg import sql

from joinedup.config.backup.archive import BadArchive, Manifest
from joinedup.config.backup.sqlite import migrate

TOOLS = ["pg_dump", "pg_restore", "psql"]
# The schema itself stays where it is; comments on it and on extensions are not ours to set.
_NOT_OURS = re.compile(r" (?:SCHEMA - public|COMMENT - (?:SCHEMA|EXTENSION)) ")
_PLAIN = ["--no-owner", "--no-privileges"]


def _environment(database: str | None = None) -> dict[str, str]:
    """How the client tools reach the server; the password is in nobody's list of processes."""
    about = connection.get_connection_params()
    names = {
        "host": "PGHOST",
        "port": "PGPORT",
        "user": "PGUSER",
        "password": "PGPASSWORD",
        "dbname": "PGDATABASE",
        "sslmode": "PGSSLMODE",
        "sslrootcert": "PGSSLROOTCERT",
    }
    found = {variable: str(about[name]) for name, variable in names.items() if about.get(name)}
    return {**os.environ, **found, **({"PGDATABASE": database} if database else {})}


def _run(*command: str, database: str | None = None) -> str:
    if not shutil.which(command[0]):
        raise BadArchive(f"Install the PostgreSQL client tools: {command[0]} is missing.")
    run = subprocess.run(  # noqa: S603 - fixed tools with names of our own
        command, env=_environment(database), capture_output=True, text=True, check=False
    )
    if run.returncode:
        raise BadArchive(f"{command[0]}: {run.stderr.strip()[-2000:]}")
    return run.stdout


def snapshot(path: Path, left_out: list[str]) -> dict[str, int]:
    """Dump the database as it is at one moment to `path`; returns the number of rows by table then."""
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
            rows[table] = 0 if table in left_out else cursor.fetchone()[0]
        without = [f"--exclude-table-data={table}" for table in left_out]
        _run(
            "pg_dump",
            "--format=custom",
            *_PLAIN,
            "--lock-wait-timeout=15s",
            f"--snapshot={moment}",
            *without,
            f"--file={path}",
        )
    return rows


def prepare(path: Path, manifest: Manifest, *, is_older: bool) -> None:
    """Beside the site: look whether the dump can be read; one that is older is brought up to date there.

    That takes a database of its own for a moment, which the owner must be allowed to make.
    """
    _run("pg_restore", "--list", str(path))
    if not is_older:
        return
    beside = f"{connection.settings_dict['NAME']}_restoring"
    about = connection.get_connection_params()
    about = {
        key: about[key] for key in about.keys() & {"host", "port", "user", "password", "dbname", "sslmode"}
    }
    name = sql.Identifier(beside)
    try:
        with psycopg.connect(**about, autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
            try:
                _load(path, manifest.rows, [], [], beside)
                migrate(
                    {
                        "DATABASE_URL": urlunsplit(
                            urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{beside}")
                        )
                    }
                )
                path.unlink()
                _run("pg_dump", "--format=custom", *_PLAIN, f"--file={path}", database=beside)
            finally:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
    except psycopg.Error as fault:
        raise BadArchive(
            f"An older archive is brought up to date in a database beside the site's: {fault}"
        ) from fault
    manifest.rows = {}  # counted before the migrations, which may add rows


def _load(
    path: Path, rows: dict[str, int], before: list[str], after: list[str], database: str | None = None
) -> None:
    """Run the dump, between other statements, in one transaction that counts the rows at its end."""
    folder = path.parent
    listed = _run("pg_restore", "--list", str(path)).splitlines(keepends=True)
    (folder / "contents").write_text("".join(line for line in listed if not _NOT_OURS.search(line)))
    script = folder / "script.sql"
    _run("pg_restore", *_PLAIN, f"--use-list={folder / 'contents'}", f"--file={script}", str(path))
    (folder / "before.sql").write_text("\n".join(["SET LOCAL lock_timeout = '15s';", *before]))
    counts = [_count(table, number) for table, number in rows.items()]
    (folder / "after.sql").write_text("\n".join([*counts, *after]))
    files = [f"--file={folder / name}" for name in ("before.sql", "script.sql", "after.sql")]
    _run(
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--single-transaction",
        "--set=ON_ERROR_STOP=1",
        *files,
        database=database,
    )


def _count(table: str, number: int) -> str:
    name = sql.Identifier("public", table).as_string(None)
    return (
        f"DO $$ BEGIN IF (SELECT count(*) FROM {name}) <> {int(number)} THEN "  # noqa: S608 - quoted above
        f"RAISE EXCEPTION 'the archive is not as it was written: %', $q${table}$q$; END IF; END $$;"
    )


def replace(path: Path, number: int, manifest: Manifest) -> None:
    """Put the dump in the place of everything in the site's database: one transaction, whole or not."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT 'DROP TABLE IF EXISTS ' || c.oid::regclass || ' CASCADE;' FROM pg_class c
               WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
               UNION ALL
               SELECT 'DROP FUNCTION IF EXISTS ' || p.oid::regprocedure || ' CASCADE;' FROM pg_proc p
               WHERE p.pronamespace = 'public'::regnamespace AND NOT EXISTS
                   (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"""
        )
        before = [statement for (statement,) in cursor.fetchall()]
    connection.close()
    mark = f"COMMENT ON TABLE public.django_migrations IS 'restored {int(number)}';"
    _load(path, manifest.rows, before, [mark])


_NUMBERS = "SELECT sequencename, coalesce(last_value, 0) FROM pg_sequences WHERE schemaname = 'public'"


def numbers() -> dict[str, int]:
    """The highest key each sequence has given so far."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_NUMBERS} AND last_value IS NOT NULL")
        return dict(cursor.fetchall())


def raise_numbers(highest: dict[str, int]) -> None:
    """Give no key a second time: the record speaks of rows by their keys."""
    with connection.cursor() as cursor:
        cursor.execute(_NUMBERS)
        for name, last in cursor.fetchall():
            if highest.get(name, 0) > last:
                sequence = sql.Identifier("public", name).as_string(None)
                cursor.execute("SELECT setval(%s::regclass, %s)", [sequence, highest[name]])


def is_marked(number: int) -> bool:
    """Whether the site's database is the dump that was put in place under that number."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('public.django_migrations'), 'pg_class')")
        return bool(cursor.fetchone() == (f"restored {number}",))
