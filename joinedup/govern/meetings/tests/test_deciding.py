"""Decisions with their reasons, tied to what they are about on the day of the meeting; and who does what."""

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.foundation.thread.chains import onwards
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.plugs import Part
from joinedup.govern.meetings.actions import deciding, planning
from joinedup.govern.meetings.factories import a_decision, a_held_meeting, a_meeting, an_action, an_item, day
from joinedup.govern.meetings.models import Action, AgendaItem, Decision
from joinedup.govern.meetings.tests.conftest import Area, End

pytestmark = pytest.mark.django_db
AGREED: dict[str, Any] = {"outcome": "agreed", "text": "We light it.", "reason": "It is dark."}
NOT_THEIRS = ["stranger", "officer", "partner", "other_partner", "editor", "privacy_officer", "administrator"]


def put(about: End, by: User, **fields: Any) -> AgendaItem:
    row = AgendaItem(meeting=a_meeting(**fields), title="Lamps", question="?", what_people_told_us="Dark.")
    return planning.put(row=row, about=about, by=by)


def fresh_action(organisation: Organisation, **fields: Any) -> Action:
    said: dict[str, Any] = {"text": "Buy lamps", "owner": "Head of lamps", "due_on": day(10)}
    decision = fields.pop("decision", None) or a_decision()
    return Action(decision=decision, organisation=organisation, **(said | fields))


