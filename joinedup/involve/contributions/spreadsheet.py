"""Contributions as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8).

Names and contact details are never in it.
"""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_files
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.contribution import ContributionQuerySet
from joinedup.involve.contributions.models.words import as_they_stand

_CHUNK = 200


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Reference"), _("Kind"), _("State"), _("Who speaks"), _("About"), _("Service or place"),
        _("Answer wanted"), _("Language"), _("Needs"), _("Came by"), _("Received on"), _("Read by"),
        _("Answer by"), _("Answered on"), _("Late"), _("Organisation"), _("Words"),
    ]  # fmt: skip


def row(contribution: Contribution, today: datetime.date) -> list[object]:
    """One contribution as cells, in the order of the headings."""
    words = as_they_stand(sorted(contribution.words.all(), key=lambda words: (words.said_at, words.pk)))
    answered_at = contribution.completed_at
    return [
        contribution.reference,
        contribution.get_kind_display(),
        contribution.get_state_display(),
        contribution.get_speaker_display(),
        contribution.get_about_display(),
        contribution.service_or_place,
        contribution.get_reply_by_display(),
        contribution.language_name,
        ", ".join(contribution.need_names),
        contribution.get_channel_display(),
        timezone.localdate(contribution.received_at).isoformat(),
        contribution.read_by_on.isoformat(),
        contribution.answer_by_on.isoformat(),
        timezone.localdate(answered_at).isoformat() if answered_at else "",
        _("late") if contribution.is_late(today) else "",
        contribution.organisation.name if contribution.organisation else "",
        "\n\n".join(part.text for part in words if part.text),
    ]


def lines(contributions: ContributionQuerySet, today: datetime.date) -> Iterator[str]:
    """The file, line by line, with the rows fetched in pieces as they are needed."""
    fetched = contributions.select_related("organisation").prefetch_related("words")
    return csv_files.lines(headings(), (row(one, today) for one in fetched.iterator(chunk_size=_CHUNK)))
