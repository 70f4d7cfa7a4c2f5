"""What stories keep about a person, and what must not come back with a backup."""

import datetime
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Ending, Entry, Holder, ends, holds
from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories import actions
from joinedup.involve.stories.models import Story


def _day(moment: datetime.datetime | None) -> str:
    return timezone.localtime(moment).date().isoformat() if moment else ""


def _told(story: Story) -> Entry:
    return {
        "made from": story.contribution.reference,
        "state": story.get_state_display(),
        "shown since": _day(story.published_at),
        "taken down": _day(story.taken_down_at),
        "title": story.title,
        "words": story.text,
        "earlier wordings": [
            {"title": row.title, "words": row.text} for row in story.wordings.order_by("number")
        ],
    }


def _found(who: str) -> list[Entry]:
    theirs = Contribution.objects.of_person(who).order_by().values("pk")
    rows = Story.objects.filter(contribution__in=theirs).select_related("contribution")
    return [_told(story) for story in rows.order_by("pk")]


def _erase(who: str, by: Actor) -> int:
    theirs = Contribution.objects.of_person(who).order_by().values_list("pk", flat=True)
    return actions.erase(contributions=theirs, by=by)


def _ended(since: datetime.datetime) -> Iterator[Entry]:
    for pk, state, version in Story.objects.values_list("pk", "state", "version").iterator():
        yield {"story": pk, "down": state == Story.State.REVOKED, "version": version}


def _end_again(entries: list[Entry], by: Actor) -> int:
    down = {entry["story"] for entry in entries if entry["down"]}
    return actions.end_again(
        down=down, versions={entry["story"]: entry["version"] for entry in entries}, by=by
    )


holds(Holder("involve_stories.story", _("What others may read of what you told us"), _found, _erase))
ends(
    Ending(
        "involve_stories.story",
        _("stories that had been taken down, or had words taken out"),
        _ended,
        _end_again,
    )
)