class TestDeciding:
    def test_ties_what_it_is_about_on_the_day_of_the_meeting(self, manager: User, area: Area) -> None:
        theme = area.theme()
        row = deciding.decide(item=put(theme, manager, held_on=day(-3)), by=manager, **AGREED)
        link = Link.objects.standing().get(start_part=Part.THEME)
        assert (link.start, link.end, link.on) == (theme, (deciding.KIND, row.pk), day(-3))
        chain = onwards(theme)
        assert [thing.title for _end, thing in chain.of(Part.DECISION)] == ["We light it."]

    def test_of_what_nobody_spoke_about_ties_nothing(self, manager: User) -> None:
        deciding.decide(item=an_item(), by=manager, **AGREED)
        assert not Link.objects.exists()

    def test_stands_when_what_it_is_about_has_gone(self, manager: User, area: Area) -> None:
        item = put(area.theme(), manager)
        area.held["test.theme"].clear()
        assert deciding.decide(item=item, by=manager, **AGREED).pk
        assert not Link.objects.exists()

    def test_is_undone_with_its_link_when_tying_is_refused(
        self, manager: User, area: Area, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = put(area.theme(), manager)

        def refuse(**said: Any) -> None:
            raise ValidationError("No.")

        monkeypatch.setattr(deciding, "tie", refuse)
        with pytest.raises(ValidationError):
            deciding.decide(item=item, by=manager, **AGREED)
        assert not Decision.objects.exists()
        assert not AuditEvent.objects.filter(verb="govern_meetings.decide").exists()

    @pytest.mark.parametrize(
        "fields", [{"held_on": day(1)}, {"state": "cancelled", "cancelled_because": "of rain"}]
    )
    def test_waits_for_the_meeting(self, manager: User, fields: dict[str, Any]) -> None:
        with pytest.raises(ValidationError) as told:
            deciding.decide(item=an_item(a_meeting(**fields)), by=manager, **AGREED)
        assert told.value.code == "closed"

    def test_is_possible_on_the_day_itself_and_after_the_minutes(self, manager: User) -> None:
        for meeting in (a_meeting(held_on=day(0)), a_held_meeting()):
            assert deciding.decide(item=an_item(meeting), by=manager, **AGREED).decided_on == meeting.held_on

    @pytest.mark.parametrize("field", ["outcome", "text", "reason"])
    def test_needs_all_of_it(self, manager: User, field: str) -> None:
        with pytest.raises(ValidationError) as told:
            deciding.decide(item=an_item(), by=manager, **(AGREED | {field: "  "}))
        assert field in told.value.error_dict
        assert not Decision.objects.exists()

    def test_happens_once(self, manager: User) -> None:
        row = deciding.decide(item=an_item(), by=manager, **AGREED)
        with pytest.raises(ValidationError) as told:
            deciding.decide(item=AgendaItem.objects.get(pk=row.item_id), by=manager, **AGREED)
        assert told.value.code == "decided"
        assert Decision.objects.count() == 1

    def test_is_on_the_record_without_its_words(self, manager: User) -> None:
        row = deciding.decide(item=an_item(), by=manager, **AGREED)
        assert AuditEvent.objects.about(row).get().details == {"outcome": "agreed"}

    def test_is_put_right_by_one_of_two(self, manager: User) -> None:
        row = a_decision()
        now = deciding.change_decision(decision=row, version=1, by=manager, outcome="not-agreed")
        assert now.could_not
        with pytest.raises(ValidationError) as told:
            deciding.change_decision(decision=row, version=1, by=manager, reason="Mine")
        assert told.value.code == "clash"

    def test_cannot_lose_its_reason(self, manager: User) -> None:
        with pytest.raises(ValidationError) as told:
            deciding.change_decision(decision=a_decision(), version=1, by=manager, reason=" ")
        assert "reason" in told.value.error_dict

    @pytest.mark.parametrize("who", NOT_THEIRS)
    def test_is_for_who_keeps_meetings(self, who: str, request: Any, barts: Organisation) -> None:
        item, decision, action = an_item(), a_decision(), an_action(barts)
        verbs: list[Any] = [
            lambda by: deciding.decide(item=item, by=by, **AGREED),
            lambda by: deciding.change_decision(decision=decision, version=1, by=by, text="Mine"),
            lambda by: deciding.give(row=fresh_action(barts, decision=decision), by=by),
            lambda by: deciding.change_action(action=action, version=1, by=by, text="Mine"),
            lambda by: deciding.reopen(action=action, version=1, by=by),
        ]
        for by in (VISITOR, request.getfixturevalue(who)):
            for verb in verbs:
                with pytest.raises(PermissionRefused):
                    verb(by)


class TestGiving:
    def test_names_organisation_job_and_day(self, manager: User, barts: Organisation) -> None:
        row = deciding.give(row=fresh_action(barts), by=manager)
        assert (row.is_finished, row.is_overdue) == (False, False)
        assert AuditEvent.objects.about(row).get().details == {"organisation": str(barts.pk)}

    def test_twice_gives_it_once(self, manager: User, barts: Organisation) -> None:
        decision = a_decision()
        deciding.give(row=fresh_action(barts, decision=decision), by=manager)
        with pytest.raises(ValidationError):
            deciding.give(row=fresh_action(barts, decision=decision), by=manager)
        assert Action.objects.count() == 1

    def test_for_a_day_before_the_decision_is_refused(self, manager: User, barts: Organisation) -> None:
        with pytest.raises(ValidationError) as told:
            deciding.give(row=fresh_action(barts, due_on=day(-2)), by=manager)
        assert set(told.value.error_dict) == {"due_on"}

    @pytest.mark.parametrize("field", ["text", "owner"])
    def test_needs_words_and_an_owner(self, manager: User, barts: Organisation, field: str) -> None:
        with pytest.raises(ValidationError) as told:
            deciding.give(row=fresh_action(barts, **{field: " "}), by=manager)
        assert field in told.value.error_dict

    def test_can_be_changed_until_it_is_finished(self, manager: User, barts: Organisation) -> None:
        row = an_action(barts)
        now = deciding.change_action(action=row, version=1, by=manager, due_on=day(20))
        assert now.due_on == day(20)
        done = deciding.finish(action=now, version=2, on=day(0), note="Bought.", by=manager)
        with pytest.raises(ValidationError) as told:
            deciding.change_action(action=done, version=3, by=manager, due_on=day(30))
        assert told.value.code == "finished"


class TestFinishing:
    @pytest.mark.parametrize("who", ["partner", "manager"])
    def test_is_for_its_organisation_and_who_keeps_meetings(
        self, who: str, request: Any, barts: Organisation
    ) -> None:
        by = request.getfixturevalue(who)
        row = deciding.finish(action=an_action(barts), version=1, on=day(0), note=" Bought. ", by=by)
        assert (row.finished_on, row.note) == (day(0), "Bought.")
        assert (row.finished_by_kind, row.finished_by_key) == ("foundation_identity.user", str(by.pk))

    @pytest.mark.parametrize("who", ["other_partner", "stranger", "officer", "editor", "administrator"])
    def test_is_for_nobody_else(self, who: str, request: Any, barts: Organisation) -> None:
        action = an_action(barts)
        for by in (VISITOR, request.getfixturevalue(who)):
            with pytest.raises(PermissionRefused):
                deciding.finish(action=action, version=1, on=day(0), note="Mine.", by=by)
        action.refresh_from_db()
        assert not action.is_finished

    def test_may_be_said_by_the_system(self, barts: Organisation) -> None:
        row = deciding.finish(action=an_action(barts), version=1, on=day(0), note="x", by=System("sample"))
        assert (row.finished_by_kind, row.finished_by_key) == ("system", "sample")

    @pytest.mark.parametrize(
        ("on", "note", "field"),
        [(day(1), "x", "finished_on"), (day(-2), "x", "finished_on"), (day(0), " ", "note")],
    )
    def test_needs_a_day_that_has_come_and_words(
        self, partner: User, barts: Organisation, on: datetime.date, note: str, field: str
    ) -> None:
        with pytest.raises(ValidationError) as told:
            deciding.finish(action=an_action(barts), version=1, on=on, note=note, by=partner)
        assert field in told.value.error_dict

    def test_happens_once(self, partner: User, barts: Organisation) -> None:
        row = deciding.finish(action=an_action(barts), version=1, on=day(0), note="Bought.", by=partner)
        for version, code in ((1, "clash"), (2, "finished")):
            with pytest.raises(ValidationError) as told:
                deciding.finish(action=row, version=version, on=day(0), note="Again.", by=partner)
            assert told.value.code == code
        assert AuditEvent.objects.filter(verb="govern_meetings.finish").count() == 1

    def test_can_be_taken_back_and_stays_on_record(
        self, partner: User, manager: User, barts: Organisation
    ) -> None:
        row = deciding.finish(action=an_action(barts), version=1, on=day(0), note="Bought.", by=partner)
        now = deciding.reopen(action=row, version=2, by=manager)
        assert (now.is_finished, now.note, now.finished_by_key) == (False, "", "")
        verbs = set(AuditEvent.objects.about(row).values_list("verb", flat=True))
        assert verbs == {"govern_meetings.finish", "govern_meetings.reopen"}
        with pytest.raises(ValidationError):
            deciding.reopen(action=now, version=3, by=manager)


@given(st.integers(-400, 400))
def test_an_action_is_late_from_the_day_after_it_is_due(days: int) -> None:
    row = Action(due_on=day(days))
    assert row.is_overdue == (days < 0)
    assert ("late" in row.told) == (days < 0)
    assert ("today" in row.told) == (days == 0)


def test_open_actions_stand_with_the_longest_late_first(barts: Organisation) -> None:
    decision = a_decision(an_item(a_meeting(held_on=day(-90))))
    rows = [an_action(barts, decision, due_on=day(number)) for number in (5, -30, 0, -2)]
    an_action(barts, decision, due_on=day(-60), finished_on=day(0), note="x", finished_by_kind="system")
    assert list(Action.objects.open()) == [rows[1], rows[3], rows[2], rows[0]]
    assert list(Action.objects.overdue(day(0))) == [rows[1], rows[3]]
