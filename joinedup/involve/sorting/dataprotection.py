"""What sorting keeps about a person: what we took their words to be about, by their reference."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Entry, Holder, holds
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.sorting.models import Sorting, Suggestion


def _suggested(row: Suggestion) -> Entry:
    return {
        "reference": row.contribution.reference,
        "suggested by a program": row.theme.name if row.theme else row.label,
        "tone": row.get_tone_display(),
        "read first": row.is_pressing or row.has_danger_words,
        "words that weighed most": row.because,
    }


def _decided(row: Sorting) -> Entry:
    return {
        "reference": row.contribution.reference,
        "decided by a person": row.theme.name if row.theme else "",
        "tone": row.get_tone_display(),
        "marked as urgent": row.is_urgent,
        "on": timezone.localtime(row.sorted_at).date().isoformat(),
    }


def _found(who: str) -> list[Entry]:
    theirs = Contribution.objects.of_person(who).order_by().values("pk")
    suggested = Suggestion.objects.filter(contribution__in=theirs).select_related("contribution", "theme")
    decided = Sorting.objects.filter(contribution__in=theirs).select_related("contribution", "theme")
    return [
        *map(_suggested, suggested.order_by("pk")),
        *map(_decided, decided.order_by("sorted_at", "pk")),
    ]


holds(
    Holder(
        "involve_sorting.sorting",
        _("What we took your words to be about"),
        _found,
        None,
        kept_because=_(
            "Suggestions go with your words. Of what a person decided, theme and tone stay, without your"
            " words and your name, so that counts stay right."
        ),
    )
)
