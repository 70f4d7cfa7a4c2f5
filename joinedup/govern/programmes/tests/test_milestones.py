"""Milestones: said beforehand, reached only with words that say how we know, late from the day after."""

import datetime
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from joinedup.foundation import findable, worklist
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.plugs import Part
from joinedup.govern.programmes import actions, due_days
from joinedup.govern.programmes.factories import a_milestone, a_programme, a_project
from joinedup.govern.programmes.models import Milestone
from joinedup.govern.programmes.tests.test_workspace import page, send

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 6, 3)


def after(days: int) -> datetime.date:
    return DAY + datetime.timedelta(days=days)


class TestDaysInWords:
    @pytest.mark.parametrize(
        ("today", "said"),
        [
            (after(-1), "due 3 June 2026"),
            (after(0), "due today, 3 June 2026"),
            (after(1), "due 3 June 2026, 1 day late"),
            (after(12), "due 3 June 2026, 12 days late"),
        ],
    )
    def test_late_begins_the_day_after(self, today: datetime.date, said: str) -> None:
        assert due_days.due(DAY, today) == said

    @pytest.mark.parametrize(
        ("on", "said"), [(after(0), "3 June 2026"), (after(1), "4 June 2026, 1 day late"),
                         (after(2), "5 June 2026, 2 days late")],
    )  # fmt: skip
    def test_what_was_done_late_says_so(self, on: datetime.date, said: str) -> None:
        assert due_days.done(on, DAY) == said


