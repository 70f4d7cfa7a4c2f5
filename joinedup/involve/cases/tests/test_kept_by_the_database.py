"""What the database holds of cases, whatever code runs."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from joinedup.involve.cases.actions import answering
from joinedup.involve.cases.factories import opened, voice, written
from joinedup.involve.cases.models import Case, Place
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(officer, council) -> Case:
    case = opened(council, officer, voice())
    answering.send(answer=written(case, officer), by=officer)
    case.refresh_from_db()
    assert case.state == Case.State.COMPLETED
    return case


def heard_again(case: Case) -> None:
    waiting = Contribution.objects.filter(places__case=case)
    waiting.update(state="in-progress", completed_at=None, last_heard_at=timezone.now())


def test_whoever_waits_again_opens_their_case_again(closed):
    heard_again(closed)
    closed.refresh_from_db()
    assert (closed.state, closed.closed_at) == (Case.State.IN_PROGRESS, None)


def test_it_is_due_on_the_day_promised_anew(closed):
    Case.objects.filter(pk=closed.pk).update(due_on="2020-01-01")
    heard_again(closed)
    closed.refresh_from_db()
    assert closed.due_on == Contribution.objects.get(places__case=closed).answer_by_on


def test_a_case_that_they_left_stays_closed(closed):
    Place.objects.filter(case=closed).update(left_at=timezone.now())
    heard_again(closed)
    closed.refresh_from_db()
    assert closed.state == Case.State.COMPLETED


def test_nobody_joins_a_closed_case(closed):
    with pytest.raises(DatabaseError, match="closed"), transaction.atomic():
        Place.objects.create(case=closed, contribution=voice())


def test_a_case_is_not_its_own_target(closed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=closed.pk).update(state=Case.State.MERGED, merged_into=closed.pk)


def test_an_answer_is_not_shown_before_it_goes_out(officer, council):
    answer = written(opened(council, officer), officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(answer).objects.filter(pk=answer.pk).update(is_public=True)


def test_one_that_could_not_be_done_says_why(officer, council):
    answer = written(opened(council, officer), officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        type(answer).objects.filter(pk=answer.pk).update(outcome="could-not")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps triggers when a field is added")
def test_adding_fields_to_contributions_left_their_triggers_in_place():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        names = {row[0] for row in cursor.fetchall()}
    assert {
        "involve_contributions_contribution_told_insert",
        "involve_contributions_contribution_told_update",
        "involve_cases_case_heard",
        "involve_cases_place_open",
    } <= names
