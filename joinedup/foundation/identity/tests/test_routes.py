"""Every address of identity, and its door."""

import pytest
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, resolve, reverse

from joinedup.foundation.identity.adapters import AccountAdapter
from joinedup.foundation.identity.models import User
from joinedup.foundation.identity.tests.doing import words

DOORS = {
    "account_login": "public",
    "account_logout": "public",
    "account_inactive": "public",
    "account_reset_password": "public",
    "account_reset_password_done": "public",
    "account_reset_password_from_key_done": "public",
    "mfa_authenticate": "public",
    "account_reauthenticate": "signed-in",
    "account_change_password": "signed-in",
    "mfa_index": "signed-in",
    "mfa_reauthenticate": "signed-in",
    "mfa_activate_totp": "signed-in",
    "mfa_deactivate_totp": "signed-in",
    "mfa_view_recovery_codes": "signed-in",
    "mfa_generate_recovery_codes": "signed-in",
    "mfa_download_recovery_codes": "signed-in",
    "identity:you": "workspace.enter",
    "identity:staff": "member.view",
    "identity:invite": "member.invite",
}


@pytest.mark.parametrize(("name", "door"), DOORS.items())
def test_every_address_carries_its_mark(name: str, door: str) -> None:
    assert resolve(reverse(name)).func.door == door


def test_so_do_those_with_a_part_in_them() -> None:
    assert resolve("/account/invitation/x/").func.door == "public"
    assert resolve("/account/password/reset/key/1-x/").func.door == "public"
    assert resolve("/workspace/staff/1/end/").func.door == "member.end"
    assert resolve("/workspace/staff/1/send-again/").func.door == "member.invite"


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_set_password", "account_confirm_email", "mfa_trust"]
)
def test_what_the_library_offers_besides_is_not_there(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name, door in DOORS.items() if door != "public"])
def test_a_visitor_is_let_into_nothing_but_the_public_pages(client: Client, name: str) -> None:
    for response in (client.get(reverse(name)), client.post(reverse(name))):
        assert response.status_code == 302
        assert response.headers["Location"].startswith("/account/login/")


@pytest.mark.django_db
@pytest.mark.parametrize("name", DOORS)
def test_every_page_is_strict_about_scripts_and_styles(client_for, administrator: User, name: str) -> None:
    for client in (Client(), client_for(administrator)):
        response = client.get(reverse(name))
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe-inline" not in policy
        if response.status_code == 200 and response.headers["Content-Type"].startswith("text/html"):
            page = words(response)
            assert " style=" not in page
            assert "<style" not in page
            assert " onclick=" not in page
            assert "no-store" in response.headers["Cache-Control"]


class TestWhereSomeoneIs:
    """Limits count by network address: behind proxies the one that the outermost of ours saw."""

    @pytest.mark.parametrize(
        ("proxies", "forwarded", "address"),
        [
            (0, "1.1.1.1", "127.0.0.1"),
            (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
            (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
            (2, "1.1.1.1", "127.0.0.1"),
            (1, "", "127.0.0.1"),
        ],
    )
    def test_made_up_addresses_on_the_left_are_not_believed(
        self, settings, proxies: int, forwarded: str, address: str
    ) -> None:
        settings.TRUSTED_PROXIES = proxies
        request = RequestFactory().get("/", HTTP_X_FORWARDED_FOR=forwarded)
        assert AccountAdapter().get_client_ip(request) == address

    def test_without_any_address_everyone_shares_one_count(self) -> None:
        assert AccountAdapter().get_client_ip(RequestFactory().get("/", REMOTE_ADDR="")) == "unknown"
