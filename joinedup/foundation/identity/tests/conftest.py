"""What every test of identity needs set."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def as_configured_but_quick(settings: Any) -> None:
    """Mail goes to the queue as on a real site (test runners swap that), and passwords are kept weakly.

    A million rounds of a slow digest for each of some hundred sign-ins would take minutes.
    """
    settings.EMAIL_BACKEND = "joinedup.foundation.delivery.backends.QueueBackend"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
