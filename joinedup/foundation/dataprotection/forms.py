"""Whom someone asks about, and that erasing is meant."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PersonForm(forms.Form):
    """By what the person is known. It is posted, so that it stands in no address and no log."""

    who = forms.CharField(
        label=_("Email address, phone number or reference"),
        max_length=254,
        help_text=_("Write it as the person gave it. Check first that they are who they say they are."),
    )


class EraseForm(PersonForm):
    """The same person again, and a tick. Nothing is erased without it."""

    who = forms.CharField(max_length=254, widget=forms.HiddenInput)
    sure = forms.BooleanField(
        label=_("I have checked who is asking, and it cannot be taken back"),
        error_messages={"required": _("Tick the box to erase, or leave the page to keep everything.")},
    )
