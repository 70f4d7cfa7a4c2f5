"""The invented contributions of the demonstration."""

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.messages.models import Message
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.involve.contributions.models import Answer, Contribution, Words
from joinedup.involve.contributions.sample import load, stories

pytestmark = pytest.mark.django_db
BY = System("load_sample")


@pytest.fixture
def loaded(barts, elft):
    Organisation.objects.create(name="The council", slug="council", kind="council")
    Organisation.objects.create(name="A charity", slug="charity", kind="voluntary")
    load(by=BY)


def test_there_is_one_in_every_state_and_form_and_one_is_late(loaded):
    rows = Contribution.objects.all()
    assert rows.count() == len(stories()) >= 12
    assert set(rows.values_list("state", flat=True)) == set(Contribution.State.values)
    assert set(Answer.objects.told().values_list("form", flat=True)) == set(Contribution.ReplyBy.values)
    assert Answer.objects.filter(told_on__isnull=True).exclude(form="none").count() == 1
    late = [
        row for row in rows if row.is_late(max(row.answer_by_on for row in rows.filter(state="received")))
    ]
    assert late


def test_a_second_run_changes_nothing(loaded):
    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Contribution, Words, Answer, AuditEvent, Message)
        ]

    before = everything()
    load(by=BY)
    assert everything() == before


def test_everything_in_it_says_that_it_is_invented(loaded):
    for row in Contribution.objects.all():
        assert row.name.startswith("Sample: ") or not row.name
        assert row.email.endswith("@example.org") or not row.email
        assert row.phone.startswith("+447700900") or not row.phone
    assert all(words.text.startswith("Sample: ") or not words.text for words in Words.objects.all())


def test_it_loads_also_where_no_organisation_is_there_yet():
    load(by=BY)
    assert Contribution.objects.count() == len(stories())
