"""What editors do at their desks, as requests to the page editor."""

from typing import Any

from django.test import Client
from wagtail.models import Page

from joinedup.inform.pages.models import ContentPage, HomePage, SecondPersonState


def form_data(page: Any, **changes: str) -> dict[str, str]:
    """What the editor's form for a content page sends."""
    return {
        "title": page.title,
        "slug": page.slug,
        "lead": page.lead,
        "drawing": page.drawing,
        "body-count": "0",
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **changes,
    }


def edit(client: Client, page: Any, button: str = "", **changes: str) -> Any:
    """Change a page and press a button: action-submit, action-publish, or none for saving a draft."""
    pressed = {button: "1"} if button else {}
    return client.post(f"/editor/pages/{page.pk}/edit/", form_data(page, **changes, **pressed))


def send_in(client: Client, page: Any, **changes: str) -> SecondPersonState:
    """Change a page and send it to a second person."""
    answer = edit(client, page, "action-submit", **changes)
    assert answer.status_code == 302, answer.status_code
    return waiting(page)


def waiting(page: Any) -> SecondPersonState:
    """The version of this page that waits."""
    return SecondPersonState.objects.get(status="in_progress", revision__object_id=str(page.pk))


def about() -> ContentPage:
    return ContentPage.objects.get(slug="about", locale__language_code="en")


def title_in_public(page: Page) -> str:
    return str(Page.objects.get(pk=page.pk).title)


def draft(title: str, slug: str, parent: Page | None = None) -> ContentPage:
    """A page the public has never seen."""
    page = ContentPage(title=title, slug=slug, live=False, lead="")
    (parent or HomePage.objects.get(locale__language_code="en")).add_child(instance=page)
    page.save_revision()
    return page
