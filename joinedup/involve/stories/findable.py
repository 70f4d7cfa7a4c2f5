"""What search may show of stories: those that everyone may read, in the language they were told in."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.findable import Findable, Source, register
from joinedup.involve.stories.actions import key_of
from joinedup.involve.stories.models import Story

_PREFIX = "involve_stories.story"


def _of(story: Story) -> Findable:
    with translation.override(story.language):
        return Findable(
            key=key_of(story),
            kind=str(_("Story")),
            language=story.language,
            title=story.title,
            summary=Truncator(story.text).words(30),
            body=story.text,
            href=story.get_absolute_url(),
        )


def everything() -> Iterator[Findable]:
    """Every story that is shown."""
    yield from map(_of, Story.objects.public())


def one(key: str) -> Findable | None:
    """The story with that key, if everyone may read it."""
    parts = key.split(":")
    if len(parts) != 3 or not parts[1].isdecimal():
        return None
    story = Story.objects.public().filter(pk=int(parts[1])).first()
    return _of(story) if story is not None and key_of(story) == key else None


register(Source(_PREFIX, everything, one))
