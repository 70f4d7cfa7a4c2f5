"""Forms of our own doors: accepting an invitation, inviting, and finding people in the list."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.identity.account_forms import PASSWORD_RULES, ShowablePassword
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import ROLES


def _one_line(value: str) -> str:
    """Without line breaks and double spaces."""
    return " ".join(value.split())


class AcceptForm(forms.Form):
    """The name colleagues will see, and a password."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As your colleagues know you."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=PASSWORD_RULES,
        strip=False,
        max_length=1000,
        widget=ShowablePassword("new-password"),
        error_messages={"required": _("Choose a password.")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"name": user.name})
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        """In one line."""
        return _one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """Hold the password to the rules told above the box, also against the name beside it."""
        cleaned = super().clean() or {}
        if cleaned.get("password"):
            looks_like = User(email=self.user.email, name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], looks_like)
            except ValidationError as faults:
                self.add_error("password", faults)
        return cleaned


class InviteForm(forms.Form):
    """Who is invited, and to what."""

    name = forms.CharField(
        label=_("Name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Enter the person’s name.")},
    )
    email = forms.EmailField(
        label=_("Work email address"),
        help_text=_("The invitation goes there. They sign in with it later."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Enter an email address."),
            "invalid": _("Enter an email address like name@example.org."),
        },
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        help_text=_("The one they work for."),
        queryset=Organisation.objects.all(),
        empty_label=_("Choose an organisation"),
        error_messages={
            "required": _("Choose an organisation."),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a role."), "invalid_choice": _("Choose one from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role.key, f"{role.name}: {role.description}") for role in ROLES.values()]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """In one line."""
        return _one_line(self.cleaned_data["name"])

    def clean_email(self) -> str:
        """In small letters, as it is kept."""
        return str(self.cleaned_data["email"]).lower()


class FindForm(forms.Form):
    """What to show in the list of staff."""

    q = forms.CharField(label=_("Name or email"), required=False, max_length=120)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.all(), required=False, empty_label=_("All")
    )
    role = forms.ChoiceField(label=_("Role"), required=False)
    left = forms.BooleanField(label=_("Show those who have left"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("All")), *((role.key, role.name) for role in ROLES.values())]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]
