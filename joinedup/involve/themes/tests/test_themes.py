"""Naming themes: in our words, once each, and what everyone may read of them."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conftest import person
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.permissions import PermissionRefused
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.models import Link
from joinedup.involve.contributions.factories import sent
from joinedup.involve.themes import actions
from joinedup.involve.themes.models import Theme
from joinedup.involve.themes.views import voices_of

pytestmark = pytest.mark.django_db
AT = "/workspace/themes/"


@pytest.fixture
def theme(officer):
    return actions.add(theme=Theme(name="Food", summary="It comes cold.", is_public=True), by=officer)


@pytest.fixture
def manager(barts):
    return person("manager", barts, "programme-manager")


class TestNaming:
    def test_it_gets_an_address_from_its_name(self, theme):
        assert theme.slug == "food"

    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Answers owed", "answers-owed-2"),
            ("Your word", "your-word-2"),
            ("Food!", "food-2"),
            ("খাবার", "theme"),
        ],
    )
    def test_an_address_that_is_taken_gets_a_number(self, name, slug, theme, officer):
        assert actions.add(theme=Theme(name=name, summary="x"), by=officer).slug == slug

    @pytest.mark.parametrize(("name", "summary"), [("", "x"), ("Food", "x"), ("New", ""), ("n" * 121, "x")])
    def test_what_is_missing_taken_or_too_long_is_refused(self, name, summary, theme, officer):
        with pytest.raises(ValidationError):
            actions.add(theme=Theme(name=name, summary=summary), by=officer)
        assert Theme.objects.count() == 1

    @pytest.mark.parametrize("labels", ["Food", [1], ["Food", "Food"], [""], {"a": 1}])
    def test_labels_are_a_list_of_texts_none_twice(self, labels, officer):
        with pytest.raises(ValidationError):
            actions.add(theme=Theme(name="New", summary="x", labels=labels), by=officer)

    def test_a_label_leads_to_the_theme_that_had_it_first(self, theme, officer):
        for name in ("One", "Two"):
            actions.add(theme=Theme(name=name, summary="x", labels=["Smoking"]), by=officer)
        assert Theme.objects.by_label()["Smoking"].name == "One"

    def test_two_at_once_do_not_overwrite_one_another(self, theme, officer):
        actions.change(theme=theme, version=1, summary="First", by=officer)
        with pytest.raises(ValidationError) as fault:
            actions.change(theme=theme, version=1, summary="Second", by=officer)
        assert fault.value.code == "clash"

    def test_kept_pages_are_out_of_date(self, theme, officer):
        before = current()
        actions.change(theme=theme, version=1, summary="It is warm now.", by=officer)
        assert current() > before

    def test_what_changed_is_on_record_by_name(self, theme, officer):
        actions.change(theme=theme, version=1, summary="Warm", is_public=False, by=officer)
        event = AuditEvent.objects.get(verb="involve_themes.change")
        assert event.details == {"fields": ["is_public", "summary"]}

    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer", "editor", "administrator"])
    def test_nobody_else_names_or_changes_one(self, who, theme, request):
        user = request.getfixturevalue(who)
        with pytest.raises(PermissionRefused):
            actions.add(theme=Theme(name="Mine", summary="x"), by=user)
        with pytest.raises(PermissionRefused):
            actions.change(theme=theme, version=1, summary="Mine", by=user)


class TestWhatIsAboutIt:
    def test_it_is_placed_once(self, theme, officer):
        one = sent().contribution
        for _time in range(2):
            actions.place(contributions=[one], theme=theme, on=timezone.localdate(), by=officer)
        assert voices_of() == {theme.pk: 1}

    def test_and_displaced(self, theme, officer):
        one = sent().contribution
        actions.place(contributions=[one], theme=theme, on=timezone.localdate(), by=officer)
        for _time in range(2):
            actions.displace(contribution=one, theme=theme, by=officer)
        assert voices_of() == {}
        assert Link.objects.count() == 1

    def test_not_on_a_day_to_come(self, theme, officer):
        tomorrow = timezone.localdate() + datetime.timedelta(days=1)
        with pytest.raises(ValidationError):
            actions.place(contributions=[sent().contribution], theme=theme, on=tomorrow, by=officer)

    @pytest.mark.parametrize("who", ["partner", "stranger", "manager"])
    def test_nobody_else_says_what_something_is_about(self, who, theme, request):
        one, user = sent().contribution, request.getfixturevalue(who)
        with pytest.raises(PermissionRefused):
            actions.place(contributions=[one], theme=theme, on=timezone.localdate(), by=user)
        with pytest.raises(PermissionRefused):
            actions.displace(contribution=one, theme=theme, by=user)

    def test_the_thread_tells_it_in_our_words(self, theme):
        thing = plugs.things([theme.end])[theme.end]
        assert (thing.title, thing.text, thing.slug, thing.is_public) == (
            "Food",
            "It comes cold.",
            "food",
            True,
        )

    def test_one_that_is_not_shown_is_read_by_nobody(self, theme, officer, client):
        assert client.get("/what-we-did/food/").status_code == 200
        actions.change(theme=theme, version=1, is_public=False, by=officer)
        assert client.get("/what-we-did/food/").status_code == 404
        assert "It comes cold." not in client.get("/what-we-did/").content.decode()


class TestDoors:
    @pytest.mark.parametrize("who", ["partner", "stranger", "privacy_officer", "editor", "administrator"])
    def test_others_are_refused(self, who, theme, request, client_for):
        client = client_for(request.getfixturevalue(who))
        for path in (AT, f"{AT}add/", f"{AT}{theme.pk}/change/"):
            assert {client.get(path).status_code, client.post(path).status_code} == {403}

    @pytest.mark.parametrize("who", ["officer", "manager"])
    def test_added_and_changed(self, who, request, client_for):
        client = client_for(request.getfixturevalue(who))
        client.post(f"{AT}add/", {"name": "  Getting   through ", "summary": "Nobody picks up."})
        theme = Theme.objects.get()
        assert theme.name == "Getting through"
        form = {"name": theme.name, "summary": "They do now.", "labels": ["Food"], "version": 1}
        client.post(f"{AT}{theme.pk}/change/", form)
        theme.refresh_from_db()
        assert (theme.summary, theme.labels) == ("They do now.", ["Food"])

    def test_nothing_typed_is_lost(self, officer, client_for):
        page = client_for(officer).post(f"{AT}add/", {"summary": "Nobody picks up."}).content.decode()
        assert "Give it a name" in page
        assert "Nobody picks up." in page

    def test_a_name_that_is_taken_in_other_capitals_too(self, theme, officer, client_for):
        page = client_for(officer).post(f"{AT}add/", {"name": "FOOD", "summary": "x"}).content.decode()
        assert "There is a theme of that name" in page

    def test_whoever_was_slower_is_told(self, theme, officer, client_for):
        actions.change(theme=theme, version=1, summary="First", by=officer)
        form = {"name": "Food", "summary": "Second", "version": 1}
        page = client_for(officer).post(f"{AT}{theme.pk}/change/", form).content.decode()
        assert "Someone else changed this" in page
        assert "Second" in page

    @pytest.mark.parametrize("version", ["", "x", "²", "-1", "9" * 30])
    def test_an_odd_version_changes_nothing(self, version, theme, officer, client_for):
        form = {"name": "Food", "summary": "Second", "version": version}
        assert client_for(officer).post(f"{AT}{theme.pk}/change/", form).status_code == 200
        theme.refresh_from_db()
        assert theme.summary == "It comes cold."

    def test_one_that_is_not_there_is_not_found(self, officer, client_for):
        assert client_for(officer).get(f"{AT}999/change/").status_code == 404

    def test_the_one_most_speak_of_stands_on_top(self, theme, officer, client_for):
        busy = actions.add(theme=Theme(name="Zebra crossings", summary="None."), by=officer)
        actions.place(contributions=[sent().contribution], theme=busy, on=timezone.localdate(), by=officer)
        page = client_for(officer).get(AT).content.decode()
        assert page.index("Zebra crossings") < page.index("Food")

    def test_the_list_asks_the_database_as_often_however_long_it_is(self, theme, officer, client_for):
        client, counts = client_for(officer), []
        client.get(AT)
        for _round in range(2):
            with CaptureQueriesContext(connection) as questions:
                client.get(AT)
            counts.append(len(questions))
            for number in range(6):
                actions.add(theme=Theme(name=f"More {number} {_round}", summary="x"), by=officer)
        assert counts[0] == counts[1]

    def test_one_button_is_filled(self, theme, officer, client_for):
        for path in (AT, f"{AT}add/", f"{AT}{theme.pk}/change/"):
            page = client_for(officer).get(path).content.decode()
            assert len(re.findall(r'class="nhsuk-button jo-button"', page[page.index("<main") :])) == 1
