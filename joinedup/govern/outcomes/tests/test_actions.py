"""Adding and changing measures, keeping figures, and setting limits anew: asked for, written down, shown."""

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation import findable
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.govern.outcomes import actions, reading
from joinedup.govern.outcomes.factories import BEGAN, a_measure, a_rebase, measure_fields
from joinedup.govern.outcomes.models import Measure, Observation, Rebase, Redefinition
from joinedup.govern.outcomes.observations import Figure

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = datetime.date(2024, 2, 1), datetime.date(2024, 3, 1)


@pytest.fixture
def told() -> Iterator[list[str]]:
    """What search hears."""
    keys: list[str] = []

    def hear(sender: object, key: str, **_more: Any) -> None:
        keys.append(key)

    findable.changed.connect(hear)
    yield keys
    findable.changed.disconnect(hear)


def figure(on: datetime.date, value: float | str, **parts: Any) -> Figure:
    return Figure(2, on, Decimal(str(value)), **parts)


class TestWhoMayNot:
    @pytest.fixture(params=["stranger", "partner", "other_partner", "officer", "editor", "visitor"])
    def outsider(self, request: pytest.FixtureRequest) -> Any:
        return VISITOR if request.param == "visitor" else request.getfixturevalue(request.param)

    def test_changes_nothing_at_all(self, outsider: Any) -> None:
        measure = a_measure([1, 2, 3])
        rebase = a_rebase(measure, MARCH)
        for attempt in (
            lambda: actions.add(measure=Measure(**measure_fields()), by=outsider),
            lambda: actions.change(measure=measure, version=1, by=outsider, name="Mine"),
            lambda: actions.observe(measure=measure, figures=[figure(BEGAN, 9)], by=outsider),
            lambda: actions.take_out(measure=measure, on=BEGAN, by=outsider),
            lambda: actions.set_anew(measure=measure, on=FEBRUARY, reason="Mine.", by=outsider),
            lambda: actions.undo_anew(rebase=rebase, by=outsider),
        ):
            with pytest.raises(PermissionRefused):
                attempt()
        assert Measure.objects.count() == 1
        assert measure.observations.get(on=BEGAN).value == 1
        assert Rebase.objects.standing().count() == 1
        assert not AuditEvent.objects.about(measure).exists()


class TestAdding:
    def test_makes_an_address_and_stands_in_the_record(self, manager: User, told: list[str]) -> None:
        row = actions.add(measure=Measure(**measure_fields(name="Lamps lit")), by=manager)
        assert (row.slug, row.is_public, row.definition_version) == ("lamps-lit", False, 1)
        event = AuditEvent.objects.about(row).get()
        assert (event.verb, event.details) == ("govern_outcomes.add", {})
        assert told == [f"govern_outcomes.measure:{row.pk}:en"]

    def test_gives_two_of_a_name_two_addresses_and_none_that_the_workspace_uses(self, manager: User) -> None:
        slugs = [
            actions.add(measure=Measure(**measure_fields(name=name)), by=manager).slug
            for name in ("Lamps", "Lamps", "Add", "?!")
        ]
        assert slugs == ["lamps", "lamps-2", "add-2", "measure"]

    def test_says_beside_the_field_what_is_wrong(self, manager: User) -> None:
        wrong = measure_fields(direction="neutral", target=Decimal(5), of_people=True, name="")
        with pytest.raises(ValidationError) as refusal:
            actions.add(measure=Measure(**wrong), by=manager)
        assert {"target", "of_people", "name"} <= set(refusal.value.message_dict)
        assert not Measure.objects.exists()


