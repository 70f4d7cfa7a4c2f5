"""One answer: everyone with a part agrees, everyone in the case is told, and only then is it closed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from joinedup.foundation.messages.models import Message
from joinedup.foundation.permissions import PermissionRefused
from joinedup.involve.cases.actions import answering
from joinedup.involve.cases.actions.opening import NotOpen, drop_part
from joinedup.involve.cases.factories import ANSWER, agreed, asked, opened, voice, written
from joinedup.involve.cases.models import Case, CaseAnswer
from joinedup.involve.contributions.actions.answering import mark_told
from joinedup.involve.contributions.actions.speaking import add_words, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_PHONE

pytestmark = pytest.mark.django_db


class TestWriting:
    def test_a_partner_writes_its_part(self, officer, council, elft, other_partner):
        part = asked(opened(council, officer), elft, officer)
        row = answering.write_part(part=part, text="We mend it on Monday.", by=other_partner)
        assert (row.state, row.written_by) == ("completed", other_partner)

    def test_a_partner_does_not_write_for_another(self, officer, council, elft, partner):
        part = asked(opened(council, officer), elft, officer)
        with pytest.raises(PermissionRefused):
            answering.write_part(part=part, text="Ours", by=partner)

    def test_whoever_writes_the_answer_agrees_to_it(self, officer, council, leader):
        answer = written(opened(council, officer), leader)
        assert answering.missing(answer) == []

    def test_one_that_could_not_be_done_says_why(self, officer, council):
        with pytest.raises(ValidationError) as fault:
            written(opened(council, officer), officer, outcome="could-not")
        assert "because" in fault.value.message_dict

    def test_the_reason_is_part_of_what_people_get(self, officer, council):
        answer = written(
            opened(council, officer), officer, outcome="could-not", because="there is no money this year."
        )
        assert answer.whole.endswith("We could not, because there is no money this year.")

    def test_a_change_is_a_new_wording_to_be_agreed_anew(self, officer, council, elft, other_partner):
        case = opened(council, officer)
        part = asked(case, elft, officer)
        agreed(case, officer, part)
        again = written(case, officer, text="Another one")
        assert again.number == 2
        assert answering.missing(again) == [elft]


class TestAgreeing:
    def test_it_goes_out_only_when_all_agreed(self, officer, council, elft):
        case = opened(council, officer)
        asked(case, elft, officer)
        with pytest.raises(ValidationError, match="East London NHS Foundation Trust"):
            answering.send(answer=written(case, officer), by=officer)
        assert not CaseAnswer.objects.filter(sent_at__isnull=False).exists()

    def test_the_database_holds_that_too(self, officer, council, elft):
        case = opened(council, officer)
        asked(case, elft, officer)
        answer = written(case, officer)
        with pytest.raises(DatabaseError, match="agreed"), transaction.atomic():
            CaseAnswer.objects.filter(pk=answer.pk).update(sent_at=timezone.now())

    def test_one_that_does_not_agree_says_what_should_be_different(
        self, officer, council, elft, other_partner
    ):
        case = opened(council, officer)
        asked(case, elft, officer)
        answer = written(case, officer)
        with pytest.raises(ValidationError) as fault:
            answering.respond(answer=answer, organisation=elft, agrees=False, by=other_partner)
        assert "objection" in fault.value.message_dict
        row = answering.respond(
            answer=answer, organisation=elft, agrees=False, objection="Say sorry first.", by=other_partner
        )
        assert row.objection == "Say sorry first."
        assert answering.missing(answer) == [elft]

    def test_it_may_think_again(self, officer, council, elft, other_partner):
        case = opened(council, officer)
        asked(case, elft, officer)
        answer = written(case, officer)
        no = {"agrees": False, "objection": "No", "by": other_partner}
        answering.respond(answer=answer, organisation=elft, **no)
        answering.respond(answer=answer, organisation=elft, agrees=True, by=other_partner)
        assert answering.missing(answer) == []

    def test_nobody_agrees_for_another_organisation(self, officer, council, elft, partner):
        case = opened(council, officer)
        asked(case, elft, officer)
        with pytest.raises(PermissionRefused):
            answering.respond(answer=written(case, officer), organisation=elft, agrees=True, by=partner)

    def test_an_organisation_without_a_part_has_nothing_to_agree_to(self, officer, council, elft):
        answer = written(opened(council, officer), officer)
        with pytest.raises(ValidationError, match="no part"):
            answering.respond(answer=answer, organisation=elft, agrees=True, by=officer)

    def test_an_earlier_wording_is_not_agreed_to(self, officer, council, elft):
        case = opened(council, officer)
        asked(case, elft, officer)
        first = written(case, officer)
        written(case, officer, text="A later one")
        with pytest.raises(answering.Stale):
            answering.respond(answer=first, organisation=elft, agrees=True, by=officer)

    def test_a_part_that_is_not_needed_any_more_need_not_agree(self, officer, council, elft):
        case = opened(council, officer)
        part = asked(case, elft, officer)
        answer = written(case, officer)
        drop_part(part=part, by=officer)
        assert answering.send(answer=answer, by=officer).sent_at is not None


class TestSending:
    def test_each_is_told_in_the_form_they_asked_for(self, officer, council, outbox):
        mailed, rung, read = voice(**BY_EMAIL), voice(**BY_PHONE), voice()
        case = opened(council, officer, mailed, rung, read)
        answering.send(answer=written(case, officer), by=officer)
        forms = {row.answers.get().form: row.answers.get().is_told for row in (mailed, rung, read)}
        assert forms == {"email": True, "phone": False, "none": True}
        assert [ANSWER in mail.text for mail in outbox() if mail.template.endswith("answer")] == [True]

    def test_it_stays_open_while_someone_has_not_been_rung(self, officer, council):
        rung = voice(**BY_PHONE)
        case = opened(council, officer, voice(), rung)
        answering.send(answer=written(case, officer), by=officer)
        with pytest.raises(ValidationError, match="has not been told"):
            answering.close(case=case, by=officer)
        mark_told(answer=rung.answers.get(), on=timezone.localdate(), by=officer)
        assert answering.close(case=case, by=officer).state == Case.State.COMPLETED

    def test_it_closes_by_itself_when_everyone_was_told(self, officer, council):
        case = opened(council, officer, voice(**BY_EMAIL))
        answering.send(answer=written(case, officer), by=officer)
        case.refresh_from_db()
        assert case.state == Case.State.COMPLETED

    def test_the_database_refuses_to_close_it_untold(self, officer, council):
        case = opened(council, officer, voice(**BY_PHONE))
        with pytest.raises(DatabaseError, match="told"), transaction.atomic():
            Case.objects.filter(pk=case.pk).update(state="completed", closed_at=timezone.now())

    def test_what_was_taken_back_waits_for_nothing(self, officer, council):
        gone = voice(**BY_PHONE)
        case = opened(council, officer, gone, voice())
        withdraw(contribution=gone)
        answering.send(answer=written(case, officer), by=officer)
        case.refresh_from_db()
        assert case.state == Case.State.COMPLETED

    def test_nobody_is_told_what_was_written_before_they_said_more(self, officer, council):
        one = voice(**BY_EMAIL)
        case = opened(council, officer, one)
        answer = written(case, officer)
        add_words(contribution=one, text="It broke again.", once="y" * 30)
        with pytest.raises(answering.NewWords) as fault:
            answering.send(answer=answer, by=officer)
        assert fault.value.references == [one.reference]
        assert not Message.objects.filter(template__endswith="answer").exists()

    def test_it_goes_out_once(self, officer, council, outbox):
        case = opened(council, officer, voice(**BY_EMAIL), voice(**BY_PHONE))
        answer = written(case, officer)
        answering.send(answer=answer, by=officer)
        with pytest.raises(answering.Stale):
            answering.send(answer=answer, by=officer)
        assert sum(mail.template.endswith("answer") for mail in outbox()) == 1

    def test_the_lead_sends_it(self, officer, council, leader):
        case = opened(council, officer)
        assert answering.send(answer=written(case, leader), by=leader).sent_by == leader

    def test_one_with_a_part_does_not_send_it(self, officer, council, elft, other_partner):
        case = opened(council, officer)
        answer = agreed(case, officer, asked(case, elft, officer))
        with pytest.raises(PermissionRefused):
            answering.send(answer=answer, by=other_partner)

    def test_a_closed_case_opens_again_when_someone_says_more(self, officer, council):
        one = voice()
        case = opened(council, officer, one)
        answering.send(answer=written(case, officer), by=officer)
        add_words(contribution=one, text="It broke again.", once="z" * 30)
        case.refresh_from_db()
        assert (case.state, case.closed_at) == (Case.State.IN_PROGRESS, None)

    def test_and_is_answered_anew(self, officer, council):
        one = voice()
        case = opened(council, officer, one)
        answering.send(answer=written(case, officer), by=officer)
        add_words(contribution=one, text="It broke again.", once="z" * 30)
        case.refresh_from_db()
        answering.send(answer=written(case, officer, text="We are sorry."), by=officer)
        assert [row.text for row in one.answers.oldest_first()] == [ANSWER, "We are sorry."]

    def test_a_closed_case_is_not_written_in(self, officer, council):
        case = opened(council, officer)
        answering.send(answer=written(case, officer), by=officer)
        with pytest.raises(NotOpen):
            written(case, officer)
