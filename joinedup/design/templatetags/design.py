"""Template tags of the design floor: `{% load design %}`."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms, template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from joinedup.design import fields as field_drawing
from joinedup.design.drawings import DRAWINGS
from joinedup.design.icons import ICONS
from joinedup.design.place import home_path, is_in_english, partnership

register = template.Library()


@register.simple_tag
def drawing_of(field: BoundField) -> field_drawing.DrawnField:
    """How a field is to be drawn."""
    return field_drawing.describe(field)


@register.simple_tag
def widget(drawn: field_drawing.DrawnField) -> SafeString:
    """The control of a drawn field."""
    return drawn.widget_html()


@register.simple_tag
def choices(drawn: field_drawing.DrawnField) -> list[dict[str, Any]]:
    """The options of a group of radio buttons or checkboxes."""
    return field_drawing.options(drawn)


@register.simple_tag
def error_list(form: forms.BaseForm | None) -> list[dict[str, str]]:
    """Every error of a form, with where it leads."""
    return field_drawing.problems(form) if form is not None and form.is_bound else []


@register.filter
def error_summary(form: forms.BaseForm) -> SafeString:
    """The error summary of a form: `{{ form|error_summary }}`, above the heading of the page."""
    return render_to_string("design/error_summary.html", {"form": form})


@register.simple_tag
def icon(name: str) -> SafeString:
    """A small picture beside words; it never stands alone, so screen readers pass it by."""
    return format_html(
        '<svg class="jo-icon jo-icon--{}" viewBox="0 0 24 24" width="24" height="24" focusable="false"'
        ' aria-hidden="true"><path fill-rule="evenodd" d="{}"/></svg>',
        name,
        ICONS[name],
    )


@register.simple_tag
def drawing(name: str, words: str = "", *, eager: bool = False) -> SafeString:
    """One of our drawings; `words` describe it, and are empty when it only decorates."""
    width, height = DRAWINGS[name].size
    return format_html(
        '<img class="jo-drawing" src="{}" alt="{}" width="{}" height="{}"{}>',
        static(f"design/drawings/{name}.svg"),
        words,
        width,
        height,
        "" if eager else SafeString(' loading="lazy"'),
    )


@register.filter
def anchor(heading: str) -> str:
    """A heading as the anchor of its section; letters of any script stay."""
    kept = (char if unicodedata.category(char)[0] in "LMN" else " " for char in str(heading).casefold())
    return "-".join("".join(kept).split())


@register.filter
def phone_digits(number: str) -> str:
    """A phone number as `tel:` wants it: digits, and a plus in front if there is one."""
    text = str(number)
    return ("+" if text.strip().startswith("+") else "") + "".join(filter(str.isdigit, text))


@register.simple_tag
def page_range(page: Page[Any]) -> Iterator[int | str]:
    """Page numbers around the present one, with gaps where many are left out."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)


@register.simple_tag
def safe_static(path: str) -> str:
    """Address of a static file even where the manifest is broken: the error page must always come."""
    try:
        return staticfiles_storage.url(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def partnership_setting() -> Mapping[str, Any]:
    """The partnership's particulars straight from settings, for a page without a request."""
    return partnership()


@register.simple_tag(name="home_path")
def home_path_tag() -> str:
    """Where the first page is, in the language of this page."""
    return home_path()


@register.simple_tag
def leads_to(href: str) -> SafeString:
    """`hreflang` for a link out of the language of the page: `<a href="..."{% leads_to href %}>`."""
    return SafeString(' hreflang="en"' if is_in_english(str(href)) else "")


@register.simple_tag
def in_english(href: str, *, short: bool = False) -> SafeString:
    """The words "(in English)", in the reader's language, after a link that leads to an English page.

    `short`, for menus, shows EN and leaves the words to screen readers.
    """
    if not is_in_english(str(href)):
        return SafeString("")
    if not short:
        return format_html(' <span class="jo-in-english">({})</span>', _("in English"))
    return format_html(
        '<span class="jo-links__english" aria-hidden="true">EN</span>'
        '<span class="nhsuk-u-visually-hidden"> ({})</span>',
        _("in English"),
    )


@register.simple_tag
def english() -> SafeString:
    """`lang` for words that stay English on a page in another language, such as a partner's name."""
    if get_language() == settings.LANGUAGE_CODE:
        return SafeString("")
    return SafeString(' lang="en" dir="ltr"' if get_language_bidi() else ' lang="en"')
