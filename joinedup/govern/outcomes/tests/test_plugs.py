"""What measures tell the thread, the worklist and search."""

import datetime
from typing import Any

import pytest

from joinedup.foundation import findable as search
from joinedup.foundation import worklist as work
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread import plugs
from joinedup.govern.outcomes import findable, thread, worklist
from joinedup.govern.outcomes.factories import a_measure
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.tests.charts import STEADY

pytestmark = pytest.mark.django_db
KEY = "govern_outcomes.measure"


class TestTheThread:
    def test_tells_what_a_measure_says_as_of_its_latest_figure(self, barts: Organisation) -> None:
        row = a_measure([*STEADY, 60], name="Walks", organisation=barts)
        thing = plugs.things([(KEY, row.pk)])[KEY, row.pk]
        assert thing.title == "Walks"
        assert thing.text == "Getting better: it is higher than usual."
        assert thing.on == datetime.date(2025, 5, 1)
        assert thing.href == row.get_absolute_url()
        assert (thing.is_public, thing.organisation_id, thing.has_failed) == (True, barts.pk, False)

    def test_knows_its_part_and_who_may_tie_it(self) -> None:
        kind = plugs.kind(KEY)
        assert (kind.part, kind.permission) == (plugs.Part.MEASURE, Permission.MEASURE_CHANGE)

    def test_says_what_is_not_public_and_passes_over_what_is_not_there(self) -> None:
        hidden, empty = a_measure([1], is_public=False), a_measure()
        found = thread.things([hidden.pk, empty.pk, 999])
        assert set(found) == {hidden.pk, empty.pk}
        assert not found[hidden.pk].is_public
        assert found[empty.pk].on is None

    def test_costs_as_many_queries_for_many_as_for_one(self, django_assert_num_queries: Any) -> None:
        keys = [a_measure(STEADY).pk for _each in range(10)]
        with django_assert_num_queries(2):
            thread.things(keys[:1])
        with django_assert_num_queries(2):
            thread.things(keys)


class TestTheWorklist:
    TODAY = datetime.date(2026, 11, 23)

    def words(self, user: User, day: datetime.date = TODAY) -> list[str]:
        return [need.words for pile in work.for_user(user, day) for need in pile.source.needs(user, day)]

    def test_asks_for_newer_figures_once_two_months_went_by(self, manager: User) -> None:
        row = a_measure([1], name="Walks")
        late = datetime.date(2024, 4, 1)
        assert self.words(manager, late - datetime.timedelta(days=1)) == []
        assert self.words(manager, late) == ["Bring figures up to date: Walks"]
        [need] = list(worklist.needs(manager, late))
        assert (need.due_on, need.about) == (late, "The latest figure is of Jan 2024.")
        assert need.href == f"/workspace/measures/{row.slug}/figures/"

    @pytest.mark.parametrize(
        ("every", "late"), [("day", datetime.date(2024, 1, 4)), ("year", datetime.date(2027, 1, 1))]
    )
    def test_counts_two_days_or_two_years_where_those_are_counted(
        self, manager: User, every: str, late: datetime.date
    ) -> None:
        a_measure([1], every=every)
        assert self.words(manager, late - datetime.timedelta(days=1)) == []
        assert len(self.words(manager, late)) == 1

    def test_asks_nobody_for_figures_that_will_not_come(self, manager: User) -> None:
        a_measure([1], is_finished=True)
        a_measure(is_finished=True)
        assert self.words(manager) == []

    def test_asks_for_the_first_figures(self, manager: User) -> None:
        a_measure(name="Walks", is_public=False)
        assert self.words(manager) == ["Bring in the first figures: Walks"]

    def test_asks_to_look_at_what_is_getting_worse(self, manager: User) -> None:
        row = a_measure([*STEADY, -60], name="Walks")
        a_measure([*STEADY, 60], name="Better walks")
        day = datetime.date(2025, 6, 1)
        [need] = list(worklist.needs(manager, day))
        assert need.words == "Look at Walks: getting worse"
        assert need.about == "The latest figure is below the usual range."
        assert need.href == f"/workspace/measures/{row.slug}/"

    @pytest.mark.parametrize("who", ["stranger", "partner", "other_partner", "officer", "editor"])
    def test_asks_nobody_who_keeps_no_measures(self, request: pytest.FixtureRequest, who: str) -> None:
        a_measure([*STEADY, -60])
        user = request.getfixturevalue(who)
        assert [
            pile for pile in work.for_user(user, self.TODAY) if "govern_outcomes" in pile.source.key
        ] == []
        assert list(worklist.needs(user, self.TODAY)) == []


class TestSearch:
    def test_finds_a_measure_by_what_it_counts_and_for_whom(self) -> None:
        row = a_measure(name="Walks", counts="Long ones.", why="Air.", caution="Rain.", area="Canal side")
        found = search.one(row.findable_key)
        assert found is not None
        assert (found.kind, found.title, found.summary) == ("Measure", "Walks", "Long ones.")
        assert found.href == row.get_absolute_url()
        for words in ("Air.", "Rain.", "Canal side", "The Canal Trust"):
            assert words in found.body

    def test_finds_none_that_is_not_public(self) -> None:
        hidden = a_measure(is_public=False)
        shown = a_measure()
        assert findable.one(hidden.findable_key) is None
        assert [each.key for each in findable.everything()] == [shown.findable_key]

    @pytest.mark.parametrize("key", ["", KEY, f"{KEY}:1", f"{KEY}:x:en", f"{KEY}:1:bn", f"{KEY}:99:en"])
    def test_knows_no_other_keys(self, key: str) -> None:
        a_measure()
        assert Measure.objects.exists()
        assert findable.one(key) is None
