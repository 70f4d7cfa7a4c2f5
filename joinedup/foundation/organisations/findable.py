"""Organisations as things that can be found: everyone who has a public profile."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from joinedup.foundation.findable import Findable, Source, register
from joinedup.foundation.organisations.models import Organisation

PREFIX = "foundation_organisations.organisation"


def _findable(organisation: Organisation) -> Findable:
    with translation.override(settings.LANGUAGE_CODE):
        memberships = [
            f"{membership.started_words} {membership.ended_words}"
            for membership in organisation.memberships.all()
        ]
        return Findable(
            key=organisation.findable_key,
            kind=_("Partner") if memberships else _("Organisation"),
            language=settings.LANGUAGE_CODE,
            title=organisation.name,
            summary=organisation.role,
            body="\n".join([organisation.short_name, organisation.get_kind_display(), *memberships]),
            href=organisation.get_absolute_url(),
        )


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


register(Source(PREFIX, everything, one))
