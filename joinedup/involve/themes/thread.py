"""What the thread tells of themes."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext_lazy as _

from joinedup.foundation.permissions import Permission
from joinedup.foundation.thread.plugs import Kind, Part, Thing, register
from joinedup.involve.themes.models import KIND, Theme


def _things(keys: Collection[int]) -> Mapping[int, Thing]:
    return {theme.pk: thing_of(theme) for theme in Theme.objects.filter(pk__in=keys)}


def thing_of(theme: Theme) -> Thing:
    """A theme as the thread tells of it."""
    return Thing(
        title=theme.name,
        text=theme.summary,
        next_step=theme.next_step,
        slug=theme.slug,
        is_public=theme.is_public,
        organisation_id=theme.organisation_id,
    )


def _choices() -> Mapping[int, Thing]:
    return {theme.pk: thing_of(theme) for theme in Theme.objects.all()}


register(Kind(KIND, Part.THEME, _("Theme"), _things, Permission.CONTRIBUTION_SORT, choices=_choices))
