"""The forms people fill in for the newsletter."""

import unicodedata
from typing import Any

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from joinedup.design.place import partnership
from joinedup.foundation.doors.trap import TrapField
from joinedup.inform.newsletter.models import ConsentWording, Subscriber, Topic

# Invisible signs that turn the direction of the text around them; a name never needs them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def tidy_name(name: str) -> str:
    """A name on one line, without control and turning signs; every script and emoji stays."""
    kept = "".join(
        " " if sign.isspace() else sign
        for sign in name
        if sign.isspace() or (unicodedata.category(sign) not in ("Cc", "Cs") and sign not in _TURNING)
    )
    return " ".join(kept.split())


def _languages() -> list[tuple[str, str]]:
    return list(partnership()["languages"].items())


def _page_language() -> str:
    return get_language() or settings.LANGUAGE_CODE


class Choices(forms.Form):
    """What a person chooses about their newsletter: name, topics and language."""

    name = forms.CharField(
        label=_("Your name"),
        help_text=_("What should we call you? You can leave this empty."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"max_length": _("Write a name of at most 120 letters.")},
    )
    topics = forms.MultipleChoiceField(
        label=_("What would you like news about?"),
        help_text=_("Tick as many as you like. If you tick none, we send you news about everything."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Choose topics from the list."),
            "invalid_list": _("Choose topics from the list."),
        },
    )
    language = forms.ChoiceField(
        label=_("Which language do you like best?"),
        help_text=_("We write in English now. We will tell you when there is news in your language."),
        choices=_languages,
        initial=_page_language,
        error_messages={
            "required": _("Choose a language from the list."),
            "invalid_choice": _("Choose a language from the list."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Read once for each form: checking a list of topics must not ask the database for each of them.
        self.offered = {topic.slug: topic for topic in Topic.objects.offered()}
        field = self.fields["topics"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(slug, topic.name_here) for slug, topic in self.offered.items()]

    def clean_name(self) -> str:
        """The name on one line."""
        return tidy_name(self.cleaned_data["name"])

    def chosen(self) -> dict[str, Any]:
        """The choices as the actions take them."""
        return {
            "name": self.cleaned_data["name"],
            "topics": [self.offered[slug] for slug in self.cleaned_data["topics"]],
            "language": self.cleaned_data["language"],
        }


class SignUp(Choices):
    """Asking for the newsletter. `wording` is the version of the words of consent that was shown."""

    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We use it to send you the newsletter, and for nothing else."),
        max_length=254,
        error_messages={
            "required": _("Write your email address."),
            "invalid": _("Write an email address like name@example.com."),
            "max_length": _("Write an email address of at most 254 letters."),
        },
    )
    homepage = TrapField()
    wording = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("email", "name", "topics", "language", "homepage", "wording")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.consent = ConsentWording.objects.current()
        self.initial["wording"] = self.consent.version

    @property
    def is_trapped(self) -> bool:
        """Whether the box that people never see was filled in."""
        return bool(self.data.get(self.add_prefix("homepage")))

    def clean(self) -> dict[str, Any]:
        """Yes counts only for the words in force: the form comes back when they changed meanwhile."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("wording") != self.consent.version:
            if isinstance(self.data, QueryDict):
                sent = self.data.copy()
                sent[self.add_prefix("wording")] = self.consent.version
                self.data = sent
            raise forms.ValidationError(
                _("The words you say yes to have just changed. Read them and press the button again.")
            )
        return cleaned


class Preferences(Choices):
    """Changing one's choices."""

    @classmethod
    def of(cls, subscriber: Subscriber) -> dict[str, Any]:
        """What the person has chosen so far."""
        return {
            "name": subscriber.name,
            "topics": [topic.slug for topic in subscriber.topics.all()],
            "language": subscriber.language,
        }
