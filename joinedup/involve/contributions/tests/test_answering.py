"""Giving on, answering in the form asked for, and telling: nothing is answered before the person was told."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.involve.contributions.actions.answering import (
    AlreadyAnswered,
    NewWords,
    answer,
    assign,
    mark_told,
    start,
)
from joinedup.involve.contributions.actions.speaking import Closed, add_words, withdraw
from joinedup.involve.contributions.factories import BY_EMAIL, BY_LETTER, BY_PHONE, given_to, sent
from joinedup.involve.contributions.models import Answer, Contribution

pytestmark = pytest.mark.django_db
TEXT = "Thank you. The lift runs again since Monday."


def written(contribution: Contribution, by, text: str = TEXT, once: str = "k" * 43) -> Answer:
    return answer(contribution=contribution, text=text, heard_at=contribution.last_heard_at, once=once, by=by)


def state(contribution: Contribution) -> str:
    return Contribution.objects.get(pk=contribution.pk).state


class TestGivingOn:
    def test_starts_it_and_is_written_down(self, officer, barts, partner):
        contribution = assign(
            contribution=sent().contribution, organisation=barts, person=partner, by=officer
        )
        assert (contribution.state, contribution.organisation, contribution.assigned_to) == (
            "in-progress",
            barts,
            partner,
        )
        event = AuditEvent.objects.get(verb="involve_contributions.assign")
        assert event.details == {"organisation": barts.pk, "person": partner.pk}

    def test_only_to_a_person_of_that_organisation(
        self, officer, barts, other_partner, privacy_officer, stranger
    ):
        for person in (other_partner, privacy_officer, stranger):
            with pytest.raises(ValidationError):
                assign(contribution=sent().contribution, organisation=barts, person=person, by=officer)

    @pytest.mark.parametrize("who", ["partner", "privacy_officer", "stranger"])
    def test_not_by_partner_staff_nor_anyone_else(self, request, barts, officer, who):
        contribution = given_to(barts, officer)
        with pytest.raises(PermissionRefused):
            assign(contribution=contribution, organisation=barts, by=request.getfixturevalue(who))
        with pytest.raises(PermissionRefused):
            assign(contribution=contribution, organisation=barts, by=VISITOR)

    def test_starting_twice_changes_nothing(self, officer):
        contribution = sent().contribution
        first = start(contribution=contribution, by=officer)
        assert start(contribution=contribution, by=officer).started_at == first.started_at
        assert AuditEvent.objects.filter(verb="involve_contributions.start").count() == 1


class TestByEmail:
    def test_goes_out_at_once_and_is_answered(self, officer, outbox):
        contribution = sent(**BY_EMAIL, name="Amina").contribution
        row = written(contribution, officer)
        message = outbox()[-1]
        assert row.message == message
        assert message.to == "amina@example.org"
        assert (message.about_kind, message.about_id) == (
            "involve_contributions.contribution",
            str(contribution.pk),
        )
        assert TEXT in message.text
        assert "Dear Amina," in message.text
        assert state(contribution) == "completed"

    def test_script_tags_and_quotes_are_text_in_the_mail(self, officer, outbox):
        contribution = sent(**BY_EMAIL, name="<script>alert(1)</script>").contribution
        written(contribution, officer, text="We're <b>sorry</b> & <script>alert(2)</script>")
        message = outbox()[-1]
        assert "<script>alert" not in message.html
        assert "<b>sorry" not in message.html
        assert "We're <b>sorry</b> & <script>" in message.text

    def test_what_the_person_said_is_not_repeated_in_the_mail(self, officer, outbox):
        written(sent(**BY_EMAIL).contribution, officer)
        assert "three weeks" not in outbox()[-1].text + outbox()[-1].html


@pytest.mark.parametrize("way", [BY_PHONE, BY_LETTER])
class TestByPhoneOrLetter:
    def test_is_not_answered_before_the_person_was_told(self, officer, outbox, way):
        contribution = sent(**way).contribution
        row = written(contribution, officer)
        assert state(contribution) == "in-progress"
        assert outbox() == []
        mark_told(answer=row, on=timezone.localdate(), by=officer)
        assert state(contribution) == "completed"
        assert AuditEvent.objects.get(verb="involve_contributions.mark_told").details == {
            "form": way["reply_by"]
        }

    def test_cannot_have_been_told_before_it_was_written_nor_tomorrow(self, officer, way):
        row = written(sent(**way).contribution, officer)
        for days in (-1, 1):
            with pytest.raises(ValidationError):
                mark_told(answer=row, on=timezone.localdate() + datetime.timedelta(days=days), by=officer)
        assert state(row.contribution) == "in-progress"

    def test_is_marked_once(self, officer, way):
        row = written(sent(**way).contribution, officer)
        mark_told(answer=row, on=timezone.localdate(), by=officer)
        with pytest.raises(AlreadyAnswered):
            mark_told(answer=row, on=timezone.localdate(), by=officer)

    def test_words_added_after_the_answer_was_written_keep_it_open(self, officer, way):
        contribution = sent(**way).contribution
        row = written(contribution, officer)
        add_words(contribution=contribution, text="Now the door is broken too.", once="a" * 43)
        mark_told(answer=row, on=timezone.localdate(), by=officer)
        assert state(contribution) == "in-progress"
        contribution.refresh_from_db()
        second = written(contribution, officer, text="We mended the door.")
        mark_told(answer=second, on=timezone.localdate(), by=officer)
        assert state(contribution) == "completed"


class TestNotWanted:
    def test_is_answered_when_it_can_be_read_at_the_reference(self, officer, outbox):
        contribution = sent().contribution
        row = written(contribution, officer)
        assert (row.told_on, outbox()) == (None, [])
        assert state(contribution) == "completed"


class TestTwoAtOnce:
    def test_the_same_form_twice_is_one_answer_and_one_mail(self, officer, outbox):
        contribution = sent(**BY_EMAIL).contribution
        assert written(contribution, officer) == written(contribution, officer)
        assert len(outbox()) == 2  # the reference, and one answer

    def test_a_second_answer_to_the_same_words_is_refused(self, officer):
        for way in (BY_PHONE, BY_EMAIL):
            contribution = sent(**way).contribution
            written(contribution, officer)
            with pytest.raises(AlreadyAnswered):
                written(contribution, officer, text="Something else")

    def test_words_that_came_while_it_was_written_are_not_passed_over(self, officer):
        contribution = sent(**BY_EMAIL).contribution
        add_words(contribution=contribution, text="More.", once="a" * 43)
        with pytest.raises(NewWords):
            written(contribution, officer)
        assert Answer.objects.count() == 0

    def test_what_was_taken_back_is_not_answered(self, officer, barts):
        contribution = given_to(barts, officer, **BY_PHONE)
        row = written(contribution, officer)
        withdraw(contribution=contribution)
        for act in (
            lambda: written(contribution, officer, text="Late"),
            lambda: mark_told(answer=row, on=timezone.localdate(), by=officer),
            lambda: assign(contribution=contribution, organisation=barts, by=officer),
            lambda: start(contribution=contribution, by=officer),
        ):
            with pytest.raises(Closed):
                act()


class TestWhoMayAnswer:
    def test_staff_of_the_organisation_it_was_given_to(self, officer, partner, barts):
        contribution = given_to(barts, officer, **BY_EMAIL)
        assert written(contribution, partner).answered_by == partner

    @pytest.mark.parametrize(
        "who", ["other_partner", "privacy_officer", "editor", "administrator", "stranger"]
    )
    def test_nobody_else(self, request, officer, barts, who):
        person = request.getfixturevalue(who)
        contribution = given_to(barts, officer, **BY_PHONE)
        row = written(contribution, officer)
        for act in (
            lambda: written(contribution, person, once="z" * 43),
            lambda: written(contribution, person),
            lambda: mark_told(answer=row, on=timezone.localdate(), by=person),
            lambda: start(contribution=contribution, by=person),
        ):
            with pytest.raises(PermissionRefused):
                act()

    def test_not_partner_staff_while_it_was_given_to_nobody(self, partner):
        with pytest.raises(PermissionRefused):
            written(sent().contribution, partner)

    def test_an_answer_needs_words(self, officer):
        for text in ("", "  \n", "x" * 10_001):
            with pytest.raises(ValidationError):
                written(sent().contribution, officer, text=text)


def test_no_event_holds_a_word_anyone_wrote(officer, barts, partner):
    contribution = given_to(barts, officer, **BY_LETTER, words="Zebra", service_or_place="Zebra")
    add_words(contribution=contribution, text="Zebra", once="a" * 43)
    contribution.refresh_from_db()
    mark_told(answer=written(contribution, partner, text="Zebra"), on=timezone.localdate(), by=partner)
    withdraw(contribution=contribution)
    events = str(list(AuditEvent.objects.values()))
    assert AuditEvent.objects.count() == 6
    for private in ("Zebra", "Amina", "E1 4DG"):
        assert private not in events
