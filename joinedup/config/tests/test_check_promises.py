"""`manage.py check_promises`: names what is broken on live data, and ends with an error then."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.cases import triggers
from joinedup.involve.cases.factories import opened, voice
from joinedup.involve.cases.models import Case, Place
from joinedup.involve.contributions.factories import BY_EMAIL
from joinedup.involve.contributions.models import Contribution

pytestmark = pytest.mark.django_db


def said() -> str:
    """What the command says; it has to end with an error."""
    out = StringIO()
    with pytest.raises(CommandError) as fault:
        call_command("check_promises", stdout=out)
    assert fault.value.returncode == 1
    return out.getvalue()


@pytest.fixture
def triggers_lifted() -> None:
    """As after somebody's hand in the database; the test's own transaction puts them back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for statement in triggers._LIFT[connection.vendor]:
            cursor.execute(statement)


def test_it_is_quiet_while_all_is_kept(barts: Organisation, officer: User) -> None:
    opened(barts, officer)
    out = StringIO()
    call_command("check_promises", stdout=out)
    assert "all kept" in out.getvalue()


def test_an_answer_past_its_day_is_counted_and_names_nobody(officer: User, barts: Organisation) -> None:
    someone = voice(**BY_EMAIL)
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Contribution.objects.filter(pk=someone.pk).update(answer_by_on=yesterday, read_by_on=yesterday)
    words = said()
    assert "with nobody yet: 1 of 1 past the day we named" in words
    for name in (someone.email, "lift"):
        assert name not in words


def test_a_closed_case_with_someone_untold_is_named(
    barts: Organisation, officer: User, triggers_lifted: None
) -> None:
    case = opened(barts, officer)
    Case.objects.filter(pk=case.pk).update(state=Case.State.COMPLETED, closed_at=timezone.now())
    waits = case.places.get().contribution.reference
    assert f"case {case.reference} is closed, and {waits} waits" in said()


def test_what_is_to_be_answered_in_a_case_and_is_in_none_is_named(barts: Organisation, officer: User) -> None:
    case = opened(barts, officer)
    reference = case.places.get().contribution.reference
    Place.objects.update(left_at=timezone.now())
    assert f"{reference} is to be answered in a case, and is in none" in said()


def test_what_is_in_a_case_and_does_not_say_so_is_named(barts: Organisation, officer: User) -> None:
    case = opened(barts, officer)
    Contribution.objects.update(in_case=False)
    reference = case.places.get().contribution.reference
    assert f"{reference} is in case {case.reference}, and does not say so" in said()
