"""What is asked for: a day, an organisation, the start and the end of a membership."""

import datetime
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.organisations.logos import check_logo
from joinedup.foundation.organisations.models import Organisation, PartnerMembership

YEARS_AHEAD = 10


class DayInAddress(ThreePartDate):
    """Three boxes that can also be filled from an address: ?day=2017-06-01."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """The boxes if anything stands in them, else the one value of that name."""
        return super().value_from_datadict(data, files, name) or str(data.get(name) or "").strip() or None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether neither the boxes nor the one value were sent."""
        return super().value_omitted_from_data(data, files, name) and name not in data


class DayField(forms.DateField):
    """A day in three boxes, with an error that says what to do."""

    widget = ThreePartDate
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Enter a day, a month and a year."),
        "invalid": _("Enter a real date in figures, like 1 6 2017."),
        "year": _("Enter a year between %(first)s and %(last)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def clean(self, value: Any) -> datetime.date | None:
        """A date within reason; anything else would be a slip of the finger."""
        day: datetime.date | None = super().clean(value)
        last = timezone.localdate().year + YEARS_AHEAD
        first = settings.PARTNERSHIP["began_in"]
        if day is not None and not first <= day.year <= last:
            limits = {"first": first, "last": last}
            raise ValidationError(self.error_messages["year"], code="year", params=limits)
        return day


class DayForm(forms.Form):
    """Who was in the partnership on which day?"""

    day = DayField(
        label=_("On which day?"),
        help_text=_("For example, 1 6 2017"),
        widget=DayInAddress,
    )

    @classmethod
    def asked(cls, data: Mapping[str, Any]) -> "DayForm":
        """Filled from the address if it names a day, else empty and not complaining."""
        widget = cls.base_fields["day"].widget
        return cls(data) if widget.value_from_datadict(data, {}, "day") else cls()


class LogoField(forms.FileField):
    """A picture, checked before it is read any further, with the error beside the field."""

    widget = forms.FileInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The new picture, or the old one when none was sent."""
        upload = super().clean(data, initial)
        if isinstance(upload, UploadedFile):
            check_logo(upload)
        return upload


class OrganisationForm(forms.ModelForm[Organisation]):
    """Everything there is to say about an organisation, apart from its memberships."""

    role = forms.CharField(
        label=_("What it does here"),
        required=False,
        max_length=600,
        widget=forms.Textarea,
        help_text=_("Two or three short sentences that residents understand."),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        max_length=200,
        assume_scheme="https",
        help_text=_("It begins with https://"),
    )
    logo = LogoField(
        label=_("Logo"), required=False, help_text=_("A PNG, JPEG or WebP picture of at most 1 MB.")
    )
    without_logo = forms.BooleanField(label=_("Take the present logo away"), required=False)

    class Meta:
        model = Organisation
        fields = (
            "name",
            "short_name",
            "kind",
            "role",
            "ods_code",
            "charity_number",
            "website",
            "contact_email",
            "contact_phone",
            "logo",
        )
        labels = {
            "name": _("Name"),
            "short_name": _("Short name"),
            "kind": _("Kind"),
            "ods_code": _("ODS code"),
            "charity_number": _("Charity number"),
            "contact_email": _("Public e-mail"),
            "contact_phone": _("Public telephone"),
        }
        help_texts = {
            "short_name": _("What people call it, if that is shorter."),
            "ods_code": _("For NHS bodies, such as R1H for Barts Health."),
            "charity_number": _("From the register of charities."),
            "contact_email": _("An address that several people read, never a person's own."),
            "contact_phone": _("With spaces, like 020 7946 0123."),
        }
        widgets = {"kind": forms.RadioSelect}
        error_messages = {
            "name": {
                "required": _("Enter the name."),
                "unique": _("There is an organisation of that name already."),
            },
            "kind": {"required": _("Choose what kind of organisation it is.")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = Organisation.Kind.choices  # type: ignore[attr-defined]
        self.fields["contact_email"].widget.attrs["autocomplete"] = "off"
        if not self.instance.logo:
            del self.fields["without_logo"]

    def clean_ods_code(self) -> str:
        """Capitals, whatever was typed."""
        return str(self.cleaned_data["ods_code"]).upper()

    def said(self) -> dict[str, Any]:
        """The fields for the action."""
        fields = dict(self.cleaned_data)
        if fields.pop("without_logo", False) and not isinstance(fields["logo"], UploadedFile):
            fields["logo"] = ""
        fields["logo"] = fields["logo"] or ""
        return fields


def _source_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": "3"}),
        error_messages={"required": _("Say how we know it.")},
        help_text=_("Name the document or page and its date, and paste its address if it has one."),
    )


class StartForm(forms.ModelForm[PartnerMembership]):
    """That an organisation joined, in a span of days."""

    started_earliest = DayField(
        label=_("Joined no earlier than"),
        required=False,
        help_text=_("Leave this empty if nothing rules out an earlier day."),
    )
    started_latest = DayField(
        label=_("Joined no later than"),
        help_text=_("From this day on we are certain. If you know the exact day, write it here and above."),
    )
    started_source = _source_field(_("How do we know?"))

    class Meta:
        model = PartnerMembership
        fields = ("started_earliest", "started_latest", "started_words", "started_source")
        labels = {"started_words": _("When it joined, in words for readers")}
        help_texts = {"started_words": _("As sure as you are, such as “by 2017” or “on 1 April 2017”.")}
        error_messages = {"started_words": {"required": _("Say in a few words when it joined.")}}


class EndForm(forms.ModelForm[PartnerMembership]):
    """That a membership ended, in a span of days."""

    ended_earliest = DayField(
        label=_("Left no earlier than"),
        help_text=_("The first day on which it may no longer have been a partner."),
    )
    ended_latest = DayField(
        label=_("Left no later than"),
        help_text=_(
            "From this day on it is certain that it was no partner. For an exact day write it twice."
        ),
    )
    ended_words = forms.CharField(
        label=_("When it left, in words for readers"),
        max_length=80,
        help_text=_("As sure as you are, such as “by the end of 2023”."),
        error_messages={"required": _("Say in a few words when it left.")},
    )
    ended_source = _source_field(_("How do we know?"))

    class Meta:
        model = PartnerMembership
        fields = ("ended_earliest", "ended_latest", "ended_words", "ended_source")


def show(form: forms.BaseForm, fault: ValidationError) -> None:
    """Put what an action refused beside the fields it is about."""
    by_field = fault.error_dict if hasattr(fault, "error_dict") else {NON_FIELD_ERRORS: fault.error_list}
    for name, errors in by_field.items():
        for error in errors:
            form.add_error(name if name in form.fields else None, error)
