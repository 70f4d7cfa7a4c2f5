"""Lengths in words: `{% load animations %}`."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def length_words(seconds: int | None) -> str:
    """A number of seconds as people say it: 1 minute 34 seconds."""
    minutes, rest = divmod(seconds or 0, 60)
    said = []
    if minutes:
        said.append(ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes})
    if rest or not minutes:
        said.append(ngettext("%(count)s second", "%(count)s seconds", rest) % {"count": rest})
    return " ".join(said)


@register.filter
def iso_length(seconds: int | None) -> str:
    """The same for machines (ISO 8601 duration)."""
    minutes, rest = divmod(seconds or 0, 60)
    return f"PT{minutes}M{rest}S"


@register.filter
def megabytes(size: int) -> str:
    """A size in bytes as people say it: 1.6 MB."""
    return _("%(count)s MB") % {"count": f"{max(size, 50_000) / 1_000_000:.1f}"}
