"""A few invented texts to find, and a process that has counted no searches yet."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from wagtail.models import Locale, Page, Site

from joinedup.foundation.findable import Findable
from joinedup.foundation.permissions import System
from joinedup.inform.pages.actions import open_site, put_page
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.search import actions, hurry

BY = System("test")


@pytest.fixture(autouse=True)
def _at_rest() -> Iterator[None]:
    hurry.forget()
    yield
    hurry.forget()


def thing(title: str, body: str = "", **more: Any) -> Findable:
    """A text in the index; its address is made from its title."""
    slug = "-".join(title.lower().split())
    said = {
        "key": f"test.thing:{slug}:en",
        "kind": "Programme",
        "language": "en",
        "summary": "",
        "href": f"/{slug}/",
    }
    return Findable(**{**said, "title": title, "body": body, **more})


@pytest.fixture
def indexed(db: None) -> Callable[..., None]:
    """Put a text in the index."""

    def put(title: str, body: str = "", **more: Any) -> None:
        actions.put(thing=thing(title, body, **more))

    return put


@pytest.fixture
def home(db: None) -> Page:
    """A site with one page."""
    locale = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)[0]
    return open_site(home=HomePage(title="Home", slug="home", locale=locale, body=[]), by=BY)


@pytest.fixture
def published(home: Page) -> Callable[..., ContentPage]:
    """Publish a page under the first one."""

    def publish(title: str, text: str = "", **more: Any) -> ContentPage:
        body = [("rich_section", {"heading": "", "text": text})] if text else []
        parent = more.pop("parent", None) or home
        parent.refresh_from_db()
        slug = "-".join(title.lower().split())
        page = ContentPage(**{"title": title, "slug": slug, "body": body, "locale": home.locale, **more})
        put_page(page=page, parent=parent, by=BY)
        return page

    assert Site.objects.filter(is_default_site=True).exists()
    return publish
