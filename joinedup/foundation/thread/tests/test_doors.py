"""The rooms of staff: who comes in, what a thing's page lets them do, what waits for them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client

from joinedup.foundation import worklist
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.hearing import say
from joinedup.foundation.thread.actions.telling import tell
from joinedup.foundation.thread.models import Link, Telling, Told
from joinedup.foundation.thread.plugs import Form, Part
from joinedup.foundation.thread.tests.conftest import (
    BY,
    DAY,
    WORDS,
    Area,
    chain_of,
    telling_of,
    told_people,
)

pytestmark = pytest.mark.django_db
HERE = "/workspace/what-came-of-it/"
THING = f"{HERE}test.theme/1/"
DAY_PARTS = {"on_day": "1", "on_month": "3", "on_year": "2026"}


@pytest.fixture
def as_manager(manager: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(manager)


def addresses(area: Area) -> list[tuple[str, str]]:
    """Every door of these rooms, with the method that opens it."""
    [told] = told_people(area, Form.PHONE)
    project = telling_of(("test.project", 1))
    link = Link.objects.exclude(start_part=Part.VOICE).earliest("pk")
    return [
        ("get", HERE),
        ("get", THING),
        ("post", f"{THING}untie/{link.pk}/"),
        ("post", f"{THING}late/{told.telling_id}/"),
        ("get", f"{HERE}tell/{project.pk}/"),
        ("get", f"{HERE}told/{told.pk}/"),
        ("get", f"{HERE}told/{told.pk}/reply/"),
    ]


class TestWhoComesIn:
    @pytest.mark.parametrize("who", ["stranger", "partner", "editor", "privacy_officer", "administrator"])
    def test_not_those_who_do_not_tell_people(
        self, area: Area, who: str, request: pytest.FixtureRequest, client_for: Callable[[User], Client]
    ) -> None:
        client = client_for(request.getfixturevalue(who))
        for method, address in addresses(area):
            assert getattr(client, method)(address).status_code == 403, address

    def test_nobody_without_signing_in(self, area: Area, client: Client) -> None:
        for method, address in addresses(area):
            answer = getattr(client, method)(address)
            assert answer.status_code == 302, address
            assert "/login/" in answer.headers["Location"]

    @pytest.mark.parametrize("who", ["officer", "manager"])
    def test_officers_and_managers(
        self, area: Area, who: str, request: pytest.FixtureRequest, client_for: Callable[[User], Client]
    ) -> None:
        client = client_for(request.getfixturevalue(who))
        for method, address in addresses(area):
            refused = who == "manager" and "untie" in address  # it asks for the permission of the end
            assert getattr(client, method)(address).status_code in ((403,) if refused else (200, 302)), (
                address
            )

    def test_taking_back_and_telling_latecomers_take_a_button(self, area: Area, as_officer: Client) -> None:
        for method, address in addresses(area):
            if method == "post":
                assert as_officer.get(address).status_code == 405


class TestWhatIsNotThere:
    @pytest.mark.parametrize(
        "address",
        [
            "test.unknown/1/",
            "test.theme/99/",
            "test.theme/99999999999999999999/",
            "test.voice/1/",
            "test.answer/1/",
            "tell/99/",
            "tell/99999999999999999999/",
            "told/99/",
            "told/99/reply/",
        ],
    )
    def test_is_not_found(self, area: Area, as_officer: Client, address: str) -> None:
        area.voice(1)
        area.put(Part.ANSWER)
        assert as_officer.get(f"{HERE}{address}").status_code == 404


class TestAThing:
    def test_tells_what_came_of_it_and_what_can_follow(self, area: Area, as_officer: Client) -> None:
        chain_of(area, Form.EMAIL)
        page = as_officer.get(THING).content.decode()
        for said in ("decision 1", "project 1", "What can follow:", "/begin/1/", "Take this link back"):
            assert said in page

    def test_shows_staff_what_is_not_public_yet(self, area: Area, as_officer: Client) -> None:
        chain_of(area)
        area.put(Part.DECISION, public=False, title="Not yet")
        assert "Not yet" in as_officer.get(THING).content.decode()

    def test_is_tied_to_what_followed(self, area: Area, as_officer: Client) -> None:
        area.put(Part.THEME)
        area.put(Part.DECISION, 5)
        data = {"kind": "test.decision", "thing": "5", **DAY_PARTS}
        assert as_officer.post(THING, data).status_code == 302
        assert Link.objects.get().end == ("test.decision", 5)

    @pytest.mark.parametrize(
        ("changes", "fault"),
        [
            ({"thing": "77"}, "Select a valid choice"),
            ({"thing": ""}, "Choose what followed"),
            ({"on_month": "13"}, "Enter a real date"),
            ({"on_year": "2099"}, "still to come"),
        ],
    )
    def test_says_what_is_wrong_and_ties_nothing(
        self, area: Area, as_officer: Client, changes: dict[str, str], fault: str
    ) -> None:
        area.put(Part.THEME)
        area.put(Part.DECISION, 5)
        data = {"kind": "test.decision", "thing": "5", **DAY_PARTS, **changes}
        page = as_officer.post(THING, data)
        assert page.status_code == 200
        assert fault in page.content.decode()
        assert not Link.objects.exists()

    @pytest.mark.parametrize("kind", ["test.measure", "test.unknown", ""])
    def test_is_not_tied_to_what_cannot_follow(self, area: Area, as_officer: Client, kind: str) -> None:
        area.put(Part.THEME)
        area.put(Part.MEASURE, 5)
        as_officer.post(THING, {"kind": kind, "thing": "5", **DAY_PARTS})
        assert not Link.objects.exists()

    def test_lets_tie_and_untie_only_who_may_by_the_end(
        self, area: Area, as_manager: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        chain_of(area)
        page = as_manager.get(THING).content.decode()
        assert "Take this link back" not in page
        assert "Tie it" not in page
        link = Link.objects.get(end_part=Part.DECISION)
        assert as_manager.post(f"{THING}untie/{link.pk}/").status_code == 403
        decisions = replace(plugs.kind("test.decision"), permission=Permission.MEETING_CHANGE)
        monkeypatch.setattr(plugs, "_kinds", {**plugs._kinds, "test.decision": decisions})
        assert as_manager.post(f"{THING}untie/{link.pk}/").status_code == 302
        assert not Link.objects.standing().filter(pk=link.pk).exists()

    def test_does_not_untie_what_is_not_of_its_chain_nor_a_voice(
        self, area: Area, as_officer: Client
    ) -> None:
        chain_of(area, Form.EMAIL)
        other = tie(start=area.put(Part.THEME, 2), end=area.put(Part.DECISION, 2), on=DAY, by=BY)
        voice = Link.objects.get(start_part=Part.VOICE)
        for link in (other, voice):
            as_officer.post(f"{THING}untie/{link.pk}/")
            assert Link.objects.standing().filter(pk=link.pk).exists()

    def test_offers_to_tell_those_who_came_late(self, area: Area, as_officer: Client) -> None:
        [told] = told_people(area, Form.REFERENCE)
        tie(start=area.voice(2, Form.REFERENCE), end=("test.theme", 1), on=DAY, by=BY)
        there = f"{HERE}test.decision/1/"
        assert "1 person who spoke before this" in as_officer.get(there).content.decode()
        as_officer.post(f"{there}late/{told.telling_id}/")
        assert told.telling.told.count() == 2
        assert "who spoke before this" not in as_officer.get(there).content.decode()


class TestDeciding:
    def test_shows_how_many_are_told_in_which_way(self, area: Area, as_officer: Client) -> None:
        ends = chain_of(area, Form.EMAIL, Form.EMAIL, Form.PHONE)
        page = as_officer.get(f"{HERE}tell/{telling_of(ends[Part.DECISION]).pk}/").content.decode()
        assert "3 people stand at the start:" in page
        assert "2 by email, 1 by phone, 0 by letter" in page

    def test_to_tell_keeps_the_words(self, area: Area, as_officer: Client) -> None:
        row = telling_of(chain_of(area, Form.PHONE)[Part.DECISION])
        assert as_officer.post(f"{HERE}tell/{row.pk}/", {"text": WORDS, "step": "tell"}).status_code == 302
        row.refresh_from_db()
        assert (row.state, row.text) == (Telling.State.SENDING, WORDS)

    @pytest.mark.parametrize(
        ("data", "fault"),
        [
            ({"step": "tell", "text": " "}, "Write what you tell them"),
            ({"step": "decline", "why": " "}, "Say why"),
        ],
    )
    def test_without_words_decides_nothing(
        self, area: Area, as_officer: Client, data: dict[str, str], fault: str
    ) -> None:
        row = telling_of(chain_of(area, Form.PHONE)[Part.DECISION])
        assert fault in as_officer.post(f"{HERE}tell/{row.pk}/", data).content.decode()
        row.refresh_from_db()
        assert row.state == Telling.State.OFFERED

    def test_what_is_decided_says_so(self, area: Area, as_officer: Client) -> None:
        [told] = told_people(area, Form.PHONE)
        page = as_officer.get(f"{HERE}tell/{told.telling_id}/", follow=True).content.decode()
        assert "someone has decided about this already" in page


class TestCallsAndLetters:
    def test_are_marked_with_the_day_and_what_they_said(self, area: Area, as_officer: Client) -> None:
        [told] = told_people(area, Form.PHONE)
        page = as_officer.get(f"{HERE}told/{told.pk}/").content.decode()
        assert WORDS in page
        on = Told.objects.get().telling.decided_at
        assert on is not None
        data = {"on_day": on.day, "on_month": on.month, "on_year": on.year, "verdict": "confirmed"}
        assert as_officer.post(f"{HERE}told/{told.pk}/", data).status_code == 302
        assert Told.objects.get().verdict == "confirmed"

    def test_on_a_day_before_it_was_decided_say_what_is_wrong(self, area: Area, as_officer: Client) -> None:
        [told] = told_people(area, Form.PHONE)
        page = as_officer.post(f"{HERE}told/{told.pk}/", DAY_PARTS).content.decode()
        assert "not yet decided on that day" in page

    def test_are_for_those_who_work_with_what_people_say(
        self, area: Area, as_officer: Client, as_manager: Client
    ) -> None:
        told_people(area, Form.PHONE)
        assert "/said/1/" in as_officer.get(HERE).content.decode()
        page = as_manager.get(HERE).content.decode()
        assert "/said/1/" not in page
        assert "1 person waits for a call or a letter" in page

    def test_of_those_who_took_it_back_are_not_listed(self, area: Area, as_officer: Client) -> None:
        told_people(area, Form.PHONE, Form.LETTER)
        area.forms[1] = Form.NOBODY
        del area.forms[2]
        assert "/said/" not in as_officer.get(HERE).content.decode()


def test_the_list_of_what_waits_costs_the_same_for_many(
    area: Area, as_officer: Client, django_assert_max_num_queries: Callable[..., object]
) -> None:
    ends = chain_of(area, *[Form.PHONE] * 15, *[Form.REFERENCE] * 15)
    for part in (Part.DECISION, Part.PROJECT):
        telling = tell(telling=telling_of(ends[part]), text=WORDS, by=BY)
        for row in telling.told.filter(form=Form.REFERENCE):
            say(told=row, verdict="disputed")
    as_officer.get(HERE)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        as_officer.get(HERE)


class TestWhatNeedsSomeoneToday:
    def needs(self, user: User) -> dict[str, list[worklist.Need]]:
        piles = worklist.for_user(user, DAY)
        return {pile.source.key: list(pile.needs) for pile in piles if "thread" in pile.source.key}

    def waiting(self, area: Area) -> None:
        rows = told_people(area, Form.PHONE, Form.REFERENCE)
        say(told=rows[1], verdict="disputed")

    def test_names_news_calls_and_disputes(self, area: Area, officer: User) -> None:
        self.waiting(area)
        needs = self.needs(officer)
        assert len(needs["foundation_thread.offered"]) == 3
        [call] = needs["foundation_thread.by_hand"]
        assert call.words == "Ring or write to 1 person about what changed"
        [dispute] = needs["foundation_thread.disputed"]
        assert dispute.about == "decision 1"
        assert dispute.due_on is not None

    def test_asks_no_manager_to_ring_people_they_cannot_reach(self, area: Area, manager: User) -> None:
        self.waiting(area)
        assert set(self.needs(manager)) == {"foundation_thread.offered", "foundation_thread.disputed"}

    @pytest.mark.parametrize("who", ["stranger", "partner", "editor", "privacy_officer"])
    def test_is_nothing_for_others(self, area: Area, who: str, request: pytest.FixtureRequest) -> None:
        self.waiting(area)
        assert self.needs(request.getfixturevalue(who)) == {}

    def test_is_empty_once_it_is_done(self, area: Area, officer: User) -> None:
        chain_of(area)
        assert self.needs(officer) == {}
