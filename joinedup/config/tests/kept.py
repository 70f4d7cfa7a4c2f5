"""A migrated database, kept from one run of the tests to the next.

Migrating takes longer than most test runs. The result depends on the migrations and on the libraries
alone, so it lies in the temporary folder under a digest of both: a file for SQLite, a dump for PostgreSQL.
"""

import fcntl
import hashlib
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from joinedup.config.environment import ROOT

_PLAIN = ["--no-owner", "--no-privileges"]


@cache
def _digest() -> str:
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    house = ROOT / "joinedup"
    for path in sorted([*house.rglob("migrations/*.py"), *house.rglob("*triggers*.py")]):
        digest.update(path.read_bytes())
    digest.update((house / "config/settings.py").read_bytes())
    return digest.hexdigest()[:24]


def _kept(ending: str) -> Path:
    return Path(tempfile.gettempdir()) / f"joinedup-migrated-{_digest()}.{ending}"


def database() -> Path:
    """The SQLite file, whether it is there yet or not."""
    return _kept("sqlite3")


def dump() -> Path:
    """The dump of PostgreSQL, whether it is there yet or not."""
    return _kept("dump")


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """One of the processes that run tests side by side is in here at a time."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def beside(url: str, name: str) -> str:
    """Another database of the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def keep(url: str) -> None:
    """Dump the migrated database at `url`, unless that was done before."""
    if dump().exists():
        return
    part = dump().with_suffix(f".{os.getpid()}")
    subprocess.run(["pg_dump", *_PLAIN, "--format=custom", f"--file={part}", url], check=True)
    part.rename(dump())


def bring(url: str) -> None:
    """Fill the database at `url` with what was kept, if anything was and nothing is in it."""
    with psycopg.connect(url) as there:
        is_empty = there.execute("SELECT to_regclass('django_migrations') IS NULL").fetchone() == (True,)
    if is_empty and dump().exists():
        tool = ["pg_restore", *_PLAIN, "--exit-on-error", f"--dbname={url}", str(dump())]
        subprocess.run(tool, check=True)


def template(url: str) -> str | None:
    """The name of a migrated database on this server, to make others like it; None where none was kept."""
    if not dump().exists():
        return None
    name = f"kept_{_digest()}"
    with only_one(_kept("lock")), psycopg.connect(beside(url, "postgres"), autocommit=True) as server:
        if server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is None:
            server.execute(f'CREATE DATABASE "{name}_part"')  # type: ignore[arg-type]
            bring(beside(url, f"{name}_part"))
            server.execute(f'ALTER DATABASE "{name}_part" RENAME TO "{name}"')  # type: ignore[arg-type]
    return name
