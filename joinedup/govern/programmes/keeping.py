"""How rows that several people change are kept: none of them overwrites another without being told.

For the actions of this area, inside their transaction; permission is asked and the record written there.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from joinedup.govern.programmes.models.shapes import Row

Kind = TypeVar("Kind", bound=Row)


def free_slug(name: str, taken: QuerySet[Any]) -> str:
    """A web address made from a name that none of these rows has."""
    stem = slugify(name)[:70].strip("-") or "untitled"
    slug, number = stem, 2
    while taken.filter(slug=slug).exists():
        slug, number = f"{stem}-{number}", number + 1
    return slug


def insert(row: Kind) -> Kind:
    """Keep a new row. Raises ValidationError with the faults by field, also when it was added just now."""
    fill(row, {name: getattr(row, name) for name in _texts(row)})
    row.full_clean()
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        raise ValidationError(_("It has just been added. Look there before you add it again.")) from None
    return row


def held(row: Kind, version: int) -> Kind:
    """The row held to the end of the transaction, unless someone changed it since that version.

    Raises ValidationError with the code `clash` when someone did, and `gone` when it is no longer there.
    """
    now = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    if now is None:
        raise ValidationError(_("Someone else took this away while you were writing."), code="gone")
    if now.version != version:
        raise ValidationError(
            _("Someone else changed this while you were writing. Nothing of yours is lost."), code="clash"
        )
    return now


def fill(row: Row, fields: Mapping[str, Any]) -> list[str]:
    """Put the fields in place, texts without blanks around them; the names of those that changed."""
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    changed = sorted(name for name, value in tidy.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, tidy[name])
    return changed


def update(row: Kind, fields: Mapping[str, Any]) -> list[str]:
    """Change fields of a row that is held, and count its version; the names of those that changed.

    Raises ValidationError with the faults by field.
    """
    changed = fill(row, fields)
    row.version += 1
    row.full_clean()
    row.save()
    return changed


def _texts(row: Row) -> list[str]:
    return [f.attname for f in row._meta.concrete_fields if isinstance(getattr(row, f.attname), str)]
