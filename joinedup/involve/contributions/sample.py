"""Invented contributions for the demonstration, one in every state and form; made through the actions."""

import datetime
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.actions import answering, speaking
from joinedup.involve.contributions.actions.speaking import Said
from joinedup.involve.contributions.models import Contribution


@dataclass(frozen=True)
class Story:
    """One invented contribution, and what became of it."""

    key: str
    days_ago: int
    said: dict[str, Any]
    channel: str = "web"
    given_to: str = ""
    added: str = ""
    answer: str = ""
    told: bool = False
    taken_back: bool = False
    read: bool = False


def organisations() -> dict[str, Organisation | None]:
    """Who the samples of this area are given to, if the organisations are there."""
    rows = answering.receivers().order_by("pk")
    return {
        "barts": rows.filter(ods_code="R1H").first(),
        "elft": rows.filter(ods_code="RWK").first(),
        "council": rows.filter(kind=Organisation.Kind.COUNCIL).first(),
        "charity": rows.filter(kind=Organisation.Kind.VOLUNTARY).first(),
    }


def stories() -> list[Story]:
    """The stories of the file beside this one."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    return [Story(**entry) for entry in tomllib.loads(text)["story"]]


def _said(story: Story) -> Said:
    values = {"kind": "feedback", **story.said}
    return Said(**values | {"needs": tuple(values.get("needs", ()))})


def _come_in(story: Story, at: datetime.datetime, by: Actor) -> speaking.Receipt:
    once = f"sample-contribution-{story.key}"
    if story.channel == "web":
        return speaking.send(said=_said(story), once=once, at=at)
    return speaking.enter(said=_said(story), once=once, channel=story.channel, at=at, by=by)


def _go_on(contribution: Contribution, story: Story, organisation: Organisation | None, by: Actor) -> None:
    """What became of it, in the order it happened."""

    def later(days: int) -> datetime.datetime:
        return min(contribution.received_at + datetime.timedelta(days=days), timezone.now())

    if organisation is not None:
        answering.assign(contribution=contribution, organisation=organisation, by=by, at=later(2))
    elif story.given_to or story.read:
        answering.start(contribution=contribution, by=by, at=later(2))
    if story.added:
        speaking.add_words(contribution=contribution, text=story.added, once=f"sample-added-{story.key}")
    if story.answer:
        written = answering.answer(
            contribution=contribution,
            text=story.answer,
            heard_at=contribution.last_heard_at,
            once=f"sample-answer-{story.key}",
            at=later(10),
            by=by,
        )
        if story.told:
            answering.mark_told(answer=written, on=timezone.localdate(later(12)), by=by)
    if story.taken_back:
        speaking.withdraw(contribution=contribution)


def load(*, by: Actor) -> None:
    """Make what is not there yet; a second run changes nothing. Everything in it is invented and says so."""
    who = organisations()
    for story in stories():
        receipt = _come_in(story, timezone.now() - datetime.timedelta(days=story.days_ago), by)
        if receipt.is_new:
            _go_on(receipt.contribution, story, who.get(story.given_to), by)
