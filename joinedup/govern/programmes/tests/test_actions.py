"""Adding, changing and removing: asked for, on the record, told to search, and the second editor told."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation import findable
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.govern.programmes import actions
from joinedup.govern.programmes.factories import (
    a_disagreement,
    a_partner,
    a_programme,
    a_project,
    a_result,
    a_source,
    result_fields,
)
from joinedup.govern.programmes.models import Programme, Project, Result
from joinedup.govern.programmes.models.shapes import Row

pytestmark = pytest.mark.django_db
MAKERS = [a_programme, a_project, a_source, a_result, a_disagreement, a_partner]


@pytest.fixture
def told() -> Iterator[list[str]]:
    keys: list[str] = []

    def hear(sender: object, key: str, **kwargs: Any) -> None:
        keys.append(key)

    findable.changed.connect(hear)
    yield keys
    findable.changed.disconnect(hear)


def fresh_programme() -> Programme:
    return Programme(name="Canal programme", purpose="Walks by the water.", status="ended", is_public=True)


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("who", ["stranger", "officer", "partner", "privacy_officer", "administrator"])
def test_only_those_who_may_change_programmes_do(make: Any, who: str, request: Any) -> None:
    row: Row = make()
    for nobody in (VISITOR, request.getfixturevalue(who)):
        with pytest.raises(PermissionRefused):
            actions.change(row=row, version=1, by=nobody)
        with pytest.raises(PermissionRefused):
            actions.add(row=type(row)(), by=nobody)
        with pytest.raises(PermissionRefused):
            actions.remove(row=a_result(), version=1, by=nobody)
    assert not AuditEvent.objects.filter(verb__startswith="govern_programmes").exists()
    assert type(row)._default_manager.get(pk=row.pk).version == 1


def test_a_programme_gets_its_address_from_its_name(editor: User) -> None:
    first = actions.add(row=fresh_programme(), by=editor)
    assert first.slug == "canal-programme"
    project = actions.add(
        row=Project(programme=first, name="Löwen & Lampen", purpose="x", place="part", status="ended"),
        by=editor,
    )
    assert project.slug == "lowen-lampen"


def test_adding_is_on_the_record_without_any_of_its_words(editor: User) -> None:
    row = actions.add(row=fresh_programme(), by=editor)
    event = AuditEvent.objects.about(row).get()
    assert event.verb == "govern_programmes.add_programme"
    assert event.actor_id == str(editor.pk)
    assert "Canal" not in str(event.details)


def test_changing_names_the_fields_and_counts_the_version(editor: User) -> None:
    row = a_result()
    now = actions.change(row=row, version=1, by=editor, statement="Fewer.", caveat="One day only.")
    assert (now.version, now.statement) == (2, "Fewer.")
    event = AuditEvent.objects.about(row).get()
    assert event.verb == "govern_programmes.change_result"
    assert event.details == {"fields": ["caveat", "statement"]}


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(editor: User) -> None:
    row = a_result()
    actions.change(row=row, version=1, by=editor, statement="The first wrote this.")
    with pytest.raises(ValidationError) as told:
        actions.change(row=row, version=1, by=editor, statement="The second wrote that.")
    assert told.value.code == "clash"
    row.refresh_from_db()
    assert row.statement == "The first wrote this."
    assert AuditEvent.objects.about(row).count() == 1


def test_what_was_taken_away_meanwhile_cannot_be_changed(editor: User) -> None:
    row = a_result()
    actions.remove(row=row, version=1, by=editor)
    with pytest.raises(ValidationError) as told:
        actions.change(row=row, version=1, by=editor, statement="x")
    assert told.value.code == "gone"


def test_removing_is_on_the_record_and_needs_the_version_that_was_read(editor: User) -> None:
    row = a_result()
    with pytest.raises(ValidationError):
        actions.remove(row=row, version=7, by=editor)
    actions.remove(row=row, version=1, by=editor)
    assert not Result.objects.exists()
    assert AuditEvent.objects.filter(verb="govern_programmes.remove_result").count() == 1


def test_a_change_that_is_refused_leaves_nothing_behind(editor: User) -> None:
    row = a_result()
    with pytest.raises(ValidationError) as told:
        actions.change(row=row, version=1, by=editor, basis="measured", by_whom="Not stated")
    assert "by_whom" in told.value.message_dict
    row.refresh_from_db()
    assert (row.basis, row.version) == ("claimed", 1)
    assert not AuditEvent.objects.about(row).exists()


@pytest.mark.parametrize("name", ["purpose", "summary", "story", "legacy", "verdict", "not_found"])
def test_a_text_may_name_only_sources_on_the_list(editor: User, name: str) -> None:
    row = a_programme()
    with pytest.raises(ValidationError) as told:
        actions.change(row=row, version=1, by=editor, **{name: "So it was. [no-such-source]"})
    assert "no-such-source" in str(told.value.message_dict[name])
    source = a_source(key="canal-2018")
    actions.change(row=row, version=1, by=editor, **{name: f"So it was. [{source.key}]"})


def test_a_second_programme_for_the_home_page_is_refused_in_words(editor: User) -> None:
    a_programme(name="The first", is_featured=True)
    with pytest.raises(ValidationError) as told:
        actions.change(row=a_programme(), version=1, by=editor, is_featured=True)
    assert "The first" in str(told.value.message_dict["is_featured"])


def test_an_end_before_the_beginning_is_refused_in_words(editor: User) -> None:
    row = a_project(began_on="2018-01-01", began_precision="year")
    with pytest.raises(ValidationError) as told:
        actions.change(
            row=row, version=1, by=editor, status="ended", ended_on=row.began_on, ended_precision="day",
            began_words="", ended_words="", began_on=None,
        )  # fmt: skip
    assert set(told.value.message_dict) & {"began_on", "ended_on", "__all__"}


def test_search_hears_whose_page_changed(editor: User, told: list[str]) -> None:
    project = a_project()
    programme_key = f"govern_programmes.programme:{project.programme.pk}:en"
    project_key = f"govern_programmes.project:{project.pk}:en"
    actions.change(row=a_result(project=project), version=1, by=editor, statement="x")
    assert told == [project_key]
    told.clear()
    actions.change(row=project, version=1, by=editor, where="Wapping")
    assert set(told) == {programme_key, project_key}
    told.clear()
    actions.change(row=project.programme, version=1, by=editor, is_public=False)
    assert set(told) == {programme_key, project_key}


def test_every_change_shows_at_once(editor: User) -> None:
    for make in MAKERS:
        row = make()
        before = current()
        actions.change(row=row, version=1, by=editor)
        assert current() > before, make
    before = current()
    actions.remove(row=a_partner(), version=1, by=editor)
    assert current() > before


def test_adding_a_result_needs_nothing_more_than_the_form_asks(editor: User) -> None:
    row = actions.add(row=Result(**result_fields(programme=a_programme())), by=editor)
    assert row.pk
