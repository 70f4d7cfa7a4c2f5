"""Invented voices for the demonstration, sorted under their themes; made through the actions."""

import datetime
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.actions import answering
from joinedup.involve.contributions.actions.speaking import Said, send
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.sorting.actions import decide
from joinedup.involve.themes.models import Theme

# Each in turn, so that every way of answering and every kind of person is there.
SPEAKERS = ("patient", "resident", "carer", "patient")
WAYS: tuple[dict[str, str], ...] = (
    {"reply_by": "none"},
    {"reply_by": "email", "email": "sample-voice-{number}@example.org"},
    {"reply_by": "none"},
)


def read() -> list[dict[str, Any]]:
    """The voices of the file beside this one, by theme."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["theme"]
    return found


def _said(words: str, number: int) -> Said:
    way = {name: value.format(number=number) for name, value in WAYS[number % len(WAYS)].items()}
    return Said(
        kind="idea" if "?" in words or words.startswith("Please") else "feedback",
        words=f"Sample: {words}",
        speaker=SPEAKERS[number % len(SPEAKERS)],
        about="self",
        may_publish=number % 4 == 0,
        reply_by=way["reply_by"],
        email=way.get("email", ""),
    )


def _ago(day: int | datetime.date) -> int:
    """How many days ago; a day that stands in the file is counted."""
    return (timezone.localdate() - day).days if isinstance(day, datetime.date) else day


def _came(row: Mapping[str, Any], number: int) -> datetime.datetime:
    """When each spoke: spread from the first day to the last."""
    first, last = _ago(row["from"]), _ago(row["to"])
    step = (first - last) / max(1, len(row["words"]) - 1)
    return timezone.now() - datetime.timedelta(days=round(first - step * number))


def load(*, themes: Mapping[str, Theme], by: Actor) -> dict[str, list[Contribution]]:
    """Make what is not there yet; all of them by the keys of their themes, the earliest first."""
    return {row["key"]: _of_theme(row, themes[row["key"]], by) for row in read()}


def _of_theme(row: Mapping[str, Any], theme: Theme, by: Actor) -> list[Contribution]:
    found = []
    for number, words in enumerate(row["words"]):
        once = f"sample-voice-{row['key']}-{number}"
        receipt = send(said=_said(words, number), once=once, at=_came(row, number))
        if receipt.is_new:
            _sort(receipt.contribution, row, theme, by)
        found.append(Contribution.objects.get(pk=receipt.contribution.pk))
    return found


def _sort(contribution: Contribution, row: Mapping[str, Any], theme: Theme, by: Actor) -> None:
    decide(contribution=contribution, theme=theme, tone=row["tone"], by=by)
    if "answer" in row:
        answering.answer(
            contribution=contribution,
            text=row["answer"],
            heard_at=contribution.last_heard_at,
            once=f"sample-answer-{contribution.once_digest}"[:60],
            at=min(contribution.received_at + datetime.timedelta(days=18), timezone.now()),
            by=by,
        )
