"""Sample people: one for each role, for demonstrations only."""

import pytest
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError
from django.test import Client

from joinedup.foundation.identity import sample
from joinedup.foundation.identity.actions import add_sample_person
from joinedup.foundation.identity.checks import no_sample_people
from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.identity.tests.doing import CODE, give_password, is_signed_in, verbs
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES, VISITOR, PermissionRefused, System

pytestmark = pytest.mark.django_db
SYSTEM = System("load_sample")


@pytest.fixture
def loaded(barts: Organisation, elft: Organisation) -> None:
    sample.load(by=SYSTEM)


def test_there_is_one_for_each_role_a_second_editor_and_three_partners(loaded: None) -> None:
    assert sorted(Membership.objects.values_list("role", flat=True)) == sorted(
        [*ROLES, "editor", "partner-staff", "partner-staff"]
    )
    assert User.objects.filter(is_sample=True, name__startswith="Sample: ").count() == len(sample.PEOPLE)


def test_the_partner_works_for_barts_and_the_privacy_officer_for_elft(loaded: None, barts, elft) -> None:
    partner = Membership.objects.get(user__email="partner@sample.example")
    assert (partner.role, partner.organisation) == ("partner-staff", barts)
    assert Membership.objects.get(role="privacy-officer").organisation == elft
    editors = Membership.objects.filter(role="editor")
    assert {membership.organisation for membership in editors} == {barts, elft}


def test_a_council_is_used_where_there_is_one(barts: Organisation) -> None:
    council = Organisation.objects.create(name="The Council", slug="council", kind="council")
    sample.load(by=SYSTEM)
    assert Membership.objects.get(role="administrator").organisation == council


def test_a_second_run_changes_nothing(loaded: None) -> None:
    before = list(User.objects.order_by("pk").values())
    written = len(verbs())
    sample.load(by=SYSTEM)
    assert list(User.objects.order_by("pk").values()) == before
    assert len(verbs()) == written


def test_each_can_sign_in_with_what_the_demonstration_shows(loaded: None) -> None:
    shown = sample.current_codes()
    assert len(shown) == len(sample.PEOPLE)
    for person in shown:
        client = Client()
        give_password(client, User.objects.get(email=person.email), person.password)
        assert client.post(CODE, {"code": person.code}).headers["Location"] == "/workspace/"
        assert is_signed_in(client)
        assert 0 < person.seconds_left <= 30


def test_nothing_is_shown_before_they_are_loaded() -> None:
    assert sample.current_codes() == []


def test_without_organisations_it_says_what_to_do() -> None:
    with pytest.raises(Organisation.DoesNotExist, match="first"):
        sample.load(by=SYSTEM)


def test_in_production_there_are_none(loaded: None, barts: Organisation, settings) -> None:
    settings.IS_PRODUCTION = True
    with pytest.raises(ImproperlyConfigured):
        sample.load(by=SYSTEM)
    with pytest.raises(ImproperlyConfigured):
        sample.current_codes()
    with pytest.raises(ImproperlyConfigured):
        add_sample_person(
            email="x@sample.example",
            name="Sample: X",
            organisation=barts,
            role="editor",
            password="p",
            code_secret="JBSWY3DP",
            by=SYSTEM,
        )


def test_in_production_one_who_is_there_all_the_same_holds_no_role(loaded: None, settings) -> None:
    settings.IS_PRODUCTION = True
    assert all(user.held_roles() == [] for user in User.objects.all())


def test_a_session_from_the_demonstration_ends_when_the_site_goes_real(
    loaded: None, client_for, settings
) -> None:
    client = client_for(User.objects.get(email="admin@sample.example"))
    assert is_signed_in(client)
    settings.IS_PRODUCTION = True
    assert not is_signed_in(client)


def test_a_stranger_or_visitor_may_not_make_them(barts: Organisation, stranger: User) -> None:
    for by in (stranger, VISITOR):
        with pytest.raises(PermissionRefused):
            sample.load(by=by)
    assert not User.objects.filter(is_sample=True).exists()


class TestTheCheck:
    def test_sample_people_in_production_are_an_error(self, loaded: None, settings) -> None:
        settings.IS_PRODUCTION = True
        [found] = no_sample_people(None)
        assert found.id == "identity.E001"
        assert found.is_serious()
        assert "identity.E001" in {message.id for message in run_checks(include_deployment_checks=True)}

    def test_it_is_looked_at_only_when_deploying(self, loaded: None, settings) -> None:
        settings.IS_PRODUCTION = True
        assert "identity.E001" not in {message.id for message in run_checks()}

    def test_none_in_production_and_any_elsewhere_are_fine(self, settings, officer: User) -> None:
        settings.IS_PRODUCTION = True
        assert no_sample_people(None) == []
        User.objects.update(is_sample=True)
        settings.IS_PRODUCTION = False
        assert no_sample_people(None) == []

    def test_before_the_first_migrate_it_says_nothing(
        self, settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.IS_PRODUCTION = True
        monkeypatch.setattr(User._meta, "db_table", "not_there_yet")
        User.objects.none()
        monkeypatch.setattr(User.objects, "filter", _no_table)
        assert no_sample_people(None) == []


def _no_table(**lookup):
    raise OperationalError("no such table")
