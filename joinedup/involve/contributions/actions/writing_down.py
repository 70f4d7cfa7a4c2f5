"""Writing down at once what many people said whom we do not know, such as cards left in a box."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record_each
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.contributions import secret_words
from joinedup.involve.contributions.actions.speaking import Said, checked, due_dates, once_digest, staff
from joinedup.involve.contributions.models import Contribution, Words
from joinedup.involve.contributions.references import new_reference

_AT_ONCE = 200  # rows in one statement


@dataclass(frozen=True)
class Card:
    """What one person said, when, and the key under which it is written down once."""

    said: Said
    once: str
    said_at: datetime.datetime | None = None


@transaction.atomic
def write_down(
    *, cards: Sequence[Card], channel: str, by: Actor, organisation: Organisation | None = None
) -> list[Contribution]:
    """Write down what people said, in the order of the cards; all of them or none.

    Each has a reference, and nobody holds a word for it. The promised days count from now, for nobody was
    promised any before. Staff of one organisation write down for that organisation. Raises PermissionRefused,
    ValidationError where a card is not as the row keeps it, and IntegrityError where one was written down.
    """
    ask(by, Permission.CONTRIBUTION_ENTER, organisation or Contribution())
    if channel == Contribution.Channel.WEB:
        raise ValidationError(_("Say how it reached us."), code="channel")
    now = timezone.now()
    read_by_on, answer_by_on = due_dates(now)
    for_all = {
        "channel": channel,
        "entered_by": staff(by),
        "organisation": organisation,
        "received_at": now,
        "last_heard_at": now,
        "read_by_on": read_by_on,
        "answer_by_on": answer_by_on,
    }
    rows = [_row(card, for_all) for card in cards]
    _give_references(rows)
    Contribution.objects.bulk_create(rows, batch_size=_AT_ONCE)
    words = (
        Words(
            contribution=row,
            kind=Words.Kind.ORIGINAL,
            text=checked(card.said.words),
            said_at=card.said_at or now,
            entered_by=staff(by),
            once_digest=row.once_digest,
        )
        for row, card in zip(rows, cards, strict=True)
    )
    Words.objects.bulk_create(words, batch_size=_AT_ONCE)
    record_each(
        verb="involve_contributions.write_down",
        by=by,
        subjects=rows,
        details={"channel": channel, "reply_by": Contribution.ReplyBy.NONE.value},
    )
    return rows


def _row(card: Card, for_all: dict[str, Any]) -> Contribution:
    values = asdict(card.said) | {"needs": list(card.said.needs)}
    checked(str(values.pop("words")))
    if card.said.reply_by != Contribution.ReplyBy.NONE:
        raise ValidationError(_("Whoever wants an answer is written down alone."), code="reply_by")
    row = Contribution(
        **values,
        **for_all,
        reference=new_reference(),
        once_digest=once_digest(card.once, for_all["channel"]),
        word_digest=secret_words.NOBODY,
    )
    # Who entered it and for whom is the same in all, and each look costs a query.
    row.clean_fields(exclude={"entered_by", "organisation"})
    return row


def _give_references(rows: Iterable[Contribution]) -> None:
    """See that no reference is taken, among the rows or before them."""
    ours: set[str] = set()
    taken = Contribution.objects.only("reference").in_bulk(
        [row.reference for row in rows], field_name="reference"
    )
    for row in rows:
        while row.reference in taken or row.reference in ours:
            row.reference = new_reference()
        ours.add(row.reference)
