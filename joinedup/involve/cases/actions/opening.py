"""Opening a case, and saying what belongs to it, who leads and by when."""

import datetime
import secrets
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.involve.cases.models import Case, Part, Place
from joinedup.involve.contributions.actions.answering import AlreadyAnswered, acts_for, receivers
from joinedup.involve.contributions.actions.speaking import Closed
from joinedup.involve.contributions.actions.together import hand_over, let_go, take_in
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.plugs import is_alarming
from joinedup.involve.contributions.references import ALPHABET

TRIES = 5


class NotOpen(Exception):
    """The case is closed, or was merged into another."""


def _new_reference() -> str:
    """C-7K2M9Q: 30 random bits, to be read over a telephone; that it is free is for the database to say."""
    return "C-" + "".join(secrets.choice(ALPHABET) for _place in range(6))


def locked(case: Case, by: Actor, permission: Permission) -> Case:
    """The row, fresh and locked, if it is open. Raises PermissionRefused, NotOpen. Part of an action."""
    fresh = Case.objects.select_for_update().select_related("lead").get(pk=case.pk)
    ask(by, permission, fresh)
    if not fresh.is_open:
        raise NotOpen
    return fresh


def check_lead(lead: Organisation, owner: User | None) -> None:
    """Raise ValidationError, by field, for an organisation or a person that cannot take it."""
    if not receivers().filter(pk=lead.pk).exists():
        raise ValidationError({"lead": _("This organisation is not a partner today.")})
    if owner is not None and not acts_for(owner, lead):
        raise ValidationError({"owner": _("This person does not answer for that organisation.")})


def _saved(case: Case) -> Case:
    for _try in range(TRIES):
        case.reference = _new_reference()
        try:
            with transaction.atomic():
                case.save(force_insert=True)
        except IntegrityError:
            if not Case.objects.filter(reference=case.reference).exists():
                raise
        else:
            return case
    raise RuntimeError("No free reference was found.")


@transaction.atomic
def open_case(
    *,
    contributions: Iterable[Contribution],
    title: str,
    lead: Organisation,
    by: Actor,
    owner: User | None = None,
    risk: int = Case.Risk.USUAL,
    due_on: datetime.date | None = None,
) -> Case:
    """Bring these together in a case. It is due when the first of them was promised an answer, or sooner.

    Raises PermissionRefused; ValidationError by field, and for a contribution that is in another case or is
    answered already.
    """
    ask(by, Permission.CASE_OPEN)
    check_lead(lead, owner)
    chosen = list(contributions)
    if not chosen:
        raise ValidationError(_("Choose what belongs to the case."), code="empty")
    first = min(each.answer_by_on for each in chosen)
    due = min(due_on, first) if due_on else first
    case = Case(title=" ".join(title.split()), lead=lead, owner=owner, risk=risk, due_on=due)
    case.clean_fields(exclude=["reference"])
    _saved(case)
    record(
        verb="involve_cases.open",
        by=by,
        subject=case,
        details={"lead": lead.pk, "owner": owner.pk if owner else None, "risk": int(risk)},
    )
    for contribution in chosen:
        _join(case, contribution, by)
    return case


def _join(case: Case, contribution: Contribution, by: Actor) -> Place:
    known = Place.objects.standing().filter(contribution=contribution).select_related("case").first()
    if known is not None:
        if known.case_id == case.pk:
            return known
        told = _("%(reference)s is in case %(case)s already.")
        raise ValidationError(
            told % {"reference": contribution.reference, "case": known.case.reference}, code="elsewhere"
        )
    try:
        take_in(contribution=contribution, organisation=case.lead, person=case.owner, by=by)
    except (AlreadyAnswered, Closed):
        told = _("%(reference)s is answered already, or was taken back.")
        raise ValidationError(told % {"reference": contribution.reference}, code="over") from None
    place = Place.objects.create(case=case, contribution=contribution)
    record(verb="involve_cases.join", by=by, subject=case, details={"contribution": contribution.pk})
    if is_alarming(contribution.pk):
        raise_risk(contribution.pk, by)
        case.risk = Case.Risk.URGENT
    return place


@transaction.atomic
def raise_risk(contribution_id: int, by: Actor) -> None:
    """Someone marked that a person may come to harm: the case says so. Part of the action that marked it."""
    cases = Case.objects.select_for_update().open().exclude(risk=Case.Risk.URGENT)
    standing = Place.objects.standing().filter(contribution=contribution_id)
    for case in cases.filter(pk__in=standing.values("case")):
        case.risk = Case.Risk.URGENT
        case.version += 1
        case.save(update_fields=["risk", "version"])
        record(
            verb="involve_cases.raise_risk", by=by, subject=case, details={"contribution": contribution_id}
        )


