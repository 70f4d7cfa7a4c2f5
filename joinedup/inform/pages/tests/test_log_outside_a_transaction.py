"""What the page editor does is in the record, in the same transaction, or not at all."""

import pytest
from wagtail.log_actions import log
from wagtail.models import Locale, Page, PageLogEntry

from joinedup.foundation.audit.actions import NotInTransaction


@pytest.mark.django_db(transaction=True)
def test_a_log_entry_outside_a_transaction_is_refused() -> None:
    Locale.objects.get_or_create(language_code="en")
    page = Page.objects.first() or Page.add_root(title="Root", slug="root")
    entries = PageLogEntry.objects.count()
    with pytest.raises(NotInTransaction):
        log(instance=page, action="wagtail.edit")
    assert PageLogEntry.objects.count() == entries
