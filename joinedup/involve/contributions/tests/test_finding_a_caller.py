"""Staff who work with contact details find a person by them; nobody else does."""

import pytest

from joinedup.involve.contributions.factories import BY_LETTER, BY_PHONE, given_to, sent

pytestmark = pytest.mark.django_db
URL = "/workspace/contributions/"
MAIL = {"reply_by": "email", "email": "Amina@example.org"}


def found(client, q: str) -> list[str]:
    return [row.reference for row in client.get(URL, {"q": q}).context["page"]]


def test_by_a_part_of_the_name(client_for, officer):
    row = sent(**BY_LETTER).contribution
    sent(**(BY_LETTER | {"name": "Rahima"}), words="Other")
    assert found(client_for(officer), "amina") == [row.reference]


def test_by_the_whole_email_address_and_not_by_a_part(client_for, officer):
    row = sent(**MAIL).contribution
    client = client_for(officer)
    assert found(client, "amina@EXAMPLE.org") == [row.reference]
    assert found(client, "example.org") == []


@pytest.mark.parametrize("typed", ["07700 900123", "+44 7700 900123", "07700900123"])
def test_by_the_phone_number_however_it_is_written(client_for, officer, typed):
    row = sent(**BY_PHONE).contribution
    assert found(client_for(officer), typed) == [row.reference]


def test_partner_staff_only_among_what_is_theirs(client_for, officer, partner, other_partner, barts):
    row = given_to(barts, officer, **BY_LETTER)
    assert found(client_for(partner), "amina") == [row.reference]
    assert found(client_for(other_partner), "amina") == []


@pytest.mark.parametrize(
    ("way", "q"), [(BY_LETTER, "amina"), (MAIL, "amina@example.org"), (BY_PHONE, "07700 900123")]
)
def test_those_who_read_only_do_not_search_contact_details(client_for, privacy_officer, way, q):
    sent(**way)
    client = client_for(privacy_officer)
    assert len(client.get(URL).context["page"]) == 1
    assert found(client, q) == []
