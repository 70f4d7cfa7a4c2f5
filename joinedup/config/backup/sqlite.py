"""SQLite: a copy by its own backup interface while the site runs, and back in one transaction."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

from joinedup.config.backup.archive import BadArchive, Manifest

# -1 copies all pages in one step, so that nobody else gets a turn in between.
PAGES = -1
Progress = Callable[[int, int, int], object]


def snapshot(path: Path, left_out: list[str]) -> dict[str, int]:
    """Copy the database as it is at one moment to `path`; returns the number of rows by table."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        for table in left_out:
            copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a name of our settings
        copy.execute("VACUUM")  # what was deleted is not in the file any more
        return _rows(copy)


def _rows(copy: sqlite3.Connection) -> dict[str, int]:
    names = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    counted = {}
    for (name,) in names:
        counted[name] = copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - from the file
    return counted


def prepare(path: Path, manifest: Manifest, *, is_older: bool) -> None:
    """Beside the site: look whether the copy is whole, and bring it up to date. Raises BadArchive."""
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            [(verdict,), *_rest] = copy.execute("PRAGMA integrity_check").fetchall()
            broken = copy.execute("PRAGMA foreign_key_check").fetchone()
            if verdict != "ok" or broken or _rows(copy) != manifest.rows:
                raise BadArchive("The database in the archive is not as it was written.")
    except sqlite3.DatabaseError as fault:
        raise BadArchive(f"The database in the archive cannot be read: {fault}") from fault
    if is_older:
        migrate({"DATABASE_URL": f"sqlite:///{path}"})
        with closing(sqlite3.connect(path, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode=DELETE")


def migrate(database: dict[str, str]) -> None:
    """Run the migrations on another database than the site's, in a process of its own."""
    run = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), "migrate", "--verbosity", "0"],
        env={**os.environ, **database},
        capture_output=True,
        text=True,
        check=False,
    )
    if run.returncode:
        raise BadArchive(
            f"The database in the archive could not be brought up to date:\n{run.stderr[-2000:]}"
        )


def replace(path: Path, number: int, manifest: Manifest, progress: Progress | None = None) -> None:
    """Put the prepared copy in the place of the site's database: one transaction, whole or not at all."""
    connection.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.execute(f"PRAGMA user_version = {int(number)}")
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as live:
            live.execute("PRAGMA synchronous=FULL")
            copy.backup(live, pages=PAGES, progress=progress, sleep=0.05)


def numbers() -> dict[str, int]:
    """The highest key each table has given so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        return dict(cursor.fetchall())


def raise_numbers(highest: dict[str, int]) -> None:
    """Give no key a second time: the record speaks of rows by their keys."""
    with connection.cursor() as cursor:
        for table in highest.keys() & set(connection.introspection.table_names(cursor)):
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [highest[table], table]
            )
            cursor.execute(
                "INSERT INTO sqlite_sequence (name, seq) SELECT %s, %s "
                "WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = %s)",
                [table, highest[table], table],
            )


def is_marked(number: int) -> bool:
    """Whether the site's database is the copy that was put in place under that number."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA user_version")
        return bool(cursor.fetchone() == (number,))
