"""Bringing one case into another, and undoing that."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.cases.actions.opening import NotOpen, locked
from joinedup.involve.cases.models import Case, Merge, Part, Place
from joinedup.involve.contributions.actions.speaking import staff
from joinedup.involve.contributions.actions.together import hand_over
from joinedup.involve.contributions.models import Contribution


def _pair(one: Case, other: Case, by: Actor) -> tuple[Case, Case]:
    """Both rows, locked in one order whoever asks, so that two at once do not wait for each other."""
    if one.pk == other.pk:
        raise ValidationError(_("Choose another case."), code="same")
    found = {case.pk: locked(case, by, Permission.CASE_OPEN) for case in sorted((one, other), key=_key)}
    return found[one.pk], found[other.pk]


def _key(case: Case) -> int:
    return case.pk


@transaction.atomic
def merge(*, source: Case, target: Case, by: Actor) -> Merge:
    """Bring everything that is in one case into another, which keeps its lead; parts and answers stay where
    they were written.

    Raises PermissionRefused, NotOpen; ValidationError for one case with itself, and where the one to go has
    parts of others or an answer that has been sent.
    """
    gone, stays = _pair(source, target, by)
    if gone.answers.filter(sent_at__isnull=False).exists():
        raise ValidationError(_("Its answer has gone out. Merge the other way round."), code="sent")
    if Part.objects.standing().filter(case=gone).exists():
        told = _("Others are asked for their part in %(case)s, and have to agree to its answer.")
        more = _("Merge the other way round, or take the parts out first.")
        raise ValidationError(f"{told % {'case': gone.reference}} {more}", code="parts")
    row = Merge.objects.create(source=gone, target=stays, merged_by=staff(by))
    now = timezone.now()
    for place in Place.objects.standing().filter(case=gone).select_related("contribution"):
        place.left_at, place.left_by_merge = now, row
        place.save(update_fields=["left_at", "left_by_merge"])
        Place.objects.create(case=stays, contribution=place.contribution, by_merge=row)
        _take_along(place.contribution, stays, by)
        if place.contribution.is_open:
            stays.due_on = min(stays.due_on, place.contribution.answer_by_on)
    stays.risk = min(stays.risk, gone.risk)
    stays.version += 1
    stays.save(update_fields=["due_on", "risk", "version"])
    gone.state, gone.closed_at, gone.merged_into = Case.State.MERGED, now, stays
    gone.version += 1
    gone.save(update_fields=["state", "closed_at", "merged_into", "version"])
    record(verb="involve_cases.merge", by=by, subject=stays, details={"source": gone.pk, "merge": row.pk})
    return row


def _take_along(contribution: Contribution, case: Case, by: Actor) -> None:
    hand_over(contribution=contribution, organisation=case.lead, person=case.owner, by=by)


@transaction.atomic
def undo(*, merge: Merge, by: Actor) -> Case:
    """Part the two again: what came with the merge and is still there goes back. Twice changes nothing.

    Returns the case that was gone. Raises PermissionRefused; NotOpen when the other one is closed by now;
    ValidationError when its answer has been sent to those who came with the merge.
    """
    row = Merge.objects.select_for_update().select_related("source", "target").get(pk=merge.pk)
    both = Case.objects.select_for_update(of=("self",)).select_related("lead", "owner").order_by("pk")
    found = {case.pk: case for case in both.filter(pk__in=[row.source_id, row.target_id])}
    source, target = found[row.source_id], found[row.target_id]
    ask(by, Permission.CASE_OPEN, target)
    if row.undone_at is not None:
        return source
    if not target.is_open:
        raise NotOpen
    back = list(Place.objects.standing().filter(case=target, by_merge=row).select_related("contribution"))
    if target.answers.filter(sent_at__gte=row.merged_at).exists():
        raise ValidationError(_("One answer has gone out to all of them. They stay together."), code="sent")
    now = timezone.now()
    row.undone_at, row.undone_by = now, staff(by)
    row.save(update_fields=["undone_at", "undone_by"])
    source.state, source.closed_at, source.merged_into = Case.State.IN_PROGRESS, None, None
    source.version += 1
    source.save(update_fields=["state", "closed_at", "merged_into", "version"])
    came = dict(Place.objects.filter(left_by_merge=row).values_list("contribution", "by_merge"))
    for place in back:
        place.left_at = now
        place.save(update_fields=["left_at"])
        # What had come by an earlier merge goes back by that one when it is undone.
        Place.objects.create(
            case=source, contribution=place.contribution, by_merge_id=came[place.contribution_id]
        )
        _take_along(place.contribution, source, by)
    record(verb="involve_cases.undo_merge", by=by, subject=target, details={"source": source.pk})
    return source
