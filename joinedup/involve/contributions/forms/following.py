"""The forms at the reference: coming in, adding, putting right, taking back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.doors.trap import OnceField
from joinedup.involve.contributions.forms.wording import AsItIsField, PointsOutDetails, WordsField

_PLAIN = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class FollowForm(forms.Form):
    """Reference and word. What cannot be right is not complained about: it opens nothing, that is all."""

    reference = forms.CharField(
        label=_("Your reference"),
        max_length=200,
        widget=forms.TextInput(attrs={**_PLAIN, "class": "nhsuk-input--width-20"}),
        error_messages={
            "required": _("Enter your reference"),
            "max_length": _("Enter your reference, such as THT-7K2M-9QX4"),
        },
    )
    word = forms.CharField(
        label=_("Your word"),
        help_text=_("The two words with a dash between them that we showed you when you sent it."),
        max_length=200,
        widget=forms.TextInput(attrs={**_PLAIN, "class": "nhsuk-input--width-20"}),
        error_messages={
            "required": _("Enter your word"),
            "max_length": _("Enter your word, such as harbour-lantern"),
        },
    )


class TokenForm(forms.Form):
    """The pass of someone who came in by reference and word."""

    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=400)


class MoreForm(PointsOutDetails, TokenForm):
    """More words: an addition."""

    once = OnceField()
    words = WordsField(
        label=_("What do you want to add?"),
        error_messages={"required": _("Write what you want to add")},
    )
    as_it_is = AsItIsField()


class CorrectForm(MoreForm):
    """The words anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Ask for something else."""
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("What you want to say instead")
        self.fields["words"].error_messages["required"] = _("Write what you want to say")


class ComeBackForm(FollowForm):
    """Reference and word once more, because the pass was too old; the words wait in the form."""

    once = OnceField()
    words = WordsField(label=_("What you wrote: we kept it here for you"), required=False)
    as_it_is = AsItIsField(widget=forms.HiddenInput)
