"""Keeping what the sorter suggests, and what a person decides after reading."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread.models import Link
from joinedup.involve.contributions.actions.answering import start
from joinedup.involve.contributions.actions.speaking import staff
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.plugs import tell_alarmed
from joinedup.involve.sorting.models import Sorting, Suggestion, Tone
from joinedup.involve.themes.actions import VOICE, displace, place
from joinedup.involve.themes.models import KIND, Theme


@dataclass(frozen=True)
class Hint:
    """What the sorter makes of one contribution."""

    contribution_id: int
    heard_at: datetime.datetime
    label: str = ""
    tone: str = ""
    confidence: float = 0.0
    severity: float = 0.0
    is_pressing: bool = False
    has_danger_words: bool = False
    because: tuple[str, ...] = ()
    near_id: int | None = None
    likeness: float = 0.0


@transaction.atomic
def keep_hints(*, hints: Iterable[Hint], sorter: str, by: Actor) -> int:
    """Keep what the sorter makes of these, in place of what it made before; returns how many.

    What was taken back, or has more words by now, is left out. Raises PermissionRefused.
    """
    ask(by, Permission.CONTRIBUTION_SORT)
    given = {hint.contribution_id: hint for hint in hints}
    themes = Theme.objects.by_label()
    standing = Contribution.objects.select_for_update().filter(pk__in=given)
    kept = 0
    for contribution in standing.exclude(state=Contribution.State.REVOKED):
        hint = given[contribution.pk]
        if contribution.last_heard_at != hint.heard_at:
            continue
        Suggestion.objects.update_or_create(
            contribution=contribution,
            defaults={
                "heard_at": hint.heard_at,
                "made_at": timezone.now(),
                "sorter": sorter,
                "label": hint.label,
                "theme": themes.get(hint.label),
                "tone": hint.tone if hint.tone in Tone.values else "",
                "confidence": hint.confidence,
                "severity": hint.severity,
                "is_pressing": hint.is_pressing,
                "has_danger_words": hint.has_danger_words,
                "because": list(hint.because),
                "near_id": hint.near_id,
                "likeness": hint.likeness,
            },
        )
        kept += 1
    if kept:
        record(verb="involve_sorting.keep_hints", by=by, details={"count": kept, "sorter": sorter})
    return kept


def _check(fresh: Contribution, tone: str, heard_at: datetime.datetime | None) -> None:
    if fresh.state == Contribution.State.REVOKED:
        raise ValidationError(_("The person took this back."), code="revoked")
    if heard_at is not None and heard_at != fresh.last_heard_at:
        told = _("%(reference)s has new words since you opened this page. Read them first.")
        raise ValidationError(told % {"reference": fresh.reference}, code="heard")
    if tone and tone not in Tone.values:
        raise ValidationError(_("Choose a tone from the list."), code="tone")


@transaction.atomic
def decide(
    *,
    contribution: Contribution,
    theme: Theme | None,
    by: Actor,
    tone: str = "",
    is_urgent: bool = False,
    heard_at: datetime.datetime | None = None,
) -> Sorting:
    """Keep what a person decided after reading it: it counts as read from now on.

    `heard_at` is when the last words were said that they read. ValidationError `heard` where there are more.

    It counts under the theme from the day on which it was said; the theme takes the place of the one it was
    under. Raises PermissionRefused; ValidationError for a tone that we do not know, and for what was taken
    back.
    """
    fresh = Contribution.objects.select_for_update().get(pk=contribution.pk)
    ask(by, Permission.CONTRIBUTION_SORT, fresh)
    _check(fresh, tone, heard_at)
    hint = Suggestion.objects.filter(contribution=fresh).first()
    row = Sorting.objects.create(
        contribution=fresh,
        theme=theme,
        tone=tone,
        is_urgent=is_urgent,
        suggested_theme=hint.theme if hint else None,
        suggested_label=hint.label if hint else "",
        suggested_tone=hint.tone if hint else "",
        sorter=hint.sorter if hint else "",
        agreed=hint.theme == theme if hint and hint.theme else None,
        sorted_by=staff(by),
    )
    for other in themes_of(fresh):
        if other != theme:
            displace(contribution=fresh, theme=other, by=by)
    if theme is not None:
        place(contributions=[fresh], theme=theme, on=timezone.localdate(fresh.received_at), by=by)
    if fresh.state == Contribution.State.RECEIVED:
        start(contribution=fresh, by=by)
    if is_urgent:
        tell_alarmed(fresh.pk, by)
    record(
        verb="involve_sorting.decide",
        by=by,
        subject=fresh,
        details={"theme": theme.pk if theme else None, "urgent": is_urgent, "agreed": row.agreed},
    )
    return row


def themes_of(contribution: Contribution) -> list[Theme]:
    """The themes it is under, by name."""
    links = Link.objects.standing().from_ends([(VOICE, contribution.pk)]).filter(end_kind=KIND)
    return list(Theme.objects.filter(pk__in=links.values("end_key")))


@transaction.atomic
def decide_together(
    *,
    contributions: Iterable[Contribution],
    theme: Theme,
    by: Actor,
    heard: Mapping[str, datetime.datetime] | None = None,
) -> list[Sorting]:
    """Put these under one theme, each with the tone suggested for it; all of them or none.

    `heard`: when the last words were said that were read, by reference. Raises as `decide`. One that was
    marked as urgent stays so.
    """
    found = []
    for contribution in contributions:
        hint = Suggestion.objects.filter(contribution=contribution).first()
        before = Sorting.objects.filter(contribution=contribution).newest_first().first()
        found.append(
            decide(
                contribution=contribution,
                theme=theme,
                tone=before.tone if before else hint.tone if hint else "",
                is_urgent=before.is_urgent if before else False,
                heard_at=(heard or {}).get(contribution.reference),
                by=by,
            )
        )
    return found


def forget(contribution_id: int) -> None:
    """Let go of what was made of words that were taken back; part of the action that took them back."""
    Suggestion.objects.filter(contribution_id=contribution_id).only("pk").delete()
