"""Two invitations of one person at the same moment: one person, one role, one link that works."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from joinedup.foundation.identity.actions import invite
from joinedup.foundation.identity.models import Invitation, Membership, User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System

SYSTEM = System("tests")


def invite_nadia(organisation: Organisation, role: str = "editor") -> User:
    user, _invitation, _secret = invite(
        email="nadia@example.org", name="Nadia", organisation=organisation, role=role, by=SYSTEM
    )
    return user


@pytest.mark.django_db
def test_whoever_comes_second_goes_on_with_the_person_the_first_made(
    barts: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadia = invite_nadia(barts)
    plain, looked = QuerySet.first, []

    def blind_once(people: QuerySet[Any]) -> Any:
        """The second looks just before the first is done, so finds nobody."""
        if people.model is User and not looked:
            looked.append(people)
            return None
        return plain(people)

    monkeypatch.setattr(QuerySet, "first", blind_once)
    assert invite_nadia(barts) == nadia
    assert looked
    assert Membership.objects.filter(user=nadia).count() == 1
    assert Invitation.objects.open().filter(user=nadia).count() == 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite's test database cannot be shared by threads"
)
@pytest.mark.parametrize("is_known", [False, True])
def test_many_clicks_at_once_make_one_of_everything(barts: Organisation, is_known: bool) -> None:
    if is_known:
        invite_nadia(barts, role="partner-staff")
    start, faults = threading.Barrier(6), []

    def click() -> None:
        start.wait(timeout=30)
        try:
            invite_nadia(barts)
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    clicks = [threading.Thread(target=click) for _number in range(6)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join(timeout=60)
    assert faults == []
    nadia = User.objects.get(email="nadia@example.org")
    assert Membership.objects.filter(user=nadia, role="editor").count() == 1
    assert Invitation.objects.open().filter(user=nadia).count() == 1
