"""What staff fill in to tell people what came of it, and to tie things together."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.thread.actions.telling import LONGEST
from joinedup.foundation.thread.models import Told
from joinedup.foundation.thread.plugs import Thing


def _text(label: Any, help_text: Any, missing: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"required": missing},
    )


class TellForm(forms.Form):
    """What everyone is told."""

    text = _text(
        _("What do you tell them?"),
        _("Short sentences, words they use: what came about, what it means for them, what happens next."),
        _("Write what you tell them"),
    )


class DeclineForm(forms.Form):
    """Why nobody is told."""

    why = forms.CharField(
        label=_("Why is nobody told?"), max_length=600, error_messages={"required": _("Say why")}
    )


class ReplyForm(forms.Form):
    """What someone is told who says that it has not changed."""

    text = _text(
        _("What do you say to that?"),
        _("They read it at their reference. Say what you look at now, and by when they hear."),
        _("Write what you say to that"),
    )


class MarkForm(forms.Form):
    """On which day someone was told, and what they said to it."""

    on = forms.DateField(
        label=_("On which day?"),
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        initial=timezone.localdate,
        error_messages={
            "required": _("Enter the day"),
            "invalid": _("Enter a real date, such as 23 11 2026"),
        },
    )
    verdict = forms.ChoiceField(
        label=_("Has it changed for them?"),
        help_text=_("Ask them, if you spoke to them."),
        choices=Told.Verdict.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_on(self) -> datetime.date:
        """A day that has been."""
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day cannot be in the future"), code="future")
        return day


class TieForm(forms.Form):
    """What followed from a thing, out of what is there, and on which day."""

    thing = forms.TypedChoiceField(
        label=_("What followed from it?"),
        coerce=int,
        error_messages={"required": _("Choose what followed")},
    )
    on = forms.DateField(
        label=_("On which day?"),
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        initial=timezone.localdate,
        error_messages={
            "required": _("Enter the day"),
            "invalid": _("Enter a real date, such as 23 11 2026"),
        },
    )

    def __init__(self, *args: Any, choices: Mapping[int, Thing], **kwargs: Any) -> None:
        """`choices`: what there is of that kind, by its keys."""
        super().__init__(*args, **kwargs)
        self.fields["thing"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose one")),
            *((key, _called(thing)) for key, thing in choices.items()),
        ]


def _called(thing: Thing) -> str:
    return f"{thing.title} ({date_format(thing.on, 'j F Y')})" if thing.on else thing.title
