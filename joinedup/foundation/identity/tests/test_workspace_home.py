"""Your own page in the workspace: what someone is here and what they may open."""

import pytest
from django.test import Client

from joinedup.foundation.identity.models import Membership, User
from joinedup.foundation.identity.tests.doing import words
from joinedup.foundation.organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_it_greets_by_name_and_tells_every_role(client_for, officer: User, elft: Organisation) -> None:
    Membership.objects.create(user=officer, organisation=elft, role="partner-staff")
    page = words(client_for(officer).get("/workspace/you/"))
    assert "Hello Officer" in page
    assert "<strong>Engagement officer</strong> for Barts Health NHS Trust" in page
    assert "<strong>Partner staff</strong> for East London NHS Foundation Trust" in page


def test_it_offers_what_the_role_opens_and_nothing_else(
    client_for, officer: User, administrator: User
) -> None:
    main = words(client_for(officer).get("/workspace/you/")).split('<main id="main"')[1]
    assert 'href="/workspace/contributions/"' in main
    assert 'href="/workspace/staff/"' not in main
    main = words(client_for(administrator).get("/workspace/you/")).split('<main id="main"')[1]
    assert 'href="/workspace/staff/"' in main
    assert 'href="/workspace/contributions/"' not in main


def test_it_leads_to_the_account_page_where_one_signs_out(client_for, officer: User) -> None:
    client = client_for(officer)
    assert 'href="/account/second-step/"' in words(client.get("/workspace/you/"))
    page = words(client.get("/account/second-step/"))
    assert officer.email in page
    assert 'action="/account/logout/"' in page


def test_a_stranger_is_refused(client_for, stranger: User) -> None:
    assert client_for(stranger).get("/workspace/you/").status_code == 403


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    assert client.get("/workspace/you/").headers["Location"] == "/account/login/?next=/workspace/you/"
    assert client.post("/workspace/you/").status_code == 302
