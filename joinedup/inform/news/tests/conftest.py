"""A small site for tests of news and events."""

from collections.abc import Iterator
from typing import Any

import pytest

from conftest import loaded_for_a_file
from joinedup.inform.news import factories


@pytest.fixture(scope="module")
def site_of_the_file(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A home page and the two lists, with nothing in them, made once for a file of tests."""
    with loaded_for_a_file(django_db_blocker, factories.site):
        yield


@pytest.fixture
def site(site_of_the_file: None, db: None) -> None:
    """That site, as nobody has changed it."""
