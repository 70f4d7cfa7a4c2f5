"""What of stories needs someone today."""

import datetime
from collections.abc import Iterable

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from joinedup.foundation.permissions import Permission
from joinedup.foundation.worklist import Need, Source, register
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories.models import Story

SHOWN = 10
LOOK_WITHIN = datetime.timedelta(days=3)


def _said_more(user: object, day: datetime.date) -> Iterable[Need]:
    """Stories that stand as they were, while their person said more or put something right."""
    own = Contribution.objects.for_user(user, Permission.STORY_PUBLISH)
    rows = Story.objects.public().filter(
        contribution__in=own, contribution__last_heard_at__gt=F("changed_at")
    )
    for story in rows.select_related("contribution").order_by("contribution__last_heard_at")[:SHOWN]:
        heard = story.contribution
        yield Need(
            _("Read the story of %(reference)s again: they said more, or put it right")
            % {"reference": heard.reference},
            reverse("workspace_stories:write", args=[heard.reference]),
            timezone.localdate(heard.last_heard_at) + LOOK_WITHIN,
            about=story.title,
        )


register(
    Source(
        "involve_stories.said_more",
        gettext_lazy("Stories to look at again"),
        Permission.STORY_PUBLISH,
        _said_more,
    )
)
