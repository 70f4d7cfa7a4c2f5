"""The ledger of answers owed: how many, how old, by organisation."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from joinedup.foundation.numbers import disclosure
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.thread import plugs
from joinedup.foundation.thread.plugs import Owed


@dataclass(frozen=True)
class Line:
    """What one organisation owes; `name` is empty for what is with nobody yet."""

    organisation_id: int | None
    name: str
    waiting: int
    late: int
    oldest_on: datetime.date

    def days(self, day: datetime.date) -> int:
        """How long the oldest has waited."""
        return (day - self.oldest_on).days


@dataclass(frozen=True)
class PublicLine:
    """As everyone may see it: counts rounded, the age in whole weeks."""

    name: str
    waiting: disclosure.Shown
    late: disclosure.Shown
    weeks: int


def _summed(owed: Iterable[Owed]) -> dict[int | None, Owed]:
    found: dict[int | None, Owed] = {}
    for each in owed:
        known = found.get(each.organisation_id)
        if known is None:
            found[each.organisation_id] = each
            continue
        found[each.organisation_id] = Owed(
            each.organisation_id,
            known.waiting + each.waiting,
            known.late + each.late,
            min(known.oldest_on, each.oldest_on),
        )
    return found


def lines(day: datetime.date) -> list[Line]:
    """What every organisation owes on that day, whoever has waited longest first."""
    owed = _summed(
        each for kind in plugs.kinds() if kind.voices is not None for each in kind.voices.owed(day)
    )
    names = dict(Organisation.objects.filter(pk__in=[key for key in owed if key]).values_list("pk", "name"))
    found = [
        Line(key, names.get(key or 0, ""), each.waiting, each.late, each.oldest_on)
        for key, each in owed.items()
    ]
    return sorted(found, key=lambda line: (line.oldest_on, line.name))


def public_lines(day: datetime.date) -> tuple[list[PublicLine], disclosure.Shown | None]:
    """The ledger as everyone may see it, by name, and its total where that may be shown."""
    known = sorted(lines(day), key=lambda line: (line.name == "", line.name))
    waiting = disclosure.table({str(line.organisation_id): line.waiting for line in known})
    told = [
        PublicLine(
            line.name,
            waiting.parts[str(line.organisation_id)],
            disclosure.shown(line.late),
            line.days(day) // 7,
        )
        for line in known
    ]
    return told, waiting.total
