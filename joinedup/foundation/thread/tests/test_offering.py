"""When something came about, it is offered to tell everyone at the start: once, and never by itself."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.foundation.thread.actions import tie, untie
from joinedup.foundation.thread.actions.offering import reached
from joinedup.foundation.thread.actions.telling import tell
from joinedup.foundation.thread.models import Link, Telling
from joinedup.foundation.thread.plugs import Form, Part
from joinedup.foundation.thread.tests.conftest import BY, DAY, WORDS, Area, chain_of, telling_of

pytestmark = pytest.mark.django_db


def test_each_new_step_after_a_theme_with_voices_is_offered(area: Area) -> None:
    ends = chain_of(area, Form.EMAIL)
    offered = {row.about for row in Telling.objects.offered()}
    assert offered == {ends[part] for part in (Part.DECISION, Part.PROJECT, Part.MEASURE, Part.SPEND)}


def test_nothing_is_offered_where_nobody_stands_at_the_start(area: Area) -> None:
    chain_of(area)
    assert not Telling.objects.exists()


def test_what_a_voice_is_about_is_no_news(area: Area) -> None:
    tie(start=area.voice(1), end=area.put(Part.THEME), on=DAY, by=BY)
    assert not Telling.objects.exists()


@pytest.mark.parametrize("start", [Part.VOICE, Part.THEME, Part.DECISION])
def test_an_answer_goes_out_for_itself_and_is_not_offered(area: Area, start: Part) -> None:
    ends = chain_of(area, Form.EMAIL)
    before = Telling.objects.count()
    from_end = ("test.voice", 1) if start is Part.VOICE else ends[start]
    tie(start=from_end, end=area.put(Part.ANSWER), on=DAY, by=BY)
    assert Telling.objects.count() == before


def test_tying_again_offers_nothing_more(area: Area) -> None:
    ends = chain_of(area, Form.EMAIL)
    before = Telling.objects.count()
    tie(start=ends[Part.THEME], end=ends[Part.DECISION], on=DAY, by=BY)
    assert Telling.objects.count() == before


def test_the_database_holds_one_offer_for_a_link(area: Area) -> None:
    ends = chain_of(area, Form.EMAIL)
    link = telling_of(ends[Part.DECISION]).link
    with pytest.raises(IntegrityError), transaction.atomic():
        Telling.objects.create(link=link, about_kind="test.decision", about_key=1)


class TestALinkThatIsTakenBack:
    def test_takes_its_offer_along(self, area: Area, officer: User) -> None:
        ends = chain_of(area, Form.EMAIL)
        row = telling_of(ends[Part.DECISION])
        assert row.link is not None
        untie(link=row.link, by=officer)
        row.refresh_from_db()
        assert (row.state, row.why_not) == (Telling.State.DECLINED, "The link was taken back.")
        assert row.decided_by_key == officer.actor_id

    def test_that_is_tied_anew_is_offered_anew(self, area: Area) -> None:
        ends = chain_of(area, Form.EMAIL)
        link = telling_of(ends[Part.DECISION]).link
        assert link is not None
        untie(link=link, by=BY)
        tie(start=ends[Part.THEME], end=ends[Part.DECISION], on=DAY, by=BY)
        assert Telling.objects.offered().filter(about_kind="test.decision").count() == 1

    def test_lets_go_of_whom_nobody_told_yet(self, area: Area) -> None:
        ends = chain_of(area, Form.EMAIL, Form.PHONE, Form.REFERENCE)
        row = tell(telling=telling_of(ends[Part.DECISION]), text=WORDS, by=BY)
        assert row.link is not None
        untie(link=row.link, by=BY)
        row.refresh_from_db()
        assert row.state == Telling.State.TOLD
        assert not row.told.waiting().exists()
        assert row.told.filter(told_on__isnull=False).count() == 1, "who was told already stays told"


class TestAnOutcome:
    def test_that_was_reached_is_offered_once(self, area: Area, manager: User) -> None:
        ends = chain_of(area, Form.EMAIL)
        made = [reached(about=ends[Part.MEASURE], occasion="target-met", by=manager) for _ in range(2)]
        assert made[0] is not None
        assert made[0] == made[1]
        assert made[0].link is None
        assert AuditEvent.objects.filter(verb="foundation_thread.reached").count() == 1

    def test_is_offered_for_each_occasion(self, area: Area, manager: User) -> None:
        ends = chain_of(area, Form.EMAIL)
        for occasion in ("target-met", "held-a-year"):
            assert reached(about=ends[Part.MEASURE], occasion=occasion, by=manager)
        assert Telling.objects.filter(link__isnull=True).count() == 2

    def test_without_voices_is_told_to_nobody(self, area: Area, manager: User) -> None:
        ends = chain_of(area)
        assert reached(about=ends[Part.MEASURE], occasion="target-met", by=manager) is None

    @pytest.mark.parametrize("who", ["stranger", "partner", "editor", "privacy_officer"])
    def test_is_not_offered_by_others(self, area: Area, who: str, request: pytest.FixtureRequest) -> None:
        ends = chain_of(area, Form.EMAIL)
        for by in (request.getfixturevalue(who), VISITOR):
            with pytest.raises(PermissionRefused):
                reached(about=ends[Part.MEASURE], occasion="target-met", by=by)
        assert not Telling.objects.filter(link__isnull=True).exists()


def test_only_steps_can_be_links_so_no_chain_comes_back_to_where_it_was(area: Area) -> None:
    ends = chain_of(area)
    with pytest.raises(IntegrityError), transaction.atomic():
        Link.objects.create(
            start_kind="test.measure",
            start_key=1,
            start_part=Part.MEASURE,
            end_kind="test.theme",
            end_key=ends[Part.THEME][1],
            end_part=Part.THEME,
            on=datetime.date(2026, 5, 1),
            linked_by_kind="system",
        )
