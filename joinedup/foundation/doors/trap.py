"""A field that people never see and robots fill in, and a key that makes a double click one row."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class TrapField(forms.CharField):
    """The trap (a honeypot): drawn out of sight, left alone by people, filled in by robots."""

    is_trap = True

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Leave this box empty"))
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> str:
        """Whatever is in it, however long; the door decides what to do with a full one."""
        return str(value or "")


class OnceField(forms.CharField):
    """A hidden key made with the form, so that the same form sent twice makes one row."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("initial", secrets.token_urlsafe)
        super().__init__(required=False, max_length=60, widget=forms.HiddenInput, **kwargs)

    def clean(self, value: Any) -> str:
        """The key as sent; one that is missing or altered is replaced by a new one."""
        text = str(value or "")
        return (
            text
            if 20 <= len(text) <= 60 and text.isascii() and text.isprintable()
            else secrets.token_urlsafe()
        )
