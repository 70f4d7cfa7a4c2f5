"""Which roles someone holds on a day: begun, and not ended."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from joinedup.foundation.identity.actions import end_membership, invite
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, Permission, System, may

TODAY = timezone.localdate()
DAYS = st.integers(min_value=-400, max_value=400).map(lambda days: TODAY + datetime.timedelta(days=days))
SPANS = st.tuples(DAYS, st.one_of(st.none(), st.integers(min_value=0, max_value=500))).map(
    lambda span: (span[0], None if span[1] is None else span[0] + datetime.timedelta(days=span[1]))
)


class TestByDate(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(spans=st.lists(SPANS, max_size=5), day=DAYS)
    def test_a_role_is_held_from_its_first_day_until_the_day_before_it_ends(self, spans, day) -> None:
        user, kept = self._someone(spans)
        expected = {m.pk for m in kept if m.starts_on <= day and (m.ends_on is None or day < m.ends_on)}
        assert (
            set(Membership.objects.in_force(day).filter(user=user).values_list("pk", flat=True)) == expected
        )

    @settings(max_examples=60, deadline=None)
    @given(spans=st.lists(SPANS, max_size=5))
    def test_what_someone_may_do_today_is_what_their_roles_of_today_carry(self, spans) -> None:
        user, kept = self._someone(spans)
        today = {m.role for m in kept if m.is_in_force}
        assert {role for role, _organisation in user.held_roles()} == today
        for permission in Permission:
            assert may(user, permission) == any(permission in ROLES[role].permissions for role in today)

    @settings(max_examples=60, deadline=None)
    @given(spans=st.lists(SPANS, max_size=5), day=DAYS)
    def test_no_role_is_both_ended_and_in_force(self, spans, day) -> None:
        user, _kept = self._someone(spans)
        found = Membership.objects.filter(user=user)
        assert not found.in_force(day) & found.ended(day)

    @settings(max_examples=30, deadline=None)
    @given(spans=st.lists(SPANS, max_size=5))
    def test_someone_stopped_holds_nothing_whatever_the_dates(self, spans) -> None:
        user, _kept = self._someone(spans)
        user.is_active = False
        assert user.held_roles() == []
        assert user.organisation_ids() == set()

    def _someone(self, spans) -> tuple[User, list[Membership]]:
        user = User.objects.create_user("someone@example.org", "x")
        kept = []
        for number, ((starts_on, ends_on), role) in enumerate(zip(spans, ROLES, strict=False)):
            organisation = Organisation.objects.create(name=f"O{number}", slug=f"o{number}", kind="nhs")
            kept.append(
                Membership.objects.create(
                    user=user, organisation=organisation, role=role, starts_on=starts_on, ends_on=ends_on
                )
            )
        return user, kept


@pytest.mark.django_db
class TestTheTable:
    def test_the_same_role_cannot_be_open_twice(self, officer: User, barts: Organisation) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(user=officer, organisation=barts, role="engagement-officer")

    def test_a_role_cannot_end_before_it_begins(self, officer: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            officer.memberships.update(ends_on=TODAY - datetime.timedelta(days=1))

    def test_an_address_is_had_once_whatever_its_capitals(self, officer: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create(email=officer.email.upper())

    def test_nobody_is_a_superuser(self, officer: User) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.filter(pk=officer.pk).update(is_superuser=True)

    def test_the_page_editors_groups_follow_the_roles(self, barts: Organisation) -> None:
        Group.objects.get_or_create(name="editor")
        by = System("tests")
        user, _i, _s = invite(email="e@example.org", name="E", organisation=barts, role="editor", by=by)
        assert [group.name for group in user.groups.all()] == ["editor"]
        invite(email="e@example.org", name="E", organisation=barts, role="partner-staff", by=by)
        end_membership(membership=user.memberships.get(role="editor"), by=by)
        assert not user.groups.exists()

    def test_roles_are_looked_up_once_for_a_request(self, officer: User, django_assert_num_queries) -> None:
        user = User.objects.get(pk=officer.pk)
        with django_assert_num_queries(1):
            for permission in Permission:
                may(user, permission)
