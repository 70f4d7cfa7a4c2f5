"""Passwords are kept weakly here, so that signing in a hundred times does not take minutes."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings: Any) -> None:
    """One round of a fast digest instead of a million of a slow one."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
