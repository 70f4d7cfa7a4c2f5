"""Where meetings are kept and actions finished: by whom, with nothing lost, one way through each step."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.thread.models import Link
from joinedup.foundation.thread.plugs import Part
from joinedup.govern.meetings.factories import (
    a_board,
    a_decision,
    a_held_meeting,
    a_meeting,
    an_action,
    an_item,
    day,
)
from joinedup.govern.meetings.models import Action, AgendaItem, Board, Decision, Meeting
from joinedup.govern.meetings.tests.conftest import Area
from joinedup.govern.programmes.tests.test_workspace import filled, page, send

pytestmark = pytest.mark.django_db
HOME = "/workspace/meetings/"
NOT_THEIRS = ["stranger", "officer", "partner", "other_partner", "editor", "privacy_officer", "administrator"]
PUT = f"{HOME}put/?kind=test.theme&key=1"


def boxes(name: str, number: int) -> dict[str, str]:
    """A day so many days from today, in three boxes."""
    on = day(number)
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


def test_a_board_is_added_and_changed(client: Client, barts: Organisation, elft: Organisation) -> None:
    send(client, HOME + "boards/add/", name="Lamp board", purpose="Lamps.", quorum="4",
         members=[str(barts.pk), str(elft.pk)], is_public="on")  # fmt: skip
    row = Board.objects.get()
    assert (row.slug, row.quorum, row.members.count(), row.is_public) == ("lamp-board", 4, 2, True)
    answer = send(client, f"{HOME}boards/{row.pk}/change/", name="Lanterns", members=[str(elft.pk)])
    assert answer.headers["Location"] == f"{HOME}boards/{row.pk}/"
    row.refresh_from_db()
    assert (row.name, list(row.members.all())) == ("Lanterns", [elft])
    assert "Lanterns" in page(client, HOME)


def test_the_second_of_two_sees_both_also_who_sits_on_a_board(
    client: Client, barts: Organisation, elft: Organisation
) -> None:
    row = a_board()
    path = f"{HOME}boards/{row.pk}/change/"
    mine = filled(page(client, path)) | {"name": "Mine"}
    send(client, path, name="Theirs", members=[str(elft.pk)])
    html = unescape(client.post(path, mine | {"members": [str(barts.pk)]}).content.decode())
    assert "Someone else changed this while you were writing." in html
    assert "Theirs" in html
    assert 'value="Mine"' in html
    assert f'<dd class="nhsuk-summary-list__value">{elft.name}</dd>' in html


def test_a_meeting_goes_its_whole_way(client: Client, barts: Organisation, area: Area) -> None:
    area.theme()
    area.voices(("test.theme", 1), 9)
    board = a_board()
    send(client, f"{HOME}boards/{board.pk}/plan/", place="The hall", starts_at="14:30", is_public="on",
         **boxes("held_on", 0))  # fmt: skip
    meeting = Meeting.objects.get()
    assert meeting.starts_at is not None
    home = f"{HOME}{meeting.pk}/"
    send(client, PUT, meeting=str(meeting.pk), question="Do we light it?")
    item = AgendaItem.objects.get()
    assert (item.title, item.what_people_told_us) == ("Dark towpaths", "People fear the dark.")
    assert item.how_many_spoke == "10"
    assert "Write down the decision: Dark towpaths</a>" in page(client, home)
    send(
        client, f"{HOME}items/{item.pk}/decide/", outcome="agreed", text="We light it.", reason="It is dark."
    )
    decision = Decision.objects.get()
    link = Link.objects.get(start_part=Part.THEME)
    assert (link.start, link.end, link.on) == (
        ("test.theme", 1),
        ("govern_meetings.decision", decision.pk),
        day(0),
    )
    send(client, f"{HOME}decisions/{decision.pk}/give/", text="Buy lamps", owner="Head of lamps",
         organisation=str(barts.pk), **boxes("due_on", 9))  # fmt: skip
    action = Action.objects.get()
    assert 'class="nhsuk-button jo-button" href="' + f'{HOME}{meeting.pk}/hold/"' in page(client, home)
    send(client, home + "hold/", minutes="We met.", present="5")
    send(client, f"{HOME}actions/{action.pk}/finish/", note="Bought.", **boxes("finished_on", 0))
    action.refresh_from_db()
    assert action.is_finished
    html = page(client, home)
    assert "Correct the minutes" in html
    assert "nhsuk-button jo-button" not in html.split('id="main"')[1].split("</main>")[0]
    send(client, f"{HOME}actions/{action.pk}/reopen/")
    action.refresh_from_db()
    assert not action.is_finished


class TestPuttingOnAnAgenda:
    def test_begins_with_what_is_known_of_the_theme(self, client: Client, area: Area) -> None:
        area.theme()
        area.voices(("test.theme", 1), 3)
        planned, over = a_meeting(place="Planned"), a_held_meeting(a_board(name="Other board"))
        html = page(client, PUT)
        assert 'value="Dark towpaths"' in html
        assert "People fear the dark." in html
        assert "Fewer than 8 people spoke about this." in html
        assert str(planned) in html
        assert str(over) not in html

    def test_says_beside_the_field_that_people_must_be_heard(self, client: Client, area: Area) -> None:
        area.theme()
        meeting = a_meeting()
        answer = send(client, PUT, meeting=str(meeting.pk), question="What I wrote?", what_people_told_us=" ")
        html = unescape(answer.content.decode())
        assert "People spoke about this. Say what they told us, so that the board hears it." in html
        assert "What I wrote?" in html
        assert not AgendaItem.objects.exists()

    def test_needs_a_meeting(self, client: Client, area: Area) -> None:
        area.theme()
        answer = send(client, PUT, question="?")
        assert answer.status_code == 200
        assert not AgendaItem.objects.exists()

    @pytest.mark.parametrize(
        "query",
        [
            "",
            "?kind=test.theme",
            "?kind=test.theme&key=2",
            "?kind=test.theme&key=x",
            "?kind=test.theme&key=-1",
            "?kind=test.theme&key=²",
            f"?kind=test.theme&key={'9' * 40}",
            "?kind=no.kind&key=1",
            "?kind=test.voice&key=1",
            "?kind=govern_meetings.decision&key=1",
        ],
    )
    def test_refuses_what_is_not_there_or_no_theme(self, client: Client, area: Area, query: str) -> None:
        area.voices(area.theme(), 1)
        for answer in (client.get(f"{HOME}put/{query}"), client.post(f"{HOME}put/{query}")):
            assert answer.status_code == 404

    def test_refuses_a_hidden_theme_to_who_may_not_see_it(
        self, client: Client, area: Area, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        area.theme(is_public=False)
        assert client.get(PUT).status_code == 200  # a programme manager may change themes
        monkeypatch.setattr("joinedup.govern.meetings.access.may", lambda *said: False)
        assert client.get(PUT).status_code == 404

    def test_without_a_theme_asks_for_no_voices(self, client: Client) -> None:
        meeting = a_meeting()
        send(client, f"{HOME}{meeting.pk}/put/", title="Boats", question="May boats pass?")
        assert AgendaItem.objects.get().about is None


class TestRefusals:
    def test_what_is_wrong_is_told_and_nothing_is_lost(self, client: Client) -> None:
        item = an_item()
        answer = send(client, f"{HOME}items/{item.pk}/decide/", outcome="not-agreed", text="What I wrote.")
        html = unescape(answer.content.decode())
        assert "What I wrote." in html
        assert "Please answer: Why" in html
        assert not Decision.objects.exists()

    def test_a_decision_of_a_coming_meeting_is_refused_in_words(self, client: Client) -> None:
        item = an_item(a_meeting(held_on=day(2)))
        answer = send(client, f"{HOME}items/{item.pk}/decide/", outcome="agreed", text="x", reason="y")
        assert "Nothing can be decided at a meeting that was cancelled or is still to come." in unescape(
            answer.content.decode()
        )

    def test_minutes_of_a_coming_meeting_are_refused_in_words(self, client: Client) -> None:
        row = a_meeting(held_on=day(2))
        answer = send(client, f"{HOME}{row.pk}/hold/", minutes="What I wrote.", present="3")
        html = answer.content.decode()
        assert "This meeting is still to come." in html
        assert "What I wrote." in html

    def test_a_meeting_is_cancelled_with_a_reason(self, client: Client) -> None:
        row = a_meeting(held_on=day(2))
        assert send(client, f"{HOME}{row.pk}/cancel/").status_code == 200
        assert send(client, f"{HOME}{row.pk}/cancel/", cancelled_because="Rain.").status_code == 302
        row.refresh_from_db()
        assert row.state == Meeting.State.CANCELLED

    @pytest.mark.parametrize("text", ["25:00", "half past two", "1430x"])
    def test_a_time_that_is_none_is_told(self, client: Client, text: str) -> None:
        answer = send(client, f"{HOME}boards/{a_board().pk}/plan/", place="x", starts_at=text,
                      **boxes("held_on", 2))  # fmt: skip
        assert "Enter a time in figures, like 14:30." in answer.content.decode()

    def test_taking_off_an_agenda_asks_first_and_minds_the_version(self, client: Client) -> None:
        row = an_item(title="Boats")
        path = f"{HOME}items/{row.pk}/take-off/"
        old = filled(page(client, path))
        send(client, f"{HOME}items/{row.pk}/change/", title="Barges")
        assert "Someone else changed this" in unescape(client.post(path, old).content.decode())
        assert send(client, path).status_code == 302
        assert not AgendaItem.objects.exists()

    def test_what_is_typed_is_printed_and_never_run(
        self, client: Client, area: Area, barts: Organisation
    ) -> None:
        evil = "<script>alert(1)</script>"
        area.theme(title=evil, text=evil)
        meeting = a_meeting(a_board(name=evil, purpose=evil), place=evil)
        item = an_item(meeting, title=evil, question=evil)
        decision = a_decision(item, text=evil, reason=evil)
        action = an_action(barts, decision, text=evil, owner=evil)
        paths = (
            "", f"boards/{meeting.board.pk}/", f"boards/{meeting.board.pk}/plan/", f"{meeting.pk}/",
            f"{meeting.pk}/hold/", f"decisions/{decision.pk}/change/", f"decisions/{decision.pk}/give/",
            f"actions/{action.pk}/finish/", "actions/", "put/?kind=test.theme&key=1",
            f"items/{item.pk}/take-off/",
        )  # fmt: skip
        for path in paths:
            html = client.get(HOME + path).content.decode()
            assert evil not in html, path
            assert "&lt;script&gt;" in html, path


class TestWhoMay:
    def paths(self, barts: Organisation) -> list[str]:
        action = an_action(barts)
        decision = action.decision
        item, meeting = decision.item, decision.item.meeting
        return [
            "", "boards/add/", f"boards/{meeting.board.pk}/", f"boards/{meeting.board.pk}/change/",
            f"boards/{meeting.board.pk}/plan/", f"{meeting.pk}/", f"{meeting.pk}/change/",
            f"{meeting.pk}/hold/", f"{meeting.pk}/cancel/", f"{meeting.pk}/put/",
            "put/?kind=test.theme&key=1", f"items/{item.pk}/change/", f"items/{item.pk}/take-off/",
            f"items/{item.pk}/decide/", f"decisions/{decision.pk}/change/",
            f"decisions/{decision.pk}/give/", f"actions/{action.pk}/change/", f"actions/{action.pk}/reopen/",
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "who",
        ["stranger", "officer", "editor", "partner", "other_partner", "privacy_officer", "administrator"],
    )
    def test_only_who_keeps_meetings_comes_in(
        self, who: str, request: Any, barts: Organisation, area: Area, client_for: Callable[[User], Client]
    ) -> None:
        area.theme()
        other = client_for(request.getfixturevalue(who))
        for path in self.paths(barts):
            assert other.get(HOME + path).status_code == 403, path
            assert other.post(HOME + path).status_code == 403, path
        assert Action.objects.get().version == Meeting.objects.get().version == 1

    def test_who_is_not_signed_in_is_asked_to(self, barts: Organisation, area: Area) -> None:
        for path in [*self.paths(barts), "actions/", f"actions/{Action.objects.get().pk}/finish/"]:
            answer = Client().get(HOME + path)
            assert answer.status_code == 302
            assert "/account/login/" in answer.headers["Location"]

    def test_all_doors_open_to_the_programme_manager(
        self, client: Client, barts: Organisation, area: Area
    ) -> None:
        area.theme()
        for path in self.paths(barts):
            assert client.get(HOME + path).status_code == 200, path

    def test_a_partner_sees_and_finishes_the_actions_of_their_own_organisation(
        self, partner: User, client_for: Callable[[User], Client], barts: Organisation, elft: Organisation
    ) -> None:
        mine = an_action(barts, text="Buy lamps")
        an_action(elft, text="Sell boats")
        browser = client_for(partner)
        html = page(browser, HOME + "actions/")
        assert "Buy lamps" in html
        assert "Sell boats" not in html
        assert f'href="{HOME}{mine.decision.item.meeting.pk}/"' not in html
        answer = send(browser, f"{HOME}actions/{mine.pk}/finish/", note="Bought.")
        assert answer.status_code == 302
        mine.refresh_from_db()
        assert (mine.finished_on, mine.finished_by_key) == (day(0), str(partner.pk))
        assert "Bought." in page(browser, HOME + "actions/")

    def test_a_partner_of_another_organisation_finds_no_such_action(
        self, other_partner: User, client_for: Callable[[User], Client], barts: Organisation
    ) -> None:
        row, browser = an_action(barts, text="Buy lamps"), client_for(other_partner)
        assert "Buy lamps" not in page(browser, HOME + "actions/")
        path = f"{HOME}actions/{row.pk}/finish/"
        assert browser.get(path).status_code == 404
        sent = {"version": "1", "note": "Mine.", **boxes("finished_on", 0)}
        assert browser.post(path, sent).status_code == 404
        row.refresh_from_db()
        assert not row.is_finished

    @pytest.mark.parametrize("who", ["stranger", "officer", "editor", "privacy_officer", "administrator"])
    def test_others_see_no_actions(
        self, who: str, request: Any, client_for: Callable[[User], Client], barts: Organisation
    ) -> None:
        row, browser = an_action(barts), client_for(request.getfixturevalue(who))
        assert browser.get(HOME + "actions/").status_code == 403
        assert browser.get(f"{HOME}actions/{row.pk}/finish/").status_code == 403

    def test_the_programme_manager_sees_the_actions_of_all(
        self, client: Client, barts: Organisation, elft: Organisation
    ) -> None:
        an_action(barts, text="Buy lamps")
        an_action(elft, text="Sell boats")
        html = page(client, HOME + "actions/")
        assert "Buy lamps" in html
        assert "Sell boats" in html
