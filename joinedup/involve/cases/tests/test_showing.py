"""Showing an answer to everyone, and what the thread and the worklist tell of cases."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import PermissionRefused
from joinedup.foundation.thread import plugs
from joinedup.foundation.worklist import for_user
from joinedup.involve.cases.actions import answering, publishing
from joinedup.involve.cases.actions.opening import drop_part
from joinedup.involve.cases.factories import asked, opened, voice, written
from joinedup.involve.cases.models import CaseAnswer
from joinedup.involve.contributions.factories import BY_PHONE
from joinedup.involve.themes.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(db) -> Theme:
    return Theme.objects.create(slug="lifts", name="Lifts", summary="They are broken.", is_public=True)


@pytest.fixture
def sent(officer, council) -> CaseAnswer:
    case = opened(council, officer)
    return answering.send(answer=written(case, officer), by=officer)


class TestShowing:
    def test_everyone_reads_it_with_the_theme(self, sent, theme, officer, client):
        publishing.show(answer=sent, theme=theme, by=officer)
        assert "The lift is mended" in client.get("/what-we-did/lifts/").content.decode()

    def test_one_that_was_not_shown_is_read_by_nobody(self, sent, theme, client):
        assert "The lift is mended" not in client.get("/what-we-did/lifts/").content.decode()

    def test_hidden_it_is_gone_at_once(self, sent, theme, officer, client):
        publishing.show(answer=sent, theme=theme, by=officer)
        client.get("/what-we-did/lifts/")
        publishing.hide(answer=sent, by=officer)
        assert "The lift is mended" not in client.get("/what-we-did/lifts/").content.decode()

    def test_shown_again_it_is_there_at_once(self, sent, theme, officer):
        publishing.show(answer=sent, theme=theme, by=officer)
        publishing.hide(answer=sent, by=officer)
        before = current()
        publishing.show(answer=sent, theme=theme, by=officer)
        assert current() > before

    def test_those_who_asked_read_it_first(self, officer, council, theme):
        answer = written(opened(council, officer), officer)
        with pytest.raises(ValidationError, match="Send it first"):
            publishing.show(answer=answer, theme=theme, by=officer)

    @pytest.mark.parametrize("who", ["leader", "partner", "stranger", "privacy_officer"])
    def test_nobody_but_an_officer_shows_or_hides(self, who, sent, theme, request):
        user = request.getfixturevalue(who)
        with pytest.raises(PermissionRefused):
            publishing.show(answer=sent, theme=theme, by=user)
        with pytest.raises(PermissionRefused):
            publishing.hide(answer=sent, by=user)

    def test_a_reason_is_what_the_thread_tells_of_one_that_could_not_be_done(self, officer, council):
        case = opened(council, officer)
        answer = written(case, officer, outcome="could-not", because="there is no money.")
        end = (answering.KIND, answer.pk)
        thing = plugs.things([end])[end]
        assert (thing.text, thing.has_failed, thing.is_public) == ("there is no money.", True, False)


def needs(user: User, key: str, day: datetime.date) -> list[str]:
    return [need.words for pile in for_user(user, day) if pile.source.key == key for need in pile.needs]


class TestWhatNeedsYouToday:
    def test_who_leads_writes_sends_and_rings(self, officer, council, leader):
        case = opened(council, officer, voice(**BY_PHONE))
        day = case.due_on
        assert needs(leader, "involve_cases.led", day) == [f"Write the answer of case {case.reference}"]
        answer = written(case, leader)
        assert needs(leader, "involve_cases.led", day) == [f"Send the answer of case {case.reference}"]
        answering.send(answer=answer, by=leader)
        told = [f"Ring or write to those still to be told in case {case.reference}"]
        assert needs(leader, "involve_cases.led", day) == told

    def test_waits_for_parts_until_they_are_late(self, officer, council, elft, leader):
        case = opened(council, officer)
        asked(case, elft, officer)
        assert needs(leader, "involve_cases.led", case.due_on) == []
        after = case.due_on.replace(year=case.due_on.year + 1)
        assert needs(leader, "involve_cases.led", after) == [
            f"Ask after a late part of case {case.reference}"
        ]

    def test_one_with_a_part_writes_it_and_agrees(self, officer, council, elft, other_partner):
        case = opened(council, officer)
        part = asked(case, elft, officer)
        told = [f"Write your part of case {case.reference}"]
        assert needs(other_partner, "involve_cases.asked", case.due_on) == told
        answering.write_part(part=part, text="On Monday.", by=other_partner)
        assert needs(other_partner, "involve_cases.asked", case.due_on) == []
        written(case, officer)
        agree = [f"Read the answer of case {case.reference} and agree"]
        assert needs(other_partner, "involve_cases.agree", case.due_on) == agree

    def test_not_once_the_part_is_not_needed(self, officer, council, elft, other_partner):
        case = opened(council, officer)
        drop_part(part=asked(case, elft, officer), by=officer)
        assert needs(other_partner, "involve_cases.asked", case.due_on) == []

    @pytest.mark.parametrize("key", ["involve_cases.led", "involve_cases.asked", "involve_cases.agree"])
    def test_nothing_for_a_stranger_or_another_organisation(  # noqa: PLR0917
        self, key, officer, council, elft, partner, stranger
    ):
        case = opened(council, officer)
        asked(case, elft, officer)
        written(case, officer)
        assert needs(partner, key, case.due_on) == needs(stranger, key, case.due_on) == []
