"""What the thread, the worklist and search are told of meetings."""

import datetime
from typing import Any

import pytest

from joinedup.foundation import findable, worklist
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.plugs import Part, Thing
from joinedup.govern.meetings.factories import (
    a_board,
    a_decision,
    a_held_meeting,
    a_meeting,
    an_action,
    an_item,
    day,
)
from joinedup.govern.meetings.models import Decision

pytestmark = pytest.mark.django_db
KIND = "govern_meetings.decision"


class TestTheThread:
    def told(self, row: Decision) -> Thing:
        return plugs.things([(KIND, row.pk)])[KIND, row.pk]

    def test_tells_what_was_decided_when_and_why(self, elft: Organisation) -> None:
        item = an_item(a_meeting(a_board(organisation=elft), held_on=day(-3)))
        thing = self.told(a_decision(item))
        assert thing == Thing(
            title="We light it.", on=day(-3), text="It is dark there.", href=item.get_absolute_url(),
            is_public=True, organisation_id=elft.pk, has_failed=False,
        )  # fmt: skip
        assert thing.href.endswith(f"#item-{item.pk}")

    @pytest.mark.parametrize(
        ("outcome", "failed"), [("agreed", False), ("not-agreed", True), ("put-off", False)]
    )
    def test_says_when_something_could_not_be_done(self, outcome: str, failed: bool) -> None:
        assert self.told(a_decision(outcome=outcome)).has_failed is failed

    @pytest.mark.parametrize(
        "meeting", [{"is_public": False}, {"board": {"is_public": False}}], ids=["meeting", "board"]
    )
    def test_hides_what_is_hidden(self, meeting: dict[str, Any]) -> None:
        board = a_board(**meeting.pop("board", {}))
        assert not self.told(a_decision(an_item(a_meeting(board, **meeting)))).is_public

    def test_asks_one_query_for_many_and_passes_over_what_is_gone(
        self, django_assert_num_queries: Any
    ) -> None:
        keys = [a_decision().pk for _number in range(4)]
        with django_assert_num_queries(1):
            assert set(plugs.kind(KIND).things([*keys, 999_999])) == set(keys)

    def test_is_tied_by_who_keeps_meetings(self) -> None:
        kind = plugs.kind(KIND)
        assert (kind.part, kind.permission) == (Part.DECISION, Permission.MEETING_CHANGE)


def needs(user: User, key: str, today: datetime.date | None = None) -> list[str]:
    return [
        need.words
        for pile in worklist.for_user(user, today or day(0))
        if pile.source.key == f"govern_meetings.{key}"
        for need in pile.needs
    ]


class TestTheWorklist:
    def test_asks_an_organisation_for_what_is_late_or_soon_due(
        self, partner: User, other_partner: User, stranger: User, barts: Organisation
    ) -> None:
        decision = a_decision(an_item(a_meeting(held_on=day(-60))))
        an_action(barts, decision, text="Late", due_on=day(-5))
        an_action(barts, decision, text="Soon", due_on=day(14))
        an_action(barts, decision, text="Far", due_on=day(15))
        an_action(
            barts, decision, text="Done", due_on=day(-9), finished_on=day(0), note="x", finished_by_kind="x"
        )
        assert needs(partner, "actions_due") == ["Finish: Late", "Finish: Soon"]
        assert needs(other_partner, "actions_due") == []
        assert needs(stranger, "actions_due") == []

    def test_asks_a_programme_manager_for_their_own_organisation_only(
        self, manager: User, barts: Organisation, elft: Organisation
    ) -> None:
        decision = a_decision()
        an_action(barts, decision, text="Of Barts", due_on=day(1))
        an_action(elft, decision, text="Of ELFT", due_on=day(1))
        assert needs(manager, "actions_due") == ["Finish: Of ELFT"]

    def test_asks_for_minutes_and_decisions_from_the_day_after(self, manager: User) -> None:
        today = day(0)
        meeting = a_meeting(a_board(name="Lamp board"), held_on=today)
        an_item(meeting, title="Lamps")
        a_decision(an_item(meeting, title="Boats"))
        assert needs(manager, "minutes_owed", today) == []
        assert needs(manager, "decisions_owed", today) == []
        [minutes] = needs(manager, "minutes_owed", day(1))
        assert minutes.startswith("Publish the minutes: Lamp board, ")
        assert needs(manager, "decisions_owed", day(1)) == ["Write down the decision: Lamps"]

    def test_asks_nothing_of_meetings_that_were_cancelled(self, manager: User) -> None:
        an_item(a_meeting(state="cancelled", cancelled_because="of rain"))
        assert needs(manager, "minutes_owed") == needs(manager, "decisions_owed") == []

    def test_still_asks_for_decisions_after_the_minutes(self, manager: User) -> None:
        an_item(a_held_meeting(), title="Lamps")
        assert needs(manager, "decisions_owed") == ["Write down the decision: Lamps"]

    def test_asks_nobody_else(self, partner: User, officer: User, editor: User, stranger: User) -> None:
        an_item()
        for user in (partner, officer, editor, stranger):
            assert needs(user, "minutes_owed") == needs(user, "decisions_owed") == []


class TestSearch:
    def ours(self) -> dict[str, findable.Findable]:
        return {one.key: one for one in findable.everything() if one.key.startswith("govern_meetings.")}

    def test_finds_boards_and_meetings_with_all_their_words(self, barts: Organisation) -> None:
        item = an_item(a_held_meeting(minutes="Lanterns"), title="Boats", what_people_told_us="Fog")
        an_action(barts, a_decision(item, reason="Moonlight"), text="Buy wicks")
        board = item.meeting.board
        found = self.ours()
        assert set(found) == {
            f"govern_meetings.board:{board.pk}:en", f"govern_meetings.meeting:{item.meeting.pk}:en"
        }  # fmt: skip
        body = found[f"govern_meetings.meeting:{item.meeting.pk}:en"].body
        for word in ("Lanterns", "Boats", "Fog", "Moonlight", "Buy wicks"):
            assert word in body
        for key, one in found.items():
            assert findable.one(key) == one
        named = {one.key for one in findable.named() if one.key.startswith("govern_meetings.")}
        assert named == set(found)

    def test_finds_nothing_hidden(self) -> None:
        hidden = a_meeting(a_board(is_public=False))
        own = a_meeting(is_public=False)
        assert set(self.ours()) == {f"govern_meetings.board:{own.board.pk}:en"}
        for key in (f"board:{hidden.board.pk}:en", f"meeting:{hidden.pk}:en", f"meeting:{own.pk}:en"):
            assert findable.one(f"govern_meetings.{key}") is None

    @pytest.mark.parametrize("key", ["board:x:en", "board:1:bn", "meeting:", "meeting:1", "meeting:²:en"])
    def test_finds_nothing_by_a_key_that_is_none(self, key: str) -> None:
        a_meeting()
        assert findable.one(f"govern_meetings.{key}") is None

    def test_costs_few_queries_for_many(self, django_assert_max_num_queries: Any) -> None:
        for _number in range(5):
            a_decision()
        with django_assert_max_num_queries(20):
            self.ours()