class TestTheDatabase:
    @pytest.mark.parametrize(
        "fields",
        [
            {"name": ""},
            {"reached_on": DAY},
            {"how_we_know": "We saw it."},
            {"due_on": None},
        ],
    )
    def test_refuses_what_is_half_said(self, fields: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            a_milestone(**fields)

    def test_keeps_a_name_once_in_a_project(self) -> None:
        row = a_milestone(name="Lit")
        with pytest.raises(IntegrityError), transaction.atomic():
            a_milestone(project=row.project, name="Lit")
        assert a_milestone(name="Lit").pk

    def test_wants_one_owner(self) -> None:
        project = a_project()
        with pytest.raises(IntegrityError), transaction.atomic():
            Milestone.objects.create(name="Lit", due_on=DAY)
        with pytest.raises(IntegrityError), transaction.atomic():
            a_milestone(project=project, programme=project.programme)


class TestKeeping:
    @pytest.mark.parametrize(
        ("fields", "field"),
        [
            ({"reached_on": DAY}, "how_we_know"),
            ({"reached_on": DAY, "how_we_know": "  "}, "how_we_know"),
            ({"how_we_know": "We saw it."}, "reached_on"),
            ({"reached_on": datetime.date(2999, 1, 1), "how_we_know": "We will."}, "reached_on"),
            ({"name": " "}, "name"),
        ],
    )
    def test_says_beside_the_field_what_is_missing(
        self, editor: User, fields: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(ValidationError) as told:
            actions.change(row=a_milestone(), version=1, by=editor, **fields)
        assert field in told.value.error_dict

    def test_is_added_reached_and_taken_away_in_the_workspace(
        self, editor: User, client_for: Callable[[User], Client]
    ) -> None:
        client, project = client_for(editor), a_project()
        home = f"/workspace/programmes/projects/{project.pk}/"
        days = {"due_on_day": "3", "due_on_month": "6", "due_on_year": "2026"}
        send(client, home + "add/milestone/", name="First walk", **days)
        row = Milestone.objects.get()
        assert (row.project, row.due_on, row.is_reached) == (project, DAY, False)
        assert "First walk" in page(client, home)
        answer = send(
            client, f"/workspace/programmes/parts/milestone/{row.pk}/", reached_on_day="5",
            reached_on_month="6", reached_on_year="2026", how_we_know="Twelve people came.",
        )  # fmt: skip
        assert answer.status_code == 302
        assert "reached 5 June 2026, 2 days late" in page(client, home)
        send(client, f"/workspace/programmes/parts/milestone/{row.pk}/remove/")
        assert not Milestone.objects.exists()

    def test_loses_nothing_when_words_are_missing(
        self, editor: User, client_for: Callable[[User], Client]
    ) -> None:
        row = a_milestone()
        answer = send(
            client_for(editor), f"/workspace/programmes/parts/milestone/{row.pk}/", name="Renamed",
            reached_on_day="5", reached_on_month="6", reached_on_year="2026",
        )  # fmt: skip
        html = unescape(answer.content.decode())
        assert "Say how we know that it was reached." in html
        assert 'value="Renamed"' in html

    @pytest.mark.parametrize("who", ["stranger", "officer", "partner", "other_partner", "privacy_officer"])
    def test_is_for_those_who_keep_programmes(
        self, who: str, request: Any, client_for: Callable[[User], Client]
    ) -> None:
        row, client = a_milestone(), client_for(request.getfixturevalue(who))
        path = f"/workspace/programmes/parts/milestone/{row.pk}/"
        assert client.get(path).status_code == 403
        assert client.post(path, {"name": "Mine"}).status_code == 403


class TestPublicPages:
    def test_say_where_each_stands(self) -> None:
        project, passed = a_project(), timezone.localdate() - datetime.timedelta(days=12)
        a_milestone(project=project, name="Walks begin", due_on=passed)
        a_milestone(project=project, name="Plan", due_on=DAY, reached_on=DAY, how_we_know="Read & agreed.")
        a_milestone(programme=project.programme, name="Of the whole", due_on=after(30))
        html = unescape(Client().get(project.get_absolute_url()).content.decode())
        assert f"due {due_days.in_words(passed)}, 12 days late" in html
        assert "reached 3 June 2026." in html
        assert "How we know: Read & agreed." in html
        assert "Of the whole" not in html
        assert "Of the whole" in Client().get(project.programme.get_absolute_url()).content.decode()

    def test_print_what_was_typed_and_run_nothing(self) -> None:
        evil = "<script>alert(1)</script>"
        row = a_milestone(name=evil, reached_on=DAY, how_we_know=evil)
        assert row.project is not None
        html = Client().get(row.project.get_absolute_url()).content.decode()
        assert evil not in html
        assert html.count("&lt;script&gt;") >= 2

    def test_of_a_hidden_project_show_nowhere(self) -> None:
        project = a_project(is_public=False)
        a_milestone(project=project, name="Hidden step")
        assert Client().get(project.get_absolute_url()).status_code == 404
        assert "Hidden step" not in Client().get(project.programme.get_absolute_url()).content.decode()

    def test_milestones_are_found_by_search(self) -> None:
        row = a_milestone(name="Lanterns everywhere")
        found = findable.one(f"govern_programmes.project:{row.project_id}:en")
        assert found is not None
        assert "Lanterns everywhere" in found.body


class TestTheThread:
    def told(self, **fields: Any) -> plugs.Thing:
        row = a_project(**fields)
        self.row = row
        a_milestone(project=row)
        a_milestone(project=row, reached_on=DAY, how_we_know="Seen.")
        return plugs.things([("govern_programmes.project", row.pk)])["govern_programmes.project", row.pk]

    def test_tells_of_a_project_by_its_milestones(self) -> None:
        thing = self.told(name="Bridges", purpose="A lamp. [nao]")
        assert (thing.title, thing.text) == ("Bridges", "A lamp. 1 of 2 milestones reached.")
        assert thing.href == self.row.get_absolute_url()
        assert thing.is_public
        assert thing.on is None

    def test_gives_a_day_only_where_it_is_known_to_the_day(self) -> None:
        assert self.told(began_on=DAY, began_precision="day").on == DAY
        assert self.told(began_on=DAY.replace(day=1), began_precision="month").on is None

    def test_hides_projects_that_are_hidden_or_of_a_hidden_programme(self) -> None:
        assert not self.told(is_public=False).is_public
        assert not self.told(programme=a_programme(is_public=False)).is_public

    def test_without_milestones_says_what_it_is_for(self) -> None:
        row = a_project(purpose="A lamp.")
        assert plugs.kind("govern_programmes.project").things([row.pk])[row.pk].text == "A lamp."

    def test_asks_one_query_for_many(self, django_assert_num_queries: Any) -> None:
        keys = [a_milestone().project_id or 0 for _number in range(4)]
        with django_assert_num_queries(1):
            assert len(plugs.kind("govern_programmes.project").things([*keys, 999_999])) == 4

    def test_is_tied_by_those_who_keep_programmes(self) -> None:
        kind = plugs.kind("govern_programmes.project")
        assert (kind.part, kind.permission) == (Part.PROJECT, Permission.PROGRAMME_CHANGE)


class TestTheWorklist:
    def needs(self, user: User, day: datetime.date) -> list[str]:
        piles = worklist.for_user(user, day)
        return [
            need.words
            for pile in piles
            if pile.source.key == "govern_programmes.late_milestones"
            for need in pile.needs
        ]

    def test_names_a_milestone_from_the_day_after_it_was_due(self, editor: User) -> None:
        a_milestone(name="Lamps lit", due_on=DAY)
        a_milestone(due_on=DAY, reached_on=DAY, how_we_know="Seen.")
        assert self.needs(editor, DAY) == []
        assert self.needs(editor, after(1)) == ["Say whether it was reached: Lamps lit"]

    def test_tells_nobody_else(self, stranger: User, partner: User, officer: User) -> None:
        a_milestone(due_on=DAY)
        for user in (stranger, partner, officer):
            assert self.needs(user, after(9)) == []


@pytest.mark.parametrize(("status", "told"), [("running", False), ("planned", False), ("ended", True)])
def test_of_work_that_goes_on_nobody_says_what_became_of_it(status: str, told: bool) -> None:
    html = Client().get(a_project(status=status).get_absolute_url()).content.decode()
    assert ("What became of it" in html) is told
    assert ("We have not found a figure." in html) is told
