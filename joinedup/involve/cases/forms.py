"""What is filled in while working on a case."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.cases.models import Case, CaseAnswer
from joinedup.involve.contributions.actions.answering import acts_for, receivers
from joinedup.involve.contributions.forms.wording import WordsField
from joinedup.involve.themes.models import Theme

_DATE_ERRORS = {"required": _("Enter the day"), "invalid": _("Enter a real date, such as 23 11 2026")}


def _people_of(organisations: Any) -> list[User]:
    """Those who may be given something to answer, by name."""
    people = User.objects.filter(is_active=True, memberships__organisation__in=organisations).distinct()
    return [each for each in people.order_by("name", "email") if _acts(each, organisations)]


def _acts(person: User, organisations: Any) -> bool:
    return any(acts_for(person, each) for each in organisations)


def _offer_people(field: forms.Field, organisations: list[Organisation]) -> None:
    found = [person.pk for person in _people_of(organisations)]
    chosen = cast("forms.ModelChoiceField[User]", field)
    chosen.queryset = User.objects.filter(pk__in=found).order_by("name", "email")


class CaseForm(forms.Form):
    """What a case is about, who leads, who works on it, how pressing it is, by when."""

    title = forms.CharField(
        label=_("What is it about?"),
        help_text=_("A few words of your own. Name nobody: partners read this."),
        max_length=120,
        error_messages={"required": _("Say in a few words what it is about")},
    )
    lead = forms.ModelChoiceField(
        label=_("Who leads?"),
        help_text=_("They answer for all. They see the contact details of everyone in the case."),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose who leads")},
    )
    owner = forms.ModelChoiceField(
        label=_("Person there"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )
    risk = forms.TypedChoiceField(
        label=_("How pressing is it?"),
        choices=Case.Risk.choices,
        coerce=int,
        initial=Case.Risk.USUAL,
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        label=_("Answer due"),
        help_text=_("Never later than what the people in it were promised."),
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        error_messages=_DATE_ERRORS,
    )

    def __init__(self, *args: Any, may_choose_lead: bool = True, **kwargs: Any) -> None:
        """`may_choose_lead`: whether the person may give the whole case to another organisation."""
        super().__init__(*args, **kwargs)
        organisations = list(receivers())
        cast("forms.ModelChoiceField[Organisation]", self.fields["lead"]).queryset = receivers()
        if not may_choose_lead:
            del self.fields["lead"]
        _offer_people(self.fields["owner"], organisations)


class PartForm(forms.Form):
    """What an organisation is asked for, and by when."""

    organisation = forms.ModelChoiceField(
        label=_("Whom do you ask?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose an organisation")},
    )
    asked = forms.CharField(
        label=_("What do you need from them?"),
        help_text=_(
            "They read what people said, without who said it. Numbers and addresses in the words are left"
            " out; a name in them is not."
        ),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what you need from them")},
    )
    due_on = forms.DateField(
        label=_("By when?"), widget=ThreePartDate, input_formats=["%Y-%m-%d"], error_messages=_DATE_ERRORS
    )
    owner = forms.ModelChoiceField(
        label=_("Person there"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = receivers()
        _offer_people(self.fields["owner"], list(receivers()))


class PartTextForm(forms.Form):
    """What an organisation brings to the answer."""

    text = forms.CharField(
        label=_("Your part of the answer"),
        help_text=_(
            "What you found, what you do now and by when. If you cannot do it, say why. Name nobody."
        ),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Write your part")},
    )


class CaseAnswerForm(forms.Form):
    """The one answer, in words that everyone in the case gets."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=CaseAnswer.Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what came of it")},
    )
    text = WordsField(
        label=_("The answer"),
        help_text=_(
            "It goes to everyone in the case, so it names nobody. Thank them, say what we found, what we do"
            " now and by when."
        ),
        error_messages={"required": _("Write the answer")},
    )
    because = forms.CharField(
        label=_("If we could not: because"),
        help_text=_("The reason, without excuses. It goes on the sentence “We could not, because …”."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        """One that could not be done says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("outcome") == CaseAnswer.Outcome.COULD_NOT and not cleaned.get("because", "").strip():
            self.add_error("because", _("Say why it could not be done"))
        return cleaned


class ObjectionForm(forms.Form):
    """What should be different."""

    objection = forms.CharField(
        label=_("What should be different?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what should be different")},
    )


class ReferenceForm(forms.Form):
    """The reference of a case or of something someone said."""

    reference = forms.CharField(
        label=_("Reference"), max_length=40, error_messages={"required": _("Enter the reference")}
    )


class ShowForm(forms.Form):
    """With which theme an answer is shown to everyone."""

    theme = forms.ModelChoiceField(
        label=_("With which theme?"),
        queryset=Theme.objects.all(),
        empty_label=_("Choose a theme"),
        error_messages={"required": _("Choose a theme")},
    )
