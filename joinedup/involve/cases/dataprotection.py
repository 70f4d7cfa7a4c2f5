"""What cases keep about a person: in which case what they said was answered, by their reference."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.dataprotection.plugs import Entry, Holder, holds
from joinedup.involve.cases.models import Place
from joinedup.involve.contributions.models import Contribution


def _told(row: Place) -> Entry:
    return {
        "reference": row.contribution.reference,
        "answered with others in case": row.case.reference,
        "led by": row.case.lead.name,
        "from": timezone.localtime(row.joined_at).date().isoformat(),
        "until": timezone.localtime(row.left_at).date().isoformat() if row.left_at else "",
    }


def _found(who: str) -> list[Entry]:
    theirs = Contribution.objects.of_person(who).order_by().values("pk")
    rows = Place.objects.filter(contribution__in=theirs).select_related("contribution", "case__lead")
    return [_told(row) for row in rows.order_by("pk")]


holds(
    Holder(
        "involve_cases.place",
        _("With whom what you told us was answered"),
        _found,
        None,
        kept_because=_("It holds keys and dates only; your words and your name go from what it points to."),
    )
)
