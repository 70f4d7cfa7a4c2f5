"""Every route asks a permission or is on the public list, and the doors hold."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from joinedup.config.house import routes as house
from joinedup.foundation.doors.entry import requires
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import ROLES, Permission

EVERY = house.routes()
GUARDED = [r for r in EVERY if r.door in set(Permission) and r.sample]
EDITOR = [r for r in EVERY if r.door == house.EDITOR and r.sample]


def test_every_route_has_a_door_and_a_reviewed_row() -> None:
    assert house.faults(house.ours(EVERY), house.matrix()) == []


def test_a_view_without_a_door_is_caught() -> None:
    found = {**house.ours(EVERY), "new/": house.UNMARKED}
    assert "new/: no door; mark the view with @public, @signed_in or @requires" in house.faults(
        found, house.matrix()
    )


def test_a_route_without_a_row_is_caught() -> None:
    found = {**house.ours(EVERY), "new/": "public"}
    assert house.faults(found, house.matrix()) == ["new/: no row in routes.csv"]


def test_a_door_that_differs_from_its_row_is_caught() -> None:
    found = house.ours(EVERY)
    name = next(pattern for pattern, door in found.items() if door == Permission.AUDIT_VIEW)
    assert house.faults({**found, name: "public"}, house.matrix()) == [
        f"{name}: is public, the row says audit.view"
    ]


def test_every_permission_guards_something_or_is_asked_by_an_action() -> None:
    asked = {r.door for r in EVERY} | {
        Permission.CONTRIBUTION_ANSWER,
        Permission.CONTRIBUTION_ASSIGN,
        Permission.PAGE_EDIT,
        Permission.PAGE_PUBLISH,
    }
    assert set(Permission) - asked == set()


def test_most_routes_can_be_tried_with_made_up_arguments() -> None:
    assert [
        r.pattern for r in EVERY if r.sample is None and r.door not in ("public", "signed-in", house.EDITOR)
    ] == []


@pytest.mark.django_db
@pytest.mark.parametrize("route", GUARDED, ids=lambda r: r.pattern)
def test_a_visitor_is_asked_to_sign_in(route: house.Route, client: Client) -> None:
    for answer in (client.get(route.sample), client.post(route.sample)):
        assert answer.status_code == 302, answer.status_code
        assert answer.headers["Location"].startswith("/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("route", GUARDED, ids=lambda r: r.pattern)
def test_a_stranger_is_refused(
    route: house.Route, stranger: User, client_for: Callable[[User], Client]
) -> None:
    client = client_for(stranger)
    assert client.get(route.sample).status_code == 403
    assert client.post(route.sample).status_code == 403


@pytest.mark.parametrize("fixture", ["editor", "officer", "partner", "privacy_officer", "administrator"])
def test_each_role_enters_what_its_permissions_say_and_nothing_else(
    fixture: str, request: pytest.FixtureRequest, client_for: Callable[[User], Client]
) -> None:
    user: User = request.getfixturevalue(fixture)
    client = client_for(user)
    held = set().union(*(ROLES[role].permissions for role, _organisation in user.held_roles()))
    wrong = [
        route.pattern
        for route in GUARDED
        if (client.get(route.sample).status_code == 403) == (Permission(route.door) in held)
    ]
    assert wrong == []


@pytest.mark.django_db
def test_the_page_editor_is_closed_to_visitors(client: Client) -> None:
    open_to_anyone = [r.pattern for r in EDITOR if client.get(r.sample).status_code != 302]
    assert open_to_anyone == []


@pytest.mark.parametrize("fixture", ["officer", "partner", "privacy_officer", "administrator", "stranger"])
def test_the_page_editor_is_closed_to_those_who_edit_no_pages(
    fixture: str, request: pytest.FixtureRequest, client_for: Callable[[User], Client]
) -> None:
    client = client_for(request.getfixturevalue(fixture))
    let_in = [r.pattern for r in EDITOR if client.get(r.sample).status_code != 403]
    assert let_in == []


def test_an_editor_enters_the_page_editor(editor: User, client_for: Callable[[User], Client]) -> None:
    assert client_for(editor).get("/editor/").status_code == 200


def test_requires_marks_the_view_with_its_permission() -> None:
    @requires(Permission.AUDIT_VIEW)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse()

    assert view.door == "audit.view"
