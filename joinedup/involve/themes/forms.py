"""What is filled in about a theme."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.themes.models import Theme


class ThemeForm(forms.Form):
    """A theme in our words."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("A few plain words, such as “Getting through on the phone”."),
        max_length=120,
        error_messages={"required": _("Give it a name")},
    )
    summary = forms.CharField(
        label=_("What people told us"),
        help_text=_(
            "In our words, without anything that tells who said it. Everyone reads it, and so does a board."
        ),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say what people told us")},
    )
    next_step = forms.CharField(
        label=_("What happens next"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    organisation = forms.ModelChoiceField(
        label=_("Who answers for it"),
        queryset=Organisation.objects.order_by("name"),
        required=False,
        empty_label=_("Nobody yet"),
    )
    labels = forms.MultipleChoiceField(
        label=_("Suggest this theme for"),
        help_text=_("Labels that the sorter knows. It can only ever suggest."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_public = forms.BooleanField(label=_("Everyone may read of it"), required=False)

    def __init__(self, *args: Any, labels: list[str], theme: Theme | None = None, **kwargs: Any) -> None:
        """`labels`: what the sorter knows; `theme`: the one that is changed."""
        super().__init__(*args, **kwargs)
        self.theme = theme
        field = self.fields["labels"]
        field.choices = [(each, each) for each in labels]  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """A name that no other theme has."""
        name: str = " ".join(self.cleaned_data["name"].split())
        others = Theme.objects.filter(name__iexact=name)
        if self.theme is not None:
            others = others.exclude(pk=self.theme.pk)
        if others.exists():
            raise forms.ValidationError(_("There is a theme of that name"), code="taken")
        return name
