"""Recovery codes: shown once, each signs in once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.identity.tests.doing import CODE, give_password, is_signed_in, sign_in, verbs, words

pytestmark = pytest.mark.django_db
CODES = "/account/second-step/recovery-codes/"
MAKE = "/account/second-step/recovery-codes/generate/"
FILE = "/account/second-step/recovery-codes/download/"


@pytest.fixture
def codes(officer: User) -> list[str]:
    return RecoveryCodes.activate(officer).get_unused_codes()


def test_a_recovery_code_signs_in_once(officer: User, codes: list[str]) -> None:
    first, second = Client(), Client()
    give_password(first, officer)
    assert first.post(CODE, {"code": codes[0]}).headers["Location"] == "/workspace/"
    assert is_signed_in(first)
    give_password(second, officer)
    assert "not right" in words(second.post(CODE, {"code": codes[0]}))
    assert not is_signed_in(second)


def test_the_next_one_still_works(client: Client, officer: User, codes: list[str]) -> None:
    for code in codes[:2]:
        fresh = Client()
        give_password(fresh, officer)
        assert fresh.post(CODE, {"code": code}).status_code == 302


def test_someone_elses_recovery_code_is_refused(client: Client, partner: User, codes: list[str]) -> None:
    give_password(client, partner)
    client.post(CODE, {"code": codes[0]})
    assert not is_signed_in(client)


def test_they_are_shown_once_as_a_list(client: Client, officer: User, codes: list[str]) -> None:
    sign_in(client, officer)
    first, second = words(client.get(CODES)), words(client.get(CODES))
    assert all(f"<li><samp>{code}</samp></li>" in first for code in codes)
    assert not any(code in second for code in codes)
    assert "cannot show them again" in second


def test_the_browser_that_showed_them_may_keep_a_file_for_ten_minutes(
    client: Client, officer: User, codes: list[str]
) -> None:
    sign_in(client, officer)
    assert client.get(FILE).status_code == 404
    client.get(CODES)
    response = client.get(FILE)
    assert response.content.decode().split() == codes
    assert "attachment" in response.headers["Content-Disposition"]
    assert "no-store" in response.headers["Cache-Control"]
    session = client.session
    session["recovery_codes_shown_at"] = time.time() - 601
    session.save()
    assert client.get(FILE).status_code == 404


def test_another_browser_of_the_same_person_gets_neither(officer: User, codes: list[str]) -> None:
    first, second = Client(), Client()
    sign_in(first, officer)
    sign_in(second, officer, steps=1)
    first.get(CODES)
    assert second.get(FILE).status_code == 404
    assert not any(code in words(second.get(CODES)) for code in codes)


def test_new_ones_replace_the_old_ones(client: Client, officer: User, codes: list[str]) -> None:
    sign_in(client, officer)
    assert client.get(MAKE).status_code == 200
    assert client.post(MAKE).headers["Location"] == CODES
    new = Authenticator.objects.get(user=officer, type="recovery_codes").wrap().get_unused_codes()
    assert not set(new) & set(codes)
    assert new[0] in words(client.get(CODES))
    assert verbs()[-1] == "recovery_codes_made"
    thief = Client()
    give_password(thief, officer)
    thief.post(CODE, {"code": codes[0]})
    assert not is_signed_in(thief)


def test_making_new_ones_asks_for_the_password_when_signed_in_long_ago(
    client: Client, officer: User, codes: list[str]
) -> None:
    sign_in(client, officer)
    session = client.session
    session["signed_in_at"] = time.time() - 601
    session.save()
    for address in (MAKE, CODES):
        assert client.get(address).headers["Location"].startswith("/account/reauthenticate/")


@pytest.mark.parametrize("address", [CODES, MAKE, FILE])
def test_a_visitor_is_asked_to_sign_in(client: Client, codes: list[str], address: str) -> None:
    assert client.get(address).headers["Location"].startswith("/account/")
    assert not any(code in client.get(address).content.decode() for code in codes)


def test_the_account_page_says_how_many_are_left(client: Client, officer: User, codes: list[str]) -> None:
    give_password(client, officer)
    client.post(CODE, {"code": codes[0]})
    assert "You have 9 codes left." in words(client.get("/account/second-step/"))
