"""The programme on the home page, as a section that any page may show."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from joinedup.foundation.panels import Panel, register
from joinedup.govern.programmes import citations
from joinedup.govern.programmes.models import Programme, Result, Source

KEY = "featured-programme"


def _figure(result: Result) -> dict[str, Any]:
    """A large figure with the tag that says how it is known."""
    tag = render_to_string("design/tag.html", {"text": result.get_basis_display(), "tone": result.tone})
    return {
        "number": result.figure,
        "meaning": format_html("{}<br>{} {}", tag, result.unit, getattr(result, "told_in_short", None) or ""),
        "source": result.source.label,
        "source_url": result.source.url,
    }


def _chosen() -> tuple[Programme | None, list[Result]]:
    """The programme to show and the results marked for it; one query where there are any, as a page
    may hold several panels."""
    results = list(Result.objects.public().on_the_home_page())
    if not results:
        return Programme.objects.featured().first(), []
    first = results[0]
    return first.programme or (first.project.programme if first.project is not None else None), results


def section(programme: Programme, results: list[Result]) -> dict[str, Any]:
    """What the section shows, in the shape of the design's milestone."""
    sources = Source.objects.named_in(programme.summary)
    words = {
        "summary": citations.cited(programme.summary, sources),
        "lines": [result for result in results if result.shown == Result.Shown.LINE],
        "caution": programme.caution,
    }
    value = {
        "heading": programme.headline or programme.name,
        "when": programme.dates,
        "text": render_to_string("programmes/parts/panel_text.html", words),
        "figures": [_figure(result) for result in results if result.shown == Result.Shown.FIGURE],
        "drawing": programme.drawing,
        "link": {"href": programme.get_absolute_url()},
        "link_label": _("Read what the %(name)s did") % {"name": programme.name},
    }
    return {"value": value, "section_area": "govern", "section_icon": "flag"}


def draw(request: HttpRequest) -> str:
    """The section, or nothing when no public programme is chosen.

    Programmes are written in English, so on a page in another language the section says so.
    """
    programme, results = _chosen()
    if programme is None:
        return ""
    language = get_language()
    with override(settings.LANGUAGE_CODE):
        html = render_to_string("design/blocks/milestone.html", section(programme, results))
    if language == settings.LANGUAGE_CODE:
        return html
    return format_html('<div lang="{}" dir="ltr">{}</div>', settings.LANGUAGE_CODE, html)


register(Panel(KEY, gettext_lazy("The programme chosen for the home page"), draw))
