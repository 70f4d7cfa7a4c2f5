"""A field for people's own words, and pointing out personal details in them before they are sent."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from joinedup.involve.contributions.details import Detail, Finding, find
from joinedup.involve.contributions.models import LONGEST

# What is said of one such detail, and of several; each kind is named once, with all that was found.
POINTED_OUT: dict[Detail, tuple[Promise, Promise]] = {
    Detail.EMAIL: (
        _("This looks like an email address: %(found)s"),
        _("These look like email addresses: %(found)s"),
    ),
    Detail.NHS_NUMBER: (
        _("This looks like an NHS number: %(found)s"),
        _("These look like NHS numbers: %(found)s"),
    ),
    Detail.BIRTH_DATE: (
        _("This looks like a date of birth: %(found)s"),
        _("These look like dates of birth: %(found)s"),
    ),
    Detail.PHONE: (
        _("This looks like a phone number: %(found)s"),
        _("These look like phone numbers: %(found)s"),
    ),
    Detail.POSTCODE: (
        _("This looks like a postcode: %(found)s"),
        _("These look like postcodes: %(found)s"),
    ),
}
MOST_SHOWN = 8  # of one kind


class WordsField(forms.CharField):
    """A large box for words of any script; says how many characters are too many."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        """Line ends as one character each, as the counter beside the box counts them."""
        return str(super().to_python(str(value or "").replace("\r\n", "\n").replace("\r", "\n")))

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No `maxlength`: a browser would cut off what someone pastes without saying so."""
        return {**super().widget_attrs(widget), "maxlength": None, "rows": "8", "dir": "auto"}

    def run_validators(self, value: Any) -> None:
        """Too long is told in numbers, and with a way on."""
        limit = self.max_length or LONGEST
        if len(value) > limit:
            over = len(value) - limit
            raise ValidationError(
                ngettext(
                    "This is %(over)s character too long. Shorten it, or add the rest afterwards with the "
                    "reference",
                    "This is %(over)s characters too long. Shorten it, or add the rest afterwards with the "
                    "reference",
                    over,
                )
                % {"over": f"{over:,}"},
                code="max_length",
            )
        super().run_validators(value)


class AsItIsField(forms.BooleanField):
    """The tick with which someone sends words although details were pointed out in them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Send it as it is"))
        kwargs.setdefault("help_text", _("Tick this if you meant to write these details."))
        super().__init__(required=False, **kwargs)


class PointsOutDetails(forms.Form):
    """For forms with `words` and `as_it_is`: names each detail beside the words, until the tick is set."""

    findings: list[Finding]
    # Whether staff fill it in for someone, so that it speaks of "them" and not of "you".
    is_for_others: ClassVar[bool] = False

    def clean(self) -> dict[str, Any]:
        """Look through the words; the text itself stays as it was typed."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.findings = find(str(cleaned.get("words") or ""))
        if self.findings and not cleaned.get("as_it_is"):
            what_to_do = _("Take these out, or tick ‘Send it as it is’ below.")
            self.add_error(None, ValidationError(what_to_do, code="detail"))
            for sentence in self._sentences():
                self.add_error("words", ValidationError(sentence, code="detail"))
        return cleaned

    def _sentences(self) -> list[str]:
        """What was found, one sentence for each kind in the order it first stands in the words."""
        found: dict[Detail, list[str]] = {}
        for finding in self.findings:
            snippets = found.setdefault(finding.kind, [])
            if finding.snippet not in snippets:
                snippets.append(finding.snippet)
        return [
            str(POINTED_OUT[kind][len(snippets) > 1])
            % {"found": ", ".join(f"“{snippet}”" for snippet in snippets[:MOST_SHOWN])}
            for kind, snippets in found.items()
        ]

    @property
    def shows_tick(self) -> bool:
        """Whether details were found, so that there is something to decide."""
        return bool(getattr(self, "findings", []))
