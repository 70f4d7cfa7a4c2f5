"""Keeping the list of organisations: by actions, with permission, and with an event for each change."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.organisations import actions
from joinedup.foundation.organisations.models import Organisation, PartnerMembership
from joinedup.foundation.organisations.tests.pictures import upload
from joinedup.foundation.permissions import PermissionRefused, System

pytestmark = pytest.mark.django_db
ADDRESS = "/workspace/organisations/"
GROUP = {"name": "Sample: Bow Walkers", "kind": "voluntary", "charity_number": "1234567"}


def date(name, day):
    year, month, day_ = day.split("-")
    return {f"{name}_day": day_, f"{name}_month": month, f"{name}_year": year}


JOINED = date("started_latest", "2017-8-11") | {"started_words": "by August 2017", "started_source": "A list"}
LEFT = date("ended_earliest", "2018-4-1") | date("ended_latest", "2023-12-31")
LEFT |= {"ended_words": "by the end of 2023", "ended_source": "Another list"}


@pytest.fixture
def membership(barts):
    return PartnerMembership.objects.create(
        organisation=barts,
        started_latest=datetime.date(2017, 8, 11),
        started_words="by 2017",
        started_source="A list",
    )


@pytest.fixture
def keeper(client_for, administrator, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return client_for(administrator)


class TestWhoMay:
    @pytest.fixture
    def changing(self, membership):
        return [
            f"{ADDRESS}add/",
            f"{ADDRESS}barts-health/change/",
            f"{ADDRESS}barts-health/joined/",
            f"{ADDRESS}memberships/{membership.pk}/end/",
        ]

    def test_a_visitor_is_asked_to_sign_in(self, client, changing):
        for address in [ADDRESS, f"{ADDRESS}barts-health/", *changing]:
            assert client.get(address).status_code == 302
            assert client.post(address, GROUP).status_code == 302

    def test_a_stranger_sees_nothing(self, client_for, stranger, changing):
        for address in [ADDRESS, f"{ADDRESS}barts-health/", *changing]:
            assert client_for(stranger).get(address).status_code == 403

    def test_staff_look_but_do_not_change(self, client_for, officer, partner, changing):
        for user in (officer, partner):
            client = client_for(user)
            assert client.get(ADDRESS).status_code == 200
            assert "add/" not in client.get(ADDRESS).content.decode()
            assert "change/" not in client.get(f"{ADDRESS}barts-health/").content.decode()
            for address in changing:
                assert client.get(address).status_code == 403
                assert client.post(address, GROUP | JOINED | LEFT).status_code == 403
        assert not AuditEvent.objects.exists()

    def test_the_actions_ask_as_well(self, officer, barts, membership):
        day = datetime.date(2020, 1, 1)
        for do in (
            lambda: actions.add(by=officer, **GROUP),
            lambda: actions.change(organisation=barts, by=officer, role="x"),
            lambda: actions.start_membership(organisation=barts, by=officer, started_latest=day),
            lambda: actions.end_membership(
                membership=membership, earliest=day, latest=day, words="x", source="x", by=officer
            ),
        ):
            with pytest.raises(PermissionRefused):
                do()

    def test_what_does_not_exist_is_not_found(self, keeper):
        for address in ("nobody/", "nobody/change/", "nobody/joined/", "memberships/999/end/"):
            assert keeper.get(f"{ADDRESS}{address}").status_code == 404

    def test_without_the_protection_token_nothing_is_saved(self, client_for, administrator):
        client = client_for(administrator, enforce_csrf_checks=True)
        assert client.post(f"{ADDRESS}add/", GROUP).status_code == 403
        assert not Organisation.objects.filter(name=GROUP["name"]).exists()


class TestAdding:
    def test_it_is_added_with_an_address_and_an_event(self, keeper, administrator):
        response = keeper.post(f"{ADDRESS}add/", GROUP | {"ods_code": "x99", "logo": upload()})
        row = Organisation.objects.get(name=GROUP["name"])
        assert response["Location"] == f"{ADDRESS}sample-bow-walkers/"
        assert (row.kind, row.ods_code, row.charity_number) == ("voluntary", "X99", "1234567")
        assert row.logo.name.startswith("logos/")
        [event] = AuditEvent.objects.about(row)
        assert (event.verb, event.actor_id) == ("foundation_organisations.add", str(administrator.pk))
        assert event.details == {}

    def test_sent_twice_it_is_one_row(self, keeper):
        keeper.post(f"{ADDRESS}add/", GROUP)
        assert "of that name already" in keeper.post(f"{ADDRESS}add/", GROUP).content.decode()
        assert Organisation.objects.filter(name=GROUP["name"]).count() == 1

    def test_two_names_that_make_the_same_address_get_two(self):
        rows = [actions.add(by=System("t"), name=name, kind="nhs") for name in ("A & B", "A B", "আমরা", "তুমি")]
        assert [row.slug for row in rows] == ["a-b", "a-b-2", "organisation", "organisation-2"]

    @pytest.mark.parametrize(
        ("fields", "complaint"),
        [
            ({"name": ""}, "Enter the name."),
            ({"kind": ""}, "Choose what kind"),
            ({"kind": "church"}, "valid choice"),
            ({"name": "x" * 161}, "at most 160"),
            ({"role": "x" * 601}, "at most 600"),
            ({"ods_code": "R1"}, "3 to 10 capital letters"),
            ({"ods_code": "R1H"}, "already has this ODS code"),
            ({"charity_number": "12AB"}, "6 to 8 figures"),
            ({"website": "javascript:alert(1)"}, "valid URL"),
            ({"website": "ftp://example.org"}, "valid URL"),
            ({"contact_email": "nobody"}, "valid email"),
            ({"contact_phone": "call me"}, "in figures"),
            ({"logo": upload("a.svg", b"<svg/>")}, "PNG, JPEG or WebP"),
            ({"logo": upload("a.png", b"")}, "empty"),
            ({"name": "a\0b"}, "Null characters"),
        ],
    )
    def test_what_is_wrong_is_said_beside_the_field(self, keeper, barts, fields, complaint):
        response = keeper.post(f"{ADDRESS}add/", GROUP | fields)
        assert response.status_code == 200
        assert complaint in response.content.decode()
        assert "There is a problem" in response.content.decode()
        assert Organisation.objects.count() == 1

    @pytest.mark.parametrize("name", ["Sample: 😀", "Sample: مجموعة", "Sample: <script>alert(1)</script>"])
    def test_any_script_is_kept_and_shown_as_words(self, keeper, client, name):
        keeper.post(f"{ADDRESS}add/", GROUP | {"name": name})
        row = Organisation.objects.get(name=name)
        for page in (keeper.get(ADDRESS), client.get(row.get_absolute_url())):
            assert "<script>alert" not in page.content.decode()


class TestChanging:
    def test_the_event_names_the_fields_and_not_what_they_say(self, keeper, barts):
        fields = {"name": barts.name, "kind": "nhs", "ods_code": "R1H", "role": "It runs two hospitals."}
        assert keeper.post(f"{ADDRESS}barts-health/change/", fields).status_code == 302
        barts.refresh_from_db()
        assert barts.role == "It runs two hospitals."
        [event] = AuditEvent.objects.about(barts)
        assert event.details == {"fields": ["role"]}

    def test_a_refused_change_leaves_the_row(self, keeper, barts, elft):
        response = keeper.post(f"{ADDRESS}barts-health/change/", {"name": elft.name, "kind": "nhs"})
        assert "of that name already" in response.content.decode()
        assert "Change Barts Health NHS Trust" in response.content.decode()
        barts.refresh_from_db()
        assert barts.name == "Barts Health NHS Trust"

    def test_a_logo_stays_until_it_is_taken_away(self, keeper, barts):
        fields = {"name": barts.name, "kind": "nhs"}
        keeper.post(f"{ADDRESS}barts-health/change/", fields | {"logo": upload()})
        kept = Organisation.objects.get(pk=barts.pk).logo.name
        keeper.post(f"{ADDRESS}barts-health/change/", fields)
        assert Organisation.objects.get(pk=barts.pk).logo.name == kept
        keeper.post(f"{ADDRESS}barts-health/change/", fields | {"without_logo": "on"})
        assert not Organisation.objects.get(pk=barts.pk).logo

    def test_every_page_opens(self, keeper, membership):
        for address in ("", "add/", "barts-health/", "barts-health/change/", "barts-health/joined/"):
            assert keeper.get(f"{ADDRESS}{address}").status_code == 200
        assert "Record that it left" in keeper.get(f"{ADDRESS}barts-health/").content.decode()


class TestMemberships:
    def test_a_start_is_recorded_with_its_source(self, keeper, barts):
        assert keeper.post(f"{ADDRESS}barts-health/joined/", JOINED).status_code == 302
        row = barts.memberships.get()
        assert (row.started_earliest, row.started_latest) == (None, datetime.date(2017, 8, 11))
        [event] = AuditEvent.objects.about(barts)
        assert event.details == {"membership": row.pk}

    def test_sent_twice_it_is_one_row(self, keeper, barts):
        keeper.post(f"{ADDRESS}barts-health/joined/", JOINED)
        assert "already recorded" in keeper.post(f"{ADDRESS}barts-health/joined/", JOINED).content.decode()
        assert barts.memberships.count() == 1

    @pytest.mark.parametrize(
        ("fields", "complaint"),
        [
            ({"started_source": ""}, "Say how we know it."),
            (date("started_latest", "2017-13-1"), "real date"),
            (dict.fromkeys(date("started_latest", "1-1-1"), ""), "Enter a day, a month and a year"),
            (date("started_earliest", "2018-1-1"), "must not be after"),
        ],
    )
    def test_a_wrong_start_is_said_beside_the_field(self, keeper, barts, fields, complaint):
        text = keeper.post(f"{ADDRESS}barts-health/joined/", JOINED | fields).content.decode()
        assert complaint in text
        assert not barts.memberships.exists()

    def test_an_end_is_recorded_and_can_be_corrected(self, keeper, membership):
        address = f"{ADDRESS}memberships/{membership.pk}/end/"
        assert keeper.post(address, LEFT).status_code == 302
        assert keeper.post(address, LEFT | {"ended_words": "in 2023"}).status_code == 302
        membership.refresh_from_db()
        assert (membership.ended_earliest, membership.ended_words) == (datetime.date(2018, 4, 1), "in 2023")
        assert AuditEvent.objects.filter(verb="foundation_organisations.end_membership").count() == 2

    @pytest.mark.parametrize(
        ("fields", "complaint"),
        [
            ({"ended_words": ""}, "in a few words when it left"),
            (date("ended_earliest", "2024-1-1"), "must not be after"),
            (date("ended_earliest", "2016-1-1"), "before it had certainly joined"),
        ],
    )
    def test_a_wrong_end_is_said_beside_the_field(self, keeper, membership, fields, complaint):
        text = keeper.post(f"{ADDRESS}memberships/{membership.pk}/end/", LEFT | fields).content.decode()
        assert complaint in text
        membership.refresh_from_db()
        assert membership.ended_latest is None

    def test_one_that_left_can_join_again(self, keeper, membership, barts):
        keeper.post(f"{ADDRESS}memberships/{membership.pk}/end/", LEFT)
        again = JOINED | date("started_latest", "2025-1-1")
        assert keeper.post(f"{ADDRESS}barts-health/joined/", again).status_code == 302
        assert barts.memberships.count() == 2
        with pytest.raises(ValidationError):  # the first cannot now reach into the second
            actions.end_membership(
                membership=membership,
                earliest=datetime.date(2026, 1, 1),
                latest=datetime.date(2026, 1, 1),
                words="in 2026",
                source="A letter",
                by=System("t"),
            )


class TestTwoAtOnce:
    def test_the_second_of_two_clicks_is_told_and_adds_nothing(self, keeper, monkeypatch):
        keeper.post(f"{ADDRESS}add/", GROUP)
        # The second looks just before the first is done, so sees nothing wrong.
        monkeypatch.setattr(Organisation, "full_clean", lambda *_args, **_kwargs: None)
        with pytest.raises(ValidationError) as refused:
            actions.add(by=System("tests"), name=GROUP["name"], kind="voluntary")
        assert list(refused.value.message_dict) == ["name"]
        assert Organisation.objects.filter(name=GROUP["name"]).count() == 1
        assert AuditEvent.objects.filter(verb="foundation_organisations.add").count() == 1

    @pytest.mark.slow
    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif(
        "connection.vendor != 'postgresql'", reason="SQLite's test database cannot be shared by threads"
    )
    def test_many_clicks_at_once_add_one(self):
        start, answers = threading.Barrier(6), []

        def click():
            start.wait(timeout=30)
            try:
                answers.append(actions.add(by=System("tests"), name="Same", kind="nhs").name)
            except ValidationError as refused:
                answers.append(list(refused.message_dict))
            finally:
                connection.close()

        clicks = [threading.Thread(target=click) for _number in range(6)]
        for one in clicks:
            one.start()
        for one in clicks:
            one.join(timeout=60)
        assert len(answers) == 6
        assert answers.count("Same") == 1
        assert Organisation.objects.filter(name="Same").count() == 1
