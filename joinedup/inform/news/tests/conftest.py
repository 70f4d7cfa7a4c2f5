"""A small site for tests of news and events."""

import pytest

from joinedup.inform.news import factories


@pytest.fixture
def site(db: None) -> None:
    """A home page and the two lists, with nothing in them."""
    factories.site()