@transaction.atomic
def join(*, case: Case, contribution: Contribution, by: Actor) -> Place:
    """Add one to a case; it may bring the day forward. Doing it twice changes nothing.

    Raises PermissionRefused, NotOpen, and ValidationError for one in another case or answered already.
    """
    ask(by, Permission.CASE_OPEN, case)
    fresh = locked(case, by, Permission.CASE_OPEN)
    place = _join(fresh, contribution, by)
    if contribution.answer_by_on < fresh.due_on:
        fresh.due_on = contribution.answer_by_on
        fresh.save(update_fields=["due_on"])
    return place


@transaction.atomic
def leave(*, case: Case, contribution: Contribution, by: Actor) -> None:
    """Take one out again: from then on it is answered for itself. Doing it twice changes nothing.

    Raises PermissionRefused, NotOpen, and ValidationError for the last one: close or merge the case instead.
    """
    fresh = locked(case, by, Permission.CASE_OPEN)
    place = Place.objects.standing().filter(case=fresh, contribution=contribution).first()
    if place is None:
        return
    if not Place.objects.standing().filter(case=fresh).exclude(pk=place.pk).exists():
        raise ValidationError(_("This is the only one in the case. Merge the case instead."), code="last")
    place.left_at = timezone.now()
    place.save(update_fields=["left_at"])
    let_go(contribution=contribution, by=by)
    record(verb="involve_cases.leave", by=by, subject=fresh, details={"contribution": contribution.pk})


def _check_day(case: Case) -> None:
    waiting = Place.objects.waiting().filter(case=case)
    first = waiting.aggregate(day=Min("contribution__answer_by_on"))["day"]
    if first is not None and case.due_on > first:
        told = _("Someone in this case was promised an answer by %(day)s. Choose that day or an earlier one.")
        raise ValidationError({"due_on": told % {"day": date_format(first, "j F Y")}})


@transaction.atomic
def change(*, case: Case, version: int, by: Actor, **fields: Any) -> Case:
    """Change title, risk, owner, day or who leads. With a new lead goes everything that is in the case.

    Raises PermissionRefused, NotOpen; ValidationError by field, and `clash` when someone else changed it.
    """
    fresh = locked(case, by, Permission.CASE_LEAD)
    if fresh.version != version:
        raise ValidationError(
            _("Someone else changed this while you were writing. Nothing of yours is lost."), code="clash"
        )
    changed = sorted(name for name, value in fields.items() if getattr(fresh, name) != value)
    for name in changed:
        setattr(fresh, name, fields[name])
    if "due_on" in changed:
        _check_day(fresh)
    if {"lead", "owner"} & set(changed):
        if "lead" in changed:
            ask(by, Permission.CASE_OPEN)
        check_lead(fresh.lead, fresh.owner)
    fresh.version += 1
    fresh.clean_fields()
    fresh.save()
    if "lead" in changed or "owner" in changed:
        for place in Place.objects.standing().filter(case=fresh).select_related("contribution"):
            hand_over(contribution=place.contribution, organisation=fresh.lead, person=fresh.owner, by=by)
    record(verb="involve_cases.change", by=by, subject=fresh, details={"fields": changed})
    return fresh


@transaction.atomic
def ask_part(
    *,
    case: Case,
    organisation: Organisation,
    asked: str,
    due_on: datetime.date,
    by: Actor,
    owner: User | None = None,
) -> Part:
    """Ask an organisation for its part, by a day before the case is due; by any day once that is past.

    Raises PermissionRefused, NotOpen; ValidationError by field.
    """
    fresh = locked(case, by, Permission.CASE_LEAD)
    faults: dict[str, str] = {}
    if not receivers().filter(pk=organisation.pk).exists():
        faults["organisation"] = _("This organisation is not a partner today.")
    elif Part.objects.standing().filter(case=fresh, organisation=organisation).exists():
        faults["organisation"] = _("This organisation has a part already.")
    if owner is not None and not acts_for(owner, organisation):
        faults["owner"] = _("This person does not answer for that organisation.")
    if timezone.localdate() <= fresh.due_on < due_on:
        faults["due_on"] = _("The answer is due before that. Choose an earlier day.")
    if not asked.strip():
        faults["asked"] = _("Say what you need from them.")
    if faults:
        raise ValidationError(faults)
    part = Part(case=fresh, organisation=organisation, asked=asked.strip(), due_on=due_on, owner=owner)
    part.clean_fields()
    part.save(force_insert=True)
    record(verb="involve_cases.ask_part", by=by, subject=fresh, details={"organisation": organisation.pk})
    return part


@transaction.atomic
def drop_part(*, part: Part, by: Actor) -> Part:
    """Say that a part is not needed any more; what was written stays on record. Twice changes nothing.

    Raises PermissionRefused, NotOpen.
    """
    fresh = locked(part.case, by, Permission.CASE_LEAD)
    row = Part.objects.select_for_update().get(pk=part.pk)
    if row.state != Part.State.REVOKED:
        row.state = Part.State.REVOKED
        row.save(update_fields=["state"])
        record(verb="involve_cases.drop_part", by=by, subject=fresh, details={"part": row.pk})
    return row
