"""Who is let in at which door of a case, and what they see there."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.cases.actions.answering import write_part
from joinedup.involve.cases.actions.opening import drop_part
from joinedup.involve.cases.factories import asked, opened, voice, written
from joinedup.involve.cases.models import Case, CaseAnswer, Part
from joinedup.involve.contributions.actions.speaking import add_words
from joinedup.involve.contributions.factories import BY_LETTER
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db
WHO = ("stranger", "partner", "other_partner", "leader", "officer", "privacy_officer", "manager")
SECRETS = {"name": "Zohra Quill", "needs": ("interpreter",), "needs_other": "Speak up", "language": "bn"}


@dataclass
class Room:
    """A case led by the council, in which elft has a part, and one answer that waits to be agreed."""

    case: Case
    part: Part
    answer: CaseAnswer
    voice: Contribution
    elft: Organisation

    def path(self, door: str) -> str:
        address = door.format(part=self.part.pk, elft=self.elft.pk)
        return f"/workspace/cases/{self.case.reference}/{address}"


@pytest.fixture
def manager(barts: Organisation) -> User:
    """Keeps meetings and money, and has nothing to do with what single people said."""
    return person("manager", barts, "programme-manager")


@pytest.fixture
def room(officer: User, council: Organisation, elft: Organisation) -> Room:
    said = voice(**{**BY_LETTER, **SECRETS})
    case = opened(council, officer, said, voice())
    part = asked(case, elft, officer)
    return Room(case, part, written(case, officer), said, elft)


# One figure for each of WHO, in that order.
GET = {
    "": (403, 404, 200, 200, 200, 200, 403),
    "change/": (403, 404, 404, 200, 200, 403, 403),
    "ask/": (403, 404, 404, 200, 200, 403, 403),
    "answer/": (403, 404, 404, 200, 200, 403, 403),
    "join/": (403, 403, 403, 403, 200, 403, 403),
    "merge/": (403, 403, 403, 403, 200, 403, 403),
    "parts/{part}/": (403, 404, 200, 404, 200, 403, 403),
    "answer/1/{elft}/": (403, 404, 200, 404, 200, 404, 403),
    "answer/1/show/": (403, 403, 403, 403, 200, 403, 403),
    "answer/1/send/": (403, 405, 405, 405, 405, 403, 403),
    "close/": (403, 405, 405, 405, 405, 403, 403),
    "parts/{part}/drop/": (403, 405, 405, 405, 405, 403, 403),
    "leave/": (403, 403, 403, 403, 405, 403, 403),
    "merge/1/undo/": (403, 403, 403, 403, 405, 403, 403),
}
# What is posted is empty: a form that is refused shows itself again, 302 is a step taken or declined.
POST = {
    "change/": (403, 404, 404, 200, 200, 403, 403),
    "ask/": (403, 404, 404, 200, 200, 403, 403),
    "answer/": (403, 404, 404, 200, 200, 403, 403),
    "join/": (403, 403, 403, 403, 200, 403, 403),
    "merge/": (403, 403, 403, 403, 200, 403, 403),
    "parts/{part}/": (403, 404, 200, 404, 200, 403, 403),
    "answer/1/{elft}/": (403, 404, 200, 404, 200, 404, 403),
    "answer/1/show/": (403, 403, 403, 403, 200, 403, 403),
    "answer/1/send/": (403, 404, 404, 302, 302, 403, 403),
    "close/": (403, 404, 404, 302, 302, 403, 403),
    "parts/{part}/drop/": (403, 404, 404, 302, 302, 403, 403),
    "leave/": (403, 403, 403, 403, 404, 403, 403),
    "merge/999/undo/": (403, 403, 403, 403, 404, 403, 403),
}


@pytest.mark.parametrize("who", WHO)
def test_each_gets_in_where_they_may(who, room, request, client_for):
    client = client_for(request.getfixturevalue(who))
    place = WHO.index(who)
    found = {door: client.get(room.path(door)).status_code for door in GET}
    assert found == {door: codes[place] for door, codes in GET.items()}


@pytest.mark.parametrize("who", WHO)
def test_and_does_what_they_may(who, room, request, client_for):
    client = client_for(request.getfixturevalue(who))
    place = WHO.index(who)
    found = {door: client.post(room.path(door)).status_code for door in POST}
    assert found == {door: codes[place] for door, codes in POST.items()}


def test_a_visitor_is_asked_to_sign_in(room, client):
    for door in GET:
        assert client.get(room.path(door)).headers["Location"].startswith("/account/login/")


class TestOneWithAPart:
    def page(self, room: Room, user: User, client_for: Callable[..., Client]) -> str:
        return client_for(user).get(room.path("")).content.decode()

    def test_reads_what_was_said(self, room, other_partner, client_for):
        assert "My neighbour cannot get upstairs" in self.page(room, other_partner, client_for)

    @pytest.mark.parametrize("door", ["", "parts/{part}/", "answer/1/{elft}/"])
    def test_learns_nothing_of_who_said_it(self, door, room, other_partner, client_for):
        page = client_for(other_partner).get(room.path(door)).content.decode()
        for told in (
            "Zohra",
            "Elm Walk",
            "E1 4DG",
            "interpreter",
            "Speak up",
            "Bengali",
            room.voice.reference,
        ):
            assert told.lower() not in page.lower(), told

    def test_reads_no_number_that_stands_in_the_words(self, room, officer, other_partner, client_for):
        add_words(contribution=room.voice, text="Ring Ali on 020 7946 0999.", once="x" * 30)
        assert "Ring Ali on 020 7946 0999." in self.page(room, officer, client_for)
        assert "Ring Ali on […]." in self.page(room, other_partner, client_for)

    def test_does_not_reach_the_person_by_another_door(self, room, other_partner, client_for):
        client, reference = client_for(other_partner), room.voice.reference
        for door in (
            f"contributions/{reference}/",
            f"cases/of/{reference}/",
            f"contributions/{reference}/told/",
            f"contributions/{reference}/letter/",
        ):
            assert client.get(f"/workspace/{door}").status_code in (403, 404), door

    def test_is_told_one_thing_to_do(self, room, other_partner, client_for):
        page = self.page(room, other_partner, client_for)
        assert filled(page) == ["Write your part"]

    def test_then_to_agree(self, room, other_partner, client_for):
        write_part(part=room.part, text="On Monday.", by=other_partner)
        assert filled(self.page(room, other_partner, client_for)) == ["Read the answer and agree"]

    def test_is_out_once_the_part_is_not_needed(self, room, officer, other_partner, client_for):
        drop_part(part=room.part, by=officer)
        client = client_for(other_partner)
        for door in ("", "parts/{part}/", "answer/1/{elft}/"):
            assert client.get(room.path(door)).status_code == 404
        assert room.case.reference not in client.get("/workspace/cases/?state=all").content.decode()


class TestThoseWhoLead:
    def test_see_who_it_is(self, room, leader, client_for):
        page = client_for(leader).get(room.path("")).content.decode()
        assert room.voice.reference in page
        assert "Speak up" in page

    def test_cannot_hand_the_case_away(self, room, leader, client_for):
        assert "Who leads?" not in client_for(leader).get(room.path("change/")).content.decode()


class TestTheList:
    @pytest.mark.parametrize(
        ("who", "sees"),
        [
            ("partner", False),
            ("other_partner", True),
            ("leader", True),
            ("officer", True),
            ("privacy_officer", True),
        ],
    )
    def test_names_the_cases_someone_may_see(self, who, sees, room, request, client_for):
        page = client_for(request.getfixturevalue(who)).get("/workspace/cases/").content.decode()
        assert (room.case.reference in page) == sees

    def test_a_case_is_found_in_small_letters_too(self, room, officer, client_for):
        assert client_for(officer).get(room.path("").lower()).status_code == 200

    @pytest.mark.parametrize("reference", ["C-000000", "nonsense", "%00"])
    def test_one_that_is_not_there_is_not_found(self, reference, officer, client_for):
        assert client_for(officer).get(f"/workspace/cases/{reference}/").status_code == 404


def filled(page: str) -> list[str]:
    """The words on the filled buttons of a page."""
    main = page[page.index("<main") :]
    found = re.findall(r'class="nhsuk-button jo-button"[^>]*>([^<]+)<', main)
    return [" ".join(each.split()) for each in found]
