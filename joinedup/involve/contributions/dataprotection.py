"""What contributions keep about a person, and for how long."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Entry, Holder, Rule, holds, keeps
from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.actions import forgetting
from joinedup.involve.contributions.models import AnswerDraft, Contribution


def _when(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).isoformat(timespec="minutes") if moment else ""


def _told(contribution: Contribution) -> Entry:
    drafts = AnswerDraft.objects.filter(contribution=contribution)
    return {
        "reference": contribution.reference,
        "kind": contribution.get_kind_display(),
        "state": contribution.get_state_display(),
        "came": _when(contribution.received_at),
        "came by": contribution.get_channel_display(),
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
holds(Holder("involve_contributions.contribution", _("What you told us"), _found, _erase))
