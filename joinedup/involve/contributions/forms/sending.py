"""The form with which someone has their say, and the one staff fill in for them."""

import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.design.place import partnership
from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.doors.trap import OnceField, TrapField
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.contributions.actions.speaking import Said
from joinedup.involve.contributions.contact import phone_as_kept, postcode_as_kept
from joinedup.involve.contributions.forms.wording import AsItIsField, PointsOutDetails, WordsField
from joinedup.involve.contributions.models import Contribution

# The choices in the words of the person who fills in the form; staff see those of the model.
KINDS = [
    ("feedback", _("Feedback: something that happened, good or bad")),
    ("idea", _("An idea: something that could be better")),
]
SPEAKERS = [
    ("resident", _("I live here")),
    ("patient", _("I use health or care services here")),
    ("carer", _("I look after someone")),
    ("staff", _("I work in health, care or a charity here")),
]
ABOUT = [("self", _("Me, or what I saw")), ("someone-else", _("Someone else"))]
WAYS = [
    ("email", _("By email")),
    ("phone", _("By phone call")),
    ("letter", _("By letter")),
    ("none", _("I do not need an answer sent to me")),
]


class WhenChosenField(forms.CharField):
    """Needed when the way to answer asks for it; drawn without "(optional)". The form checks empty ones."""

    def validate(self, value: Any) -> None:
        """Empty is fine here."""


def languages() -> list[tuple[str, str]]:
    """What people can ask to be answered in, as the place lists it."""
    return list(partnership()["languages"].items())


def page_language() -> str:
    """The language of the page, in which most people who read it want their answer."""
    return get_language() or settings.LANGUAGE_CODE


class ContributionForm(PointsOutDetails):
    """Everything on one page. What is needed for one way of answering is asked for that way only."""

    once = OnceField()
    website = TrapField()
    kind = forms.ChoiceField(
        label=_("What do you want to send?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose feedback or an idea")},
    )
    words = WordsField(
        label=_("What do you want to tell us?"),
        help_text=_("Use your own words, in any language. Please leave out names and private details."),
        error_messages={"required": _("Write what you want to tell us")},
    )
    as_it_is = AsItIsField()
    service_or_place = forms.CharField(
        label=_("Which service or place is it about?"),
        help_text=_(
            "For example: the GP practice in your street, the Royal London Hospital, or a day centre."
        ),
        max_length=200,
        required=False,
        error_messages={"max_length": _("Use at most 200 characters for the service or place")},
    )
    speaker = forms.ChoiceField(
        label=_("Who are you?"),
        help_text=_("Choose what fits best."),
        choices=SPEAKERS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are")},
    )
    about = forms.ChoiceField(
        label=_("Who is it about?"),
        help_text=_("If it is about someone else, please ask them first if you can."),
        choices=ABOUT,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who it is about")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name", "spellcheck": "false"}),
        error_messages={"max_length": _("Use at most 120 characters for the name")},
    )
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We send your reference here at once. We need it if you want our answer by email."),
        max_length=254,
        required=False,
        error_messages={"invalid": _("Enter an email address in the right format, like name@example.com")},
    )
    reply_by = forms.ChoiceField(
        label=_("How do you want our answer?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how you want our answer")},
    )
    phone = WhenChosenField(
        label=_("Phone number"),
        help_text=_("Needed for a phone call."),
        max_length=40,
        widget=forms.TextInput(
            attrs={"type": "tel", "autocomplete": "tel", "class": "nhsuk-input--width-20"}
        ),
    )
    address_line_1 = WhenChosenField(
        label=_("Address"),
        help_text=_("Needed for a letter."),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    address_line_2 = forms.CharField(
        label=_("Address, second line"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-line2"}),
    )
    town = forms.CharField(
        label=_("Town or city"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "address-level2", "class": "nhsuk-input--width-20"}),
    )
    postcode = WhenChosenField(
        label=_("Postcode"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "class": "nhsuk-input--width-10"}),
    )
    language = forms.ChoiceField(
        label=_("Which language do you want our answer in?"),
        choices=languages,
        initial=page_language,
        error_messages={"invalid_choice": _("Choose a language from the list")},
    )
    needs = forms.MultipleChoiceField(
        label=_("What do you need, so that you can read or hear our answer?"),
        help_text=_("Choose all that you need."),
        choices=Contribution.Need.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Choose from the list what you need")},
    )
    needs_other = forms.CharField(
        label=_("Tell us more about what you need"),
        help_text=_("For example: who we should speak to for you, or when it is best to ring."),
        max_length=300,
        required=False,
        error_messages={"max_length": _("Use at most 300 characters for what you need")},
    )

    may_publish = forms.BooleanField(
        label=_("You may show my words to others, without my name"),
        help_text=_(
            "We read them first and take out what could say who you are. We answer you just the same if you"
            " leave this empty. You can change your mind later."
        ),
        required=False,
    )

    EMAIL_MISSING: ClassVar[Promise] = _("Enter your email address, or choose another way for our answer")
    NEED_MISSING: ClassVar[Promise] = _("Tell us what you need")
    # Which fields belong to which way of answering; those of the other ways are not kept.
    BELONGS: ClassVar[dict[str, tuple[str, ...]]] = {
        "phone": ("phone",),
        "letter": ("address_line_1", "address_line_2", "town", "postcode"),
    }

    def clean(self) -> dict[str, Any]:
        """The way to answer has what it needs; what belongs to another way is let go, right or wrong."""
        cleaned = super().clean()
        way = cleaned.get("reply_by")
        for owner, names in self.BELONGS.items():
            for name in names if owner != way else ():
                self.errors.pop(name, None)
                cleaned[name] = ""
        if way == Contribution.ReplyBy.EMAIL and not cleaned.get("email") and "email" not in self.errors:
            self.add_error("email", str(self.EMAIL_MISSING))
        if way == Contribution.ReplyBy.PHONE:
            self._tidy(
                "phone", phone_as_kept, _("Enter a phone number, or choose another way for our answer")
            )
        if way == Contribution.ReplyBy.LETTER:
            if not cleaned.get("address_line_1") and "address_line_1" not in self.errors:
                self.add_error("address_line_1", _("Enter an address, or choose another way for our answer"))
            self._tidy("postcode", postcode_as_kept, _("Enter a postcode, such as E1 4DG"))
        if (
            "other" in cleaned.get("needs", [])
            and not cleaned.get("needs_other")
            and "needs_other" not in self.errors
        ):
            self.add_error("needs_other", str(self.NEED_MISSING))
        return cleaned

    def _tidy(self, name: str, tidy: Any, when_empty: Any) -> None:
        if name in self.errors:
            return
        typed = self.cleaned_data.get(name) or ""
        try:
            self.cleaned_data[name] = tidy(typed) if typed else ""
        except ValidationError as fault:
            self.add_error(name, fault)
            return
        if not typed:
            self.add_error(name, when_empty)

    def said(self) -> Said:
        """What was said, for the action."""
        names = set(Said.__dataclass_fields__) - {"needs", "may_publish"}
        words: dict[str, Any] = {name: self.cleaned_data.get(name) or "" for name in names}
        return Said(
            **words,
            needs=tuple(self.cleaned_data.get("needs") or ()),
            may_publish=bool(self.cleaned_data.get("may_publish")),
        )


