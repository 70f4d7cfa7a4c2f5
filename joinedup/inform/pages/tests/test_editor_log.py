"""What the page editor does is in the record, in the same transaction."""

from django.db import transaction
from django.test import Client
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.inform.pages.models import HomePage
from joinedup.inform.pages.tests.desk import about, edit


def test_a_page_saved_in_the_editor_is_in_the_record(writer: Client, editor: User) -> None:
    page = about()
    assert edit(writer, page, title="Who we are").status_code == 302
    verbs = set(AuditEvent.objects.about(page).filter(actor_id=str(editor.pk)).values_list("verb", flat=True))
    assert "wagtail.edit" in verbs


def test_the_record_holds_no_words_of_the_page(writer: Client) -> None:
    edit(writer, about(), title="Secret words")
    assert not AuditEvent.objects.filter(details__icontains="Secret").exists()


def test_the_log_and_the_record_are_kept_together_or_not_at_all(home: HomePage) -> None:
    events, entries = AuditEvent.objects.count(), PageLogEntry.objects.count()
    with transaction.atomic():
        log(instance=home, action="wagtail.edit")
        assert AuditEvent.objects.count() == events + 1
        transaction.set_rollback(True)
    assert (AuditEvent.objects.count(), PageLogEntry.objects.count()) == (events, entries)
