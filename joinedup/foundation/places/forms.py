"""The postcode box."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.places.atlas import Place, atlas
from joinedup.foundation.places.finding import Outside, Reason, Unclear, find
from joinedup.foundation.places.postcodes import LONGEST, tidy

WORDS = {
    Reason.EMPTY: _("Write your postcode, such as %(example)s."),
    Reason.PARTIAL: _("Write the whole of your postcode, such as %(example)s."),
    Reason.DOUBTFUL: _("Write one postcode, such as %(example)s."),
    Reason.NAME: _("Write your postcode, such as %(example)s, or follow the link to the area."),
    Reason.NO_POSTCODE: _("Write a postcode, such as %(example)s. We cannot read this one."),
}


class PostcodeForm(forms.Form):
    """One postcode. `answer` is what was found once the form was checked; nothing keeps it."""

    postcode = forms.CharField(
        label=_("Your postcode"),
        max_length=LONGEST,
        widget=forms.TextInput(
            attrs={
                "class": "nhsuk-input--width-10",
                "autocomplete": "postal-code",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
        error_messages={"max_length": _("Write only your postcode.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer: Place | Outside | Unclear | None = None
        self.example = str(atlas().by_hand["example"])
        box, shown = self.fields["postcode"], {"example": self.example}
        box.help_text = _("For example, %(example)s") % shown
        box.error_messages["required"] = WORDS[Reason.EMPTY] % shown

    def clean_postcode(self) -> str:
        """Look it up. What is not one whole postcode is refused, with what to write instead."""
        text: str = self.cleaned_data["postcode"]
        self.answer = find(text)
        if isinstance(self.answer, Unclear):
            words = WORDS[self.answer.reason]
            raise forms.ValidationError(words, params={"example": self.example}, code=str(self.answer.reason))
        return text

    @property
    def was_put_right(self) -> bool:
        """Whether more than spaces and capitals was changed to read a postcode."""
        if not isinstance(self.answer, Place | Outside):
            return False
        return tidy(self.cleaned_data["postcode"]).replace(" ", "") != self.answer.postcode.replace(" ", "")