class TestChanging:
    def test_names_the_fields_counts_the_version_and_shows_at_once(
        self, manager: User, told: list[str]
    ) -> None:
        row, before = a_measure([1]), current()
        now = actions.change(measure=row, version=1, by=manager, name="Longer walks", why="Fresh air.")
        assert (now.version, now.definition_version) == (2, 1)
        event = AuditEvent.objects.about(row).get()
        assert event.details == {"fields": ["name", "why"], "definition": 1}
        assert current() > before
        assert told == [row.findable_key]

    def test_tells_the_second_of_two_editors_and_overwrites_nothing(self, manager: User) -> None:
        row = a_measure()
        actions.change(measure=row, version=1, by=manager, name="The first wrote this")
        with pytest.raises(ValidationError) as refusal:
            actions.change(measure=row, version=1, by=manager, name="The second wrote that")
        assert refusal.value.code == "clash"
        row.refresh_from_db()
        assert row.name == "The first wrote this"

    @pytest.mark.parametrize("fields", [{"unit": "days"}, {"every": "year"}])
    def test_of_what_figures_are_made_by_is_refused_once_there_are_some(
        self, manager: User, fields: dict[str, str]
    ) -> None:
        with pytest.raises(ValidationError) as refusal:
            actions.change(measure=a_measure([1]), version=1, by=manager, **fields)
        assert set(refusal.value.message_dict) == set(fields)
        actions.change(measure=a_measure(), version=1, by=manager, **fields)

    def test_shares_of_people_stay_protected_once_there_are_figures(self, manager: User) -> None:
        measure = a_measure([50], unit="percent", of_people=True)
        with pytest.raises(ValidationError):
            actions.change(measure=measure, version=1, by=manager, of_people=False)

    def test_without_a_permission_to_see_leaves_nothing_behind(self, manager: User) -> None:
        row = a_measure([1])
        with pytest.raises(ValidationError):
            actions.change(measure=row, version=1, by=manager, name="New", counts="Something else.")
        row.refresh_from_db()
        assert row.version == 1
        assert not row.name.startswith("New")


class TestAnotherDefinition:
    @pytest.mark.parametrize("field", ["counts", "area"])
    def test_begins_where_something_else_is_counted(self, manager: User, field: str) -> None:
        row = a_measure([1, 2, 3])
        now = actions.change(
            measure=row, version=1, by=manager, what_changed="  Runs \n count too. ",
            begins_on=datetime.date(2024, 2, 17), **{field: "Walks and runs."},
        )  # fmt: skip
        assert now.definition_version == 2
        change = Redefinition.objects.get()
        assert (change.number, change.begins_on, change.what_changed) == (2, FEBRUARY, "Runs count too.")
        assert (change.made_by, change.made_as) == (manager, "programme-manager")
        assert [line.definition for line in reading.result(now).lines] == [1, 2, 2]
        assert AuditEvent.objects.about(row).get().details["definition"] == 2

    def test_is_asked_what_changed_and_from_when(self, manager: User) -> None:
        row = a_measure([1])
        with pytest.raises(ValidationError) as refusal:
            actions.change(measure=row, version=1, by=manager, counts="Runs.", what_changed=" ")
        assert set(refusal.value.message_dict) == {"what_changed", "begins_on"}
        assert not Redefinition.objects.exists()

    def test_does_not_begin_where_only_the_words_are_better(self, manager: User) -> None:
        now = actions.change(
            measure=a_measure([1]), version=1, by=manager, counts="Long walks.", is_same_thing=True
        )
        assert (now.counts, now.definition_version) == ("Long walks.", 1)

    def test_does_not_begin_while_there_is_no_figure(self, manager: User) -> None:
        now = actions.change(measure=a_measure(), version=1, by=manager, counts="Runs.")
        assert now.definition_version == 1

    def test_comes_after_the_one_before(self, manager: User) -> None:
        row = a_measure([1, 2, 3])
        row = actions.change(
            measure=row, version=1, by=manager, counts="Runs.", what_changed="x", begins_on=FEBRUARY
        )
        with pytest.raises(ValidationError) as refusal:
            actions.change(
                measure=row, version=2, by=manager, counts="Swims.", what_changed="y", begins_on=FEBRUARY
            )
        assert "Feb 2024" in str(refusal.value.message_dict["begins_on"])
        row = actions.change(
            measure=row, version=2, by=manager, counts="Swims.", what_changed="y", begins_on=MARCH
        )
        assert [line.definition for line in reading.result(row).lines] == [1, 2, 3]

    def test_begins_a_stretch_of_its_own(self, manager: User) -> None:
        row = a_measure([10, 11] * 7 + [30, 31] * 7)
        begins_on = datetime.date(2025, 3, 1)
        now = actions.change(
            measure=row, version=1, by=manager, counts="Runs.", what_changed="x", begins_on=begins_on
        )
        chart = reading.result(now).chart
        assert chart is not None
        assert [point.group for point in chart.points] == [0] * 14 + [1] * 14