class EntryForm(ContributionForm):
    """The same, filled in by staff for a caller, from paper or face to face."""

    is_for_others = True
    website = None  # type: ignore[assignment]
    channel = forms.ChoiceField(
        label=_("How did it reach us?"),
        choices=[choice for choice in Contribution.Channel.choices if choice[0] != Contribution.Channel.WEB],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how it reached us")},
    )
    received_on = forms.DateField(
        label=_("When did it reach us?"),
        help_text=_("The day of the call, or the day the paper came. Our promises count from this day."),
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        initial=timezone.localdate,
        error_messages={
            "required": _("Enter the day it reached us"),
            "invalid": _("Enter a real date, such as 23 11 2026"),
        },
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), required=False
    )
    field_order = ["once", "channel", "received_on", "organisation"]

    def __init__(self, *args: Any, organisations: list[Organisation] | None = None, **kwargs: Any) -> None:
        """`organisations`: those the member of staff may enter for; None when it may be for nobody yet."""
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        if organisations is None or len(organisations) == 1:
            del self.fields["organisation"]
        else:
            field.queryset = Organisation.objects.filter(pk__in=[row.pk for row in organisations])
            field.required = True
        for name, choices in (
            ("speaker", Contribution.Speaker.choices),
            ("about", Contribution.About.choices),
        ):
            cast("forms.ChoiceField", self.fields[name]).choices = choices
        cast("forms.ChoiceField", self.fields["reply_by"]).choices = Contribution.ReplyBy.choices
        self._speak_of_them()

    EMAIL_MISSING = _("Enter their email address, or choose another way for our answer")
    NEED_MISSING = _("Write down what they need")

    def _speak_of_them(self) -> None:
        """Say "them" where the website says "you"."""
        self.fields["kind"].label = _("What is it?")
        self.fields["service_or_place"].help_text = _(
            "For example: their GP practice, the Royal London Hospital, or a day centre."
        )
        self.fields["as_it_is"].help_text = _("Tick this if these details belong here.")
        self.fields["needs_other"].label = _("More about what they need")
        self.fields["needs_other"].help_text = _(
            "For example: who we should speak to for them, or when it is best to ring."
        )
        self.fields["needs"].help_text = _("Choose all that they need.")
        self.fields["may_publish"].label = _("They said that others may read their words, without their name")
        self.fields["may_publish"].help_text = _("Ask them. Leave this empty if they did not say so.")
        needs = cast("forms.MultipleChoiceField", self.fields["needs"])
        for_them = {"someone-else": _("Someone else to speak to for them")}
        needs.choices = [(key, for_them.get(str(key), label)) for key, label in Contribution.Need.choices]
        self.fields["words"].label = _("What did they say?")
        self.fields["words"].help_text = _("Write it as they said it, and read it back to them.")
        self.fields["speaker"].label = _("Who are they?")
        self.fields["about"].help_text = ""
        self.fields["name"].label = _("Their name")
        self.fields["email"].label = _("Their email address")
        self.fields["email"].help_text = _(
            "We send the reference there at once. Needed for an answer by email."
        )
        self.fields["words"].error_messages["required"] = _("Write what they said")
        self.fields["speaker"].error_messages["required"] = _("Choose who they are")
        self.fields["reply_by"].error_messages["required"] = _("Choose how they want our answer")
        self.fields["reply_by"].label = _("How do they want our answer?")
        self.fields["language"].label = _("Which language do they want our answer in?")
        self.fields["needs"].label = _("What do they need, so that they can read or hear our answer?")

    def clean_received_on(self) -> datetime.date:
        """A day that has been, and not so long ago that it must be a slip."""
        day: datetime.date = self.cleaned_data["received_on"]
        today = timezone.localdate()
        if day > today:
            raise ValidationError(_("The day it reached us cannot be in the future"), code="future")
        if day < today - datetime.timedelta(days=366):
            raise ValidationError(_("The day it reached us must be within the last year"), code="past")
        return day

    def heard_at(self) -> datetime.datetime:
        """When it reached us: now if today, else noon of that day."""
        day: datetime.date = self.cleaned_data["received_on"]
        if day == timezone.localdate():
            return timezone.now()
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(12)))
