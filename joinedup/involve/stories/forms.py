"""What is filled in to show a story, and to take words out of it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StoryForm(forms.Form):
    """The story as everyone will read it."""

    title = forms.CharField(label=_("Title"), max_length=120, error_messages={"required": _("Write a title")})
    text = forms.CharField(
        label=_("The story"),
        help_text=_(
            "In their words. Take out names, ages, streets, dates, rare illnesses, and all else that could"
            " say who it is. Leave out names of staff."
        ),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": _("Write the story")},
    )


class RedactForm(forms.Form):
    """Words to take out everywhere."""

    phrase = forms.CharField(
        label=_("Words to take out"),
        help_text=_(
            "As they stand there; capitals do not matter. They go from the page, the feed, the search and"
            " every earlier wording, and are kept nowhere. A longer word that has them in it goes too;"
            " up to three letters are taken out only where they stand alone."
        ),
        max_length=300,
        error_messages={"required": _("Write the words to take out")},
    )
    why = forms.CharField(
        label=_("Why"),
        help_text=_("Without repeating the words."),
        max_length=200,
        error_messages={"required": _("Say why")},
    )
