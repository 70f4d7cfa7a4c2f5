"""What the thread may tell of a voice, and how the person behind it is told."""

import datetime
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import Actor, Permission
from joinedup.foundation.thread.plugs import Form, Kind, Owed, Part, Reach, Thing, Voices, register
from joinedup.involve.contributions import secret_words
from joinedup.involve.contributions.actions.telling import tell_of_change
from joinedup.involve.contributions.models import BatchRow, Contribution
from joinedup.involve.stories.models import Story

KIND = "involve_contributions.contribution"


def _things(keys: Collection[int]) -> Mapping[int, Thing]:
    rows = Contribution.objects.filter(pk__in=keys).select_related("story")
    return {row.pk: _thing(row) for row in rows.only("kind", "received_at", "organisation_id", "story")}


def _thing(row: Contribution) -> Thing:
    story: Story | None = getattr(row, "story", None)
    on = timezone.localdate(row.received_at)
    if story is None or not story.is_public:
        return Thing(str(row.get_kind_display()), on, organisation_id=row.organisation_id)
    return _thing_of(story)


def _thing_of(story: Story) -> Thing:
    return Thing(
        story.title,
        timezone.localdate(story.contribution.received_at),
        text=story.text,
        href=story.get_absolute_url(),
        is_public=True,
        organisation_id=story.contribution.organisation_id,
    )


def _shown(keys: Any, most: int) -> list[Thing]:
    stories = Story.objects.public().newest_first().filter(contribution__in=keys)
    return [_thing_of(story) for story in stories.select_related("contribution")[:most]]


def _reach(keys: Collection[int]) -> Mapping[int, Reach]:
    return {row.pk: _reach_of(row) for row in _to_reach(keys)}


def _to_reach(keys: Collection[int]) -> QuerySet[Contribution]:
    unclaimed = BatchRow.objects.filter(contribution=OuterRef("pk"))
    return Contribution.objects.filter(pk__in=keys).annotate(unclaimed=Exists(unclaimed))


def _is_unclaimed(row: Contribution) -> bool:
    """Whether it came with a file and nobody was ever given a word for it."""
    return bool(getattr(row, "unclaimed", False)) and row.word_digest == secret_words.NOBODY


def _reach_of(row: Contribution) -> Reach:
    way = {
        Contribution.ReplyBy.EMAIL: Form.EMAIL if row.email else Form.NOBODY,
        Contribution.ReplyBy.PHONE: Form.PHONE if row.phone else Form.NOBODY,
        Contribution.ReplyBy.LETTER: Form.LETTER if row.address_line_1 else Form.NOBODY,
        Contribution.ReplyBy.NONE: Form.NOBODY if _is_unclaimed(row) else Form.REFERENCE,
    }[Contribution.ReplyBy(row.reply_by)]
    return Reach(
        Form.NOBODY if row.state == Contribution.State.REVOKED else way,
        row.reference,
        reverse("workspace_contributions:detail", args=[row.reference]),
        row.organisation_id,
    )


def _send(key: int, text: str, path: Callable[[], str], by: Actor) -> bool:
    row = Contribution.objects.filter(pk=key).first()
    return row is not None and tell_of_change(contribution=row, text=text, path=path, by=by)


def _owed(day: datetime.date) -> Iterable[Owed]:
    late = Q(answer_by_on__lt=day) | Q(state=Contribution.State.RECEIVED, read_by_on__lt=day)
    rows = Contribution.objects.open().order_by().values("organisation")
    for row in rows.annotate(waiting=Count("pk"), late=Count("pk", filter=late), oldest=Min("received_at")):
        yield Owed(row["organisation"], row["waiting"], row["late"], timezone.localdate(row["oldest"]))


register(
    Kind(
        KIND,
        Part.VOICE,
        _("What someone said"),
        _things,
        Permission.CONTRIBUTION_SORT,
        voices=Voices(_reach, _shown, _send, _owed),
    )
)
