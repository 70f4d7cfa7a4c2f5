"""Organisations and people of cases."""

import pytest

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation


@pytest.fixture
def council(db: None) -> Organisation:
    """The council, which leads in these tests."""
    return Organisation.objects.create(
        name="Tower Hamlets Council", slug="council", kind=Organisation.Kind.COUNCIL
    )


@pytest.fixture
def leader(council: Organisation) -> User:
    """Someone on the staff of the organisation that leads."""
    return person("leader", council, "partner-staff")
