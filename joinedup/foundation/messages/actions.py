"""Writing a message to be sent. The row says that work is due; delivery does it."""

import datetime
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.validators import validate_email
from django.db import models, transaction
from django.template import Context, Engine
from django.template.loader import render_to_string
from django.utils import timezone, translation

from joinedup.design.place import partnership
from joinedup.foundation.audit.actions import record
from joinedup.foundation.messages.models import KEPT_FOR, Message
from joinedup.foundation.permissions import Actor, Permission, ask

_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}", re.ASCII)
# The engine writes these itself; a caller that could set them could send a mail elsewhere or break it in two.
_OWN_HEADERS = {
    "auto-submitted",
    "bcc",
    "cc",
    "date",
    "from",
    "message-id",
    "mime-version",
    "return-path",
    "sender",
    "subject",
    "to",
}


def one_line(text: str) -> str:
    """The text without line breaks of any script and without control characters, fit for a header."""
    spaced = " ".join(text.split())
    return "".join(character for character in spaced if unicodedata.category(character) != "Cc")


def _plain(name: str, context: Mapping[str, Any]) -> str:
    """A text template rendered as text: the escaping that HTML needs would print O&#x27;Brien."""
    return str(Engine.get_default().get_template(name).render(Context(dict(context), autoescape=False)))


def _checked(headers: Mapping[str, str]) -> dict[str, str]:
    for name, value in headers.items():
        if (
            not _HEADER_NAME.fullmatch(name)
            or name.lower() in _OWN_HEADERS
            or name.lower().startswith("content-")
        ):
            raise ValueError(f"A message cannot set the header {name!r}.")
        if value != one_line(value):
            raise ValueError(f"The header {name!r} must be one line.")
    return dict(headers)


@transaction.atomic
def write(
    *,
    to: str,
    template: str,
    context: Mapping[str, Any],
    stream: Message.Stream,
    about: models.Model | None = None,
    language: str = "en",
    urgency: Message.Urgency = Message.Urgency.SOON,
    headers: Mapping[str, str] | None = None,
) -> Message:
    """Render `<template>.subject.txt`, `.txt` and `.html` in the person's language and queue the row.

    Templates get `context`, `partnership`, `language`, `site_url` for residents and `workspace_url` for
    staff (no slash at the end), nothing
    else. Only the HTML is escaped. Raises as `queue` does.
    """
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    everything = {
        **context,
        "partnership": partnership(known),
        "site_url": settings.SITE_URL,
        "workspace_url": settings.WORKSPACE_URL,
        "language": known,
    }
    with translation.override(known):
        subject = _plain(f"{template}.subject.txt", everything)
        text = _plain(f"{template}.txt", everything).strip() + "\n"
        html = render_to_string(f"{template}.html", {**everything, "subject": one_line(subject)})
    return queue(
        to=to,
        subject=subject,
        text=text,
        html=html,
        template=template,
        stream=stream,
        about=about,
        language=known,
        urgency=urgency,
        headers=headers,
    )


@transaction.atomic
def queue(
    *,
    to: str,
    subject: str,
    text: str,
    html: str,
    template: str,
    stream: Message.Stream,
    about: models.Model | None = None,
    language: str = "en",
    urgency: Message.Urgency = Message.Urgency.SOON,
    headers: Mapping[str, str] | None = None,
) -> Message:
    """Write the row for a message whose words are ready. One recipient, always.

    Raises ValidationError when `to` is not one plain e-mail address, and ValueError when a header
    is one the engine writes itself or does not fit on a line.
    """
    validate_email(to)
    return Message.objects.create(
        to=to,
        subject=one_line(subject)[:200],
        text=text.replace("\0", ""),
        html=html.replace("\0", ""),
        template=template[:80],
        stream=stream,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        language=language,
        urgency=urgency,
        headers=_checked(headers or {}),
    )


@transaction.atomic
def retry(*, message: Message, by: Actor) -> bool:
    """Put a message that could not be sent back in the queue, with all its tries before it.

    False when it was no longer failed (someone pressed the button twice): nothing is done then.
    """
    ask(by, Permission.MESSAGE_VIEW)
    failed = Message.objects.filter(pk=message.pk, state=Message.State.FAILED)
    if not failed.update(state=Message.State.DUE, attempts=0, due_at=timezone.now(), fault=""):
        return False
    record(verb="foundation_messages.retry", by=by, subject=message)
    return True


@transaction.atomic
def forget_about(*, subject: models.Model) -> int:
    """Delete every message about this row, sent or not, because its person took it back; returns how many.

    Part of the action that takes it back: that one asks for permission and writes the event.
    """
    # Only keys are asked for: the public site's database role may forget a message, but not read it.
    count, _rows = Message.objects.about(subject).only("pk").delete()
    return count


@transaction.atomic
def forget_old(*, by: Actor, now: datetime.datetime | None = None) -> int:
    """Delete messages that were sent or given up 90 days ago or earlier; returns how many."""
    ask(by, Permission.RETENTION_RUN)
    count, _rows = Message.objects.finished_before((now or timezone.now()) - KEPT_FOR).delete()
    if count:
        record(verb="foundation_messages.forget_old", by=by, details={"count": count})
    return count


@transaction.atomic
def forget_person(*, email: str, by: Actor) -> int:
    """Delete every message to that address, sent or not, because its person asked; returns how many."""
    ask(by, Permission.PERSON_ERASE)
    count, _rows = Message.objects.to_address(email).delete()
    if count:
        record(verb="foundation_messages.forget_person", by=by, details={"count": count})
    return count
