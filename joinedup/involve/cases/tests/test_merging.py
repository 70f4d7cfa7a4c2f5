"""Bringing two cases together and parting them again: nothing of either is lost."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from joinedup.foundation.permissions import PermissionRefused
from joinedup.involve.cases.actions import answering, merging, opening
from joinedup.involve.cases.actions.opening import NotOpen
from joinedup.involve.cases.factories import asked, opened, voice, written
from joinedup.involve.cases.models import Case, Place
from joinedup.involve.contributions.actions.answering import mark_told
from joinedup.involve.contributions.actions.speaking import add_words, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_PHONE
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db


def inside(case: Case) -> set[int]:
    return set(case.places.standing().values_list("contribution", flat=True))


class TestMerging:
    def test_everything_goes_to_the_other_one(self, officer, council):
        source, target = opened(council, officer), opened(council, officer)
        both = inside(source) | inside(target)
        merging.merge(source=source, target=target, by=officer)
        source.refresh_from_db()
        assert (inside(source), inside(target)) == (set(), both)
        assert (source.state, source.merged_into) == (Case.State.MERGED, target)

    def test_that_it_was_elsewhere_stays_on_record(self, officer, council):
        source, target = opened(council, officer), opened(council, officer)
        row = merging.merge(source=source, target=target, by=officer)
        assert source.places.get().left_by_merge == row

    def test_the_lead_of_the_one_that_stays_answers(self, officer, council, elft):
        one = voice()
        merging.merge(source=opened(elft, officer, one), target=opened(council, officer), by=officer)
        one.refresh_from_db()
        assert one.organisation == council

    def test_also_for_one_that_was_told_already_and_may_say_more(self, officer, council, elft):
        rung, other = voice(**BY_PHONE), voice()
        source = opened(elft, officer, other)
        answering.contributions.answer(
            contribution=rung, text="Soon.", heard_at=rung.last_heard_at, once="x" * 30, by=officer
        )
        opening.join(case=source, contribution=rung, by=officer)
        mark_told(answer=rung.answers.get(), on=timezone.localdate(), by=officer)
        merging.merge(source=source, target=opened(council, officer), by=officer)
        rung.refresh_from_db()
        assert (rung.state, rung.organisation) == ("completed", council)

    def test_it_is_due_when_the_first_of_all_was_promised(self, officer, council):
        one = voice()
        early = one.answer_by_on - datetime.timedelta(days=4)
        Contribution.objects.filter(pk=one.pk).update(answer_by_on=early, read_by_on=early)
        one.refresh_from_db()
        target = opened(council, officer)
        merging.merge(source=opened(council, officer, one), target=target, by=officer)
        target.refresh_from_db()
        assert target.due_on == early

    def test_what_was_taken_back_makes_nothing_due_sooner(self, officer, council):
        one, other = voice(), voice()
        early = one.answer_by_on - datetime.timedelta(days=4)
        source, target = opened(council, officer, one, other), opened(council, officer)
        Contribution.objects.filter(pk=one.pk).update(answer_by_on=early, read_by_on=early)
        withdraw(contribution=one)
        due = target.due_on
        merging.merge(source=source, target=target, by=officer)
        target.refresh_from_db()
        assert target.due_on == due

    def test_the_higher_risk_stays(self, officer, council):
        target = opened(council, officer)
        merging.merge(source=opened(council, officer, risk=Case.Risk.URGENT), target=target, by=officer)
        target.refresh_from_db()
        assert target.risk == Case.Risk.URGENT

    def test_one_that_others_have_a_part_in_is_not_merged_past_them(self, officer, council, elft):
        source, target = opened(council, officer), opened(council, officer)
        asked(source, elft, officer)
        with pytest.raises(ValidationError) as fault:
            merging.merge(source=source, target=target, by=officer)
        assert fault.value.code == "parts"
        merging.merge(source=target, target=source, by=officer)

    def test_a_case_does_not_go_into_itself(self, officer, council):
        case = opened(council, officer)
        with pytest.raises(ValidationError, match="another case"):
            merging.merge(source=case, target=case, by=officer)

    def test_one_whose_answer_has_gone_out_is_not_merged_away(self, officer, council):
        source = opened(council, officer, voice(**BY_PHONE))
        answering.send(answer=written(source, officer), by=officer)
        with pytest.raises(ValidationError, match="other way round"):
            merging.merge(source=source, target=opened(council, officer), by=officer)

    def test_a_closed_one_takes_nothing_in(self, officer, council):
        closed = opened(council, officer)
        answering.send(answer=written(closed, officer), by=officer)
        with pytest.raises(NotOpen):
            merging.merge(source=opened(council, officer), target=closed, by=officer)

    @pytest.mark.parametrize("who", ["leader", "other_partner", "stranger", "privacy_officer"])
    def test_nobody_but_an_officer_merges(self, who, request, officer, council):
        source, target = opened(council, officer), opened(council, officer)
        with pytest.raises(PermissionRefused):
            merging.merge(source=source, target=target, by=request.getfixturevalue(who))


class TestParting:
    def test_everyone_is_where_they_were(self, officer, council, elft):
        source, target = opened(elft, officer, voice(), voice()), opened(council, officer)
        before = inside(source), inside(target)
        merging.undo(merge=merging.merge(source=source, target=target, by=officer), by=officer)
        source.refresh_from_db()
        assert (inside(source), inside(target)) == before
        assert (source.state, source.merged_into) == (Case.State.IN_PROGRESS, None)

    def test_and_answered_by_who_led_before(self, officer, council, elft):
        one = voice()
        source = opened(elft, officer, one)
        merging.undo(
            merge=merging.merge(source=source, target=opened(council, officer), by=officer), by=officer
        )
        one.refresh_from_db()
        assert one.organisation == elft

    def test_two_merges_one_after_the_other_come_apart_in_order(self, officer, council):
        first, second, third = (opened(council, officer) for _ in range(3))
        before = [inside(case) for case in (first, second, third)]
        one = merging.merge(source=first, target=second, by=officer)
        two = merging.merge(source=second, target=third, by=officer)
        merging.undo(merge=two, by=officer)
        merging.undo(merge=one, by=officer)
        assert [inside(case) for case in (first, second, third)] == before

    def test_not_out_of_order(self, officer, council):
        first, second, third = (opened(council, officer) for _ in range(3))
        one = merging.merge(source=first, target=second, by=officer)
        merging.merge(source=second, target=third, by=officer)
        with pytest.raises(NotOpen):
            merging.undo(merge=one, by=officer)

    def test_twice_changes_nothing(self, officer, council):
        source, target = opened(council, officer), opened(council, officer)
        row = merging.merge(source=source, target=target, by=officer)
        merging.undo(merge=row, by=officer)
        places = Place.objects.count()
        merging.undo(merge=row, by=officer)
        assert Place.objects.count() == places

    def test_it_can_be_merged_anew(self, officer, council):
        source, target = opened(council, officer), opened(council, officer)
        merging.undo(merge=merging.merge(source=source, target=target, by=officer), by=officer)
        merging.merge(source=source, target=target, by=officer)
        assert len(inside(target)) == 2

    def test_not_once_all_of_them_were_told(self, officer, council):
        source, target = opened(council, officer, voice(**BY_EMAIL)), opened(council, officer)
        row = merging.merge(source=source, target=target, by=officer)
        answering.send(answer=written(target, officer), by=officer)
        add_words(contribution=target.places.standing()[0].contribution, text="More.", once="m" * 30)
        with pytest.raises(ValidationError, match="stay together"):
            merging.undo(merge=row, by=officer)

    def test_one_taken_out_meanwhile_stays_out(self, officer, council):
        one, other = voice(), voice()
        source, target = opened(council, officer, one, other), opened(council, officer)
        row = merging.merge(source=source, target=target, by=officer)
        opening.leave(case=target, contribution=one, by=officer)
        merging.undo(merge=row, by=officer)
        assert inside(source) == {other.pk}

    def test_a_stranger_parts_nothing(self, officer, council, stranger):
        row = merging.merge(source=opened(council, officer), target=opened(council, officer), by=officer)
        with pytest.raises(PermissionRefused):
            merging.undo(merge=row, by=stranger)
