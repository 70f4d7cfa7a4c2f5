"""Contributions as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8).

Names and contact details are never in it.
"""

import csv
import datetime
import unicodedata
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.contribution import ContributionQuerySet
from joinedup.involve.contributions.models.words import as_they_stand

# Excel takes a file for UTF-8 only when it begins so.
MARK = "\ufeff"
_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
_CHUNK = 200


class _Echo:
    """What the writer writes to: hands each line straight back."""

    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula: a dangerous beginning gets a ' before it.

    Blanks and invisible characters before the sign do not hide it.
    """
    text = "" if value is None else str(value)
    visible = 0
    while visible < len(text) and (
        text[visible].isspace() or unicodedata.category(text[visible]) in ("Cf", "Cc")
    ):
        visible += 1
    if text.startswith(_STARTS) or text[visible:].startswith(_STARTS):
        return f"'{text}"
    return text


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Reference"), _("Kind"), _("State"), _("Who speaks"), _("About"), _("Service or place"),
        _("Answer wanted"), _("Language"), _("Needs"), _("Came by"), _("Received on"), _("Read by"),
        _("Answer by"), _("Answered on"), _("Late"), _("Organisation"), _("Words"),
    ]  # fmt: skip


def row(contribution: Contribution, today: datetime.date) -> list[str]:
    """One contribution as cells, in the order of the headings."""
    words = as_they_stand(sorted(contribution.words.all(), key=lambda words: (words.said_at, words.pk)))
    answered_at = contribution.completed_at
    cells: list[object] = [
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
    return [safe_cell(cell) for cell in cells]


def lines(contributions: ContributionQuerySet, today: datetime.date) -> Iterator[str]:
    """The file, line by line, with the rows fetched in pieces as they are needed."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    yield MARK + str(writer.writerow(headings()))
    fetched = contributions.select_related("organisation").prefetch_related("words")
    for contribution in fetched.iterator(chunk_size=_CHUNK):
        yield str(writer.writerow(row(contribution, today)))
