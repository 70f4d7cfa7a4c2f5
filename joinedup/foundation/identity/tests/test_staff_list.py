"""The list of staff: who may see it, and finding people in it."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from joinedup.foundation.identity import views
from joinedup.foundation.identity.actions import end_membership, invite
from joinedup.foundation.identity.models import Invitation, Membership, User
from joinedup.foundation.identity.tests.doing import words
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System

pytestmark = pytest.mark.django_db
ADDRESS = "/workspace/staff/"
SYSTEM = System("tests")


@pytest.fixture
def everyone(editor: User, officer: User, partner: User, other_partner: User, privacy_officer: User) -> None:
    """One of each role; the other partner's works for ELFT, the rest for Barts."""


def names_on(client: Client, asked: str = "") -> list[str]:
    page = client.get(f"{ADDRESS}{asked}").context["page"]
    return [membership.user.name for membership in page.object_list]


def test_it_shows_name_address_organisation_role_and_since_when(
    client_for, administrator: User, officer: User
) -> None:
    page = words(client_for(administrator).get(ADDRESS))
    for part in ("Officer", "officer@example.org", "Barts Health NHS Trust", "Engagement officer"):
        assert part in page
    assert timezone.localdate().strftime("%-d %B %Y") in page
    assert "2 roles found" in page


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("?q=OFFIC", ["Officer"]),
        ("?q=partner+example", ["Other-Partner", "Partner"]),
        ("?q=nobody", []),
        ("?role=editor", ["Editor"]),
        ("?role=partner-staff&q=other", ["Other-Partner"]),
        ("?q=%25", []),
        ("?q=%F0%9F%98%80", []),
    ],
)
def test_people_are_found_by_name_address_and_role(
    client_for, administrator: User, everyone: None, asked: str, names: list[str]
) -> None:
    assert names_on(client_for(administrator), asked) == names


def test_people_are_found_by_organisation(
    client_for, administrator: User, everyone: None, elft: Organisation
) -> None:
    assert names_on(client_for(administrator), f"?organisation={elft.pk}") == ["Other-Partner"]


@pytest.mark.parametrize(
    "asked", ["?role=superuser", "?organisation=x", "?organisation=99999", "?page=999", "?page=x"]
)
def test_a_question_that_makes_no_sense_breaks_nothing(client_for, administrator: User, asked: str) -> None:
    assert client_for(administrator).get(f"{ADDRESS}{asked}").status_code == 200


def test_those_who_left_are_shown_only_when_asked_for(client_for, administrator: User, officer: User) -> None:
    end_membership(membership=officer.memberships.get(), by=SYSTEM)
    client = client_for(administrator)
    assert names_on(client) == ["Administrator"]
    assert names_on(client, "?left=on") == ["Officer"]
    assert "Ended" in words(client.get(f"{ADDRESS}?left=on"))


def test_a_role_that_begins_later_is_not_in_force_yet(client_for, administrator: User, officer: User) -> None:
    Membership.objects.filter(user=officer).update(
        starts_on=timezone.localdate() + datetime.timedelta(days=3)
    )
    assert names_on(client_for(administrator)) == ["Administrator"]


def test_it_says_who_has_not_used_the_invitation(client_for, administrator: User, elft: Organisation) -> None:
    invite(email="nadia@example.org", name="Nadia", organisation=elft, role="editor", by=SYSTEM)
    client = client_for(administrator)
    assert "Invited" in words(client.get(ADDRESS))
    Invitation.objects.update(expires_at=timezone.now())
    page = words(client.get(ADDRESS))
    assert "Invitation ran out" in page
    assert "Send again" in page


def test_a_privacy_officer_sees_it_but_is_offered_no_change(
    client_for, privacy_officer: User, officer: User
) -> None:
    page = words(client_for(privacy_officer).get(ADDRESS))
    assert "officer@example.org" in page
    for offer in ("Invite someone", "Send again", "/end/"):
        assert offer not in page


@pytest.mark.parametrize("who", ["stranger", "editor", "officer", "partner"])
def test_nobody_else_sees_it(client_for, administrator: User, who: str, request) -> None:
    response = client_for(request.getfixturevalue(who)).get(ADDRESS)
    assert response.status_code == 403
    assert administrator.email not in words(response)


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get(ADDRESS).headers["Location"] == f"/account/login/?next={ADDRESS}"


def test_long_lists_come_in_pages_that_keep_the_question(
    client_for, administrator: User, everyone: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "PAGE_LENGTH", 2)
    client = client_for(administrator)
    page = words(client.get(f"{ADDRESS}?q=example&page=2"))
    assert "?q=example&amp;page=1" in page
    assert len(names_on(client, "?q=example&page=3")) == 2


def test_more_people_cost_no_more_queries(
    client_for, administrator: User, everyone: None, django_assert_max_num_queries
) -> None:
    client = client_for(administrator)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)


def test_it_is_kept_by_no_cache(client_for, administrator: User) -> None:
    assert "no-store" in client_for(administrator).get(ADDRESS).headers["Cache-Control"]
