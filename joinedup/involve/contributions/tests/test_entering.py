"""Staff write down what a caller says, or what came on paper."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import Membership
from joinedup.foundation.permissions import VISITOR, PermissionRefused
from joinedup.involve.contributions import access
from joinedup.involve.contributions.actions.speaking import enter
from joinedup.involve.contributions.factories import SAID, filled_in
from joinedup.involve.contributions.models import Contribution, Words
from joinedup.involve.contributions.working_days import working_days_after

pytestmark = pytest.mark.django_db
URL = "/workspace/contributions/enter/"


def entry(day: datetime.date | None = None, **changes):
    day = day or timezone.localdate()
    when = {"received_on_day": day.day, "received_on_month": day.month, "received_on_year": day.year}
    return filled_in(channel="phone", **when, **changes)


def test_a_caller_gets_a_reference_and_a_word_that_open_it(client_for, officer):
    page = client_for(officer).post(URL, entry()).content.decode()
    contribution = Contribution.objects.get()
    word = re.search(r'id="word">([^<]+)<', page).group(1)
    assert contribution.reference in page
    assert access.by_reference_and_word(contribution.reference, word) == contribution
    assert (contribution.channel, contribution.entered_by, contribution.organisation) == (
        "phone",
        officer,
        None,
    )
    assert Words.objects.get().entered_by == officer
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor_id) == ("involve_contributions.enter", str(officer.pk))


def test_promises_count_from_the_day_the_paper_came(client_for, officer):
    came = timezone.localdate() - datetime.timedelta(days=10)
    client_for(officer).post(URL, entry(came) | {"channel": "paper"})
    contribution = Contribution.objects.get()
    assert timezone.localdate(contribution.received_at) == came
    assert contribution.read_by_on == working_days_after(came, 3)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"channel": ""}, "Choose how it reached us"),
        ({"channel": "web"}, "Select a valid choice"),
        ({"received_on_day": "31", "received_on_month": "2"}, "Enter a real date"),
        (
            {"received_on_day": "", "received_on_month": "", "received_on_year": ""},
            "Enter the day it reached us",
        ),
        ({"received_on_year": "2019"}, "within the last year"),
        ({"received_on_year": "2999"}, "cannot be in the future"),
        ({"words": ""}, "Write what they said"),
        ({"words": "x" * 10_001}, "1 character too long"),
        ({"words": "NHS number 943 476 5919"}, "looks like an NHS number"),
        ({"reply_by": "email", "email": "nonsense"}, "Enter an email address in the right format"),
        ({"reply_by": "letter", "address_line_1": "1 A", "postcode": "nonsense"}, "Enter a full postcode"),
        ({"reply_by": "phone", "phone": "12"}, "Enter a phone number, such as"),
        ({"name": "<script>alert(1)</script>", "kind": ""}, "Choose feedback or an idea"),
    ],
)
def test_the_same_checks_as_on_the_website(client_for, officer, changes, says):
    page = client_for(officer).post(URL, entry() | changes).content.decode()
    assert says in page
    assert "<script>alert" not in page
    assert Contribution.objects.count() == 0


def test_sent_twice_is_one(client_for, officer):
    form = entry(words="😀 مرحبا")
    pages = [client_for(officer).post(URL, form).content.decode() for _time in range(2)]
    assert Contribution.objects.count() == 1
    words = {re.search(r'id="word">([^<]+)<', page).group(1) for page in pages}
    assert len(words) == 1


def test_partner_staff_enter_for_their_own_organisation_and_see_it(client_for, partner, barts):
    client = client_for(partner)
    client.post(URL, entry())
    contribution = Contribution.objects.get()
    assert contribution.organisation == barts
    assert client.get(f"/workspace/contributions/{contribution.reference}/").status_code == 200


def test_staff_of_two_organisations_say_for_which(client_for, partner, barts, elft):
    Membership.objects.create(user=partner, organisation=elft, role="partner-staff")
    client = client_for(partner)
    client.post(URL, entry())
    assert Contribution.objects.count() == 0
    client.post(URL, entry(organisation=elft.pk))
    assert Contribution.objects.get().organisation == elft


def test_nobody_enters_for_an_organisation_that_is_not_theirs(client_for, partner, elft):
    client_for(partner).post(URL, entry(organisation=elft.pk))
    assert Contribution.objects.get().organisation != elft
    with pytest.raises(PermissionRefused):
        enter(said=SAID, once="k" * 43, channel="phone", organisation=elft, by=partner)
    with pytest.raises(PermissionRefused):
        enter(said=SAID, once="k" * 43, channel="phone", by=partner)


def test_nobody_without_the_permission_enters(stranger, privacy_officer, editor, client_for):
    for person in (stranger, privacy_officer, editor, VISITOR):
        with pytest.raises(PermissionRefused):
            enter(said=SAID, once="k" * 43, channel="phone", by=person)
    assert client_for(stranger).post(URL, entry()).status_code == 403


def test_what_staff_enter_did_not_come_by_the_website(officer):
    with pytest.raises(ValidationError):
        enter(said=SAID, once="k" * 43, channel="web", by=officer)
