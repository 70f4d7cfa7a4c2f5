"""What staff fill in: filters, giving on, answering, marking as told."""

import datetime
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.doors.trap import OnceField
from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.contributions.actions.answering import acts_for, receivers
from joinedup.involve.contributions.forms.wording import AsItIsField, PointsOutDetails, WordsField
from joinedup.involve.contributions.models import Contribution


class FilterForm(forms.Form):
    """Which contributions to list."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Waiting for an answer")), *Contribution.State.choices, ("all", _("All"))],
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All")), ("feedback", _("Feedback")), ("idea", _("Ideas"))],
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label=_("All"),
    )
    late = forms.BooleanField(label=_("Late"), required=False)
    mine = forms.BooleanField(label=_("Given to me"), required=False)
    undelivered = forms.BooleanField(label=_("Answer not delivered"), required=False)


class AssignForm(forms.Form):
    """To which organisation, and to whom there."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose an organisation")},
    )
    person = forms.ModelChoiceField(
        label=_("Person there"),
        help_text=_("Leave this empty and anyone there who answers can take it."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Nobody in particular"),
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        """`people`: those who answer for an organisation today."""
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = receivers()
        field = cast("forms.ModelChoiceField[User]", self.fields["person"])
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by(
            "name", "email"
        )

    def clean(self) -> dict[str, Any]:
        """The person is of that organisation."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        person, organisation = cleaned.get("person"), cleaned.get("organisation")
        if person and organisation and not acts_for(person, organisation):
            self.add_error("person", _("Choose someone who answers for that organisation"))
        return cleaned


class AnswerForm(forms.Form):
    """The answer, and the moment up to which its writer had read."""

    once = OnceField()
    heard_at = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    text = WordsField(
        label=_("Our answer"),
        help_text=_(
            "Thank them, say what we found, what we do now and by when. If we cannot do it, say why. "
            "Use short sentences and words they use."
        ),
        error_messages={"required": _("Write the answer")},
    )

    def clean_heard_at(self) -> datetime.datetime:
        """The moment, or one that is never right when the field was altered."""
        try:
            moment = parse_datetime(self.cleaned_data["heard_at"])
        except ValueError:
            moment = None
        return moment or datetime.datetime.min.replace(tzinfo=datetime.UTC)


class ToldForm(forms.Form):
    """On which day the person was told."""

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

    def clean_on(self) -> datetime.date:
        """A day that has been."""
        day: datetime.date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("The day cannot be in the future"), code="future")
        return day


class NewWordForm(forms.Form):
    """Nothing to fill in: the key that makes a double click one new word."""

    once = OnceField()


class StaffWordsForm(PointsOutDetails):
    """What a caller wants to add."""

    is_for_others = True

    once = OnceField()
    words = WordsField(
        label=_("What do they want to add?"),
        help_text=_("Write it as they said it, and read it back to them."),
        error_messages={"required": _("Write what they want to add")},
    )
    as_it_is = AsItIsField()
