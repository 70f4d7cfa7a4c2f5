"""Naming themes, and saying which contributions are about them."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from joinedup.foundation.audit.actions import record
from joinedup.foundation.freshness.actions import bump
from joinedup.foundation.permissions import Actor, Permission, ask
from joinedup.foundation.thread.actions import tie, untie
from joinedup.foundation.thread.models import Link
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.themes.models import Theme

RESERVED = {"answers-owed", "your-word"}  # addresses of their own under /what-we-did/
VOICE = "involve_contributions.contribution"


def _free_slug(name: str) -> str:
    stem = slugify(name)[:70].strip("-") or "theme"
    slug, number = stem, 2
    while slug in RESERVED or Theme.objects.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def add(*, theme: Theme, by: Actor) -> Theme:
    """Keep a new theme, as the caller filled it. Raises PermissionRefused; ValidationError by field."""
    ask(by, Permission.THEME_CHANGE, theme)
    theme.slug = theme.slug or _free_slug(theme.name)
    theme.full_clean()
    try:
        with transaction.atomic():
            theme.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(_("It has just been added. Look there before you add it again.")) from None
    record(verb="involve_themes.add", by=by, subject=theme)
    bump()
    return theme


@transaction.atomic
def change(*, theme: Theme, version: int, by: Actor, **fields: Any) -> Theme:
    """Change some fields and return the theme as it stands then.

    `version` is the one the editor began from. Raises PermissionRefused; ValidationError by field, with the
    code `clash` when someone else changed it since.
    """
    now = Theme.objects.select_for_update().get(pk=theme.pk)
    ask(by, Permission.THEME_CHANGE, now)
    if now.version != version:
        raise ValidationError(
            _("Someone else changed this while you were writing. Nothing of yours is lost."), code="clash"
        )
    changed = sorted(name for name, value in fields.items() if getattr(now, name) != value)
    for name in changed:
        setattr(now, name, fields[name])
    now.version += 1
    now.full_clean()
    now.save()
    record(verb="involve_themes.change", by=by, subject=now, details={"fields": changed})
    bump()
    return now


@transaction.atomic
def place(*, contributions: Iterable[Contribution], theme: Theme, on: datetime.date, by: Actor) -> list[Link]:
    """Say of these that they are about the theme; those that are already stay. Raises PermissionRefused."""
    return [tie(start=(VOICE, each.pk), end=theme.end, on=on, by=by) for each in contributions]


@transaction.atomic
def displace(*, contribution: Contribution, theme: Theme, by: Actor) -> None:
    """Say that it is not about it after all. Doing it twice changes nothing. Raises PermissionRefused."""
    ask(by, Permission.CONTRIBUTION_SORT, contribution)
    for link in Link.objects.standing().from_ends([(VOICE, contribution.pk)]).to_ends([theme.end]):
        untie(link=link, by=by)
