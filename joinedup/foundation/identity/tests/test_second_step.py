"""The one-time code: every member of staff has one, it signs in once, and no session gets around it."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from cryptography.fernet import InvalidToken
from django.core.cache import cache
from django.test import Client

from joinedup.foundation.identity import account_views
from joinedup.foundation.identity.adapters import SecondStepAdapter
from joinedup.foundation.identity.models import User
from joinedup.foundation.identity.tests.doing import (
    CODE,
    SIGN_IN,
    code_of,
    give_password,
    is_signed_in,
    secret_of,
    sign_in,
    verbs,
    words,
)

pytestmark = pytest.mark.django_db
SET_UP = "/account/second-step/totp/activate/"
REMOVE = "/account/second-step/totp/deactivate/"
CODES = "/account/second-step/recovery-codes/"
STAFF_PAGES = ["/workspace/", "/workspace/staff/", "/editor/", "/design/", "/"]


@pytest.fixture
def newcomer(officer: User) -> User:
    """An officer who has not set up a code yet."""
    Authenticator.objects.filter(user=officer).delete()
    return officer


def secret_on(page: str) -> str:
    return page.split("<samp>")[1].split("</samp>", maxsplit=1)[0].replace(" ", "")


def set_up(client: Client) -> str:
    """Set up a code from the page alone, by typing the secret; returns the secret."""
    secret = secret_on(words(client.get(SET_UP)))
    code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
    response = client.post(SET_UP, {"code": code})
    assert response.headers["Location"] == CODES, words(response)
    return secret


class TestSettingUp:
    @pytest.mark.parametrize("address", STAFF_PAGES)
    def test_without_a_code_every_page_leads_to_setting_one_up(
        self, client: Client, newcomer: User, address: str
    ) -> None:
        assert give_password(client, newcomer).headers["Location"] == "/workspace/"
        assert client.get(address).headers["Location"] == SET_UP

    def test_the_page_shows_the_secret_as_a_picture_the_policy_allows_and_as_text(
        self, client: Client, newcomer: User
    ) -> None:
        give_password(client, newcomer)
        response = client.get(SET_UP)
        page = words(response)
        assert '<img src="data:image/svg+xml;base64,' in page
        assert "data:" in response.headers["Content-Security-Policy"].split("img-src")[1].split(";")[0]
        assert " style=" not in page
        assert len(secret_on(page)) == 32
        assert 'autocomplete="one-time-code"' in page
        assert "no-store" in response.headers["Cache-Control"]

    def test_right_after_signing_in_the_password_is_not_asked_again(
        self, client: Client, newcomer: User
    ) -> None:
        give_password(client, newcomer)
        assert client.get(SET_UP).status_code == 200

    def test_later_the_password_is_asked_again_first(self, client: Client, newcomer: User) -> None:
        give_password(client, newcomer)
        session = client.session
        session["signed_in_at"] = time.time() - 601
        session.save()
        response = client.get(SET_UP)
        assert response.headers["Location"].startswith("/account/reauthenticate/?next=")
        again = client.post(response.headers["Location"], {"password": "wrong"})
        assert "not your password" in words(again)
        again = client.post(response.headers["Location"], {"password": "correct-horse-battery"})
        assert again.headers["Location"] == SET_UP
        assert client.get(SET_UP).status_code == 200

    def test_once_set_up_the_workspace_opens_and_the_record_says_so(
        self, client: Client, newcomer: User
    ) -> None:
        give_password(client, newcomer)
        set_up(client)
        assert client.get("/workspace/").status_code == 200
        assert verbs() == ["sign_in", "second_step_set_up"]

    def test_a_wrong_code_sets_nothing_up_and_keeps_the_secret(self, client: Client, newcomer: User) -> None:
        give_password(client, newcomer)
        before = secret_on(words(client.get(SET_UP)))
        page = words(client.post(SET_UP, {"code": "000000"}))
        assert "not right" in page
        assert secret_on(page) == before
        assert not Authenticator.objects.exists()

    def test_the_code_that_set_it_up_does_not_sign_in_as_well(self, client: Client, newcomer: User) -> None:
        give_password(client, newcomer)
        secret = set_up(client)
        client.post("/account/logout/")
        give_password(client, newcomer)
        response = client.post(CODE, {"code": format_hotp_value(hotp_value(secret, int(time.time()) // 30))})
        assert "used already" in words(response)

    @pytest.mark.django_db(transaction=True)
    def test_the_person_is_told_by_mail(self, client: Client, newcomer: User, outbox) -> None:
        give_password(client, newcomer)
        set_up(client)
        [mail] = outbox()
        assert mail.to == newcomer.email
        assert mail.subject == "Your sign-in code is set up"
        assert "/account/password/reset/" in mail.text
        assert "/account/password/reset/" in mail.html


class TestNoWayAround:
    def test_a_session_that_began_with_the_password_alone_stays_shut_when_a_code_is_set_up_elsewhere(
        self, newcomer: User
    ) -> None:
        thief, owner = Client(), Client()
        give_password(thief, newcomer)
        give_password(owner, newcomer)
        set_up(owner)
        assert is_signed_in(owner)
        assert not is_signed_in(thief)

    @pytest.mark.parametrize("address", [REMOVE, CODES, "/account/password/change/", "/account/second-step/"])
    def test_nor_can_that_session_change_anything_about_the_account(
        self, newcomer: User, address: str
    ) -> None:
        thief, owner = Client(), Client()
        give_password(thief, newcomer)
        give_password(owner, newcomer)
        set_up(owner)
        assert thief.get(address).headers["Location"].startswith(SIGN_IN)
        assert Authenticator.objects.filter(user=newcomer, type="totp").exists()

    def test_letting_go_of_the_app_shuts_the_workspace_everywhere(self, officer: User) -> None:
        here, there = Client(), Client()
        sign_in(here, officer)
        sign_in(there, officer, steps=1)
        assert here.post(REMOVE).headers["Location"] == SET_UP
        for client in (here, there):
            assert client.get("/workspace/").headers["Location"] == SET_UP
        assert "second_step_removed" in verbs()

    def test_looking_at_the_page_to_let_go_changes_nothing(self, client: Client, officer: User) -> None:
        sign_in(client, officer)
        assert client.get(REMOVE).status_code == 200
        assert client.get("/workspace/").status_code == 200

    def test_a_code_signs_in_once(self, officer: User) -> None:
        first, second = Client(), Client()
        give_password(first, officer)
        give_password(second, officer)
        code = code_of(officer)
        assert first.post(CODE, {"code": code}).status_code == 302
        assert "used already" in words(second.post(CODE, {"code": code}))
        assert not is_signed_in(second)

    def test_a_used_code_stays_used_as_long_as_it_is_good(self, officer: User) -> None:
        """The library forgets after 30 seconds, while a code is good for 90."""
        first, second = Client(), Client()
        code = code_of(officer, steps=1)
        give_password(first, officer)
        first.post(CODE, {"code": code})
        cache.delete(f"allauth.mfa.totp.used?user={officer.pk}&code={code}")
        give_password(second, officer)
        assert "used already" in words(second.post(CODE, {"code": f"{code[:3]}-{code[3:]}"}))
        assert not is_signed_in(second)

    def test_someone_elses_code_is_of_no_use(self, client: Client, officer: User, partner: User) -> None:
        give_password(client, officer)
        client.post(CODE, {"code": code_of(partner)})
        assert not is_signed_in(client)

    def test_a_code_from_two_minutes_ago_is_too_old(self, client: Client, officer: User) -> None:
        give_password(client, officer)
        assert "not right" in words(client.post(CODE, {"code": code_of(officer, steps=-4)}))


class TestTheSecretIsKeptSafe:
    def test_the_database_holds_no_readable_secret(self, officer: User) -> None:
        secret = generate_totp_secret()
        Authenticator.objects.filter(user=officer).delete()
        kept = TOTP.activate(officer, secret).instance.data["secret"]
        assert secret not in kept
        assert secret_of(officer) == secret

    def test_a_secret_kept_before_the_sites_key_was_changed_still_opens(self, settings) -> None:
        kept = SecondStepAdapter().encrypt("JBSWY3DP")
        old, settings.SECRET_KEY = settings.SECRET_KEY, "another-key-" + "1" * 40
        with pytest.raises(InvalidToken):
            SecondStepAdapter().decrypt(kept)
        settings.SECRET_KEY_FALLBACKS = [old]
        assert SecondStepAdapter().decrypt(kept) == "JBSWY3DP"


class TestAChangeAndItsNote:
    """Either both are kept or neither: the record never misses a change of someone's way in."""

    @pytest.fixture(autouse=True)
    def _record_is_broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(**_said: object) -> None:
            raise RuntimeError("the record cannot be written")

        monkeypatch.setattr(account_views, "note_change", broken)

    def held(self, user: User) -> list[dict[str, object]]:
        return list(Authenticator.objects.filter(user=user).order_by("pk").values("pk", "type", "data"))

    def test_a_code_is_not_set_up_without_its_note(self, newcomer: User, outbox) -> None:
        client = Client()
        give_password(client, newcomer)
        secret = secret_on(words(client.get(SET_UP)))
        code = format_hotp_value(hotp_value(secret, int(time.time()) // 30))
        with pytest.raises(RuntimeError):
            client.post(SET_UP, {"code": code})
        assert self.held(newcomer) == []
        assert outbox() == []

    @pytest.mark.parametrize("address", [REMOVE, f"{CODES}generate/"])
    def test_nor_is_it_removed_nor_are_new_recovery_codes_made(
        self, client: Client, officer: User, address: str, outbox
    ) -> None:
        sign_in(client, officer)
        before = self.held(officer)
        with pytest.raises(RuntimeError):
            client.post(address)
        assert self.held(officer) == before
        assert outbox() == []
