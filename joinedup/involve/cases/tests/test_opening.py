"""Opening a case, and what belongs to it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import PermissionRefused
from joinedup.involve.cases import worklist
from joinedup.involve.cases.actions import opening
from joinedup.involve.cases.factories import asked, opened, voice
from joinedup.involve.cases.models import Case, Place
from joinedup.involve.contributions.actions.answering import InCase, answer, assign
from joinedup.involve.contributions.actions.speaking import withdraw
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db


class TestOpening:
    def test_it_takes_in_what_was_chosen_and_gives_it_to_the_lead(self, officer, council):
        one, other = voice(), voice()
        case = opened(council, officer, one, other)
        assert list(Contribution.objects.filter(places__case=case).order_by("pk")) == [one, other]
        one.refresh_from_db()
        assert (one.in_case, one.organisation, one.state) == (True, council, "in-progress")

    def test_it_is_due_when_the_first_of_them_was_promised_an_answer(self, officer, council):
        one, other = voice(), voice()
        Contribution.objects.filter(pk=other.pk).update(
            answer_by_on=one.answer_by_on, read_by_on=one.read_by_on
        )
        early = one.answer_by_on - datetime.timedelta(days=4)
        Contribution.objects.filter(pk=one.pk).update(answer_by_on=early, read_by_on=early)
        one.refresh_from_db()
        assert opened(council, officer, one, other).due_on == early

    def test_a_day_later_than_the_promise_is_not_taken(self, officer, council):
        one = voice()
        late = one.answer_by_on + datetime.timedelta(days=30)
        assert opened(council, officer, one, due_on=late).due_on == one.answer_by_on

    def test_a_sooner_day_is(self, officer, council):
        one = voice()
        soon = one.answer_by_on - datetime.timedelta(days=3)
        assert opened(council, officer, one, due_on=soon).due_on == soon

    def test_its_reference_can_be_read_over_a_telephone(self, officer, council):
        reference = opened(council, officer).reference
        assert reference.startswith("C-")
        assert not set(reference[2:]) & set("ILOU")

    def test_it_needs_at_least_one(self, officer, council):
        with pytest.raises(ValidationError, match="Choose what belongs"):
            opening.open_case(contributions=[], title="Empty", lead=council, by=officer)

    def test_it_needs_a_title(self, officer, council):
        with pytest.raises(ValidationError) as fault:
            opened(council, officer, title="  ")
        assert "title" in fault.value.message_dict
        assert not Case.objects.exists()

    def test_the_owner_answers_for_the_one_who_leads(self, officer, council, other_partner):
        with pytest.raises(ValidationError) as fault:
            opened(council, officer, owner=other_partner)
        assert "owner" in fault.value.message_dict

    def test_the_owner_gets_what_is_in_it(self, officer, council, leader):
        one = voice()
        opened(council, officer, one, owner=leader)
        one.refresh_from_db()
        assert one.assigned_to == leader

    def test_what_is_in_a_case_cannot_be_in_another(self, officer, council):
        one = voice()
        first = opened(council, officer, one)
        with pytest.raises(ValidationError, match=f"is in case {first.reference} already"):
            opened(council, officer, voice(), one)
        assert Case.objects.count() == 1

    def test_the_database_holds_that_too(self, officer, council):
        one = voice()
        opened(council, officer, one)
        other = opened(council, officer)
        with pytest.raises(IntegrityError), transaction.atomic():
            Place.objects.create(case=other, contribution=one)

    def test_what_was_taken_back_cannot_join(self, officer, council):
        one = voice()
        withdraw(contribution=one)
        with pytest.raises(ValidationError, match="taken back"):
            opened(council, officer, one)

    @pytest.mark.parametrize("who", ["partner", "stranger", "editor", "privacy_officer", "administrator"])
    def test_nobody_but_an_engagement_officer_opens_one(self, who, request, council):
        with pytest.raises(PermissionRefused):
            opened(council, request.getfixturevalue(who))

    def test_it_is_on_record_without_a_word_of_what_was_said(self, officer, council):
        opened(council, officer)
        event = AuditEvent.objects.get(verb="involve_cases.open")
        assert event.details == {"lead": council.pk, "owner": None, "risk": 3}


class TestWhatIsInIt:
    def test_nobody_answers_it_alone(self, officer, council):
        one = voice()
        opened(council, officer, one)
        one.refresh_from_db()
        with pytest.raises(InCase):
            answer(contribution=one, text="Hello", heard_at=one.last_heard_at, once="x" * 30, by=officer)

    def test_nobody_gives_it_to_someone_else_alone(self, officer, council, elft):
        one = voice()
        opened(council, officer, one)
        with pytest.raises(InCase):
            assign(contribution=one, organisation=elft, by=officer)

    def test_one_more_can_join_and_bring_the_day_forward(self, officer, council):
        case, one = opened(council, officer), voice()
        early = case.due_on - datetime.timedelta(days=2)
        Contribution.objects.filter(pk=one.pk).update(answer_by_on=early, read_by_on=early)
        one.refresh_from_db()
        opening.join(case=case, contribution=one, by=officer)
        case.refresh_from_db()
        assert case.due_on == early

    def test_joining_twice_is_joining_once(self, officer, council):
        case, one = opened(council, officer), voice()
        first = opening.join(case=case, contribution=one, by=officer)
        assert opening.join(case=case, contribution=one, by=officer) == first

    def test_one_can_leave_and_is_answered_for_itself_again(self, officer, council):
        one, other = voice(), voice()
        case = opened(council, officer, one, other)
        opening.leave(case=case, contribution=one, by=officer)
        one.refresh_from_db()
        assert not one.in_case
        assert list(Contribution.objects.filter(places__in=case.places.standing())) == [other]

    def test_that_it_was_there_stays_on_record(self, officer, council):
        one = voice()
        case = opened(council, officer, one, voice())
        opening.leave(case=case, contribution=one, by=officer)
        assert case.places.get(contribution=one).left_at is not None

    def test_the_last_one_cannot_leave(self, officer, council):
        one = voice()
        case = opened(council, officer, one)
        with pytest.raises(ValidationError, match="only one"):
            opening.leave(case=case, contribution=one, by=officer)


class TestChanging:
    def test_the_lead_changes_risk_and_owner(self, officer, council, leader):
        case = opened(council, officer)
        changed = opening.change(case=case, version=1, risk=Case.Risk.URGENT, owner=leader, by=leader)
        assert (changed.risk, changed.owner, changed.version) == (1, leader, 2)

    def test_another_lead_gets_what_is_in_it(self, officer, council, elft):
        one = voice()
        case = opened(council, officer, one)
        opening.change(case=case, version=1, lead=elft, by=officer)
        one.refresh_from_db()
        assert one.organisation == elft

    def test_who_leads_cannot_hand_it_away_alone(self, officer, council, elft, leader):
        case = opened(council, officer)
        with pytest.raises(PermissionRefused):
            opening.change(case=case, version=1, lead=elft, by=leader)

    def test_two_at_once_do_not_overwrite_one_another(self, officer, council):
        case = opened(council, officer)
        opening.change(case=case, version=1, title="First", by=officer)
        with pytest.raises(ValidationError) as fault:
            opening.change(case=case, version=1, title="Second", by=officer)
        assert fault.value.code == "clash"

    def test_a_member_of_another_organisation_changes_nothing(self, officer, council, other_partner):
        with pytest.raises(PermissionRefused):
            opening.change(case=opened(council, officer), version=1, title="Mine", by=other_partner)


class TestParts:
    def test_an_organisation_is_asked_by_a_day(self, officer, council, elft):
        part = asked(opened(council, officer), elft, officer)
        assert (part.organisation, part.state) == (elft, "requested")

    def test_the_lead_may_ask(self, officer, council, elft, leader):
        assert asked(opened(council, officer), elft, leader).pk

    def test_one_with_a_part_may_not_ask_others(self, officer, council, elft, barts, other_partner):
        case = opened(council, officer)
        asked(case, elft, officer)
        with pytest.raises(PermissionRefused):
            asked(case, barts, other_partner)

    def test_it_is_asked_once(self, officer, council, elft):
        case = opened(council, officer)
        asked(case, elft, officer)
        with pytest.raises(ValidationError, match="has a part already"):
            asked(case, elft, officer)

    def test_it_is_due_before_the_answer_is(self, officer, council, elft):
        case = opened(council, officer)
        later = case.due_on + datetime.timedelta(days=1)
        with pytest.raises(ValidationError) as fault:
            opening.ask_part(case=case, organisation=elft, asked="When?", due_on=later, by=officer)
        assert set(fault.value.message_dict) == {"due_on"}

    def test_one_that_is_not_needed_any_more_can_be_asked_for_again(self, officer, council, elft):
        case = opened(council, officer)
        opening.drop_part(part=asked(case, elft, officer), by=officer)
        assert asked(case, elft, officer).state == "requested"


class TestTheDaysWork:
    def test_it_stays_on_the_list_while_others_are_waited_for(self, officer, council, elft, client_for):
        case = opened(council, officer, risk=Case.Risk.URGENT)
        asked(case, elft, officer)
        page = client_for(officer).get("/workspace/").content.decode()
        assert f"Look after case {case.reference}: someone may come to harm" in page

    def test_what_can_be_done_is_listed_behind_many_that_wait(
        self, officer, council, elft, client_for, monkeypatch
    ):
        monkeypatch.setattr(worklist, "SHOWN", 1)
        asked(opened(council, officer, risk=Case.Risk.RAISED), elft, officer)
        ready = opened(council, officer)
        page = client_for(officer).get("/workspace/").content.decode()
        assert f"Write the answer of case {ready.reference}" in page
