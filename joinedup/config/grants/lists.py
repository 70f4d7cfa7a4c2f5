"""The lists of what the two roles may do, and whether they speak of every table there is.

public.toml allows: a table that is not in it is refused, and one that is neither allowed nor closed
there is a fault, so that nobody adds a table without deciding who reads it. workspace.toml is the
other way round: everything, except what stands in it.
"""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connection

FOLDER = Path(__file__).parent
VERBS = ["SELECT", "INSERT", "UPDATE", "DELETE"]
MIGRATIONS = "django_migrations"
# Tables that one kind of database has and the other has not: full-text search of SQLite.
SQLITE_ONLY = ("_fts", "_fts_config", "_fts_data", "_fts_docsize", "_fts_idx", "_fts_content")


@dataclass(frozen=True)
class Grant:
    """What a role may do with a table, and why; `columns` are those it may read when it may not read all."""

    verbs: tuple[str, ...]
    why: str
    columns: tuple[str, ...] = field(default=())


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def _grants(rows: dict[str, dict[str, Any]]) -> dict[str, Grant]:
    return {
        table: Grant(tuple(row.get("verbs", ())), row["why"], tuple(row.get("columns", ())))
        for table, row in rows.items()
    }


def public() -> dict[str, Grant]:
    """What the public site's role may do, by table."""
    return _grants(_read("public.toml")["open"])


def closed() -> dict[str, str]:
    """The tables the public site has no business with, each with the reason."""
    groups = _read("public.toml")["closed"]
    return {table: group["why"] for group in groups for table in group["tables"]}


def exceptions() -> dict[str, Grant]:
    """What the workspace's role may do less than everything with."""
    return _grants(_read("workspace.toml")["except"])


def workspace(tables: Iterable[str]) -> dict[str, Grant]:
    """What the workspace's role may do, by table: everything but the exceptions."""
    less = exceptions()
    return {table: less.get(table, Grant(tuple(VERBS), "staff work with it")) for table in tables}


def known_tables() -> set[str]:
    """The tables that models, migrations and the cache say there are, on any database."""
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    models |= {MIGRATIONS, str(settings.CACHES["default"]["LOCATION"])}
    return {table for table in models if not table.endswith(SQLITE_ONLY)}


def tables_there_are() -> set[str]:
    """The tables of the database itself, which knows also those that no model speaks of."""
    found = set(connection.introspection.table_names(include_views=True))
    return {table for table in found if not table.endswith(SQLITE_ONLY)}


def faults(tables: set[str]) -> list[str]:
    """What is wrong with the lists, in words, given the tables there are."""
    allowed, shut, less = public(), closed(), exceptions()
    said = [f"{t}: neither open nor closed in public.toml" for t in tables - allowed.keys() - shut.keys()]
    said += [f"{t}: both open and closed in public.toml" for t in allowed.keys() & shut.keys()]
    said += [f"{t}: in public.toml, but no such table" for t in (allowed.keys() | shut.keys()) - tables]
    said += [f"{t}: in workspace.toml, but no such table" for t in less.keys() - tables]
    for name, grants in (("public.toml", allowed), ("workspace.toml", less)):
        for table, grant in grants.items():
            said += [f"{table}: {verb} in {name} is no verb" for verb in set(grant.verbs) - set(VERBS)]
            if not grant.why.strip():
                said.append(f"{table}: no reason in {name}")
            if grant.columns and "SELECT" in grant.verbs:
                said.append(f"{table}: columns in {name}, but all of it may be read")
    said += [f"{t}: care and the public site share no table" for t in allowed if t.startswith("coordinate_")]
    return sorted(said)
