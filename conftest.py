"""People and organisations that tests are told with. Everything else is in each subject's factories."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, TransactionTestCase, override_settings
from django.utils import translation
from hypothesis import settings as property_tests

from joinedup.config.pagecache import shelf
from joinedup.config.tests import kept
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation

# No test fails because a machine was busy (speed belongs in `make bench`), nor by the dice: `make test`
# tries the same each time; `make check` and `--hypothesis-profile=search` look for new ones.
property_tests.register_profile("house", deadline=None, derandomize=True)
property_tests.register_profile("search", deadline=None)
property_tests.load_profile("house")


# --- Databases come migrated, where one was kept (joinedup/config/tests/kept.py) --------------------
@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    wanted = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        wanted["TEMPLATE"] = kept.template(os.environ["DATABASE_URL"])
    elif kept.database().exists():
        wanted["MIGRATE"] = False


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            kept.keep(kept.beside(os.environ["DATABASE_URL"], connection.settings_dict["NAME"]))
            _keep_rows()
        elif connection.settings_dict["TEST"]["MIGRATE"] is False:
            _bring_database_back()
        else:
            _keep_database()


def _keep_database() -> None:
    connection.ensure_connection()
    part = kept.database().with_suffix(f".{os.getpid()}")
    with closing(sqlite3.connect(part)) as target:
        connection.connection.backup(target)
    part.rename(kept.database())


# Fixtures of tests that ask a database; each says so itself, by these or by a mark.
_OF_DATABASES = {"db", "transactional_db", "live_server", "filled", "new_site", "site"}


def _makes_something_for_its_file(item: pytest.Item) -> bool:
    found = getattr(item, "_fixtureinfo", None)
    return found is not None and any(last[-1].scope == "module" for last in found.name2fixturedefs.values())


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is made for a file is made by one process; what asks no database runs on SQLite only."""
    for item in items:
        if _makes_something_for_its_file(item):
            item.add_marker(pytest.mark.xdist_group(str(item.path)))
    if connection.vendor != "postgresql":
        return
    asks = [
        item
        for item in items
        if not item.get_closest_marker("any_database")
        and (item.get_closest_marker("django_db") or _OF_DATABASES & set(getattr(item, "fixturenames", ())))
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in set(asks)])
    items[:] = asks


@contextmanager
def loaded_for_a_file(blocker: Any, load: Callable[[], object]) -> Iterator[None]:
    """What `load` puts in place stands for a file of tests and is taken away afterwards.

    A test that needs transactions of its own has to stand in another file.
    """
    with blocker.unblock():
        atomic = transaction.atomic()
        atomic.__enter__()
        try:
            load()
            yield
        finally:
            transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def _fresh_limits(request: pytest.FixtureRequest) -> None:
    """Each test begins with no tries counted and no pages kept."""
    uses_database = {"db", "transactional_db", "live_server"} & set(request.fixturenames)
    if uses_database or request.node.get_closest_marker("django_db"):
        request.getfixturevalue("_django_db_helper")
        cache.clear()
        shelf.clear()


