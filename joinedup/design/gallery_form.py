"""A form with every kind of question, for the gallery and the tests; nothing is ever stored from it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate


class TrapField(forms.CharField):
    """An invisible box that only machines fill in."""

    is_trap = True


class GalleryForm(forms.Form):
    """Every kind of question."""

    name = forms.CharField(label=_("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label=_("Email address"), help_text=_("We only use it to answer you."))
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    people = forms.IntegerField(label=_("How many people live with you?"), min_value=0, required=False)
    born_on = forms.DateField(
        label=_("Date of birth"),
        help_text=_("For example, 27 3 1957"),
        widget=ThreePartDate(is_birthday=True),
    )
    words = forms.CharField(
        label=_("Your idea"),
        help_text=_("Please leave out other people’s names."),
        max_length=2000,
        widget=forms.Textarea,
    )
    place = forms.ChoiceField(
        label=_("Nearest neighbourhood"),
        choices=[("", _("Choose one")), ("bow", "Bow"), ("poplar", "Poplar"), ("wapping", "Wapping")],
    )
    reply = forms.ChoiceField(
        label=_("How should we answer you?"),
        choices=[("email", _("By email")), ("phone", _("By phone")), ("letter", _("By letter"))],
        widget=forms.RadioSelect,
    )
    topics = forms.MultipleChoiceField(
        label=_("What interests you?"),
        help_text=_("Choose as many as you like."),
        choices=[
            ("health", _("Health services")),
            ("care", _("Care at home")),
            ("walks", _("Walks and groups")),
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    paper = forms.FileField(label=_("A photograph of a letter"), required=False)
    agreed = forms.BooleanField(
        label=_("I have read how you use what I send"), help_text=_("It takes two minutes.")
    )
    website = TrapField(label=_("Leave this empty"), required=False)
