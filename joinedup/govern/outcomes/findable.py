"""What search may show of measures: the public ones, by what they count and for whom."""

from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.findable import Findable, Source, register
from joinedup.govern.outcomes.models import Measure

LANGUAGE = "en"
_PREFIX = "govern_outcomes.measure"


def _of(row: Measure) -> Findable:
    with translation.override(LANGUAGE):
        return Findable(
            key=row.findable_key,
            kind=str(_("Measure")),
            language=LANGUAGE,
            title=row.name,
            summary=row.counts,
            body="\n".join(part for part in (row.why, row.area, row.caution, row.publisher) if part),
            href=row.get_absolute_url(),
        )


def everything() -> Iterator[Findable]:
    """Every public measure."""
    yield from map(_of, Measure.objects.public())


def one(key: str) -> Findable | None:
    """The measure with that key, if everyone may see it."""
    parts = key.split(":")
    if len(parts) != 3 or not parts[1].isdecimal() or parts[2] != LANGUAGE:
        return None
    row = Measure.objects.public().filter(pk=int(parts[1])).first()
    return _of(row) if row is not None else None


register(Source(_PREFIX, everything, one))
