"""Writing a message to be sent. The row says that work is due; delivery does it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import translation

from joinedup.foundation.messages.models import Message

_LINE_BREAKS = str.maketrans({"\r": " ", "\n": " "})


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

    Templates get `context`, `partnership` and `site_url` (no slash at the end), nothing else.
    """
    known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    everything = {**context, "partnership": settings.PARTNERSHIP, "site_url": settings.SITE_URL, "language": known}
    with translation.override(known):
        subject = render_to_string(f"{template}.subject.txt", everything).translate(_LINE_BREAKS).strip()
        text = render_to_string(f"{template}.txt", everything).strip() + "\n"
        html = render_to_string(f"{template}.html", everything)
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
    """Write the row for a message whose words are ready. One recipient, always."""
    return Message.objects.create(
        to=to,
        subject=subject.translate(_LINE_BREAKS)[:200],
        text=text,
        html=html,
        template=template[:80],
        stream=stream,
        about_kind=about._meta.label_lower if about is not None else "",
        about_id=str(about.pk) if about is not None else "",
        language=language,
        urgency=urgency,
        headers=dict(headers or {}),
    )
