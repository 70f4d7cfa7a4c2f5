"""What is filled in while sorting."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.involve.sorting.models import Tone
from joinedup.involve.themes.models import Theme


class QueueForm(forms.Form):
    """Which part of the queue to look at."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    theme = forms.ModelChoiceField(
        label=_("Suggested theme"), queryset=Theme.objects.all(), required=False, empty_label=_("All")
    )


class _Chosen(forms.MultipleChoiceField):
    """Whatever was ticked; whether it may be is for the form to say, above the list."""

    def valid_value(self, value: str) -> bool:
        return True


class TogetherForm(forms.Form):
    """Several at once: which of them, and under which theme."""

    chosen = _Chosen(required=False)
    theme = forms.ModelChoiceField(
        label=_("Put those you chose under"),
        queryset=Theme.objects.all(),
        required=False,
        empty_label=_("Choose a theme"),
    )

    def __init__(self, *args: Any, references: list[str], **kwargs: Any) -> None:
        """`references`: those that stand on the page."""
        super().__init__(*args, **kwargs)
        self.references = set(references)

    def clean(self) -> dict[str, Any]:
        """Only what stands on the page, which the person may sort and nobody has sorted since."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not set(cleaned.get("chosen", [])) <= self.references:
            raise forms.ValidationError(
                _(
                    "Some of what you chose is sorted by now, or not on this page."
                    " The others are still ticked."
                ),
                code="gone",
            )
        return cleaned


class SortForm(forms.Form):
    """What a person decides after reading one."""

    theme = forms.ModelChoiceField(
        label=_("What is it about?"),
        queryset=Theme.objects.all(),
        required=False,
        empty_label=_("None of our themes"),
        help_text=_("Read the words first. What is suggested can be wrong."),
    )
    tone = forms.ChoiceField(
        label=_("How does the person sound?"),
        choices=[("", _("I cannot say")), *Tone.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    is_urgent = forms.BooleanField(
        label=_("Someone may come to harm"),
        help_text=_(
            "Follow your organisation’s safeguarding steps today. This mark puts it at the top of the list"
            " of everyone who sorts until it is in a case or answered."
        ),
        required=False,
    )
