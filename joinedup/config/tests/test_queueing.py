"""The rows of `make bench` about the lists of staff, and the crowd of invented people they stand on."""

import random

import pytest
from django.db import connection
from django.test import Client

from joinedup.config.house import crowd, queueing
from joinedup.config.management.commands.bench import PARTS, line
from joinedup.foundation.thread.models import Link
from joinedup.inform.search.models import Entry
from joinedup.involve.cases.models import Case, Part
from joinedup.involve.contributions.models import Answer, Contribution, Words
from joinedup.involve.sorting import access
from joinedup.involve.sorting.models import Sorting, Suggestion
from joinedup.involve.stories.models import Story

pytestmark = pytest.mark.django_db
MANY = 400


@pytest.fixture
def filled(monkeypatch: pytest.MonkeyPatch) -> crowd.Crowd:
    monkeypatch.setattr(crowd, "AT_ONCE", 100)
    return crowd.fill(MANY, random.Random(7))


class TestTheCrowd:
    def test_there_are_as_many_as_asked_for_in_every_state(self, filled):
        assert Contribution.objects.count() == MANY
        found = set(Contribution.objects.values_list("state", flat=True))
        assert found == set(Contribution.State.values)

    def test_everything_said_is_marked_as_a_sample_and_what_was_taken_back_is_empty(self, filled):
        for words in Words.objects.select_related("contribution"):
            is_gone = words.contribution.state == Contribution.State.REVOKED
            assert words.text == "" if is_gone else words.text.startswith("Sample: ")

    def test_nobody_in_it_is_real(self, filled):
        for one in Contribution.objects.all():
            assert one.name == "" or one.name.startswith("Sample: ")
            assert one.email == "" or one.email.endswith("@example.org")

    def test_what_is_answered_was_told(self, filled):
        done = Contribution.objects.filter(state=Contribution.State.COMPLETED)
        assert done.exists()
        assert not done.exclude(pk__in=Answer.objects.told().values("contribution")).exists()

    def test_some_are_late_some_are_pressing_and_some_the_sorter_has_not_seen(self, filled):
        rows = access.queue(filled.officer)
        assert {row.comes for row in rows} == {0, 1}
        assert rows.filter(suggestion__isnull=True).exists()
        assert any(row.is_late(row.answer_by_on.replace(year=2100)) for row in rows)

    def test_some_said_more_after_they_were_sorted(self, filled):
        again = [row for row in access.queue(filled.officer) if row.sortings.exists()]
        assert all(row.last_heard_at > row.received_at for row in again)
        assert Sorting.objects.count() > len(again)

    def test_what_is_sorted_hangs_on_its_theme(self, filled):
        assert Link.objects.count() == Sorting.objects.count()
        assert Suggestion.objects.filter(near__isnull=False).exists()

    def test_cases_hold_what_waits_and_ask_for_parts(self, filled):
        assert Case.objects.count() == MANY // 200
        assert Contribution.objects.filter(in_case=True).count() == crowd.IN_A_CASE * Case.objects.count()
        assert Part.objects.count() == 2 * Case.objects.count()

    def test_what_is_shown_can_be_found_and_nothing_else(self, filled):
        stories = Story.objects.public()
        assert stories.exists()
        assert Entry.objects.filter(key__startswith="involve_stories.").count() == stories.count()
        assert all(story.contribution.may_publish for story in stories.select_related("contribution"))

    def test_references_are_each_one_s_own_and_as_people_get_them(self):
        found = {crowd._reference(number) for number in range(20_000)}
        assert len(found) == 20_000
        assert {len(each) for each in found} == {len("THT-0000-0000")}

    def test_the_same_chance_says_the_same(self):
        one, other = random.Random(3), random.Random(3)
        assert [crowd.text(one) for _time in range(5)] == [crowd.text(other) for _time in range(5)]


class TestTheRows:
    def test_each_page_has_its_row(self, monkeypatch):
        monkeypatch.setattr(queueing, "CONTRIBUTIONS", MANY)
        monkeypatch.setattr(queueing, "ROUNDS", 2)
        found = list(queueing.rows(line))
        kind = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
        table = [row for row in found if row.startswith("|")]
        assert len(found) - len(table) == 1
        assert f"{kind}: {MANY:,} contributions" in found[0]
        assert all(row.startswith(f"| {kind}: ") for row in table)
        for page in ("queue, first page", "queue, search", "what people said, search", "the day's work"):
            assert any(f"{page} |" in row and "queries" in row for row in table), page
        assert any("aim 300 ms" in row for row in table)
        assert any(f"limit {queueing.MOST_QUERIES}" in row for row in table)
        assert "public search" in table[-1]

    def test_no_page_asks_more_often_than_the_limit(self, filled, monkeypatch):
        monkeypatch.setattr(queueing, "ROUNDS", 2)
        client = Client()
        client.force_login(filled.officer)
        for name, addresses in queueing._pages(filled).items():
            assert queueing.cost(client, addresses).queries <= queueing.MOST_QUERIES, name

    def test_a_page_that_is_refused_is_never_counted_as_quick(self):
        with pytest.raises(queueing.Refused, match="/workspace/triage/ answers 302"):
            queueing.cost(Client(), ["/workspace/triage/"])

    def test_it_comes_last_since_it_fills_the_database(self):
        assert list(PARTS)[-1] == "queueing"
