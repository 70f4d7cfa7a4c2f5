"""Inviting someone: the administrator's form, the mail, and sending it again."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from joinedup.foundation.identity.actions import NothingToInvite, end_membership, invite, invite_again
from joinedup.foundation.identity.models import Invitation, Membership, User
from joinedup.foundation.identity.tests.doing import verbs, words
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, VISITOR, PermissionRefused, System

pytestmark = pytest.mark.django_db
ADDRESS = "/workspace/staff/invite/"
SYSTEM = System("tests")


@pytest.fixture
def filled(elft: Organisation) -> dict[str, str]:
    return {
        "name": "Nadia Rahman",
        "email": "nadia@example.org",
        "organisation": str(elft.pk),
        "role": "partner-staff",
    }


@pytest.fixture
def desk(client_for, administrator: User) -> Client:
    """The browser of an administrator."""
    return client_for(administrator)


def secret_in(mail) -> str:
    found = re.search(r"http://127.0.0.1:8000/account/invitation/([\w-]+)/", mail.text)
    assert found is not None, mail.text
    return found.group(1)


class TestTheForm:
    def test_a_new_person_gets_a_role_and_a_mail_with_a_link(
        self, client_for, administrator: User, filled: dict[str, str], outbox
    ) -> None:
        response = client_for(administrator).post(ADDRESS, filled, follow=True)
        assert response.redirect_chain == [("/workspace/staff/", 302)]
        assert "We sent an email to nadia@example.org." in words(response)
        membership = Membership.objects.get(user__email="nadia@example.org")
        assert membership.role == "partner-staff"
        assert membership.is_in_force
        [mail] = outbox()
        assert mail.subject == "Your invitation to Tower Hamlets Together"
        assert "East London NHS Foundation Trust, as: Partner staff" in mail.text
        assert secret_in(mail) in mail.html
        assert Invitation.objects.by_secret(secret_in(mail)) is not None
        assert verbs() == ["invite"]

    def test_someone_who_can_sign_in_gets_the_role_and_no_link(
        self, client_for, administrator: User, officer: User, filled: dict[str, str], outbox
    ) -> None:
        client_for(administrator).post(ADDRESS, filled | {"email": officer.email.upper()})
        [mail] = outbox()
        assert mail.to == officer.email
        assert "invitation" not in mail.text
        assert "/account/login/" in mail.text
        assert not Invitation.objects.exists()
        assert {role for role, _o in User.objects.get(pk=officer.pk).held_roles()} == {
            "engagement-officer",
            "partner-staff",
        }

    def test_sending_twice_gives_the_role_once_and_only_the_newest_link_works(
        self, client_for, administrator: User, filled: dict[str, str], outbox
    ) -> None:
        client = client_for(administrator)
        client.post(ADDRESS, filled)
        client.post(ADDRESS, filled)
        assert Membership.objects.filter(user__email="nadia@example.org").count() == 1
        first, second = outbox()
        assert Invitation.objects.by_secret(secret_in(first)) is None
        assert Invitation.objects.by_secret(secret_in(second)) is not None

    @pytest.mark.parametrize(
        "wrong",
        [
            {"name": ""},
            {"name": "x" * 121},
            {"email": ""},
            {"email": "nadia"},
            {"email": "a" * 250 + "@example.org"},
            {"organisation": ""},
            {"organisation": "999999"},
            {"role": ""},
            {"role": "superuser"},
        ],
    )
    def test_what_is_wrong_is_said_beside_the_box_and_nothing_is_kept(
        self, desk: Client, filled: dict[str, str], wrong: dict[str, str], outbox
    ) -> None:
        before = User.objects.count()
        response = desk.post(ADDRESS, filled | wrong)
        assert response.status_code == 200
        [box] = wrong
        assert f'href="#id_{box}{"_0" if box == "role" else ""}"' in words(response)
        assert User.objects.count() == before
        assert outbox() == []

    def test_nobody_invites_themselves_into_a_role(
        self, desk: Client, administrator: User, filled: dict[str, str], outbox
    ) -> None:
        for email in (administrator.email, administrator.email.upper()):
            response = desk.post(ADDRESS, filled | {"email": email})
            assert "Nobody gives themselves a role." in words(response)
        assert {role for role, _o in User.objects.get(pk=administrator.pk).held_roles()} == {"administrator"}
        assert outbox() == []
        assert verbs() == []

    def test_one_mailbox_gets_five_an_hour_and_no_more(
        self, desk: Client, filled: dict[str, str], outbox
    ) -> None:
        for number in range(5):
            assert desk.post(ADDRESS, filled | {"email": f"nadia+{number}@example.org"}).status_code == 302
        response = desk.post(ADDRESS, filled)
        assert "Wait an hour, then try again." in words(response)
        assert not User.objects.filter(email=filled["email"]).exists()
        assert len(outbox()) == 5
        assert desk.post(ADDRESS, filled | {"email": "mo@example.org"}).status_code == 302

    def test_script_tags_in_a_name_are_drawn_as_letters(
        self, client_for, administrator: User, filled: dict[str, str], outbox
    ) -> None:
        response = client_for(administrator).post(
            ADDRESS, filled | {"name": "<script>alert(1)</script>"}, follow=True
        )
        assert "<script>alert" not in words(response)
        assert "<script>alert" not in outbox()[0].html

    def test_every_role_is_offered_with_what_it_does(self, client_for, administrator: User) -> None:
        page = words(client_for(administrator).get(ADDRESS))
        for role in ROLES.values():
            assert f"{role.name}: {role.description}" in page

    def test_without_its_token_the_form_does_nothing(
        self, client_for, administrator: User, filled: dict[str, str], outbox
    ) -> None:
        client = client_for(administrator, enforce_csrf_checks=True)
        assert client.post(ADDRESS, filled).status_code == 403
        assert outbox() == []


class TestTheAction:
    def test_someone_who_left_comes_back_with_a_fresh_invitation(
        self, officer: User, barts: Organisation
    ) -> None:
        end_membership(membership=officer.memberships.get(), by=SYSTEM)
        user, _invitation, secret = invite(
            email=officer.email, name="", organisation=barts, role="editor", by=SYSTEM
        )
        assert user == officer
        assert user.is_active
        assert secret
        assert [m.role for m in user.memberships.in_force(user.memberships.latest("pk").starts_on)] == [
            "editor"
        ]

    @pytest.mark.parametrize("role", ["superuser", "", "Administrator"])
    def test_only_roles_we_have_can_be_given(self, barts: Organisation, role: str) -> None:
        with pytest.raises(ValidationError):
            invite(email="n@example.org", name="N", organisation=barts, role=role, by=SYSTEM)
        assert not User.objects.exists()

    @pytest.mark.parametrize("email", ["nadia", "", "a@b", "two@at@example.org"])
    def test_only_addresses_can_be_invited(self, barts: Organisation, email: str) -> None:
        with pytest.raises(ValidationError):
            invite(email=email, name="N", organisation=barts, role="editor", by=SYSTEM)
        assert not User.objects.exists()

    def test_a_stranger_or_a_visitor_may_not(
        self, barts: Organisation, stranger: User, officer: User
    ) -> None:
        for by in (stranger, officer, VISITOR):
            with pytest.raises(PermissionRefused):
                invite(email="n@example.org", name="N", organisation=barts, role="administrator", by=by)
            with pytest.raises(PermissionRefused):
                invite_again(user=officer, by=by)
        assert verbs() == []


class TestSendingAgain:
    @pytest.fixture
    def waiting(self, elft: Organisation) -> Membership:
        user, _invitation, _secret = invite(
            email="nadia@example.org", name="Nadia", organisation=elft, role="partner-staff", by=SYSTEM
        )
        return user.memberships.get()

    def address(self, membership: Membership) -> str:
        return f"/workspace/staff/{membership.pk}/send-again/"

    def test_a_new_link_goes_out_and_the_old_one_stops(
        self, client_for, administrator: User, waiting: Membership, outbox
    ) -> None:
        old = Invitation.objects.get()
        response = client_for(administrator).post(self.address(waiting), follow=True)
        assert "We sent a new link to nadia@example.org." in words(response)
        assert Invitation.objects.get() != old
        [mail] = outbox()
        assert Invitation.objects.by_secret(secret_in(mail)) is not None
        assert verbs() == ["invite", "invite_again"]

    def test_after_five_within_the_hour_it_waits_and_says_so(
        self, desk: Client, waiting: Membership, outbox
    ) -> None:
        for _time in range(5):
            desk.post(self.address(waiting))
        last = Invitation.objects.get()
        response = desk.post(self.address(waiting), follow=True)
        assert "Wait an hour, then try again." in words(response)
        assert len(outbox()) == 5
        assert Invitation.objects.get() == last

    def test_looking_at_the_address_sends_nothing(
        self, client_for, administrator: User, waiting: Membership, outbox
    ) -> None:
        assert client_for(administrator).get(self.address(waiting)).status_code == 405
        assert outbox() == []

    def test_someone_with_a_password_gets_none(
        self, client_for, administrator: User, officer: User, outbox
    ) -> None:
        response = client_for(administrator).post(self.address(officer.memberships.get()), follow=True)
        assert "needs no invitation" in words(response)
        assert outbox() == []
        with pytest.raises(NothingToInvite):
            invite_again(user=officer, by=SYSTEM)

    def test_an_unknown_role_is_not_found(self, client_for, administrator: User) -> None:
        assert client_for(administrator).post("/workspace/staff/999/send-again/").status_code == 404

    @pytest.mark.parametrize("who", ["stranger", "officer", "partner", "editor", "privacy_officer"])
    def test_nobody_else_may(self, client_for, waiting: Membership, who: str, request, outbox) -> None:
        client = client_for(request.getfixturevalue(who))
        assert client.post(self.address(waiting)).status_code == 403
        assert client.get(ADDRESS).status_code == 403
        assert client.post(ADDRESS, {"name": "x"}).status_code == 403
        assert outbox() == []

    def test_a_visitor_is_asked_to_sign_in(self, client: Client, waiting: Membership) -> None:
        for address in (self.address(waiting), ADDRESS):
            assert client.post(address).headers["Location"].startswith("/account/login/")
