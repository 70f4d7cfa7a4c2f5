"""What everyone reads: agendas with what people told us, decisions with reasons, and what is late."""

import datetime
import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
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
from joinedup.govern.meetings.tests.conftest import Area
from joinedup.govern.programmes.due_days import in_words

pytestmark = pytest.mark.django_db
EVIL = "<script>alert('x')</script>"


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return " ".join(unescape(answer.content.decode()).split())


def words(html: str) -> str:
    """The page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class TestWhatIsHidden:
    @pytest.mark.parametrize("who", [None, "stranger", "partner", "manager"])
    def test_a_hidden_board_has_no_page_for_anyone(
        self, who: str | None, request: Any, client_for: Callable[[User], Client]
    ) -> None:
        row = a_meeting(a_board(slug="plans", name="Hidden board", is_public=False))
        client = client_for(request.getfixturevalue(who)) if who else Client()
        for path in ("/meetings/plans/", "/meetings/plans/meetings.ics", row.get_absolute_url()):
            assert client.get(path).status_code == 404
        assert "Hidden board" not in read("/meetings/", client)

    def test_a_hidden_meeting_shows_nowhere(self, barts: Organisation) -> None:
        board = a_board()
        row = a_meeting(board, place="Hidden place", is_public=False)
        coming = a_meeting(board, place="Hidden hall", held_on=day(3), is_public=False)
        an_action(barts, a_decision(an_item(row)), text="Hidden action", due_on=day(0))
        late = a_decision(an_item(a_meeting(board, held_on=day(-30), is_public=False)))
        an_action(barts, late, text="Hidden late", due_on=day(-9))
        assert Client().get(row.get_absolute_url()).status_code == 404
        assert Client().get(coming.get_absolute_url()).status_code == 404
        for path in ("/meetings/", board.get_absolute_url(), f"{board.get_absolute_url()}meetings.ics"):
            html = read(path)
            assert "Hidden" not in html, path
            assert "action should be done by now" not in html

    @pytest.mark.parametrize("text", ["x", "2026-13-40", "20260603x", "2026-W23-3", "2026-06-03"])
    def test_a_day_without_a_meeting_is_a_missing_page(self, text: str) -> None:
        assert Client().get(f"{a_board().get_absolute_url()}{text}/").status_code == 404

    def test_who_marked_an_action_as_done_is_never_read(self, barts: Organisation) -> None:
        row = an_action(
            barts, finished_on=day(0), note="Bought.", finished_by_kind="foundation_identity.user",
            finished_by_key="4711",
        )  # fmt: skip
        an_action(barts, row.decision, due_on=day(5))
        meeting = row.decision.item.meeting
        with CaptureQueriesContext(
            connection,
        ) as asked:
            for path in ("/meetings/", meeting.board.get_absolute_url(), meeting.get_absolute_url()):
                assert "4711" not in read(path)
        assert not [each for each in asked if "finished_by" in each["sql"]]


class TestTheList:
    def test_shows_boards_with_their_next_meeting(self) -> None:
        board = a_board(name="Lamp board")
        a_meeting(board, held_on=day(9))
        soon = a_meeting(board, held_on=day(2))
        a_meeting(board, held_on=day(1), state="cancelled", cancelled_because="of rain")
        html = read("/meetings/")
        assert "Lamp board" in html
        assert f'<a href="{soon.get_absolute_url()}">{in_words(day(2))}</a>' in html

    def test_counts_what_is_late_from_the_day_after(self, barts: Organisation) -> None:
        decision = a_decision(an_item(a_meeting(held_on=day(-30))))
        an_action(barts, decision, due_on=day(0))
        assert "No action is late." in read("/meetings/")
        an_action(barts, decision, due_on=day(-1))
        html = words(read("/meetings/"))
        assert html.count("1 action should be done by now and is not.") == 2
        an_action(barts, decision, due_on=day(-2))
        assert "2 actions should be done by now and are not." in words(read("/meetings/"))

    def test_without_boards_says_so(self) -> None:
        assert "No board publishes its meetings here yet." in read("/meetings/")

    def test_costs_the_same_for_many(self, django_assert_max_num_queries: Any) -> None:
        for _number in range(4):
            a_meeting(held_on=day(3))
        with django_assert_max_num_queries(12):
            read("/meetings/")


class TestABoard:
    def test_says_what_is_late_in_words_and_who_has_how_much(
        self, barts: Organisation, elft: Organisation
    ) -> None:
        board = a_board()
        decision = a_decision(an_item(a_meeting(board, held_on=day(-60))))
        an_action(elft, decision, text="Later on", due_on=day(4))
        an_action(barts, decision, text="Very late", due_on=day(-12))
        an_action(barts, decision, text="Just late", due_on=day(-1))
        an_action(barts, decision, text="For today", due_on=day(0))
        html = words(read(board.get_absolute_url()))
        assert f"Very late Late due {in_words(day(-12))}, 12 days late" in html
        assert f"Just late Late due {in_words(day(-1))}, 1 day late" in html
        assert f"For today To do due today, {in_words(day(0))}" in html
        assert html.index("Very late") < html.index("Just late") < html.index("Later on")
        assert f"{barts.name}: 3 actions to do, 2 late" in html
        assert f"{elft.name}: 1 action to do" in html

    def test_shows_who_sits_on_it_and_when_it_meets(self, barts: Organisation, elft: Organisation) -> None:
        board = a_board(quorum=4, organisation=elft)
        board.members.set([barts])
        coming = a_meeting(board, held_on=day(3), starts_at="14:30", place="The hall")
        past = a_held_meeting(board)
        a_decision(an_item(past))
        an_item(past)
        off = a_meeting(board, held_on=day(-8), state="cancelled", cancelled_because="of rain")
        html = read(board.get_absolute_url())
        for each in (coming, past, off):
            assert each.get_absolute_url() in html
        told = words(html)
        assert "14:30, The hall" in told
        assert "1 of 2 questions decided" in told
        assert "cancelled" in told
        assert barts.name in told
        assert "A decision counts when at least 4 members are there." in told
        assert f"Who answers for it: {elft.name}" in told

    def test_with_nothing_says_so(self) -> None:
        html = read(a_board().get_absolute_url())
        assert "No meeting is planned." in html
        assert "Nothing: all that was decided is done." in html


class TestAMeeting:
    def test_tells_the_whole_of_each_item(self, area: Area, barts: Organisation) -> None:
        theme = area.theme(href="/themes/dark/")
        item = an_item(
            title="Lamps", question="Do we light it?", about_kind=theme[0], about_key=theme[1],
            how_many_spoke="25", what_people_told_us="I fear\n\nthe dark.",
            equality_impact="Disabled people gain.", not_known="What it costs in winter.",
        )  # fmt: skip
        row = a_decision(item, text="We light half.", reason="Money for half.")
        an_action(barts, row, text="Buy lamps", due_on=day(0))
        html = read(item.meeting.get_absolute_url())
        told = words(html)
        for expected in (
            "1. Lamps", "Do we light it?", "About 25 people spoke about this.", "I fear the dark.",
            "Disabled people gain.", "What it costs in winter.", "We light half.", "Why Money for half.",
            f"Buy lamps ( {barts.name}, Head of lamps)".replace("( ", "("),
            f"due today, {in_words(day(0))}",
        ):  # fmt: skip
            assert expected in told, expected
        assert 'href="/themes/dark/"' in html
        assert f'id="item-{item.pk}"' in html

    @pytest.mark.parametrize(
        ("kept", "told"),
        [
            ("*", "Fewer than 8 people spoke about this."),
            ("0", "Nobody had spoken about this yet."),
            ("40", "About 40 people spoke about this."),
        ],
    )
    def test_says_how_many_spoke_as_it_was_published(self, area: Area, kept: str, told: str) -> None:
        item = an_item(about_kind="test.theme", about_key=1, how_many_spoke=kept, what_people_told_us="Dark.")
        assert told in read(item.meeting.get_absolute_url())

    def test_never_names_a_theme_that_is_hidden(self, area: Area) -> None:
        area.theme(title="Hidden theme", is_public=False)
        item = an_item(about_kind="test.theme", about_key=1, how_many_spoke="*", what_people_told_us="Dark.")
        assert "Hidden theme" not in read(item.meeting.get_absolute_url())

    def test_says_we_could_not_because(self) -> None:
        row = a_decision(outcome="not-agreed", text="No lamps.", reason="The bank is not ours.")
        told = words(read(row.item.meeting.get_absolute_url()))
        assert "We could not, because The bank is not ours." in told
        assert "Not agreed: we could not" in told

    @pytest.mark.parametrize("outcome", ["agreed", "put-off"])
    def test_says_why_of_other_decisions(self, outcome: str) -> None:
        row = a_decision(outcome=outcome)
        told = words(read(row.item.meeting.get_absolute_url()))
        assert "We could not" not in told
        assert str(Decision.Outcome(outcome).label) in told
        assert "Why It is dark there." in told

    def test_publishes_its_minutes_and_who_was_there(self) -> None:
        row = a_held_meeting(minutes="We sat.\n\nWe stood.", present=3, quorum=4)
        html = read(row.get_absolute_url())
        assert "<p>We sat.</p> <p>We stood.</p>" in html
        assert "Decisions count from 4: what was decided has to be confirmed." in html

    def test_before_it_says_what_is_to_come(self) -> None:
        told = words(read(an_item(a_meeting(held_on=day(4))).meeting.get_absolute_url()))
        assert "Planned" in told
        assert "is not written down yet" not in told
        assert "The minutes are still to come." not in told

    def test_after_it_says_what_is_owed(self) -> None:
        told = words(read(an_item().meeting.get_absolute_url()))
        assert "What was decided is not written down yet." in told
        assert "The minutes are still to come." in told

    def test_that_is_cancelled_says_why(self) -> None:
        row = a_meeting(state="cancelled", cancelled_because="Too few could come.")
        assert "Cancelled: Too few could come." in words(read(row.get_absolute_url()))

    def test_prints_what_was_typed_and_runs_nothing(self, area: Area, barts: Organisation) -> None:
        area.theme(title=EVIL)
        board = a_board(name=EVIL, purpose=EVIL)
        meeting = a_held_meeting(board, place=EVIL, minutes=EVIL)
        texts = dict.fromkeys(
            ("title", "question", "what_people_told_us", "equality_impact", "not_known"), EVIL
        )
        item = an_item(meeting, about_kind="test.theme", about_key=1, how_many_spoke="*", **texts)
        row = a_decision(item, text=EVIL, reason=EVIL)
        an_action(barts, row, text=EVIL, owner=EVIL, note=EVIL, finished_on=day(0), finished_by_kind="x")
        an_action(barts, row, text=f"{EVIL}!", owner=EVIL)
        coming = a_meeting(board, place=EVIL, held_on=day(1), state="cancelled", cancelled_because=EVIL)
        for path in (
            "/meetings/",
            board.get_absolute_url(),
            meeting.get_absolute_url(),
            coming.get_absolute_url(),
        ):
            html = Client().get(path).content.decode()
            assert EVIL not in html, path
            assert "&lt;script&gt;" in html, path

    def test_costs_the_same_for_many_items(
        self, area: Area, barts: Organisation, django_assert_max_num_queries: Any
    ) -> None:
        meeting = a_held_meeting()
        for number in range(6):
            decision = a_decision(an_item(meeting))
            an_action(barts, decision, text=f"Buy {number}")
        with django_assert_max_num_queries(12):
            read(meeting.get_absolute_url())


class TestTheCalendar:
    def calendar(self, **fields: Any) -> str:
        board = a_board(name="Lamps, boats; and walks")
        self.row = a_meeting(board, **fields)
        answer = Client().get(f"{board.get_absolute_url()}meetings.ics")
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        return answer.content.decode()

    def test_gives_times_of_the_place_as_universal_ones(self) -> None:
        told = self.calendar(held_on="2026-06-03", starts_at="14:30")
        assert "DTSTART:20260603T133000Z\r\n" in told
        assert f"UID:meeting-{self.row.pk}@" in told
        assert "SUMMARY:Lamps\\, boats\\; and walks\r\n" in told

    def test_gives_the_day_where_no_time_is_known(self) -> None:
        assert "DTSTART;VALUE=DATE:20260603\r\n" in self.calendar(held_on="2026-06-03")

    def test_says_what_was_cancelled(self) -> None:
        assert "STATUS:CANCELLED" in self.calendar(state="cancelled", cancelled_because="of rain")

    def test_reads_the_same_until_the_meeting_changes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        told = self.calendar()
        assert f"DTSTAMP:{self.row.changed_at.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" in told
        later = self.row.changed_at + datetime.timedelta(days=3)
        monkeypatch.setattr(timezone, "now", lambda: later)
        assert Client().get(f"{self.row.board.get_absolute_url()}meetings.ics").content.decode() == told

    def test_folds_long_lines_and_takes_no_line_ends_from_words(self) -> None:
        told = self.calendar(place="The ünderpass\r\nEND:VEVENT " + "ö" * 150)
        assert max(len(line.encode()) for line in told.split("\r\n")) <= 75
        assert told.count("\r\nEND:VEVENT\r\n") == 1
        assert told.replace("\r\n ", "").count("ö" * 150) == 1
