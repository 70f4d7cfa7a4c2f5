"""`create_first_admin` and `clear_second_step`: what is done from the server's own console."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.identity.tests.doing import give_password, verbs
from joinedup.foundation.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def run(*args: str, **options: str) -> str:
    out = io.StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def first_admin(email: str = "ada@example.org", **options: str) -> str:
    return run("create_first_admin", email, **{"organisation": "Tower Hamlets Council", **options})


class TestCreateFirstAdmin:
    def test_it_makes_organisation_and_person_and_prints_the_link(self, outbox) -> None:
        out = first_admin()
        membership = Membership.objects.select_related("organisation", "user").get()
        assert membership.role == "administrator"
        assert membership.user.email == "ada@example.org"
        assert membership.organisation.name == "Tower Hamlets Council"
        assert membership.organisation.kind == "council"
        link = out.strip().splitlines()[-1]
        assert link.startswith("http://127.0.0.1:8000/account/invitation/")
        [mail] = outbox()
        assert link in mail.text
        assert verbs() == ["invite"]
        assert set(AuditEvent.objects.values_list("actor_kind", "actor_id")) == {
            ("system", "create_first_admin")
        }

    def test_the_printed_link_leads_all_the_way_in(self, client: Client) -> None:
        path = first_admin().strip().splitlines()[-1].removeprefix("http://127.0.0.1:8000")
        client.post(path, {"name": "Ada", "password": "quiet-canal-tower"})
        user = User.objects.get()
        assert give_password(client, user, "quiet-canal-tower").headers["Location"] == "/workspace/"
        assert client.get("/workspace/staff/").headers["Location"] == "/account/second-step/totp/activate/"

    def test_an_organisation_that_is_there_is_used(self, barts: Organisation) -> None:
        first_admin(organisation="barts health  nhs trust")
        assert Membership.objects.get().organisation == barts
        assert Organisation.objects.count() == 1

    def test_the_kind_can_be_said(self) -> None:
        first_admin(organisation="A Charity", kind="voluntary")
        assert Organisation.objects.get().kind == "voluntary"

    def test_it_refuses_once_there_is_an_administrator(self, administrator: User) -> None:
        with pytest.raises(CommandError, match="There is an administrator already"):
            first_admin()
        assert User.objects.count() == 1

    def test_until_the_link_is_used_it_can_be_run_again(self) -> None:
        first, second = first_admin(), first_admin()
        assert first != second
        assert Membership.objects.count() == 1

    def test_someone_with_a_password_becomes_administrator_without_a_link(self, officer: User) -> None:
        out = first_admin(officer.email)
        assert "can sign in already" in out
        assert "invitation" not in out

    @pytest.mark.parametrize("email", ["ada", "", "a@b@c"])
    def test_a_wrong_address_makes_nothing(self, email: str, outbox) -> None:
        with pytest.raises(CommandError):
            first_admin(email)
        assert not User.objects.exists()
        assert not Organisation.objects.exists()
        assert outbox() == []


class TestClearSecondStep:
    def test_the_person_sets_up_a_new_code(self, client_for, administrator: User) -> None:
        client = client_for(administrator)
        assert "sets up a new code" in run("clear_second_step", "Administrator@example.org")
        assert not Authenticator.objects.filter(user=administrator).exists()
        assert client.get("/workspace/").headers["Location"] == "/account/second-step/totp/activate/"
        assert verbs() == ["clear_second_step"]

    def test_an_unknown_address_is_told(self) -> None:
        with pytest.raises(CommandError, match="Nobody signs in"):
            run("clear_second_step", "nobody@example.org")
