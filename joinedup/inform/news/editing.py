"""What the page editor shows in place of a plain box: lists of keys as boxes to tick."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.inform.news import localities
from joinedup.inform.news.access_words import choices as access_choices
from joinedup.inform.pages.editing import PageForm

Choices = list[tuple[str, Any]]


def ticks(label: Any, help_text: Any, choices: Callable[[], Choices]) -> forms.MultipleChoiceField:
    """Boxes to tick; what is kept is the list of their keys."""
    return forms.MultipleChoiceField(
        label=label,
        help_text=help_text,
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def places_field() -> forms.MultipleChoiceField:
    """The parts of the place that a post or an event is about."""
    return ticks(
        _("Parts of the borough"),
        _("Tick those it is about. Tick none if it is about all of it."),
        localities.choices,
    )


class PostForm(PageForm):
    """A news post in the page editor."""

    places = places_field()


class EventForm(PageForm):
    """An event in the page editor."""

    places = places_field()
    access = ticks(
        _("Access"),
        _("Tick only what is certain. People plan their day by it."),
        access_choices,
    )
