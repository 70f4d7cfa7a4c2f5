"""The two PostgreSQL roles, table by table, and the command that gives them their rights."""

import io
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from psycopg import sql

from joinedup.config.grants import applying, lists
from joinedup.config.tests.acting import acting_as, roles

__all__ = ["roles"]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]


@pytest.fixture
def rights(roles: tuple[str, str]) -> dict[str, dict[str, set[str]]]:
    """What each role was refused and allowed when it tried every verb on every table."""
    found: dict[str, dict[str, set[str]]] = {}
    for role in roles:
        with acting_as(role):
            found[role] = {verb: {t for t in TABLES() if try_it(verb, t)} for verb in STATEMENTS}
    return found


STATEMENTS = {
    "SELECT": "SELECT * FROM {table} LIMIT 1",
    "UPDATE": "UPDATE {table} SET {column} = DEFAULT WHERE false",
    "DELETE": "DELETE FROM {table} WHERE false",
    "INSERT": "INSERT INTO {table} ({column}) SELECT NULL WHERE false",
    "TRUNCATE": "TRUNCATE {table} CASCADE",
    "ALTER": "ALTER TABLE {table} ADD COLUMN more integer",
}
TABLES = lists.tables_there_are


def try_it(verb: str, table: str) -> bool:
    """Whether the database lets whoever acts now do this with the table; nothing is changed."""
    columns = columns_of(table)
    statement = STATEMENTS[verb].format(
        table=connection.ops.quote_name(table),
        column=connection.ops.quote_name(columns[min(1, len(columns) - 1)]),
    )
    return is_allowed(statement)


