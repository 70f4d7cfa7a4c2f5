"""What needs someone today: one list, the most pressing first, each sees only what they may do."""

import datetime

import pytest

from joinedup.foundation import worklist
from joinedup.foundation.permissions import VISITOR, Permission, System
from joinedup.foundation.worklist import Need, Source

TODAY = datetime.date(2026, 11, 23)
STAFF = System("test")


@pytest.fixture(autouse=True)
def _none_plugged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist, "_sources", {})


def plug(key: str, *needs: Need, permission: Permission = Permission.CONTRIBUTION_VIEW) -> None:
    worklist.register(Source(key, key.title(), permission, lambda _user, _day: needs))


def need(words: str, due: int | None = None, *, urgent: bool = False) -> Need:
    due_on = None if due is None else TODAY + datetime.timedelta(days=due)
    return Need(words, "/workspace/", due_on, is_urgent=urgent)


def told(user: object = STAFF) -> list[list[str]]:
    return [[each.words for each in pile.needs] for pile in worklist.for_user(user, TODAY)]


def test_what_is_due_first_stands_first_and_what_is_never_due_last() -> None:
    plug("answers", need("no day"), need("in three days", 3), need("late", -2))
    assert told() == [["late", "in three days", "no day"]]


def test_what_may_do_harm_stands_above_everything() -> None:
    plug("answers", need("late", -9), need("harm", 5, urgent=True))
    plug("pages", need("later still", -30))
    assert told() == [["harm", "late"], ["later still"]]


def test_piles_with_nothing_in_them_are_left_out() -> None:
    plug("answers")
    plug("pages", need("read"))
    assert told() == [["read"]]


def test_a_pile_says_how_much_of_it_is_late() -> None:
    plug("answers", need("a", -1), need("b", 0), need("c"))
    [pile] = worklist.for_user(STAFF, TODAY)
    assert pile.late(TODAY) == 1


def test_who_may_not_do_it_is_not_asked() -> None:
    plug("answers", need("answer"))
    assert told(VISITOR) == []
    assert told(object()) == []


def test_two_kinds_of_work_cannot_have_one_key() -> None:
    plug("answers", need("a"))
    with pytest.raises(ValueError, match="'answers'"):
        plug("answers", need("b"))