class TestObserving:
    def test_keeps_figures_and_says_how_many(self, manager: User, told: list[str]) -> None:
        row, before = a_measure([1]), current()
        kept = actions.observe(measure=row, figures=[figure(BEGAN, 1), figure(FEBRUARY, 2)], by=manager)
        assert (kept.added, kept.changed, kept.same) == (1, 0, 1)
        assert AuditEvent.objects.about(row).get().details == {"added": 1, "changed": 0}
        assert current() > before
        assert told == [row.findable_key]
        row.refresh_from_db()
        assert row.figures_at is not None

    def test_twice_is_as_once(self, manager: User) -> None:
        row, figures = a_measure(), [figure(BEGAN, 1), figure(FEBRUARY, "2.123456")]
        actions.observe(measure=row, figures=figures, by=manager)
        before = current()
        kept = actions.observe(measure=row, figures=figures, by=manager)
        assert (kept.added, kept.changed, kept.same) == (0, 0, 2)
        assert current() == before
        assert AuditEvent.objects.about(row).count() == 1

    def test_says_which_figures_changed_and_from_what(self, manager: User) -> None:
        row = a_measure([1, 2, 3])
        kept = actions.observe(
            measure=row, figures=[figure(MARCH, 5), figure(BEGAN, 4), figure(FEBRUARY, 2)], by=manager
        )
        assert kept.changes == (
            actions.Changed(BEGAN, Decimal(1), Decimal(4)),
            actions.Changed(MARCH, Decimal(3), Decimal(5)),
        )
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [4, 2, 5]

    def test_a_figure_that_gains_its_parts_has_changed(self, manager: User) -> None:
        row = a_measure([50], unit="percent")
        parts = {"numerator": Decimal(10), "denominator": Decimal(20)}
        kept = actions.observe(measure=row, figures=[figure(BEGAN, 50, **parts)], by=manager)
        assert kept.changed == 1
        assert row.observations.get().denominator == 20

    def test_puts_a_figure_under_the_first_day_of_its_month_or_year(self, manager: User) -> None:
        for every, first in (("month", datetime.date(2024, 5, 1)), ("year", BEGAN)):
            row = a_measure(every=every)
            actions.observe(measure=row, figures=[figure(datetime.date(2024, 5, 17), 1)], by=manager)
            assert row.observations.get().on == first

    def test_refuses_a_day_to_come_and_keeps_nothing(self, manager: User) -> None:
        row = a_measure()
        with pytest.raises(ValidationError):
            actions.observe(
                measure=row, figures=[figure(BEGAN, 1), figure(datetime.date(2999, 1, 1), 1)], by=manager
            )
        assert not row.observations.exists()

    def test_of_nothing_changes_nothing(self, manager: User) -> None:
        kept = actions.observe(measure=a_measure(), figures=[], by=manager)
        assert (kept.added, kept.changed, kept.same) == (0, 0, 0)

    def test_of_a_century_of_days_is_one_going(
        self, manager: User, django_assert_max_num_queries: Any
    ) -> None:
        row = a_measure(every="day")
        figures = [figure(BEGAN - datetime.timedelta(days=many), many) for many in range(2_000)]
        with django_assert_max_num_queries(40):
            actions.observe(measure=row, figures=figures, by=manager)
        assert row.observations.count() == 2_000

    @pytest.mark.parametrize("breaks", ["record", "_tell"])
    def test_killed_half_way_and_done_again_is_as_once(
        self, manager: User, monkeypatch: pytest.MonkeyPatch, breaks: str
    ) -> None:
        row = a_measure([1, 2])
        figures = [figure(BEGAN, 9), figure(MARCH, 3)]

        def killed(*args: Any, **more: Any) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as broken:
            broken.setattr(actions, breaks, killed)
            with pytest.raises(KeyboardInterrupt):
                actions.observe(measure=row, figures=figures, by=manager)
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [1, 2]
        assert not AuditEvent.objects.about(row).exists()
        actions.observe(measure=row, figures=figures, by=manager)
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [9, 2, 3]


class TestTakingOut:
    def test_takes_one_figure_and_stands_in_the_record(self, manager: User, told: list[str]) -> None:
        row, before = a_measure([1, 2, 3]), current()
        actions.take_out(measure=row, on=FEBRUARY, by=manager)
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [1, 3]
        event = AuditEvent.objects.about(row).get()
        assert (event.verb, event.details) == ("govern_outcomes.take_out", {"on": "2024-02-01"})
        assert current() > before
        assert told == [row.findable_key]

    def test_is_refused_where_there_is_none(self, manager: User) -> None:
        with pytest.raises(ValidationError) as refusal:
            actions.take_out(measure=a_measure([1]), on=FEBRUARY, by=manager)
        assert "There is no figure" in str(refusal.value.message_dict["on"])

    def test_is_refused_where_limits_begin_so_that_they_always_have_a_figure(self, manager: User) -> None:
        row = a_measure([1, 2, 3])
        made = actions.set_anew(measure=row, on=FEBRUARY, reason="x", by=manager)
        with pytest.raises(ValidationError) as refusal:
            actions.take_out(measure=row, on=FEBRUARY, by=manager)
        assert "Take that back first." in str(refusal.value.message_dict["on"])
        actions.undo_anew(rebase=made, by=manager)
        actions.take_out(measure=row, on=FEBRUARY, by=manager)
        assert row.observations.count() == 2


