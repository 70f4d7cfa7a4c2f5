"""Organisations as things that can be found: everyone who has a public profile."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext as _

from joinedup.foundation.findable import Findable, Source, register
from joinedup.foundation.organisations.models import Organisation, PartnerMembership

PREFIX = "foundation_organisations.organisation"


def _thing(organisation: Organisation, *, is_partner: bool, memberships: Sequence[str] = ()) -> Findable:
    with translation.override(settings.LANGUAGE_CODE):
        return Findable(
            key=organisation.findable_key,
            kind=_("Partner") if is_partner else _("Organisation"),
            language=settings.LANGUAGE_CODE,
            title=organisation.name,
            summary=organisation.role,
            body="\n".join([organisation.short_name, organisation.get_kind_display(), *memberships]),
            href=organisation.get_absolute_url(),
        )


def _findable(organisation: Organisation) -> Findable:
    with translation.override(settings.LANGUAGE_CODE):
        memberships = [
            f"{membership.started_words} {membership.ended_words}"
            for membership in organisation.memberships.all()
        ]
    return _thing(organisation, is_partner=bool(memberships), memberships=memberships)


def named() -> Iterator[Findable]:
    """Every organisation, by name alone: one query."""
    memberships = PartnerMembership.objects.filter(organisation=OuterRef("pk"))
    rows: Any = Organisation.objects.annotate(is_or_was_partner=Exists(memberships))
    for organisation in rows:
        yield _thing(organisation, is_partner=organisation.is_or_was_partner)


def everything() -> Iterator[Findable]:
    """Every organisation; each has a public profile."""
    for organisation in Organisation.objects.with_memberships():
        yield _findable(organisation)


def one(key: str) -> Findable | None:
    """The organisation with that key."""
    _prefix, _colon, rest = key.partition(":")
    pk = rest.partition(":")[0]
    if not pk.isdigit():
        return None
    organisation = Organisation.objects.with_memberships().filter(pk=int(pk)).first()
    return _findable(organisation) if organisation is not None and organisation.findable_key == key else None


register(Source(PREFIX, everything, one, named))
