"""Keeping our word about time, and answering a person who asks what we hold or wants it gone.

The law: UK GDPR article 5(1)(e) (storage limitation), 15 and 20 (access, portability), 17 (erasure).
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from joinedup.foundation.audit.actions import record
from joinedup.foundation.dataprotection.marks import marks_of
from joinedup.foundation.dataprotection.plugs import Holder, Rule, holders, rules
from joinedup.foundation.permissions import Actor, Permission, ask

ERASED = "foundation_dataprotection.erase"


@dataclass(frozen=True)
class Kept:
    """One rule, and how many rows are (or were) past their time."""

    rule: Rule
    count: int


def due(*, by: Actor, now: datetime.datetime | None = None) -> list[Kept]:
    """What is past its time, rule by rule; nothing is changed."""
    ask(by, Permission.RETENTION_RUN)
    moment = now or timezone.now()
    return [Kept(rule, rule.due(moment)) for rule in rules()]


def forget_due(*, by: Actor, now: datetime.datetime | None = None) -> list[Kept]:
    """Delete what is past its time, each rule in a transaction of its own, so that one fault stops one.

    Raises ExceptionGroup with the faults after the other rules have run.
    """
    ask(by, Permission.RETENTION_RUN)
    moment = now or timezone.now()
    done, faults = [], []
    for rule in rules():
        try:
            done.append(Kept(rule, _forget(rule, by, moment)))
        except Exception as fault:
            fault.add_note(f"retention rule {rule.key}")
            faults.append(fault)
    if faults:
        raise ExceptionGroup("some retention rules failed; the others have run", faults)
    return done


@transaction.atomic
def _forget(rule: Rule, by: Actor, moment: datetime.datetime) -> int:
    count = rule.forget(by, moment)
    if count:
        record(verb="foundation_dataprotection.forget_due", by=by, details={"rule": rule.key, "count": count})
    return count


@dataclass(frozen=True)
class Held:
    """What one place holds about a person."""

    holder: Holder
    entries: list[dict[str, Any]]


def _tidy(who: str) -> str:
    """As it is looked for: PostgreSQL refuses even to look for a zero character."""
    return who.replace("\0", "").strip()


def look_up(*, who: str, by: Actor) -> list[Held]:
    """What every place holds about the person known by `who`; the looking is on the record.

    Raises PermissionRefused. The record says how much was found where, never for whom.
    """
    ask(by, Permission.PERSON_EXPORT)
    found = [Held(holder, holder.find(_tidy(who))) for holder in holders()]
    with transaction.atomic():
        record(verb="foundation_dataprotection.look_up", by=by, details=_counts(found))
    return found


def _counts(found: list[Held]) -> dict[str, int]:
    return {held.holder.key: len(held.entries) for held in found if held.entries}


def export(*, who: str, by: Actor) -> dict[str, Any]:
    """All of it as one document that a machine can read (JSON) and a person too.

    Shape: {"from", "made_at" (ISO 8601), "asked_for", "held": [{"what", "entries": [...]}]}.
    """
    found = look_up(who=who, by=by)
    return {
        "from": settings.PARTNERSHIP["name"],
        "made_at": timezone.localtime().isoformat(timespec="seconds"),
        "asked_for": _tidy(who),
        "held": [{"what": str(held.holder.what), "entries": held.entries} for held in found if held.entries],
    }


@transaction.atomic
def erase(*, who: str, by: Actor) -> dict[str, int]:
    """Erase what may be erased, everywhere, in one transaction; returns how many rows by place.

    What must survive does: totals, the record of what staff did (it holds keys only), and a keyed
    mark of an address that left the newsletter. The event holds another such mark of an e-mail
    address, by which a restore erases again. Erasing twice changes nothing more. Raises PermissionRefused.
    """
    ask(by, Permission.PERSON_ERASE)
    done = {holder.key: holder.erase(_tidy(who), by) for holder in holders() if holder.erase is not None}
    counts = {key: count for key, count in done.items() if count}
    marks = marks_of(_tidy(who))
    record(verb=ERASED, by=by, details={**counts, **({"mark": marks[0]} if marks else {})})
    return counts
