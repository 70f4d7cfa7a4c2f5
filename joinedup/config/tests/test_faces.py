"""Public site and workspace as two processes: each answers its own addresses and nothing of the other's."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from joinedup.config import settings as house_settings
from joinedup.config.faces import ALL, Belongs, belongs, middleware
from joinedup.config.house import routes as house
from joinedup.config.pagecache import Kept, key_of
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import System
from joinedup.inform.pages.models import ContentPage
from joinedup.inform.pages.sample import load_pages

pytestmark = pytest.mark.any_database

EVERY = house.routes()
TRIED = [route for route in EVERY if route.sample]
# All of ours, and some of the page editor's few hundred, which stand in one folder.
EDITOR = [r for r in TRIED if (r.sample or "").startswith("/editor/")]
WORKSPACE = [r for r in TRIED if belongs(r.sample or "") == Belongs.WORKSPACE and r not in EDITOR] + EDITOR[
    ::20
]
PUBLIC = [r for r in TRIED if belongs(r.sample or "") == Belongs.PUBLIC]
SHARED = [r for r in TRIED if belongs(r.sample or "") == Belongs.SHARED]


@pytest.fixture
def face(settings: Any) -> Callable[[str], None]:
    """Turn this process into one with that face."""

    def show(name: str) -> None:
        settings.FACE = name
        settings.MIDDLEWARE = middleware(name, house_settings._MIDDLEWARE)
        settings.SITE_URL = "https://www.example.org"
        settings.WORKSPACE_URL = "https://staff.example.org"

    return show


def first_folder(pattern: str) -> str:
    return pattern.removeprefix("^").partition("/")[0]


def statuses(tried: list[house.Route], client: Client | None = None) -> dict[str, int]:
    someone = client or Client()
    return {route.pattern: someone.get(route.sample or "").status_code for route in tried}


class TestWhichFaceAnAddressIsPartOf:
    def test_every_route_that_asks_for_a_role_is_part_of_the_workspace(self) -> None:
        guarded = [r for r in EVERY if r.door not in ("public", house.UNMARKED)]
        assert len(guarded) > 100
        assert {belongs("/" + first_folder(r.pattern) + "/") for r in guarded} == {Belongs.WORKSPACE}

    def test_every_public_route_of_the_workspace_is_about_signing_in_or_the_demonstration(self) -> None:
        here = [r.pattern for r in EVERY if r.door == "public"]
        of_staff = {first_folder(p) for p in here if belongs("/" + first_folder(p)) == Belongs.WORKSPACE}
        assert of_staff == {"account", "editor", "outbox"}

    def test_what_both_serve_is_files_colours_and_health(self) -> None:
        both = {first_folder(r.pattern) for r in EVERY if belongs("/" + first_folder(r.pattern)) == "shared"}
        assert both <= {"media", "colours.css", "health"}
        assert {r.sample for r in SHARED} == {"/colours.css", "/health/", "/media/animations/x"}

    @pytest.mark.parametrize("path", ["/workspace", "/workspace/", "/editor/pages/3/", "/account/login/"])
    def test_with_or_without_a_slash(self, path: str) -> None:
        assert belongs(path) == Belongs.WORKSPACE

    @pytest.mark.parametrize("path", ["/", "", "/workspaces/", "/about/workspace/", "/bn/", "//workspace/"])
    def test_everything_else_is_the_publics(self, path: str) -> None:
        assert belongs(path) == Belongs.PUBLIC


@pytest.mark.django_db
class TestTheSharedCache:
    def test_a_page_that_the_public_process_planted_is_not_served_to_staff(
        self, face: Callable[[str], None]
    ) -> None:
        """The public role may write there: whoever took that process over must not reach this address."""
        face(Belongs.WORKSPACE)
        request = RequestFactory().get("/", headers={"host": "testserver"})
        planted = Kept(b"<script>planted</script>", b"", (("Content-Type", "text/html"),), '"t"', time.time())
        cache.set(key_of(request, current()), planted, 60)
        assert b"planted" not in Client().get("/").content


@pytest.mark.django_db
class TestThePublicFace:
    def test_knows_no_page_of_the_workspace(self, face: Callable[[str], None]) -> None:
        face(Belongs.PUBLIC)
        client = Client()
        assert len(WORKSPACE) > 60
        assert {client.get(route.sample or "").status_code for route in WORKSPACE} == {404}
        assert {client.post(route.sample or "").status_code for route in WORKSPACE} == {404}

    def test_answers_its_own_as_one_process_does(self, face: Callable[[str], None]) -> None:
        alone = statuses(PUBLIC + SHARED)
        face(Belongs.PUBLIC)
        assert statuses(PUBLIC + SHARED) == alone

    def test_refuses_with_the_page_of_any_missing_address(self, face: Callable[[str], None]) -> None:
        face(Belongs.PUBLIC)
        answer = Client().get("/workspace/")
        assert "We cannot find that page" in answer.content.decode()
        assert 'lang="en"' in answer.content.decode()

    @pytest.mark.parametrize("route", PUBLIC, ids=lambda r: r.pattern)
    def test_touches_no_session_whatever_cookie_comes_along(
        self, route: house.Route, face: Callable[[str], None]
    ) -> None:
        face(Belongs.PUBLIC)
        client = Client()
        client.cookies["sessionid"] = "somebody-elses-session-key-00000"
        with CaptureQueriesContext(connection) as queries:
            for answer in (client.get(route.sample or ""), client.post(route.sample or "")):
                assert "sessionid" not in answer.cookies
        told = " ".join(query["sql"] for query in queries)
        assert Session._meta.db_table not in told
        assert User._meta.db_table not in told

    def test_takes_nobody_for_staff(
        self, face: Callable[[str], None], officer: User, client_for: Callable[[User], Client]
    ) -> None:
        signed_in = client_for(officer)
        cookies = signed_in.cookies
        face(Belongs.PUBLIC)
        client = Client()
        client.cookies = cookies
        assert "Staff menu" not in client.get("/have-your-say/").content.decode()

    def test_staff_sign_in_leads_to_the_workspace(self, face: Callable[[str], None]) -> None:
        face(Belongs.PUBLIC)
        assert 'href="https://staff.example.org/workspace/"' in Client().get("/sitemap/").content.decode()


@pytest.mark.django_db
class TestTheWorkspace:
    @pytest.mark.parametrize("route", PUBLIC, ids=lambda r: r.pattern)
    def test_sends_readers_to_the_public_site(self, route: house.Route, face: Callable[[str], None]) -> None:
        face(Belongs.WORKSPACE)
        answer = Client().get(f"{route.sample}?a=1")
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"https://www.example.org{route.sample}?a=1"

    def test_takes_no_public_form(self, face: Callable[[str], None]) -> None:
        face(Belongs.WORKSPACE)
        assert Client().post("/have-your-say/", {"words": "Hello"}).status_code == 404

    def test_answers_its_own_as_one_process_does(
        self, face: Callable[[str], None], administrator: User, client_for: Callable[[User], Client]
    ) -> None:
        alone = statuses(WORKSPACE), statuses(WORKSPACE, client_for(administrator))
        face(Belongs.WORKSPACE)
        assert (statuses(WORKSPACE), statuses(WORKSPACE, client_for(administrator))) == alone

    def test_draws_a_page_for_the_editor_who_previews_it(
        self, face: Callable[[str], None], editor: User, client_for: Callable[[User], Client]
    ) -> None:
        load_pages(by=System("test"))
        client = client_for(editor)
        face(Belongs.WORKSPACE)
        page = ContentPage.objects.live().first()
        assert page is not None
        answer = client.get(f"/editor/pages/{page.pk}/view_draft/")
        assert answer.status_code == 200
        assert page.title in answer.content.decode()


@pytest.mark.django_db
class TestLinksInMessages:
    def test_staff_are_led_to_the_workspace(
        self,
        face: Callable[[str], None],
        administrator: User,
        client_for: Callable[[User], Client],
        barts: Any,
    ) -> None:
        face(Belongs.WORKSPACE)
        client = client_for(administrator)
        sent = client.post(
            "/workspace/staff/invite/",
            {"email": "new@example.org", "name": "New Person", "role": "editor", "organisation": barts.pk},
        )
        assert sent.status_code == 302, sent.content.decode()
        message = Message.objects.latest("created_at")
        assert "https://staff.example.org/account/invitation/" in message.text
        assert "https://staff.example.org/account/invitation/" in message.html
        assert "https://www.example.org/account/" not in message.text + message.html

    def test_a_forgotten_password_is_chosen_anew_in_the_workspace(
        self, face: Callable[[str], None], officer: User
    ) -> None:
        face(Belongs.WORKSPACE)
        Client().post("/account/password/reset/", {"email": officer.email})
        message = Message.objects.latest("created_at")
        assert "https://staff.example.org/account/password/reset/key/" in message.text

    def test_no_mail_to_staff_builds_its_link_on_the_public_address(self) -> None:
        wrong = [
            path.name
            for path in Path(house_settings.ROOT, "joinedup/foundation").rglob("templates/**/*")
            if path.is_file() and 'site_url }}{% url "account' in path.read_text(encoding="utf-8")
        ]
        assert wrong == []


def test_a_single_process_shows_everything() -> None:
    assert middleware(ALL, house_settings._MIDDLEWARE) == [
        name for name in house_settings._MIDDLEWARE if not name.endswith(".nobody")
    ]
