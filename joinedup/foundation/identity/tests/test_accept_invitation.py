"""Accepting an invitation: a link, a name, a password, once."""

import datetime

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.test import Client
from django.utils import timezone

from joinedup.foundation.identity.actions import accept, end_membership, invite
from joinedup.foundation.identity.models import Invitation, User
from joinedup.foundation.identity.tests.doing import SIGN_IN, give_password, verbs, words
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System

pytestmark = pytest.mark.django_db
SYSTEM = System("tests")
GOOD = {"name": "Nadia Rahman", "password": "quiet-canal-tower"}


@pytest.fixture
def invited(barts: Organisation) -> tuple[User, str]:
    user, _invitation, secret = invite(
        email="Nadia@Example.org", name="Nadia", organisation=barts, role="partner-staff", by=SYSTEM
    )
    return user, secret


def link(secret: str) -> str:
    return f"/account/invitation/{secret}/"


def test_looking_changes_nothing_and_tells_the_rules(client: Client, invited: tuple[User, str]) -> None:
    user, secret = invited
    for _time in range(3):
        page = words(client.get(link(secret)))
    assert "at least 12 characters" in page
    assert "nadia@example.org" in page
    assert 'value="Nadia"' in page
    assert 'autocomplete="new-password"' in page
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_sending_sets_name_and_password_and_leads_to_sign_in(
    client: Client, invited: tuple[User, str]
) -> None:
    user, secret = invited
    response = client.post(link(secret), GOOD, follow=True)
    assert response.redirect_chain == [(SIGN_IN, 302)]
    assert "Your password is set. Sign in with it now." in words(response)
    user.refresh_from_db()
    assert user.name == "Nadia Rahman"
    assert give_password(client, user, GOOD["password"]).headers["Location"] == "/workspace/"
    assert verbs() == ["invite", "accept", "sign_in"]


def test_it_works_once(client: Client, invited: tuple[User, str]) -> None:
    user, secret = invited
    client.post(link(secret), GOOD)
    response = Client().post(link(secret), {"name": "Thief", "password": "another-long-password"})
    assert response.status_code == 404
    user.refresh_from_db()
    assert user.check_password(GOOD["password"])


def test_a_password_set_some_other_way_closes_it(client: Client, invited: tuple[User, str]) -> None:
    """As a reset does, through a link that was on its way before."""
    user, secret = invited
    key = user_pk_to_url_str(user) + "-" + default_token_generator.make_token(user)
    form = client.get(f"/account/password/reset/key/{key}/", follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "correct-horse-one-two"})
    user.refresh_from_db()
    assert user.check_password("correct-horse-one-two")
    assert Client().get(link(secret)).status_code == 404
    assert Client().post(link(secret), {"name": "Thief", "password": GOOD["password"]}).status_code == 404
    user.refresh_from_db()
    assert user.check_password("correct-horse-one-two")
    assert user.name == "Nadia"


def test_two_clicks_at_the_same_moment_set_one_password(invited: tuple[User, str]) -> None:
    _user, secret = invited
    first, second = Invitation.objects.by_secret(secret), Invitation.objects.by_secret(secret)
    assert first is not None
    assert second is not None
    accept(invitation=first, **GOOD)
    with pytest.raises(Invitation.DoesNotExist):
        accept(invitation=second, **GOOD)


def _used(user: User, secret: str) -> str:
    Client().post(link(secret), GOOD)
    return secret


def _ran_out(user: User, secret: str) -> str:
    Invitation.objects.update(expires_at=timezone.now() - datetime.timedelta(seconds=1))
    return secret


def _replaced(user: User, secret: str) -> str:
    invite(email=user.email, name="", organisation=Organisation.objects.get(), role="editor", by=SYSTEM)
    return secret


def _left(user: User, secret: str) -> str:
    end_membership(membership=user.memberships.get(), by=SYSTEM)
    return secret


def _altered(user: User, secret: str) -> str:
    return secret[:-1] + ("a" if secret[-1] != "a" else "b")


@pytest.mark.parametrize(
    "spoil", [_used, _ran_out, _replaced, _left, _altered, lambda *_: "x", lambda *_: "😀"]
)
def test_every_link_that_does_not_open_gets_the_same_kind_page(client: Client, invited, spoil) -> None:
    user, secret = invited
    secret = spoil(user, secret)
    password = User.objects.get(pk=user.pk).password
    shown, sent = client.get(link(secret)), client.post(link(secret), GOOD)
    assert shown.status_code == sent.status_code == 404
    assert words(shown) == words(sent) == words(client.get(link("never-existed")))
    assert "This link does not open" in words(shown)
    assert user.email not in words(shown)
    assert User.objects.get(pk=user.pk).password == password


@pytest.mark.parametrize(
    ("change", "box"),
    [
        ({"name": ""}, "id_name"),
        ({"name": "x" * 121}, "id_name"),
        ({"password": ""}, "id_password"),
        ({"password": "short"}, "id_password"),
        ({"password": "password1234"}, "id_password"),
        ({"password": "Nadia Rahman "}, "id_password"),
        ({"password": "x" * 5000}, "id_password"),
    ],
)
def test_what_is_wrong_is_said_beside_the_box_and_the_link_stays_good(
    client: Client, invited: tuple[User, str], change: dict[str, str], box: str
) -> None:
    _user, secret = invited
    response = client.post(link(secret), GOOD | change)
    assert response.status_code == 200
    assert f'href="#{box}"' in words(response)
    assert client.post(link(secret), GOOD).status_code == 302


def test_a_name_of_any_script_is_kept_and_drawn_safely(client: Client, invited: tuple[User, str]) -> None:
    user, secret = invited
    client.post(link(secret), GOOD | {"name": "  নাদিয়া   <b>رحمن</b> 😀 "})
    user.refresh_from_db()
    assert user.name == "নাদিয়া <b>رحمن</b> 😀"


def test_its_address_is_told_to_nobody_and_kept_nowhere(client: Client, invited: tuple[User, str]) -> None:
    _user, secret = invited
    page, closed = client.get(link(secret)), client.get(link("x"))
    assert "no-store" in page.headers["Cache-Control"]
    assert "no-store" in closed.headers["Cache-Control"]
    # Not `no-referrer`: with it browsers send `Origin: null`, and the form could not be sent.
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert closed.headers["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in words(page)


def test_a_form_without_its_token_sets_nothing(invited: tuple[User, str]) -> None:
    user, secret = invited
    assert Client(enforce_csrf_checks=True).post(link(secret), GOOD).status_code == 403
    assert not User.objects.get(pk=user.pk).has_usable_password()


def test_whoever_was_signed_in_on_that_computer_is_signed_out(
    invited: tuple[User, str], administrator: User, client_for
) -> None:
    _user, secret = invited
    client = client_for(administrator)
    client.post(link(secret), GOOD)
    assert client.get("/workspace/").headers["Location"].startswith(SIGN_IN)


def test_only_a_digest_of_the_secret_is_kept(invited: tuple[User, str]) -> None:
    _user, secret = invited
    assert secret not in str(Invitation.objects.values().get())
