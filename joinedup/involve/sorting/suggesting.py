"""From what people said to hints for the reader: the sorter, words of danger, and what is nearly the same."""

from functools import lru_cache

from django.db.models import F, Q

from joinedup.foundation.permissions import Actor
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.words import as_they_stand
from joinedup.involve.sorting.actions import Hint, keep_hints
from joinedup.involve.sorting.danger import sounds_dangerous
from joinedup.involve.sorting.engine import Sorter, Suggestion
from joinedup.involve.sorting.near import near_duplicates

AT_ONCE = 200  # contributions
AMONG = 2_000  # the latest others that each is compared with
PRESSING = 0.9  # the most severe tenth of the comments the sorter was trained on


@lru_cache(maxsize=1)
def sorter() -> Sorter:
    """The shipped sorter, read once a process. Raises WeightsFault."""
    return Sorter.load()


def _waiting() -> list[Contribution]:
    """What has no hint, or said more since it was made; whoever has waited longest first."""
    rows = Contribution.objects.open().filter(
        Q(suggestion__isnull=True) | ~Q(suggestion__heard_at=F("last_heard_at"))
    )
    return list(rows.prefetch_related("words").order_by("received_at", "pk")[:AT_ONCE])


def _text(contribution: Contribution) -> str:
    words = as_they_stand(sorted(contribution.words.all(), key=lambda row: (row.said_at, row.pk)))
    return "\n".join(row.text for row in words)


def suggest_waiting(*, by: Actor) -> int:
    """Make and keep hints for what waits for them; returns how many. Again, until it returns 0."""
    rows = _waiting()
    if not rows:
        return 0
    texts = [_text(row) for row in rows]
    others = list(
        Contribution.objects.exclude(state=Contribution.State.REVOKED)
        .prefetch_related("words")
        .order_by("-received_at", "-pk")[:AMONG]
    )
    near = near_duplicates(texts, [_text(row) for row in others])
    found = zip(rows, texts, sorter().suggest(texts), near, strict=True)
    hints = [_hint(row, text, said, alike, others) for row, text, said, alike in found]
    return keep_hints(hints=hints, sorter=sorter().version, by=by)


def _hint(
    row: Contribution,
    text: str,
    said: Suggestion,
    alike: list[tuple[int, float]],
    others: list[Contribution],
) -> Hint:
    danger = sounds_dangerous(text)
    nearest = next(((others[at], like) for at, like in alike if others[at].pk != row.pk), None)
    return Hint(
        row.pk,
        row.last_heard_at,
        label=said.theme_p0,
        tone=said.sentiment3 if said.theme_p0 else "",
        confidence=min(max(said.confidence, 0.0), 1.0),
        severity=said.severe,
        is_pressing=danger or said.severe >= PRESSING,
        has_danger_words=danger,
        because=said.words,
        near_id=nearest[0].pk if nearest else None,
        likeness=min(nearest[1], 1.0) if nearest else 0.0,
    )
