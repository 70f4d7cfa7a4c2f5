"""Asking the database as one of its roles, inside a test."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from joinedup.config.grants import applying, lists


@contextmanager
def acting_as(role: str) -> Iterator[None]:
    """What is asked of the database in here is asked by that role."""
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def make_roles() -> tuple[str, str]:
    """The public and the workspace role of this test's database, with the rights of the lists."""
    tables = lists.tables_there_are()
    stem = str(connection.settings_dict["NAME"])
    names = f"{stem}_public", f"{stem}_workspace"
    for name, grants in zip(names, (lists.public(), lists.workspace(tables)), strict=True):
        applying.create(name, "only-for-this-test")
        applying.apply(name, grants, tables)
    return names


@pytest.fixture
def roles(db: None) -> tuple[str, str]:
    """The two roles, for one test."""
    return make_roles()


@contextmanager
def owner() -> Iterator[None]:
    """What is asked in here is asked by the owner again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f'SET ROLE "{role}"')
