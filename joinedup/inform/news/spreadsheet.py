"""Who comes, as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8)."""

from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_files
from joinedup.inform.news import phones
from joinedup.inform.news.models import EventSignUp


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Name"), _("State"), _("People"), _("Email"), _("Phone"), _("What they need"),
        _("Language of the interpreter"), _("In their own words"), _("We write in"), _("Signed up on"),
    ]  # fmt: skip


def row(sign_up: EventSignUp) -> list[object]:
    """One sign-up as cells, in the order of the headings."""
    languages = settings.PARTNERSHIP["languages"]
    return [
        sign_up.name,
        sign_up.get_state_display(),
        sign_up.people,
        sign_up.email,
        phones.as_said(sign_up.phone) if sign_up.phone else "",
        ", ".join(sign_up.need_names),
        languages.get(sign_up.interpreter_language, sign_up.interpreter_language),
        sign_up.needs_other,
        languages.get(sign_up.language, sign_up.language),
        timezone.localdate(sign_up.created_at).isoformat(),
    ]


def written(sign_ups: Iterable[EventSignUp]) -> str:
    """The whole file; an event has some dozens of rows."""
    return "".join(csv_files.lines(headings(), map(row, sign_ups)))
