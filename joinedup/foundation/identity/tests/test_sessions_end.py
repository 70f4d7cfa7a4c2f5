"""Sessions end: after an hour without a click, after twelve hours, with the account, with the password."""

import datetime
import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.identity.tests.doing import PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


def _expiry() -> datetime.datetime:
    return Session.objects.get().expire_date


def test_an_hour_without_a_click_ends_it(client: Client, officer: User) -> None:
    sign_in(client, officer)
    assert abs(_expiry() - timezone.now() - datetime.timedelta(hours=1)) < datetime.timedelta(minutes=1)
    Session.objects.update(expire_date=timezone.now() - datetime.timedelta(seconds=1))
    assert not is_signed_in(client)


def test_every_click_gives_another_hour(client: Client, officer: User) -> None:
    sign_in(client, officer)
    Session.objects.update(expire_date=timezone.now() + datetime.timedelta(minutes=2))
    assert is_signed_in(client)
    assert _expiry() > timezone.now() + datetime.timedelta(minutes=58)


def test_the_cookie_goes_when_the_browser_closes_and_scripts_cannot_read_it(
    client: Client, officer: User
) -> None:
    sign_in(client, officer)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == ""


@pytest.mark.parametrize(("hours", "is_open"), [(11.9, True), (12.01, False), (1000, False)])
def test_twelve_hours_end_it_however_busy(client: Client, officer: User, hours: float, is_open: bool) -> None:
    sign_in(client, officer)
    session = client.session
    session["signed_in_at"] = time.time() - hours * 3600
    session.save()
    assert is_signed_in(client) is is_open
    assert ("_auth_user_id" in client.session) is is_open


def test_a_session_that_does_not_know_when_it_began_is_over(client: Client, officer: User) -> None:
    sign_in(client, officer)
    session = client.session
    del session["signed_in_at"]
    session.save()
    assert not is_signed_in(client)


def test_stopping_an_account_ends_its_sessions_at_once(client: Client, officer: User) -> None:
    sign_in(client, officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert not is_signed_in(client)


def test_a_new_password_ends_every_session(officer: User) -> None:
    here, there = Client(), Client()
    sign_in(here, officer)
    sign_in(there, officer, steps=1)
    response = here.post(
        "/account/password/change/", {"oldpassword": PASSWORD, "password1": "quiet-canal-tower"}
    )
    assert response.headers["Location"] == "/account/login/"
    assert not is_signed_in(here)
    assert not is_signed_in(there)


def test_a_role_that_ends_by_its_date_opens_nothing_from_that_day(client: Client, officer: User) -> None:
    sign_in(client, officer)
    assert client.get("/workspace/").status_code == 200
    Membership.objects.filter(user=officer).update(
        starts_on=timezone.localdate() - datetime.timedelta(days=9), ends_on=timezone.localdate()
    )
    assert client.get("/workspace/").status_code == 403


def test_a_visitor_gets_no_session(client: Client) -> None:
    client.get("/account/login/")
    assert "sessionid" not in client.cookies
    assert not Session.objects.exists()


def test_the_session_gets_a_new_key_with_signing_in(client: Client, officer: User) -> None:
    client.post("/account/login/", {"login": officer.email, "password": PASSWORD})
    before = client.cookies["sessionid"].value
    sign_in(client, officer)
    assert client.cookies["sessionid"].value != before
