"""What contributions keep about a person, and for how long."""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.plugs import Ending, Entry, Holder, Rule, ends, holds, keeps
from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.actions import allowing, forgetting
from joinedup.involve.contributions.models import AnswerDraft, BatchRow, Contribution


def _when(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def _file(contribution: Contribution) -> Entry:
    """With which file it came; empty when it came by itself."""
    row = BatchRow.objects.filter(contribution=contribution).select_related("collection", "batch").first()
    if row is None:
        return {}
    return {
        "from": row.collection.name,
        "number there": row.key,
        "said on": row.said_on.isoformat() if row.said_on else "",
        "brought in": _when(row.batch.brought_in_at),
    }


def _told(contribution: Contribution) -> Entry:
    drafts = AnswerDraft.objects.filter(contribution=contribution)
    return {
        "reference": contribution.reference,
        "kind": contribution.get_kind_display(),
        "state": contribution.get_state_display(),
        "came": _when(contribution.received_at),
        "came by": contribution.get_channel_display(),
        "came with a file": _file(contribution),
        "who spoke": contribution.get_speaker_display(),
        "about whom": contribution.get_about_display(),
        "service or place": contribution.service_or_place,
        "answer wanted by": contribution.get_reply_by_display(),
        "name": contribution.name,
        "email": contribution.email,
        "phone": contribution.phone,
        "address": contribution.address,
        "language": contribution.language_name,
        "needs": [*contribution.need_names, *filter(None, [contribution.needs_other])],
        "may be shown to others": contribution.may_publish,
        "given to": contribution.organisation.name if contribution.organisation else "",
        "what you said": [
            {"when": _when(row.said_at), "words": row.text} for row in contribution.words.oldest_first()
        ],
        "what we answered": [
            {"when": _when(row.answered_at), "words": row.text} for row in contribution.answers.oldest_first()
        ],
        "answers begun and not sent": [{"when": _when(row.saved_at), "words": row.text} for row in drafts],
    }


def _found(who: str) -> list[Entry]:
    theirs = Contribution.objects.of_person(who).select_related("organisation").order_by("received_at")
    return [_told(contribution) for contribution in theirs]


def _due(now: datetime.datetime) -> int:
    return forgetting.past_their_time(now).count()


def _forget(by: Actor, now: datetime.datetime) -> int:
    return forgetting.forget_details(by=by, now=now)


def _due_faults(now: datetime.datetime) -> int:
    return forgetting.old_faults(now).count()


def _forget_faults(by: Actor, now: datetime.datetime) -> int:
    return forgetting.forget_faults(by=by, now=now)


def _addresses() -> Iterator[str]:
    return Contribution.objects.filter(email__gt="").values_list("email", flat=True).iterator()


def _taken_back(since: datetime.datetime) -> Iterator[Entry]:
    rows = Contribution.objects.filter(state=Contribution.State.REVOKED)
    for reference, at in rows.values_list("reference", "withdrawn_at").iterator():
        yield {"reference": reference, "withdrawn_at": str(at)}


def _take_back_again(entries: list[Entry], by: Actor) -> int:
    taken = {entry["reference"]: datetime.datetime.fromisoformat(entry["withdrawn_at"]) for entry in entries}
    return forgetting.take_back_again(taken=taken, by=by)


def _new_words(since: datetime.datetime) -> Iterator[Entry]:
    events = AuditEvent.objects.filter(
        verb="involve_contributions.give_new_word", occurred_at__gte=since
    ).values_list("subject_id", "pk")
    given = {int(key): str(event) for key, event in events}
    for row in Contribution.objects.filter(pk__in=given).only("reference"):
        yield {"reference": row.reference, "event": given[row.pk]}


def _end_words(entries: list[Entry], by: Actor) -> int:
    """Only where the record that came back knows nothing of the newer word."""
    events = AuditEvent.objects.filter(pk__in=[entry["event"] for entry in entries])
    here = {str(key) for key in events.values_list("pk", flat=True)}
    references = {entry["reference"] for entry in entries if entry["event"] not in here}
    return forgetting.end_words(references=references, by=by)


def _hidden(since: datetime.datetime) -> Iterator[Entry]:
    events = AuditEvent.objects.filter(verb=allowing.HIDDEN, occurred_at__gte=since)
    keys = {int(key) for key in events.values_list("subject_id", flat=True)}
    for row in Contribution.objects.filter(pk__in=keys, may_publish=False).only("reference"):
        yield {"reference": row.reference}


def _hide_again(entries: list[Entry], by: Actor) -> int:
    return allowing.hide_again(references={entry["reference"] for entry in entries}, by=by)


def _erase(who: str, by: Actor) -> int:
    return forgetting.erase(who=who, by=by)


keeps(
    Rule(
        "involve_contributions.details",
        _("Names, contact details and needs of people who told us something"),
        _("3 years after the answer"),
        _("To answer again when they come back to it"),
        _due,
        _forget,
    )
)
keeps(
    Rule(
        "involve_contributions.faults",
        _("What was wrong with which row of a file of what people said"),
        _("90 days"),
        _("To put the rows right and bring them in again"),
        _due_faults,
        _forget_faults,
    )
)
holds(
    Holder("involve_contributions.contribution", _("What you told us"), _found, _erase, addresses=_addresses)
)
ends(
    Ending(
        "involve_contributions.taken_back",
        _("contributions that had been taken back"),
        _taken_back,
        _take_back_again,
    )
)
ends(
    Ending(
        "involve_contributions.word",
        _("words for contributions that had been replaced"),
        _new_words,
        _end_words,
    )
)
ends(
    Ending(
        "involve_contributions.hidden",
        _("words that people had asked us not to show any more"),
        _hidden,
        _hide_again,
    )
)
