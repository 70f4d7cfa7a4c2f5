"""What one person was told of what came of their words: for the page at their reference."""

import datetime
from dataclasses import dataclass

from joinedup.foundation.thread import plugs, verdict_links
from joinedup.foundation.thread.models import Told
from joinedup.foundation.thread.plugs import End, Form


@dataclass(frozen=True)
class News:
    """One thing that someone was told, what they said to it and what we said to that."""

    on: datetime.date
    title: str
    """What came about; empty where not everyone may read of it."""
    text: str
    form: str
    verdict: str
    verdict_words: str
    reply: str
    waits: bool
    """They say that it has not changed, and we have not answered."""
    path: str
    """Where they say whether it changed, in the language of the moment."""

    @property
    def is_sent(self) -> bool:
        """Whether it also went to them, and does not only stand here."""
        return self.form != Form.REFERENCE


def news_of(voice: End) -> list[News]:
    """What that voice was told, the latest first; one query, and one for each kind of thing."""
    rows = list(Told.objects.of_voice(*voice).filter(told_on__isnull=False).select_related("telling"))
    things = plugs.things(list({row.telling.about for row in rows}))
    rows.sort(key=lambda row: (row.told_on or datetime.date.min, row.pk), reverse=True)
    found = []
    for row in rows:
        thing = things.get(row.telling.about)
        found.append(
            News(
                on=row.told_on or datetime.date.min,
                title=thing.title if thing is not None and thing.is_public else "",
                text=row.telling.text,
                form=row.form,
                verdict=row.verdict,
                verdict_words=row.get_verdict_display() if row.verdict else "",
                reply=row.reply,
                waits=row.waits_for_reply,
                path=verdict_links.path_for(row),
            )
        )
    return found
