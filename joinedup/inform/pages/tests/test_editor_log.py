"""What the page editor does is in the record, in the same transaction."""

from collections.abc import Callable

import pytest
from django.db import transaction
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageLogEntry

from joinedup.foundation.audit.actions import NotInTransaction
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.sample import load_pages


@pytest.fixture
def home(db: None) -> HomePage:
    load_pages(by=System("test"))
    return HomePage.objects.get(locale__language_code="en")


@pytest.fixture
def page_editor(home: HomePage, editor: User) -> User:
    return editor


def form_data(page: ContentPage, **changes: str) -> dict[str, str]:
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


def test_a_page_saved_in_the_editor_is_in_the_record(
    page_editor: User, client_for: Callable[[User], Client]
) -> None:
    page = ContentPage.objects.get(slug="about")
    answer = client_for(page_editor).post(
        f"/editor/pages/{page.pk}/edit/", form_data(page, title="Who we are", **{"action-publish": "1"})
    )
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.title == "Who we are"
    verbs = set(
        AuditEvent.objects.about(page).filter(actor_id=str(page_editor.pk)).values_list("verb", flat=True)
    )
    assert {"wagtail.edit", "wagtail.publish"} <= verbs


def test_the_record_holds_no_words_of_the_page(
    page_editor: User, client_for: Callable[[User], Client]
) -> None:
    page = ContentPage.objects.get(slug="about")
    client_for(page_editor).post(f"/editor/pages/{page.pk}/edit/", form_data(page, title="Secret words"))
    assert not AuditEvent.objects.filter(details__icontains="Secret").exists()


@pytest.mark.django_db(transaction=True)
def test_a_log_entry_outside_a_transaction_is_refused() -> None:
    Locale.objects.get_or_create(language_code="en")
    page = Page.objects.first() or Page.add_root(title="Root", slug="root")
    entries = PageLogEntry.objects.count()
    with pytest.raises(NotInTransaction):
        log(instance=page, action="wagtail.edit")
    assert PageLogEntry.objects.count() == entries


def test_the_log_and_the_record_are_kept_together_or_not_at_all(home: HomePage) -> None:
    events, entries = AuditEvent.objects.count(), PageLogEntry.objects.count()
    with transaction.atomic():
        log(instance=home, action="wagtail.edit")
        assert AuditEvent.objects.count() == events + 1
        transaction.set_rollback(True)
    assert (AuditEvent.objects.count(), PageLogEntry.objects.count()) == (events, entries)
