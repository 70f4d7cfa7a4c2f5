"""Taking in what people said elsewhere, from a file that was read: all good rows at once, none twice."""

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.doors.csv_reading import MOST_FAULTS, Fault
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission, ask, may
from joinedup.involve.contributions.actions.speaking import Said, staff
from joinedup.involve.contributions.actions.writing_down import Card, write_down
from joinedup.involve.contributions.comments_file import Comment, Read, Refused
from joinedup.involve.contributions.models import Batch, BatchRow, Collection, Contribution

_AT_ONCE = 200  # rows in one statement
_SALT = "joinedup.contributions.brought-in"
CHANNELS = {
    Batch.Way.PAPER: Contribution.Channel.PAPER,
    Batch.Way.SURVEY: Contribution.Channel.PAPER,
    Batch.Way.EVENT: Contribution.Channel.IN_PERSON,
    Batch.Way.PHONE: Contribution.Channel.PHONE,
}


@dataclass(frozen=True)
class Origin:
    """Where words come from: a short name, who collected them, and how."""

    name: str
    organisation: Organisation
    way: str


@transaction.atomic
def bring_in(*, origin: Origin, read: Read, content: bytes, once: str, were_told: bool, by: Actor) -> Batch:
    """Take in the comments of a file, all in one transaction, and write down what became of each row.

    A row that its collection has already is passed over: by its key, and without one by words and day.
    Where the key is here with other words, nothing is changed and the row counts as not taken. `were_told`:
    people know how their words are used. The same form sent twice gives the same batch. `content` is the
    file itself, of which only a mark is kept. Raises PermissionRefused, and ValidationError where people
    were not told or the file came in under another name.
    """
    ask(by, Permission.CONTRIBUTION_ENTER, _Of(origin.organisation.pk))
    if not were_told:
        raise ValidationError(_("Tell people first how their words are used."), code="told")
    once_digest = hashlib.sha256(f"{_SALT} {once} {by.actor_kind} {by.actor_id}".encode()).hexdigest()
    collection = _collection(origin)
    earlier = Batch.objects.filter(once_digest=once_digest).first()
    if earlier is not None:
        return earlier
    marks = _marks(hashlib.sha256(content).hexdigest())
    _refuse_other_name(collection, marks)
    batch = Batch.objects.create(
        collection=collection,
        way=origin.way,
        brought_in_by=staff(by),
        were_told=were_told,
        unread=read.unread,
        file_digest=marks[0],
        once_digest=once_digest,
    )
    _take_all(batch, read, by)
    record(
        verb="involve_contributions.bring_in",
        by=by,
        subject=batch,
        details={
            "collection": collection.pk,
            "added": batch.added,
            "known": batch.known,
            "refused": batch.refused,
        },
    )
    return batch


@dataclass(frozen=True)
class _Of:
    """Something of an organisation, for asking who may."""

    organisation_id: int


def _collection(origin: Origin) -> Collection:
    """The collection of that name, locked, so that of two who send the same file one waits."""
    name = " ".join(origin.name.split())
    rows = Collection.objects.select_for_update().filter(organisation=origin.organisation)
    found = rows.filter(name__iexact=name).first()
    if found is None:
        try:
            with transaction.atomic():
                Collection.objects.create(organisation=origin.organisation, name=name)
        except IntegrityError:
            pass  # someone else was faster
        found = rows.get(name__iexact=name)
    return found


def _marks(text: str) -> list[str]:
    """What knows a text again: the mark under today's key, then those under keys we had before."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [salted_hmac(_SALT, text, secret=key, algorithm="sha256").hexdigest() for key in keys]


def _refuse_other_name(collection: Collection, marks: list[str]) -> None:
    others = Batch.objects.filter(file_digest__in=marks, added__gt=0).exclude(collection=collection)
    other = others.newest_first().first()
    if other is not None:
        day = date_format(timezone.localdate(other.brought_in_at), "j F Y")
        raise ValidationError(
            _("This file came in on %(day)s, under another name or for another organisation.") % {"day": day},
            code="other-name",
        )


def _take_all(batch: Batch, read: Read, by: Actor) -> None:
    refused = list(read.refused)
    known = _known(batch.collection)
    owner = None if may(by, Permission.CONTRIBUTION_ENTER, Contribution()) else batch.collection.organisation
    fresh = []
    for comment in read.comments:
        marks = _marks("\n".join(comment.tells))
        standing = known.get(comment.key) if comment.key else None
        if standing is not None and standing not in marks:
            problem = _("This key is here already, with other words. Nothing was changed.")
            refused.append(Refused(Fault(comment.line, problem, "key"), comment.key))
        elif standing is not None or (not comment.key and any(("", mark) in known for mark in marks)):
            batch.known += 1
        else:
            fresh.append((comment, marks[0]))
    _write_down(batch, fresh, owner, by)
    batch.added, batch.refused = len(fresh), len(refused)
    refused.sort(key=lambda each: each.fault.line)
    batch.faults = [
        [each.fault.line, each.fault.column, each.fault.problem, each.key] for each in refused[:MOST_FAULTS]
    ]
    batch.save(update_fields=["added", "known", "refused", "faults"])


def _known(collection: Collection) -> dict[str | tuple[str, str], str]:
    """What the collection has: marks by key, and without a key the marks themselves."""

    def pairs() -> Iterator[tuple[str | tuple[str, str], str]]:
        rows = BatchRow.objects.filter(collection=collection).order_by()
        for key, mark in rows.values_list("key", "said_digest").iterator():
            yield (key or ("", mark)), mark

    return dict(pairs())


def _write_down(
    batch: Batch, fresh: list[tuple[Comment, str]], owner: Organisation | None, by: Actor
) -> None:
    written = write_down(
        cards=[_card(batch, comment, mark) for comment, mark in fresh],
        channel=CHANNELS[Batch.Way(batch.way)],
        organisation=owner,
        by=by,
    )
    rows = (
        BatchRow(
            contribution=contribution,
            collection=batch.collection,
            batch=batch,
            line=comment.line,
            key=comment.key,
            said_on=comment.said_on,
            said_digest=mark,
            has_details=comment.has_details,
        )
        for contribution, (comment, mark) in zip(written, fresh, strict=True)
    )
    BatchRow.objects.bulk_create(rows, batch_size=_AT_ONCE)


def _card(batch: Batch, comment: Comment, mark: str) -> Card:
    said = Said(
        kind=comment.kind,
        words=comment.words,
        speaker=comment.speaker,
        about=Contribution.About.SELF,
        reply_by=Contribution.ReplyBy.NONE,
        service_or_place=comment.place,
    )
    return Card(said, f"{batch.collection_id} {comment.key} {mark}", _noon(comment.said_on))


def _noon(day: datetime.date | None) -> datetime.datetime | None:
    """Noon of the day, but never later than now; None where the day is not known."""
    if day is None:
        return None
    return min(timezone.make_aware(datetime.datetime.combine(day, datetime.time(12))), timezone.now())