class TestLimitsSetAnew:
    def test_have_a_reason_a_person_a_role_and_a_day(self, manager: User, told: list[str]) -> None:
        row, before = a_measure([1, 2, 3]), current()
        made = actions.set_anew(measure=row, on=FEBRUARY, reason="  A lock \n opened. ", by=manager)
        assert (made.reason, made.made_by, made.made_as) == ("A lock opened.", manager, "programme-manager")
        event = AuditEvent.objects.about(row).get()
        assert (event.verb, event.details) == ("govern_outcomes.set_anew", {"on": "2024-02-01"})
        assert current() > before
        assert told == [row.findable_key]

    @pytest.mark.parametrize(
        ("on", "reason", "field"),
        [
            (FEBRUARY, " \n ", "reason"),
            (datetime.date(2024, 2, 2), "A lock opened.", "on"),
            (datetime.date(2030, 1, 1), "A lock opened.", "on"),
            (BEGAN, "A lock opened.", "on"),
        ],
    )
    def test_are_refused_without_a_reason_or_a_figure_on_that_day(
        self, manager: User, on: datetime.date, reason: str, field: str
    ) -> None:
        with pytest.raises(ValidationError) as refusal:
            actions.set_anew(measure=a_measure([1, 2, 3]), on=on, reason=reason, by=manager)
        assert field in refusal.value.message_dict
        assert not Rebase.objects.exists()

    def test_are_refused_for_a_day_on_which_another_measure_has_a_figure(self, manager: User) -> None:
        a_measure([1, 2, 3])
        with pytest.raises(ValidationError):
            actions.set_anew(measure=a_measure([1]), on=FEBRUARY, reason="x", by=manager)

    def test_are_refused_twice_from_one_day_in_words(self, manager: User) -> None:
        row = a_measure([1, 2, 3])
        actions.set_anew(measure=row, on=FEBRUARY, reason="x", by=manager)
        with pytest.raises(ValidationError) as refusal:
            actions.set_anew(measure=row, on=FEBRUARY, reason="y", by=manager)
        assert "already" in str(refusal.value.message_dict["on"])

    def test_are_undone_and_stay_on_record(self, manager: User, told: list[str]) -> None:
        row = a_measure([10, 11] * 7 + [30, 31] * 7)
        made = actions.set_anew(measure=row, on=datetime.date(2025, 3, 1), reason="x", by=manager)
        assert len({point.group for point in reading.result(row).chart.points}) == 2  # type: ignore[union-attr]
        told.clear()
        undone = actions.undo_anew(rebase=made, by=manager)
        assert undone.undone_by == manager
        assert len({point.group for point in reading.result(row).chart.points}) == 1  # type: ignore[union-attr]
        assert Rebase.objects.count() == 1
        assert AuditEvent.objects.filter(verb="govern_outcomes.undo_anew").count() == 1
        assert told == [row.findable_key]

    def test_are_undone_once_however_often(self, manager: User) -> None:
        made = actions.set_anew(measure=a_measure([1, 2]), on=FEBRUARY, reason="x", by=manager)
        first = actions.undo_anew(rebase=made, by=manager)
        again = actions.undo_anew(rebase=made, by=manager)
        assert first.undone_at == again.undone_at
        assert AuditEvent.objects.filter(verb="govern_outcomes.undo_anew").count() == 1

    def test_by_the_platform_itself_name_nobody(self) -> None:
        made = actions.set_anew(measure=a_measure([1, 2]), on=FEBRUARY, reason="x", by=System("load_sample"))
        assert (made.made_by, made.made_as) == (None, "")


def test_no_event_holds_a_word_of_what_was_written(manager: User) -> None:
    row = actions.add(measure=Measure(**measure_fields(name="Secretwords")), by=manager)
    actions.observe(measure=row, figures=[figure(BEGAN, 77123), figure(FEBRUARY, 2)], by=manager)
    actions.set_anew(measure=row, on=FEBRUARY, reason="Secretwords", by=manager)
    actions.change(
        measure=row, version=1, by=manager, counts="Secretwords", what_changed="Secretwords", begins_on=BEGAN
    )
    details = str(list(AuditEvent.objects.values_list("details", flat=True)))
    assert "Secretwords" not in details
    assert "77123" not in details
    assert Observation.objects.count() == 2
