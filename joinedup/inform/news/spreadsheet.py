"""Who comes, as a CSV file that a spreadsheet opens without running anything in it (RFC 4180, UTF-8)."""

import csv
import io
import unicodedata
from collections.abc import Iterable

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.inform.news import phones
from joinedup.inform.news.models import EventSignUp

MARK = "\ufeff"  # Excel takes a file for UTF-8 only when it begins so
_STARTS = tuple("=+-@\t\r\n|%＝＋－＠")
_UNSEEN = ("Cf", "Cc")


def safe_cell(value: object) -> str:
    """The value as text that no spreadsheet takes for a formula: a dangerous beginning gets a ' before it.

    Blanks and invisible signs before it do not hide it.
    """
    text = str(value)
    visible = "".join(
        sign for sign in text if not sign.isspace() and unicodedata.category(sign) not in _UNSEEN
    )
    return f"'{text}" if text.startswith(_STARTS) or visible.startswith(_STARTS) else text


def headings() -> list[str]:
    """The first line of the file."""
    return [
        _("Name"), _("State"), _("People"), _("Email"), _("Phone"), _("What they need"),
        _("Language of the interpreter"), _("In their own words"), _("We write in"), _("Signed up on"),
    ]  # fmt: skip


def row(sign_up: EventSignUp) -> list[str]:
    """One sign-up as cells, in the order of the headings."""
    languages = settings.PARTNERSHIP["languages"]
    cells: list[object] = [
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
    return [safe_cell(cell) for cell in cells]


def written(sign_ups: Iterable[EventSignUp]) -> str:
    """The whole file; an event has some dozens of rows."""
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow(headings())
    writer.writerows(row(sign_up) for sign_up in sign_ups)
    return MARK + file.getvalue()
