"""The public site under its own PostgreSQL role: every page and form works, and nothing else can be read."""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from psycopg import sql
from wagtail.images.tests.utils import get_test_image_file

from joinedup.config import settings as house_settings
from joinedup.config.faces import Belongs, middleware
from joinedup.config.grants import applying, lists
from joinedup.config.house import links
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.inform.news.access import token
from joinedup.inform.news.models import EventSignUp
from joinedup.inform.pages.models import ContentPage
from joinedup.inform.pictures.models import Picture
from joinedup.involve.contributions.actions.answering import answer
from joinedup.involve.contributions.factories import filled_in, sent

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no roles"),
]

ADDRESS = "amina@example.org"


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


@pytest.fixture
def roles(db: None) -> tuple[str, str]:
    """The public and the workspace role of this test's database, with the rights of the lists."""
    tables = lists.tables_there_are()
    stem = str(connection.settings_dict["NAME"])
    names = f"{stem}_public", f"{stem}_workspace"
    for name, grants in zip(names, (lists.public(), lists.workspace(tables)), strict=True):
        applying.create(name, "only-for-this-test")
        applying.apply(name, grants, tables)
    return names


@pytest.fixture
def visitor(roles: tuple[str, str], settings: Any) -> Iterator[Client]:
    """A visitor of the public face, whose process is signed in to the database as the public role."""
    call_command("load_sample", verbosity=0)
    settings.FACE = Belongs.PUBLIC
    settings.MIDDLEWARE = middleware(Belongs.PUBLIC, house_settings._MIDDLEWARE)
    with acting_as(roles[0]), connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (roles[0],)
        yield Client()


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


def mailed(pattern: str) -> str:
    """The newest link of that kind in the mail, read by someone who may."""
    with owner():
        found = re.search(pattern, Message.objects.latest("created_at").text)
    assert found
    return found.group(1)


def shown(page: str, name: str) -> str:
    found = re.search(rf'id="{name}">([^<]+)<', page)
    assert found, name
    return found.group(1)


class TestPublicPages:
    def test_every_page_that_can_be_reached_is_served(self, visitor: Client) -> None:
        pages, dead = links.crawl(visitor)
        assert [line for line in dead if "/workspace/" not in line] == []
        assert len(pages) > 10

    def test_health_is_told(self, visitor: Client) -> None:
        assert visitor.get("/health/").json()["database"] == "ok"

    def test_a_page_that_is_gone_is_a_missing_page(self, visitor: Client) -> None:
        assert visitor.get("/no-such-page/").status_code == 404


class TestTheNewsletter:
    def test_asked_for_confirmed_changed_and_left(
        self, visitor: Client, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True) as jobs:
            self.go_through(visitor)
        assert jobs

    def go_through(self, visitor: Client) -> None:
        form = {
            "email": ADDRESS,
            "name": "Amina",
            "language": "en",
            "wording": "1",
            "topics": ["care-at-home"],
        }
        assert visitor.post("/newsletter/", form).status_code == 302
        confirm = mailed(r"(/newsletter/confirm/\S+)")
        assert visitor.get(confirm).status_code == 200
        assert "/newsletter/thank-you/" in visitor.post(confirm).headers["Location"]
        choices = mailed(r"(/newsletter/preferences/\S+)")
        leave = mailed(r"(/newsletter/leave/\S+)")
        assert visitor.post(choices, {"name": "A", "language": "bn", "topics": []}).status_code == 302
        assert visitor.post("/newsletter/", form).status_code == 302
        assert visitor.get(leave).status_code == 200
        assert visitor.post(leave).status_code == 302


class TestHaveYourSay:
    def test_sent_followed_added_to_put_right_and_taken_back(self, visitor: Client) -> None:
        sent = visitor.post("/have-your-say/", filled_in(reply_by="email", email=ADDRESS)).content.decode()
        key = {"reference": shown(sent, "reference"), "word": shown(sent, "word")}
        status = visitor.post("/have-your-say/your-reference/", key).content.decode()
        assert "What you said" in status
        found = re.search(r'name="token" value="([^"]+)"', status)
        assert found
        token = {"token": found.group(1)}
        for step in ("add", "correct"):
            address = f"/have-your-say/your-reference/{step}/"
            page = visitor.post(
                address, {**token, "words": f"More {step}", "once": step * 10}
            ).content.decode()
            assert f"More {step}" in page, step
        address = "/have-your-say/your-reference/withdraw/"
        assert visitor.post(address, token).status_code == 200
        assert "You took this back" in visitor.post(address, {**token, "sure": "yes"}).content.decode()

    def test_an_answer_can_be_read(self, officer: User, visitor: Client) -> None:
        with owner():
            receipt = sent()
            answer(
                contribution=receipt.contribution,
                text="We mended the lift.",
                heard_at=receipt.contribution.last_heard_at,
                once="x" * 20,
                by=officer,
            )
        key = {"reference": receipt.contribution.reference, "word": receipt.word}
        assert "We mended the lift." in visitor.post("/have-your-say/your-reference/", key).content.decode()


class TestEvents:
    def test_signed_up_seen_and_taken_back_so_that_who_waits_gets_the_place(self, visitor: Client) -> None:
        form = {"name": "Amina", "email": ADDRESS, "people": "2", "language": "en", "needs": ["bsl"]}
        waiting = visitor.post("/events/sample-cooking/sign-up/", {**form, "once": "x" * 30})
        assert "You are on the waiting list" in visitor.get(waiting.headers["Location"]).content.decode()
        with owner():
            theirs = EventSignUp.objects.filter(event__slug="sample-cooking")
            first = theirs.placed().in_order().first()
            assert first is not None
        assert visitor.post(f"/events/your-place/{token(first)}/").status_code == 302
        with owner():
            rosa = EventSignUp.objects.get(email="rosa.sample@example.org")
            assert rosa.state == "placed"


# Wagtail leaves the spooled file it draws a picture into to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")
class TestPictures:
    def test_a_size_nobody_asked_for_before_is_made(
        self, visitor: Client, tmp_path: Path, settings: Any
    ) -> None:
        settings.MEDIA_ROOT = tmp_path
        with owner():
            picture = Picture.objects.create(title="The river", file=get_test_image_file(size=(900, 600)))
            page = ContentPage.objects.live().first()
            assert page is not None
            block = {"image": picture.pk, "caption": "The river at Wapping", "credit": ""}
            page.body.append(("image", page.body.stream_block.child_blocks["image"].to_python(block)))
            page.save_revision().publish()
        shown_on = visitor.get(page.url).content.decode()
        assert re.search(r'src="/media/images/[^"]+width-800', shown_on)


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
    "UPDATE": "UPDATE {table} SET {column} = {column} WHERE false",
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
        table=connection.ops.quote_name(table), column=connection.ops.quote_name(columns[0])
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
