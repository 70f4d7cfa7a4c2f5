"""Adding and changing measures, keeping their figures, and setting their limits anew."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from joinedup.foundation import findable
from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import ROLES, Actor, Permission, ask
from joinedup.govern.outcomes import periods
from joinedup.govern.outcomes.models import Measure, Observation, Rebase, Redefinition
from joinedup.govern.outcomes.observations import Figure, published

FIELDS = ("value", "numerator", "denominator")
# A change of these is a change of what is counted.
COUNTED = ("counts", "area")
RESERVED = ("add",)  # words that stand in the addresses of the workspace
# Figures that are there were made by these: with others it is another measure.
FIXED = ("unit", "every", "of_people")


@dataclass(frozen=True)
class Changed:
    """A figure that stood there and reads otherwise now; None is 1 to 7 people."""

    on: datetime.date
    before: Decimal | None
    now: Decimal | None


@dataclass(frozen=True)
class Kept:
    """What became of the figures of a file."""

    added: int
    changed: int
    same: int
    changes: tuple[Changed, ...] = ()


def _made_by(by: Actor) -> dict[str, Any]:
    """Who answers for it, and in which role: readers see the role, never the person."""
    if not isinstance(by, User):
        return {"made_by": None, "made_as": ""}
    held = [key for key, _organisation in by.held_roles()]
    fits = [key for key in held if key in ROLES and Permission.MEASURE_CHANGE in ROLES[key].permissions]
    return {"made_by": by, "made_as": fits[0] if fits else ""}


def _tell(measure: Measure) -> None:
    bump()
    findable.changed.send(sender=Measure, key=measure.findable_key)


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70].strip("-") or "measure"
    slug, number = stem, 2
    while slug in RESERVED or Measure.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def add(*, measure: Measure, by: Actor) -> Measure:
    """Keep a new measure, as the caller filled it. A web address is made from its name where it has none.

    Raises ValidationError with the faults by field, and PermissionRefused.
    """
    ask(by, Permission.MEASURE_CHANGE, measure)
    measure.slug = measure.slug or _free_slug(measure.name)
    measure.full_clean()
    try:
        with transaction.atomic():
            measure.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(_("It has just been added. Look there before you add it again.")) from None
    record(verb="govern_outcomes.add", by=by, subject=measure)
    _tell(measure)
    return measure


@transaction.atomic
def change(
    *,
    measure: Measure,
    version: int,
    by: Actor,
    what_changed: str = "",
    begins_on: datetime.date | None = None,
    is_same_thing: bool = False,
    **fields: Any,
) -> Measure:
    """Change some fields of the measure and return it as it stands then.

    `version` is the one the editor began from. Other words for what is counted or for the area make a new
    definition: `what_changed` says what, `begins_on` from which figure on; `is_same_thing` says that only
    the words are better. Raises PermissionRefused, and ValidationError with the faults by field; its code is
    `clash` when someone else changed the measure since.
    """
    now = Measure.objects.select_for_update().get(pk=measure.pk)
    ask(by, Permission.MEASURE_CHANGE, now)
    if now.version != version:
        raise ValidationError(
            _("Someone else changed this while you were writing. Nothing of yours is lost."), code="clash"
        )
    changed = sorted(name for name, value in fields.items() if getattr(now, name) != value)
    has_figures = now.observations.exists()
    if has_figures and (fixed := [name for name in FIXED if name in changed]):
        told = _("There are figures already. Add a new measure for figures of another kind.")
        raise ValidationError({name: [told] for name in fixed})
    for name in changed:
        setattr(now, name, fields[name])
    now.version += 1
    if has_figures and not is_same_thing and any(name in changed for name in COUNTED):
        _redefine(now, what_changed, begins_on, by)
    now.full_clean()
    now.save()
    record(
        verb="govern_outcomes.change",
        by=by,
        subject=now,
        details={"fields": changed, "definition": now.definition_version},
    )
    _tell(now)
    return now


def _redefine(measure: Measure, what_changed: str, begins_on: datetime.date | None, by: Actor) -> None:
    """Begin another definition. Raises ValidationError where it is not said what changed, and from when."""
    said, faults = " ".join(what_changed.split()), {}
    if not said:
        faults["what_changed"] = _("Say what changed, or tick that the same thing is counted.")
    if begins_on is None:
        faults["begins_on"] = _("Say from when it is counted this way, or tick that the same is counted.")
    else:
        begins_on = periods.start_of(begins_on, measure.every)
        last = measure.redefinitions.last()
        if last is not None and begins_on <= last.begins_on:
            faults["begins_on"] = _("This has to be after %(day)s, when the definition changed last.") % {
                "day": periods.words(last.begins_on, measure.every)
            }
    if faults or begins_on is None:
        raise ValidationError({name: [text] for name, text in faults.items()})
    measure.definition_version += 1
    row = Redefinition(
        measure=measure,
        number=measure.definition_version,
        begins_on=begins_on,
        what_changed=said,
        **_made_by(by),
    )
    row.full_clean()
    row.save(force_insert=True)


@transaction.atomic
def observe(*, measure: Measure, figures: Iterable[Figure], by: Actor) -> Kept:
    """Keep these figures; one for a day that has one takes its place. All of them or none; twice is as once.

    Small counts of people are hidden before anything is stored, so whether one changed is seen by what is
    published alone. Raises PermissionRefused, and ValidationError for a day to come or half a person.
    """
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    ask(by, Permission.MEASURE_CHANGE, row)
    given = {periods.start_of(figure.on, row.every): figure for figure in figures}
    if given and max(given) > timezone.localdate():
        raise ValidationError(_("%(day)s is still to come.") % {"day": max(given).isoformat()}, code="future")
    span = (min(given), max(given)) if given else None
    known = {each.on: each for each in row.observations.filter(on__range=span)} if span else {}
    fresh, changed, changes = [], [], []
    for on, figure in given.items():
        new = _observation(row, on, figure)
        old = known.get(on)
        if old is None:
            fresh.append(new)
        elif any(getattr(old, name) != getattr(new, name) for name in FIELDS):
            changes.append(Changed(on, old.value, new.value))
            new.pk = old.pk
            changed.append(new)
    Observation.objects.bulk_create(fresh, batch_size=500)
    Observation.objects.bulk_update(changed, FIELDS, batch_size=200)
    if fresh or changed:
        Measure.objects.filter(pk=row.pk).update(figures_at=timezone.now())
        details = {"added": len(fresh), "changed": len(changed)}
        record(verb="govern_outcomes.observe", by=by, subject=row, details=details)
        _tell(row)
    changes.sort(key=lambda each: each.on)
    return Kept(len(fresh), len(changed), len(given) - len(fresh) - len(changed), tuple(changes))


def _observation(measure: Measure, on: datetime.date, figure: Figure) -> Observation:
    try:
        told = published(figure, measure)
    except ValueError as fault:
        raise ValidationError(str(fault), code="people") from None
    return Observation(
        measure=measure,
        on=on,
        value=told.value,
        numerator=told.numerator,
        denominator=told.denominator,
    )


@transaction.atomic
def take_out(*, measure: Measure, on: datetime.date, by: Actor) -> None:
    """Take out the figure of a day that should never have been there. A wrong figure is sent anew instead.

    Raises ValidationError where there is none, and where limits are set anew from there; PermissionRefused.
    """
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    ask(by, Permission.MEASURE_CHANGE, row)
    if row.rebases.standing().filter(on=on).exists():
        raise ValidationError(
            {"on": [_("The limits are set anew from there. Take that back first.")]}, code="rebased"
        )
    found = row.observations.filter(on=on).first()
    if found is None:
        raise ValidationError({"on": [_("There is no figure for this day.")]}, code="gone")
    found.delete()
    Measure.objects.filter(pk=row.pk).update(figures_at=timezone.now())
    record(verb="govern_outcomes.take_out", by=by, subject=row, details={"on": on.isoformat()})
    _tell(row)


@transaction.atomic
def set_anew(*, measure: Measure, on: datetime.date, reason: str, by: Actor) -> Rebase:
    """Reckon the limits anew from that day on, for this reason.

    Raises ValidationError without a reason, for a day without a figure or the first one, and for one that is
    set already; PermissionRefused.
    """
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    ask(by, Permission.MEASURE_CHANGE, row)
    rebase = Rebase(measure=row, on=on, reason=" ".join(reason.split()), **_made_by(by))
    rebase.full_clean()
    rebase.save(force_insert=True)
    record(verb="govern_outcomes.set_anew", by=by, subject=row, details={"on": on.isoformat()})
    _tell(row)
    return rebase


@transaction.atomic
def undo_anew(*, rebase: Rebase, by: Actor) -> Rebase:
    """Take back that limits were set anew: it was a mistake. It stays on record. Twice is as once.

    Raises PermissionRefused.
    """
    measure = Measure.objects.select_for_update().get(pk=rebase.measure_id)
    ask(by, Permission.MEASURE_CHANGE, measure)
    row = Rebase.objects.get(pk=rebase.pk)
    if row.undone_at is not None:
        return row
    row.undone_at = timezone.now()
    row.undone_by = by if isinstance(by, User) else None
    row.save()
    record(verb="govern_outcomes.undo_anew", by=by, subject=measure, details={"on": row.on.isoformat()})
    _tell(measure)
    return row
