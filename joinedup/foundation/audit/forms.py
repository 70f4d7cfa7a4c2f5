"""What the record can be narrowed to."""

import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.audit.models import AuditEventQuerySet

# One day less than the calendar has: the end of a day is the beginning of the next.
LAST_DAY = datetime.date.max - datetime.timedelta(days=1)


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Enter a real date in figures, like 1 6 2026.")},
    )


class FilterForm(forms.Form):
    """Every box is optional; together they narrow the list. Keys are compared whole."""

    verb = forms.CharField(
        label=_("What was done"),
        required=False,
        max_length=80,
        help_text=_("The beginning is enough, such as foundation_identity."),
    )
    subject_kind = forms.CharField(label=_("Kind of thing"), required=False, max_length=80)
    subject_id = forms.CharField(label=_("Key of the thing"), required=False, max_length=80)
    actor_id = forms.CharField(label=_("Key of who did it"), required=False, max_length=80)
    first = _day(_("From"))
    last = _day(_("Until"))

    def clean(self) -> dict[str, Any]:
        """The span of days must not run backwards or over the edge of the calendar."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and first > last:
            self.add_error("last", _("This day must not be before “From”."))
        for name in ("first", "last"):
            day = said.get(name)
            if day and not 1900 <= day.year < LAST_DAY.year:
                self.add_error(name, _("Enter a year after 1900, with four figures."))
        return said

    def narrow(self, events: AuditEventQuerySet) -> AuditEventQuerySet:
        """The events that fit."""
        said = self.cleaned_data
        exact = {name: said[name] for name in ("subject_kind", "subject_id", "actor_id") if said[name]}
        if said["verb"]:
            exact["verb__startswith"] = said["verb"]
        return events.filter(**exact).between(said["first"], said["last"])