@pytest.fixture(autouse=True)
def _english_to_begin_with() -> None:
    """A page read in Bengali leaves its language behind in the process; the next test begins in English."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def _mail_is_queued(settings: Any) -> None:
    """Mail goes to the queue, as on a real site; test runners swap that for a list of their own."""
    settings.EMAIL_BACKEND = "joinedup.foundation.delivery.backends.QueueBackend"


@pytest.fixture(scope="session", autouse=True)
def _uploads_go_nowhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests upload lands in a folder of the run, never among the demo's files."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield


# --- After tests with real transactions -------------------------------------------------------------
# Emptying every table and making content types and permissions anew takes seconds a test. What stood in
# the tables once they were migrated is kept, and comes back.
def _tables_with_rows(cursor: Any) -> list[str]:
    names = [table.name for table in connection.introspection.get_table_list(cursor) if table.type == "t"]
    cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names))
    return [name for (name,) in cursor.fetchall()]


def _keep_rows() -> None:
    with connection.cursor() as cursor:
        tables = _tables_with_rows(cursor)
        cursor.execute("CREATE SCHEMA kept")
        for table in tables:
            cursor.execute(f'CREATE TABLE kept."{table}" AS TABLE "{table}"')


def _bring_rows_back() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        # For the length of this transaction no trigger of ours refuses, and no key is checked.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in _tables_with_rows(cursor):
            cursor.execute(f'DELETE FROM "{table}"')
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'kept'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'INSERT INTO "{table}" SELECT * FROM kept."{table}"')


def _bring_database_back() -> None:
    with closing(sqlite3.connect(kept.database())) as source:
        connection.ensure_connection()
        source.backup(connection.connection)


@pytest.fixture(scope="session", autouse=True)
def _as_it_was_migrated() -> Iterator[None]:
    """A test with real transactions leaves the database as the migrations made it."""
    plain = TransactionTestCase._fixture_teardown

    def back(self: TransactionTestCase) -> None:
        (_bring_rows_back if connection.vendor == "postgresql" else _bring_database_back)()

    TransactionTestCase._fixture_teardown = back  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = plain  # type: ignore[method-assign]


@pytest.fixture
def barts(db: None) -> Organisation:
    """A hospital trust, partner of the place."""
    return Organisation.objects.create(
        name="Barts Health NHS Trust", slug="barts-health", kind=Organisation.Kind.NHS, ods_code="R1H"
    )


@pytest.fixture
def elft(db: None) -> Organisation:
    """A mental health and community trust, partner of the place."""
    return Organisation.objects.create(
        name="East London NHS Foundation Trust", slug="elft", kind=Organisation.Kind.NHS, ods_code="RWK"
    )


def person(name: str, organisation: Organisation | None = None, role: str = "") -> User:
    """A member of staff with a password and a one-time code, in that role."""
    user = User.objects.create_user(f"{name}@example.org", "correct-horse-battery", name=name.title())
    TOTP.activate(user, generate_totp_secret())
    if organisation is not None:
        Membership.objects.create(user=user, organisation=organisation, role=role)
        user.groups.set(Group.objects.filter(name=role))
    return user


@pytest.fixture
def editor(barts: Organisation) -> User:
    return person("editor", barts, "editor")


@pytest.fixture
def officer(barts: Organisation) -> User:
    return person("officer", barts, "engagement-officer")


@pytest.fixture
def partner(barts: Organisation) -> User:
    return person("partner", barts, "partner-staff")


@pytest.fixture
def other_partner(elft: Organisation) -> User:
    return person("other-partner", elft, "partner-staff")


@pytest.fixture
def privacy_officer(barts: Organisation) -> User:
    return person("privacy", barts, "privacy-officer")


@pytest.fixture
def administrator(barts: Organisation) -> User:
    return person("administrator", barts, "administrator")


@pytest.fixture
def stranger(db: None) -> User:
    """Someone who can sign in but holds no role anywhere: must see nothing."""
    return person("stranger")


@pytest.fixture
def client_for() -> Callable[..., Client]:
    """A browser in which that person is signed in, second step done."""

    def signed_in(user: User, **options: Any) -> Client:
        assert Authenticator.objects.filter(user=user).exists()
        client = Client(**options)
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def worker_round(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """One round of the worker, on the test's own connection: a worker closes connections it finds in use."""
    for module in (
        "joinedup.config.management.commands.worker",
        "django_tasks_db.management.commands.db_worker",
    ):
        monkeypatch.setattr(f"{module}.close_old_connections", lambda: None)
    return lambda: call_command("worker", once=True)


@pytest.fixture
def outbox(db: None) -> Callable[[], list[Message]]:
    """The messages written so far, oldest first."""
    return lambda: list(Message.objects.order_by("created_at", "pk"))
