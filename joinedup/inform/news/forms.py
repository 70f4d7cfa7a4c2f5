"""The forms of events: signing up, and cancelling one."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.design.place import partnership
from joinedup.foundation.doors.trap import OnceField, TrapField
from joinedup.inform.news import phones
from joinedup.inform.news.access_words import Need
from joinedup.inform.news.actions.signing_up import Asked
from joinedup.inform.news.models.coming import MOST_PEOPLE

# Invisible signs that turn the direction of the text around them; a name never needs them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str) -> str:
    """The text on one line, without control and turning signs; every script and emoji stays."""
    kept = (sign for sign in text if sign.isspace() or unicodedata.category(sign) not in ("Cc", "Cs"))
    return " ".join("".join(sign for sign in kept if sign not in _TURNING).split())


def _interpreter_languages() -> list[tuple[str, Any]]:
    spoken = [(key, name) for key, name in partnership()["languages"].items() if key not in ("en", "bsl")]
    return [("", _("Choose a language")), *spoken]


def _written_languages() -> list[tuple[str, Any]]:
    return list(settings.LANGUAGES)


class WhenTickedSelect(forms.Select):
    """A list to choose from that does not call itself required, because for most people it is not."""

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: Any = None) -> dict[str, Any]:
        """The attributes without `aria-required`."""
        attributes: dict[str, Any] = super().build_attrs(base_attrs, extra_attrs)
        return {name: value for name, value in attributes.items() if name != "aria-required"}


class WhenTickedField(forms.ChoiceField):
    """Needed when a box above it is ticked; drawn without "(optional)". The form checks an empty one."""

    widget = WhenTickedSelect

    def validate(self, value: Any) -> None:
        """Empty is fine here."""
        if value:
            super().validate(value)


class SignUpForm(forms.Form):
    """Signing up for an event: who, how many, how to reach them, and what they need."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("What should we call you?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("Write what we should call you."),
            "max_length": _("Write a name of at most 120 letters."),
        },
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("An email address or a phone number is enough. We only use it for this event."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Write an email address like name@example.com.")},
    )
    phone = forms.CharField(
        label=_("Your phone number"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    people = forms.IntegerField(
        label=_("How many people, including you?"),
        initial=1,
        min_value=1,
        max_value=MOST_PEOPLE,
        error_messages={
            "required": _("Write how many people come."),
            "invalid": _("Write the number of people in figures, such as 2."),
            "min_value": _("Write 1 or more."),
            "max_value": _("Write 10 or fewer. For a larger group, please ring us."),
        },
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need so that you can come?"),
        help_text=_("Tick all that you need. We do our best, and ring or write if we cannot do it."),
        choices=Need.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    interpreter_language = WhenTickedField(
        label=_("Which language should the interpreter speak?"),
        help_text=_("Only if you need an interpreter."),
        choices=_interpreter_languages,
    )
    needs_other = forms.CharField(
        label=_("Tell us more about what you need"),
        help_text=_("In your own words. Only what we must know so that you can come."),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"max_length": _("Write at most 400 letters.")},
    )
    language = forms.ChoiceField(
        label=_("In which language should we write to you?"),
        choices=_written_languages,
        initial=get_language,
        widget=forms.RadioSelect,
    )
    website = TrapField()
    once = OnceField()

    def clean_name(self) -> str:
        """The name on one line; nothing but signs nobody sees is no name."""
        name = one_line(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Write what we should call you."))
        return name

    def clean_needs_other(self) -> str:
        """The words on one line, as a list of people shows them."""
        return one_line(self.cleaned_data["needs_other"])

    def clean_phone(self) -> str:
        """The number in its one form."""
        typed = self.cleaned_data["phone"].strip()
        return phones.as_kept(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """What one answer asks of another."""
        cleaned = super().clean() or self.cleaned_data
        if (
            not cleaned.get("email")
            and not cleaned.get("phone")
            and not {"email", "phone"} & set(self.errors)
        ):
            self.add_error("email", _("Write an email address or a phone number, so that we can reach you."))
        needs = cleaned.get("needs", [])
        if Need.INTERPRETER in needs and not cleaned.get("interpreter_language"):
            self.add_error("interpreter_language", _("Choose the language of the interpreter."))
        if Need.OTHER in needs and not cleaned.get("needs_other") and "needs_other" not in self.errors:
            self.add_error("needs_other", _("Tell us what else you need."))
        return cleaned

    def asked(self) -> Asked:
        """What was written, as the action takes it."""
        data = self.cleaned_data
        speaks = data["interpreter_language"] if Need.INTERPRETER in data["needs"] else ""
        return Asked(
            name=data["name"],
            email=data["email"].lower(),
            phone=data["phone"],
            people=data["people"],
            needs=tuple(data["needs"]),
            interpreter_language=speaks,
            needs_other=data["needs_other"],
            language=data["language"],
        )


class CancelEventForm(forms.Form):
    """Cancelling an event: why."""

    reason = forms.CharField(
        label=_("Why is it cancelled?"),
        help_text=_("One plain sentence. It stands on the page and in the message to everyone."),
        max_length=300,
        error_messages={"required": _("Say why, in one plain sentence.")},
    )

    def clean_reason(self) -> str:
        """The sentence on one line."""
        reason = one_line(self.cleaned_data["reason"])
        if not reason:
            raise forms.ValidationError(_("Say why, in one plain sentence."))
        return reason
