"""That someone may come to harm is never lost on the way from sorting into a case."""

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.cases.actions.opening import join
from joinedup.involve.cases.factories import opened, voice
from joinedup.involve.cases.models import Case
from joinedup.involve.sorting.actions import decide

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(db: None) -> Organisation:
    return Organisation.objects.create(
        name="Tower Hamlets Council", slug="council", kind=Organisation.Kind.COUNCIL
    )


def test_marked_while_in_a_case_it_is_the_case_s(officer, council):
    one = voice()
    case = opened(council, officer, one)
    decide(contribution=one, theme=None, is_urgent=True, by=officer)
    case.refresh_from_db()
    assert case.risk == Case.Risk.URGENT
    assert AuditEvent.objects.filter(verb="involve_cases.raise_risk").count() == 1


def test_marked_before_it_comes_along(officer, council):
    one = voice()
    decide(contribution=one, theme=None, is_urgent=True, by=officer)
    case = opened(council, officer)
    join(case=case, contribution=one, by=officer)
    case.refresh_from_db()
    assert case.risk == Case.Risk.URGENT


def test_a_case_opened_with_it_begins_so(officer, council):
    one = voice()
    decide(contribution=one, theme=None, is_urgent=True, by=officer)
    assert Case.objects.get(pk=opened(council, officer, one).pk).risk == Case.Risk.URGENT
