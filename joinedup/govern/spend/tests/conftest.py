"""A programme manager, who keeps money."""

from collections.abc import Callable

import pytest
from django.test import Client

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation


@pytest.fixture
def manager(elft: Organisation) -> User:
    """Who keeps money."""
    return person("manager", elft, "programme-manager")


@pytest.fixture
def client(manager: User, client_for: Callable[[User], Client]) -> Client:
    """The browser of the programme manager."""
    return client_for(manager)
