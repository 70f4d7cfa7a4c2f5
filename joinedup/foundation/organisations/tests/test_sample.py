"""Loading organisations from a file of facts: through actions, and once."""

import datetime

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.organisations import sample
from joinedup.foundation.organisations.models import Organisation, PartnerMembership
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System

pytestmark = pytest.mark.django_db
SYSTEM = System("load_sample")
ROWS = [
    {
        "name": "Sample: Buyers of Care",
        "kind": "nhs",
        "role": "It paid for care.",
        "ods_code": "",
        "membership": [
            {
                "started_latest": "2017-08-11",
                "started_words": "by August 2017",
                "started_source": "A list",
                "ended_earliest": datetime.date(2018, 4, 1),
                "ended_latest": "2023-12-31",
                "ended_words": "by the end of 2023",
                "ended_source": "Another list",
                "note": "Why these bounds were drawn.",
            }
        ],
    },
    {"name": "Sample: Walkers", "kind": "voluntary"},
]


def everything():
    return [
        list(model.objects.order_by("pk").values()) for model in (Organisation, PartnerMembership, AuditEvent)
    ]


def test_rows_and_memberships_are_added():
    sample.load(by=SYSTEM, organisations=ROWS)
    row = Organisation.objects.get(slug="sample-buyers-of-care")
    [membership] = row.memberships.all()
    assert row.role == "It paid for care."
    assert (membership.started_earliest, membership.started_latest) == (None, datetime.date(2017, 8, 11))
    assert (membership.ended_earliest, membership.ended_latest) == (
        datetime.date(2018, 4, 1),
        datetime.date(2023, 12, 31),
    )
    assert Organisation.objects.filter(slug="sample-walkers").exists()


def test_a_second_run_changes_nothing():
    sample.load(by=SYSTEM, organisations=ROWS)
    before = everything()
    sample.load(by=SYSTEM, organisations=ROWS)
    assert everything() == before


def test_what_staff_changed_is_left():
    sample.load(by=SYSTEM, organisations=ROWS)
    Organisation.objects.update(role="Changed by staff.")
    sample.load(by=SYSTEM, organisations=ROWS)
    assert set(Organisation.objects.values_list("role", flat=True)) == {"Changed by staff."}


def test_a_visitor_cannot_load():
    with pytest.raises(PermissionRefused):
        sample.load(by=VISITOR, organisations=ROWS)
    assert not Organisation.objects.exists()
