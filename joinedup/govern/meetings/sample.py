"""Invented boards and meetings for the demonstration, made through the actions."""

import datetime
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor
from joinedup.govern.meetings.actions import deciding, planning
from joinedup.govern.meetings.models import Action, AgendaItem, Board, Decision, Meeting

End = tuple[str, int]


@dataclass(frozen=True)
class _Given:
    """What every part of the sample is made with: themes by their keys, who sits on boards, and who acts."""

    themes: Mapping[str, End]
    who: Mapping[str, Organisation]
    by: Actor


def read() -> list[dict[str, Any]]:
    """The boards of the file beside this one, with their meetings."""
    text = Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["board"]
    return found


def _organisations() -> dict[str, Organisation]:
    """Who sits on the boards, for those organisations that are there; others stand in where one is not."""
    rows = Organisation.objects.order_by("pk")
    anyone = rows.first()
    found = {
        "barts": rows.filter(ods_code="R1H").first() or anyone,
        "elft": rows.filter(ods_code="RWK").first() or anyone,
        "council": rows.filter(kind=Organisation.Kind.COUNCIL).first() or anyone,
        "charity": rows.filter(kind=Organisation.Kind.VOLUNTARY).first() or anyone,
    }
    return {key: row for key, row in found.items() if row is not None}


def _in_days(number: int | datetime.date) -> datetime.date:
    """So many days from today; a day that stands in the file as it is."""
    if isinstance(number, datetime.date):
        return number
    return timezone.localdate() + datetime.timedelta(days=number)


def _load_action(decision: Decision, row: Mapping[str, Any], given: _Given) -> None:
    fields = {"text": row["text"], "owner": row["owner"], "due_on": _in_days(row["due"])}
    action = deciding.give(
        row=Action(decision=decision, organisation=given.who[row["organisation"]], **fields), by=given.by
    )
    if "finished" in row:
        on = _in_days(row["finished"])
        deciding.finish(action=action, version=action.version, on=on, note=row["note"], by=given.by)


def _load_item(meeting: Meeting, row: Mapping[str, Any], given: _Given) -> None:
    names = ("title", "question", "what_people_told_us", "equality_impact", "not_known")
    item = AgendaItem(meeting=meeting, **{name: row[name] for name in names if name in row})
    item = planning.put(row=item, about=given.themes.get(row.get("theme", "")), by=given.by)
    if "outcome" in row:
        decision = deciding.decide(
            item=item, outcome=row["outcome"], text=row["decided"], reason=row["reason"], by=given.by
        )
        for action in row.get("action", ()):
            _load_action(decision, action, given)


def _load_meeting(board: Board, row: Mapping[str, Any], given: _Given) -> None:
    starts_at = datetime.time.fromisoformat(row["starts_at"])
    fresh = Meeting(board=board, held_on=_in_days(row["day"]), starts_at=starts_at, place=row["place"])
    meeting = planning.plan(row=fresh, by=given.by)
    for item in row.get("item", ()):
        _load_item(meeting, item, given)
    if "minutes" in row:
        planning.hold(
            meeting=meeting,
            version=meeting.version,
            minutes=row["minutes"],
            present=row["present"],
            by=given.by,
        )


@transaction.atomic
def load(*, by: Actor, themes: Mapping[str, End] | None = None) -> dict[str, Decision]:
    """Put the boards in place, once; their decisions by the keys of their items.

    `themes` ties items to what they are about in the thread, by the keys phones, interpreters, going-home
    and hospital-bus. Load the organisations before; without any, there is nobody to sit on a board.
    """
    who = _organisations()
    given = _Given(themes or {}, who, by)
    for row in read() if who else ():
        if Board.objects.filter(slug=row["slug"]).exists():
            continue
        fresh = Board(
            organisation=who[row["answers"]],
            is_public=True,
            **{name: row[name] for name in ("slug", "name", "purpose", "quorum")},
        )
        members = {who[key].pk: who[key] for key in row["members"]}.values()
        board = planning.add_board(row=fresh, members=members, by=by)
        for meeting in row["meeting"]:
            _load_meeting(board, meeting, given)
    titles = {
        item["title"]: item["key"] for row in read() for part in row["meeting"] for item in part["item"]
    }
    slugs = [row["slug"] for row in read()]
    kept = Decision.objects.filter(item__meeting__board__slug__in=slugs, item__title__in=titles)
    return {titles[decision.item.title]: decision for decision in kept.select_related("item")}
