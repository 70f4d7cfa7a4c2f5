"""Promises that hold whatever code runs: triggers and constraints."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from joinedup.involve.contributions.factories import BY_EMAIL, BY_LETTER, BY_PHONE, given_to, sent
from joinedup.involve.contributions.models import Answer, Contribution, Words
from joinedup.involve.contributions.tests.test_answering import written

pytestmark = pytest.mark.django_db


def refused(change) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        change()
    return True


def of(contribution: Contribution):
    return Contribution.objects.filter(pk=contribution.pk)


def test_words_are_never_overwritten_only_removed():
    contribution = sent().contribution
    words = Words.objects.filter(contribution=contribution)
    assert refused(lambda: words.update(text="Something else"))
    words.update(text="")
    assert refused(lambda: words.update(text="Back again"))


def test_words_do_not_move_to_another_contribution():
    one, other = sent().contribution, sent(words="Other").contribution
    assert refused(lambda: Words.objects.filter(contribution=one).update(contribution=other, kind="addition"))


def test_an_answer_is_never_overwritten(officer):
    row = written(sent(**BY_PHONE).contribution, officer)
    assert refused(lambda: Answer.objects.filter(pk=row.pk).update(text="Something nicer"))


def test_nothing_is_answered_while_the_person_was_not_told(officer):
    contribution = sent(**BY_LETTER).contribution
    done = {"state": "completed", "started_at": timezone.now(), "completed_at": timezone.now()}
    assert refused(lambda: of(contribution).update(**done))
    row = written(contribution, officer)
    assert refused(lambda: of(contribution).update(**done))
    Answer.objects.filter(pk=row.pk).update(told_on=timezone.localdate(), told_noted_at=timezone.now())
    of(contribution).update(last_heard_at=timezone.now())
    assert refused(lambda: of(contribution).update(**done))


def test_nothing_begins_its_life_answered():
    row = Contribution.objects.get(pk=sent().contribution.pk)
    row.pk, row.reference, row.once_digest = None, "THT-0000-0000", "x"
    row.state, row.started_at, row.completed_at = "completed", timezone.now(), timezone.now()
    assert refused(lambda: row.save(force_insert=True))


def test_what_was_taken_back_holds_no_details():
    contribution = sent(**BY_EMAIL).contribution
    assert refused(lambda: of(contribution).update(state="revoked", withdrawn_at=timezone.now()))
    assert refused(lambda: of(contribution).update(withdrawn_at=timezone.now()))


@pytest.mark.parametrize("way", [BY_EMAIL, BY_PHONE, BY_LETTER])
def test_an_open_one_can_always_be_answered_in_the_form_asked_for(way):
    contribution = sent(**way).contribution
    assert refused(lambda: of(contribution).update(email="", phone="", address_line_1=""))


def test_after_it_was_answered_contact_details_may_go(officer):
    contribution = sent(**BY_EMAIL).contribution
    written(contribution, officer)
    assert of(contribution).update(email="", name="") == 1


def test_times_and_states_agree(officer, barts):
    contribution = given_to(barts, officer)
    assert refused(lambda: of(contribution).update(started_at=None))
    assert refused(lambda: of(contribution).update(completed_at=timezone.now()))
    assert refused(lambda: of(contribution).update(state="received"))


def test_a_person_has_it_only_with_an_organisation(officer):
    assert refused(lambda: of(sent().contribution).update(assigned_to=officer))


def test_nobody_enters_what_came_by_the_website(officer):
    assert refused(lambda: of(sent().contribution).update(entered_by=officer))


def test_an_answer_told_has_the_time_it_was_noted(officer):
    row = written(sent(**BY_PHONE).contribution, officer)
    assert refused(lambda: Answer.objects.filter(pk=row.pk).update(told_on=timezone.localdate()))


def test_every_field_is_classed_and_personal_models_say_why_and_how_long():
    for model in (Contribution, Words, Answer):
        assert set(model.personal_data) == {field.name for field in model._meta.concrete_fields}
        assert set(model.personal_data.values()) <= {"none", "pseudonym", "personal", "special", "secret"}
        assert model.lawful_basis
        assert model.retention
