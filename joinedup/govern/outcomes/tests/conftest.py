"""Who keeps measures, and pages as tests read them."""

import pytest
from django.test import Client

from conftest import person
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation


@pytest.fixture
def manager(barts: Organisation) -> User:
    """Someone who keeps measures."""
    return person("manager", barts, "programme-manager")


@pytest.fixture
def keeper(manager: User) -> Client:
    """A browser in which someone who keeps measures is signed in."""
    client = Client()
    client.force_login(manager)
    return client
