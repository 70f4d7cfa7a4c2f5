"""The record names people and things in words when it is read, while it holds keys only."""

from collections.abc import Callable

from django.db import transaction
from django.test import Client

from joinedup.foundation.audit.actions import record
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation

ADDRESS = "/workspace/audit/"


def test_the_actor_and_the_thing_are_named_as_they_are_called_today(
    administrator: User, barts: Organisation, client_for: Callable[[User], Client]
) -> None:
    with transaction.atomic():
        record(verb="foundation_organisations.change", by=administrator, subject=barts)
    Organisation.objects.filter(pk=barts.pk).update(name="Barts, renamed")
    page = client_for(administrator).get(ADDRESS).content.decode()
    assert "Barts, renamed" in page
    assert administrator.name in page
    assert "Change<br>" in page
    assert "renamed" not in str(AuditEvent.objects.values_list("details", flat=True))


def test_what_was_erased_since_keeps_its_key(
    administrator: User, barts: Organisation, elft: Organisation, client_for: Callable[[User], Client]
) -> None:
    with transaction.atomic():
        record(verb="foundation_organisations.add", by=administrator, subject=elft)
    key, name = elft.pk, elft.name
    elft.delete()
    page = client_for(administrator).get(ADDRESS).content.decode()
    assert name not in page.partition("<table")[2]
    assert f"subject_id={key}" in page


def test_a_long_list_costs_few_queries(
    administrator: User,
    barts: Organisation,
    client_for: Callable[[User], Client],
    django_assert_max_num_queries,
) -> None:
    with transaction.atomic():
        for _number in range(60):
            record(verb="foundation_organisations.change", by=administrator, subject=barts)
    client = client_for(administrator)
    client.get(ADDRESS)
    with django_assert_max_num_queries(14):
        client.get(ADDRESS)
