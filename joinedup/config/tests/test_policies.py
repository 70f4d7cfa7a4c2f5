"""What the browser is told on every page."""

from collections.abc import Callable

import pytest
from django.test import Client

from joinedup.foundation.identity.models import User

PUBLIC = [
    "/newsletter/",
    "/have-your-say/",
    "/have-your-say/your-reference/",
    "/about/partnership/",
    "/account/login/",
    "/no-such-page/",
]


def policy(client: Client, path: str) -> dict[str, str]:
    header = client.get(path).headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_allow_nothing_inline_and_nothing_from_outside(path: str, client: Client) -> None:
    said = policy(client, path)
    assert said["default-src"] == "'none'"
    assert said["script-src"] == said["style-src"] == "'self'"
    assert said["base-uri"] == said["object-src"] == "'none'"
    assert said["form-action"] == "'self'"
    assert said["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("path", ["/workspace/", "/workspace/contributions/"])
def test_staff_pages_have_the_same_policy(
    path: str, officer: User, client_for: Callable[[User], Client]
) -> None:
    assert policy(client_for(officer), path)["script-src"] == "'self'"


def test_only_the_page_editor_may_run_inline_scripts(
    editor: User, client_for: Callable[[User], Client]
) -> None:
    said = policy(client_for(editor), "/editor/")
    assert said["script-src"] == "'self' 'unsafe-inline'"
    assert said["default-src"] == said["base-uri"] == "'none'"


@pytest.mark.django_db
def test_a_visitor_gets_no_cookie_from_a_page_without_a_form(client: Client) -> None:
    assert client.get("/about/partnership/").cookies == {}


def test_staff_pages_are_kept_out_of_caches(officer: User, client_for: Callable[[User], Client]) -> None:
    assert client_for(officer).get("/workspace/").headers["Cache-Control"] == "no-store, private"


def test_a_staff_form_without_its_token_is_refused_in_plain_words(
    administrator: User, client_for: Callable[..., Client]
) -> None:
    answer = client_for(administrator, enforce_csrf_checks=True).post("/workspace/notice/", {"title": "x"})
    assert answer.status_code == 403
    assert "Please go back and try again" in answer.content.decode()
