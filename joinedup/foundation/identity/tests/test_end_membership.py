"""Ending a role: from a day, asked once more, and never the last administrator's."""

import datetime

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from joinedup.foundation.identity.actions import LastAdministrator, end_membership, invite
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.identity.tests.doing import verbs, words
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import PermissionRefused, System

pytestmark = pytest.mark.django_db
SYSTEM = System("tests")


def address(membership: Membership) -> str:
    return f"/workspace/staff/{membership.pk}/end/"


@pytest.fixture
def second_administrator(administrator: User, elft: Organisation) -> User:
    user = User.objects.create_user("second@example.org", "correct-horse-battery", name="Second")
    Membership.objects.create(user=user, organisation=elft, role="administrator")
    return user


class TestTheDoor:
    def test_it_asks_once_more_and_looking_changes_nothing(
        self, client_for, administrator: User, officer: User
    ) -> None:
        response = client_for(administrator).get(address(officer.memberships.get()))
        assert "End this role of Officer?" in words(response)
        assert "only role they have" in words(response)
        assert officer.memberships.get().is_in_force

    def test_pressing_ends_it_today_and_the_person_is_out_at_once(
        self, client_for, administrator: User, officer: User
    ) -> None:
        theirs = client_for(officer)
        assert theirs.get("/workspace/").status_code == 200
        response = client_for(administrator).post(address(officer.memberships.get()), follow=True)
        assert "Officer no longer has this role." in words(response)
        assert not officer.memberships.get().is_in_force
        assert theirs.get("/workspace/").headers["Location"].startswith("/account/login/")
        assert verbs() == ["end_membership"]

    def test_pressing_twice_is_answered_kindly(self, client_for, administrator: User, officer: User) -> None:
        client = client_for(administrator)
        client.post(address(officer.memberships.get()))
        response = client.post(address(officer.memberships.get()), follow=True)
        assert "This role has ended already." in words(response)
        assert verbs() == ["end_membership"]

    def test_ones_own_last_administrator_role_cannot_be_ended(
        self, client_for, administrator: User, second_administrator: User
    ) -> None:
        membership = administrator.memberships.get()
        response = client_for(administrator).post(address(membership))
        assert response.status_code == 409
        assert "your own last role as administrator" in words(response)
        membership.refresh_from_db()
        assert membership.is_in_force

    @pytest.mark.parametrize("who", ["stranger", "officer", "partner", "editor", "privacy_officer"])
    def test_nobody_else_may(self, client_for, administrator: User, who: str, request) -> None:
        membership = administrator.memberships.get()
        client = client_for(request.getfixturevalue(who))
        assert client.get(address(membership)).status_code == 403
        assert client.post(address(membership)).status_code == 403
        membership.refresh_from_db()
        assert membership.is_in_force

    def test_a_visitor_is_asked_to_sign_in(self, client: Client, officer: User) -> None:
        response = client.post(address(officer.memberships.get()))
        assert response.headers["Location"].startswith("/account/login/")
        assert officer.memberships.get().is_in_force

    def test_an_unknown_role_is_not_found(self, client_for, administrator: User) -> None:
        assert client_for(administrator).get("/workspace/staff/999/end/").status_code == 404


class TestTheLastAdministrator:
    def test_nobody_can_end_it_not_even_the_system(self, administrator: User) -> None:
        with pytest.raises(LastAdministrator):
            end_membership(membership=administrator.memberships.get(), by=SYSTEM)
        assert verbs() == []

    def test_another_one_can_end_it_when_one_is_left(
        self, administrator: User, second_administrator: User
    ) -> None:
        end_membership(membership=administrator.memberships.get(), by=second_administrator)
        with pytest.raises(LastAdministrator):
            end_membership(membership=second_administrator.memberships.get(), by=SYSTEM)

    def test_one_who_never_chose_a_password_does_not_count(
        self, administrator: User, elft: Organisation
    ) -> None:
        invite(email="new@example.org", name="New", organisation=elft, role="administrator", by=SYSTEM)
        with pytest.raises(LastAdministrator):
            end_membership(membership=administrator.memberships.get(), by=SYSTEM)

    def test_one_who_never_chose_a_password_can_be_ended(
        self, administrator: User, elft: Organisation
    ) -> None:
        user, _i, _s = invite(
            email="new@example.org", name="New", organisation=elft, role="administrator", by=SYSTEM
        )
        end_membership(membership=user.memberships.get(), by=administrator)
        assert not user.memberships.get().is_in_force

    def test_of_two_administrator_roles_one_may_end_ones_own_first(
        self, administrator: User, elft: Organisation
    ) -> None:
        Membership.objects.create(user=administrator, organisation=elft, role="administrator")
        first, second = administrator.memberships.order_by("pk")
        end_membership(membership=first, by=administrator)
        with pytest.raises(LastAdministrator):
            end_membership(membership=second, by=administrator)

    def test_a_sample_administrator_does_not_count_on_a_real_site(
        self, administrator: User, second_administrator: User, settings
    ) -> None:
        User.objects.filter(pk=second_administrator.pk).update(is_sample=True)
        settings.IS_PRODUCTION = True
        with pytest.raises(LastAdministrator):
            end_membership(membership=administrator.memberships.get(), by=SYSTEM)

    def test_other_roles_are_ended_freely(self, administrator: User, officer: User) -> None:
        end_membership(membership=officer.memberships.get(), by=administrator)
        assert not User.objects.get(pk=officer.pk).is_active


class TestWhatItLeaves:
    def test_with_the_last_role_go_password_second_step_and_groups(self, editor: User) -> None:
        Group.objects.get_or_create(name="editor")
        end_membership(membership=editor.memberships.get(), by=SYSTEM)
        left = User.objects.get(pk=editor.pk)
        assert not left.is_active
        assert not left.has_usable_password()
        assert not left.groups.exists()
        assert not Authenticator.objects.filter(user=left).exists()
        assert left.held_roles() == []

    def test_with_another_role_left_the_person_stays(self, editor: User, elft: Organisation) -> None:
        Membership.objects.create(user=editor, organisation=elft, role="partner-staff")
        end_membership(membership=editor.memberships.get(role="editor"), by=SYSTEM)
        left = User.objects.get(pk=editor.pk)
        assert left.is_active
        assert left.has_usable_password()
        assert left.held_roles() == [("partner-staff", elft.pk)]

    def test_a_day_ahead_leaves_the_role_until_then(self, editor: User) -> None:
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        end_membership(membership=editor.memberships.get(), by=SYSTEM, on=tomorrow)
        left = User.objects.get(pk=editor.pk)
        assert left.is_active
        assert [role for role, _o in left.held_roles()] == ["editor"]
        assert not Membership.objects.in_force(tomorrow).filter(user=left).exists()

    def test_a_day_before_it_began_is_refused(self, editor: User) -> None:
        yesterday = timezone.localdate() - datetime.timedelta(days=1)
        with pytest.raises(ValidationError):
            end_membership(membership=editor.memberships.get(), by=SYSTEM, on=yesterday)
        assert verbs() == []

    def test_a_stranger_or_an_officer_may_not(self, editor: User, stranger: User, officer: User) -> None:
        for by in (stranger, officer, editor):
            with pytest.raises(PermissionRefused):
                end_membership(membership=editor.memberships.get(), by=by)
        assert editor.memberships.get().is_in_force
