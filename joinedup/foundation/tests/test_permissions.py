"""Who may do what: each role as a row, and everyone else may nothing."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import AnonymousUser

from joinedup.foundation.permissions import (
    ROLES,
    VISITOR,
    Permission,
    PermissionRefused,
    Scope,
    System,
    ask,
    may,
)

P = Permission
TABLE = {
    "editor": {
        P.DESIGN_VIEW,
        P.EVENT_SIGN_UP_VIEW,
        P.NOTICE_CHANGE,
        P.ORGANISATION_VIEW,
        P.PAGE_EDIT,
        P.PAGE_PUBLISH,
        P.PROGRAMME_CHANGE,
        P.SEARCH_VIEW,
    },
    "engagement-officer": {
        P.ANSWERS_OWED_VIEW,
        P.CASE_LEAD,
        P.CASE_OPEN,
        P.CASE_PART_WRITE,
        P.CASE_VIEW,
        P.CONTRIBUTION_ANSWER,
        P.CONTRIBUTION_ASSIGN,
        P.CONTRIBUTION_ENTER,
        P.CONTRIBUTION_EXPORT,
        P.CONTRIBUTION_SORT,
        P.CONTRIBUTION_VIEW,
        P.EVENT_PERSON_VIEW,
        P.EVENT_SIGN_UP_VIEW,
        P.EVENT_SIGN_UP_WITHDRAW,
        P.ORGANISATION_VIEW,
        P.STORY_PUBLISH,
        P.SUBSCRIBER_VIEW,
        P.THEME_CHANGE,
        P.THREAD_TELL,
    },
    "partner-staff": {
        P.ANSWERS_OWED_VIEW,
        P.CASE_LEAD,
        P.CASE_PART_WRITE,
        P.CASE_VIEW,
        P.CONTRIBUTION_ANSWER,
        P.CONTRIBUTION_ENTER,
        P.CONTRIBUTION_VIEW,
        P.MEETING_ACTION_FINISH,
        P.ORGANISATION_VIEW,
    },
    "programme-manager": {
        P.ANSWERS_OWED_VIEW,
        P.MEASURE_CHANGE,
        P.MEETING_ACTION_FINISH,
        P.MEETING_CHANGE,
        P.ORGANISATION_VIEW,
        P.PROGRAMME_CHANGE,
        P.SPEND_CHANGE,
        P.THEME_CHANGE,
        P.THREAD_TELL,
    },
    "privacy-officer": {
        P.AUDIT_VIEW,
        P.CASE_VIEW,
        P.CONTRIBUTION_VIEW,
        P.MEMBER_VIEW,
        P.ORGANISATION_VIEW,
        P.PERSON_ERASE,
        P.PERSON_EXPORT,
        P.RETENTION_RUN,
        P.SUBSCRIBER_VIEW,
    },
    "administrator": {
        P.AUDIT_VIEW,
        P.DESIGN_VIEW,
        P.MEMBER_END,
        P.MEMBER_INVITE,
        P.MEMBER_VIEW,
        P.MESSAGE_VIEW,
        P.NOTICE_CHANGE,
        P.ORGANISATION_CHANGE,
        P.ORGANISATION_VIEW,
    },
}
OURS, THEIRS = 1, 2


@dataclass
class Holder:
    """Someone who holds roles."""

    roles: list
    actor_kind: str = "test"
    actor_id: str = "1"

    def held_roles(self):
        return self.roles


@dataclass
class Thing:
    """Something that belongs to an organisation, or to none."""

    organisation_id: int | None


def test_the_table_names_every_role():
    assert set(TABLE) == set(ROLES)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_carries_its_row_of_the_table_and_nothing_else(role):
    holder = Holder([(role, OURS)])
    assert {p for p in Permission if may(holder, p)} == TABLE[role] | {P.WORKSPACE_ENTER}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_for_the_partnership_reaches_everything_and_one_for_an_organisation_its_own(role):
    holder = Holder([(role, OURS)])
    for permission in TABLE[role]:
        assert may(holder, permission, Thing(OURS))
        everywhere = ROLES[role].scope is Scope.PARTNERSHIP
        assert may(holder, permission, Thing(THEIRS)) is everywhere
        assert may(holder, permission, Thing(None)) is everywhere
        assert may(holder, permission, object()) is everywhere


def test_only_partner_staff_is_bound_to_its_organisation():
    assert {key for key, role in ROLES.items() if role.scope is Scope.ORGANISATION} == {"partner-staff"}


def test_a_role_held_nowhere_reaches_nothing_that_belongs_nowhere():
    holder = Holder([("partner-staff", None)])
    assert not may(holder, P.CONTRIBUTION_VIEW, Thing(None))
    assert not may(holder, P.CONTRIBUTION_VIEW, Thing(OURS))


def test_two_memberships_add_up_and_do_not_mix():
    holder = Holder([("partner-staff", OURS), ("editor", THEIRS)])
    assert may(holder, P.CONTRIBUTION_VIEW, Thing(OURS))
    assert not may(holder, P.CONTRIBUTION_VIEW, Thing(THEIRS))
    assert may(holder, P.PAGE_EDIT, Thing(OURS))


@pytest.mark.parametrize(
    "nobody",
    [
        VISITOR,
        AnonymousUser(),
        None,
        object(),
        Holder([]),
        Holder([("no-such-role", OURS)]),
        Holder([("", OURS)]),
    ],
    ids=["visitor", "anonymous", "none", "thing", "no roles", "unknown role", "empty role"],
)
def test_who_holds_no_role_may_nothing(nobody):
    assert not any(
        may(nobody, permission) or may(nobody, permission, Thing(OURS)) for permission in Permission
    )


def test_the_system_may_everything_everywhere_that_any_role_may():
    granted = set().union(*TABLE.values()) | {P.WORKSPACE_ENTER}
    assert {p for p in Permission if may(System("test"), p, Thing(THEIRS))} == granted
    assert granted == set(Permission)  # a permission that no role carries could never be used


def test_asking_passes_or_raises_with_the_permission():
    ask(Holder([("editor", OURS)]), P.PAGE_EDIT)
    with pytest.raises(PermissionRefused, match=r"audit\.view"):
        ask(Holder([("editor", OURS)]), P.AUDIT_VIEW)
    with pytest.raises(PermissionRefused):
        ask(Holder([("partner-staff", OURS)]), P.CONTRIBUTION_VIEW, Thing(THEIRS))


def test_names_are_resource_and_verb_in_alphabetical_order():
    assert [p.name for p in Permission] == sorted(p.name for p in Permission)
    assert all(p.value == ".".join(p.name.lower().rsplit("_", 1)) for p in Permission)


@pytest.mark.django_db
class TestPeople:
    def test_a_person_has_the_roles_in_force_today(self, officer, partner, stranger, barts, elft):
        assert may(officer, P.CONTRIBUTION_ANSWER, Thing(elft.pk))
        assert may(partner, P.CONTRIBUTION_VIEW, Thing(barts.pk))
        assert not may(partner, P.CONTRIBUTION_VIEW, Thing(elft.pk))
        assert not any(may(stranger, permission) for permission in Permission)

    def test_someone_who_left_or_was_stopped_may_nothing(self, officer):
        officer.is_active = False
        assert not any(may(officer, permission) for permission in Permission)

    def test_a_membership_that_ended_carries_nothing(self, officer):
        membership = officer.memberships.get()
        membership.ends_on = membership.starts_on
        membership.save()
        again = type(officer).objects.get(pk=officer.pk)
        assert not any(may(again, permission) for permission in Permission)

    def test_an_organisation_belongs_to_itself(self, administrator, barts):
        assert may(administrator, P.ORGANISATION_CHANGE, barts)
        assert barts.organisation_id == barts.pk