def columns_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT attname FROM pg_attribute
               WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped""",
            [table],
        )
        return [name for (name,) in cursor.fetchall()]


def is_allowed(statement: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as fault:
        if "permission denied" in str(fault) or "must be owner" in str(fault):
            return False
        raise
    return True


class TestEveryTable:
    def test_the_public_role_does_with_each_what_its_list_says_and_nothing_else(
        self, roles: tuple[str, str], rights: dict[str, dict[str, set[str]]]
    ) -> None:
        listed = lists.public()
        for verb in STATEMENTS:
            allowed = {table for table, grant in listed.items() if verb in grant.verbs}
            assert rights[roles[0]][verb] == allowed, verb
        assert len(TABLES() - rights[roles[0]]["SELECT"]) > 40

    def test_it_reads_no_column_that_is_not_on_the_list(self, roles: tuple[str, str]) -> None:
        for table, grant in lists.public().items():
            if not grant.columns:
                continue
            with acting_as(roles[0]):
                read = {c for c in columns_of(table) if is_allowed(f'SELECT "{c}" FROM "{table}" LIMIT 1')}
            assert read == set(grant.columns)

    def test_the_workspace_role_works_with_each_but_those_excepted(
        self, roles: tuple[str, str], rights: dict[str, dict[str, set[str]]]
    ) -> None:
        listed = lists.workspace(TABLES())
        for verb in STATEMENTS:
            assert rights[roles[1]][verb] == {t for t, grant in listed.items() if verb in grant.verbs}, verb

    def test_neither_makes_anything_of_its_own(self, roles: tuple[str, str]) -> None:
        for role in roles:
            with acting_as(role):
                assert not is_allowed("CREATE TABLE mine (x integer)")
                assert not is_allowed("CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'")

    def test_a_table_that_comes_later_is_closed_until_somebody_decides(self, roles: tuple[str, str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE coordinate_people_person (nhs_number text)")
        for role in roles:
            with acting_as(role):
                assert not is_allowed("SELECT * FROM coordinate_people_person")


class TestTheCommand:
    @pytest.fixture
    def named(self, settings: Any) -> tuple[str, str]:
        stem = str(connection.settings_dict["NAME"])
        settings.PUBLIC_ROLE, settings.WORKSPACE_ROLE = f"{stem}_pub", f"{stem}_work"
        return settings.PUBLIC_ROLE, settings.WORKSPACE_ROLE

    @pytest.fixture
    def passwords(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("PUBLIC", "WORKSPACE"):
            monkeypatch.setenv(f"JOINEDUP_{name}_ROLE_PASSWORD", "long-enough-for-a-role")

    def test_makes_the_roles_gives_them_their_rights_and_finds_them_right(
        self, named: tuple[str, str], passwords: None
    ) -> None:
        told = io.StringIO()
        call_command("grant_roles", create=True, stdout=told)
        call_command("grant_roles", check=True, stdout=told)
        call_command("grant_roles", stdout=told)
        assert f"{named[0]}: made." in told.getvalue()
        with acting_as(named[0]):
            assert not is_allowed("SELECT password FROM foundation_identity_user")

    def test_says_which_role_is_missing(self, named: tuple[str, str]) -> None:
        with pytest.raises(CommandError, match=r"There is no role .*_pub.*--create"):
            call_command("grant_roles")

    def test_says_which_setting_is_missing(self, settings: Any) -> None:
        with pytest.raises(CommandError, match="Set JOINEDUP_PUBLIC_ROLE"):
            call_command("grant_roles")

    def test_takes_no_short_password(self, named: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("JOINEDUP_PUBLIC_ROLE_PASSWORD", "short")
        with pytest.raises(CommandError, match="at least 16 characters"):
            call_command("grant_roles", create=True)

    def test_takes_back_what_somebody_gave_by_hand(self, named: tuple[str, str], passwords: None) -> None:
        call_command("grant_roles", create=True, stdout=io.StringIO())
        with connection.cursor() as cursor:
            cursor.execute(
                f'GRANT SELECT (password), UPDATE (email) ON foundation_identity_user TO "{named[0]}"'
            )
            cursor.execute("GRANT SELECT ON mfa_authenticator TO PUBLIC")
        with pytest.raises(CommandError, match=r"mfa_authenticator: .* can SELECT, against the list"):
            call_command("grant_roles", check=True, stdout=io.StringIO())
        call_command("grant_roles", stdout=io.StringIO())
        call_command("grant_roles", check=True, stdout=io.StringIO())
        with acting_as(named[0]):
            assert not is_allowed("SELECT password FROM foundation_identity_user")

    @pytest.mark.parametrize(
        ("made", "reason"),
        [
            ("SUPERUSER", "it may do everything"),
            ("CREATEROLE", "it may do everything"),
            ("BYPASSRLS", "it may do everything"),
            ("IN ROLE pg_read_all_data", "member of another role"),
        ],
    )
    def test_refuses_a_role_no_list_could_hold(self, made: str, reason: str, named: tuple[str, str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE ROLE "{named[0]}" {made}')
        with pytest.raises(CommandError, match=reason):
            call_command("grant_roles", stdout=io.StringIO())

    def test_refuses_a_role_that_owns_a_table(self, named: tuple[str, str]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE ROLE "{named[0]}"')
            cursor.execute(f'ALTER TABLE inform_pages_notice OWNER TO "{named[0]}"')
        with pytest.raises(CommandError, match="owns tables"):
            call_command("grant_roles", stdout=io.StringIO())

    def test_two_faces_need_two_roles(self, settings: Any) -> None:
        settings.PUBLIC_ROLE = settings.WORKSPACE_ROLE = "joinedup_one"
        with pytest.raises(CommandError, match="must differ"):
            call_command("grant_roles")


@pytest.mark.django_db(transaction=True)
def test_a_process_signed_in_as_the_public_role_is_held_by_the_lists() -> None:
    """Not SET ROLE but a connection of its own, with name and password, as the public process makes one."""
    role = f"{connection.settings_dict['NAME']}_signs_in"
    applying.create(role, "long-enough-for-a-role")
    try:
        applying.apply(role, lists.public(), TABLES())
        about = connection.get_connection_params()
        wanted = {key: about[key] for key in ("dbname", "host", "port") if about.get(key)}
        with psycopg.connect(**wanted, user=role, password="long-enough-for-a-role") as own:
            own.autocommit = True
            for table in sorted(TABLES()):
                grant = lists.public().get(table)
                query = sql.SQL("SELECT * FROM {} LIMIT 1").format(sql.Identifier(table))
                if grant is not None and "SELECT" in grant.verbs:
                    own.execute(query)
                else:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        own.execute(query)
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP OWNED BY "{role}"')
            cursor.execute(f'DROP ROLE "{role}"')
