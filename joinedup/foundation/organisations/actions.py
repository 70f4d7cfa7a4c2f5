"""Changing the list of organisations and their membership of the partnership."""

import datetime
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from joinedup.foundation import findable
from joinedup.foundation.audit.actions import record
from joinedup.foundation.organisations.models import Organisation, PartnerMembership
from joinedup.foundation.permissions import Actor, Permission, ask


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70].strip("-") or "organisation"
    slug, number = stem, 2
    while Organisation.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


def _locked(organisation: Organisation) -> Organisation:
    """The row as it stands now, held to the end of the transaction: two changes at once wait."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _say_changed(organisation: Organisation) -> None:
    """Tell whoever listens, such as search, that what the public reads of it has changed."""
    findable.changed.send(sender=Organisation, key=organisation.findable_key)


@transaction.atomic
def add(*, by: Actor, **fields: Any) -> Organisation:
    """Add an organisation; `fields` are those of the model. The web address comes from the name.

    Raises ValidationError when a field is wrong, also when another just like it was added meanwhile.
    """
    ask(by, Permission.ORGANISATION_CHANGE)
    organisation = Organisation(**fields)
    organisation.slug = organisation.slug or _free_slug(organisation.name)
    organisation.full_clean()
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError:
        raise ValidationError(
            {"name": [_("It has just been added. Look in the list before you add it again.")]}, code="twice"
        ) from None
    record(verb="foundation_organisations.add", by=by, subject=organisation)
    _say_changed(organisation)
    return organisation


@transaction.atomic
def change(*, organisation: Organisation, by: Actor, **fields: Any) -> Organisation:
    """Change some fields and return the row; the event names which, never their content.

    The organisation is read anew, so what a form did to the given object does not count as said.
    A logo that was replaced or taken away is deleted from the store. Raises ValidationError.
    """
    ask(by, Permission.ORGANISATION_CHANGE, organisation)
    row = _locked(organisation)
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    old_logo = row.logo.name if "logo" in changed else ""
    for name in changed:
        setattr(row, name, fields[name])
    row.full_clean()
    row.save()
    record(verb="foundation_organisations.change", by=by, subject=row, details={"fields": changed})
    _say_changed(row)
    if old_logo:
        transaction.on_commit(partial(row.logo.storage.delete, old_logo), robust=True)
    return row


@transaction.atomic
def start_membership(*, organisation: Organisation, by: Actor, **fields: Any) -> PartnerMembership:
    """State that an organisation is or was a partner; `fields` are those of the model.

    Raises ValidationError when the span runs backwards, the source is missing, or the same time is
    already covered by another membership (so that a form sent twice makes one row).
    """
    ask(by, Permission.ORGANISATION_CHANGE, organisation)
    membership = PartnerMembership(organisation=_locked(organisation), **fields)
    membership.full_clean()
    others = PartnerMembership.objects.filter(organisation=organisation)
    if any(membership.contradicts(other) for other in others):
        raise ValidationError(
            {"started_latest": [_("It is already recorded as a partner at that time.")]}, code="contradiction"
        )
    membership.save()
    record(
        verb="foundation_organisations.start_membership",
        by=by,
        subject=organisation,
        details={"membership": membership.pk},
    )
    _say_changed(organisation)
    return membership


@transaction.atomic
def end_membership(
    *,
    membership: PartnerMembership,
    earliest: datetime.date,
    latest: datetime.date,
    words: str,
    source: str,
    by: Actor,
) -> PartnerMembership:
    """State that a membership ended between two days, in words and with a source.

    `earliest` is the first day on which it may no longer have been a partner, `latest` the first on
    which it certainly was not. Said again, the newer statement holds. Raises ValidationError.
    """
    ask(by, Permission.ORGANISATION_CHANGE, membership)
    _locked(membership.organisation)
    membership.ended_earliest, membership.ended_latest = earliest, latest
    membership.ended_words, membership.ended_source = words, source
    membership.full_clean()
    others = PartnerMembership.objects.filter(organisation=membership.organisation).exclude(pk=membership.pk)
    if any(membership.contradicts(other) for other in others):
        raise ValidationError(
            {"ended_earliest": [_("Another membership already covers part of that time.")]},
            code="contradiction",
        )
    membership.save(update_fields=["ended_earliest", "ended_latest", "ended_words", "ended_source"])
    record(
        verb="foundation_organisations.end_membership",
        by=by,
        subject=membership.organisation,
        details={"membership": membership.pk},
    )
    _say_changed(membership.organisation)
    return membership
