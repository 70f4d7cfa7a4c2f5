"""What keepers of measures are asked for, with guidance beside each field."""

import copy
from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.files import File
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.foundation.doors.csv_reading import FileFault
from joinedup.govern.outcomes import amounts, observations, periods
from joinedup.govern.outcomes.models import Measure, Rebase
from joinedup.govern.outcomes.observations import Read

# Asked only where figures stand that were counted by the words as they are now.
OF_A_CHANGE = ("what_changed", "begins_on", "is_same_thing")


def _text(label: Any, help_text: Any, *, required: bool = True, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=600,
        required=required,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


class MeasureForm(forms.ModelForm[Measure]):
    """A measure. The form never saves: the action does, with `said()`."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    counts = _text(_("What it counts"), _("So exactly that someone else would count the same."))
    why = _text(_("Why it matters"), _("What it means for people who live here."), required=False)
    caution = _text(
        _("What to bear in mind"), _("What the figure does not show, or counts oddly."), required=False
    )
    what_changed = _text(
        _("If you changed what is counted: what is different?"),
        _("Readers see this beside the figures. The usual range is reckoned anew from there."),
        required=False,
    )
    begins_on = forms.DateField(
        label=_("From which day is it counted this way?"),
        help_text=_("For example, 1 4 2026"),
        required=False,
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Enter a real date in figures, like 1 4 2026.")},
    )
    is_same_thing = forms.BooleanField(
        label=_("I only made the words better: the same thing is counted"), required=False
    )

    field_order = (
        *("version", "name", "counts", "area", "is_wider", *OF_A_CHANGE, "why", "unit", "of_people"),
        *("every", "direction", "target", "organisation", "publisher", "licence", "caution"),
        *("fix_first", "screens", "is_finished", "is_public"),
    )

    class Meta:
        model = Measure
        fields = (
            *("name", "counts", "area", "is_wider", "why", "unit", "of_people", "every", "direction"),
            *("target", "organisation", "publisher", "licence", "caution", "fix_first", "screens"),
            *("is_finished", "is_public"),
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("In a few plain words, such as “Seen within 4 hours in A&E”."),
            "area": _("Exactly whom it is about: a borough, a trust with hospitals in several boroughs."),
            "is_wider": _("The page then says that these are not only people who live here."),
            "unit": _("Counts of people are hidden from 1 to 7 and rounded to the nearest 5."),
            "of_people": _("For per cent only: parts from 1 to 7 are hidden, others rounded first."),
            "target": _("What we aim at, in the same unit. Leave it empty if nobody set one."),
            "publisher": _("Who counts it and puts it out, such as NHS England."),
            "licence": _("The words the publisher asks for."),
            "fix_first": _(
                "Leave it empty, unless a first time should be the yardstick: 12 figures or more."
            ),
            "screens": _("As NHS England’s own program for R does; its Excel tool does not."),
            "is_finished": _("Nobody is then asked for newer figures."),
            "is_public": _("Until you tick this, only people who keep measures see it."),
        }

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Measure) -> None:
        # A model form writes into its object even when it refuses: it gets a copy, the page keeps the row.
        super().__init__(data, instance=copy.copy(instance))
        self.fields["version"].initial = instance.version
        has_figures = instance.pk is not None and instance.observations.exists()
        for name in ("unit", "every") if has_figures else ():
            self.fields[name].disabled = True
            self.fields[name].help_text = _("There are figures already, so this stays as it is.")
        for name in ("of_people",) if has_figures else OF_A_CHANGE:
            del self.fields[name]

    def said(self) -> dict[str, Any]:
        """The fields for the action."""
        names = [*(self._meta.fields or ()), *OF_A_CHANGE]
        return {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}

    def show(self, fault: ValidationError) -> None:
        """Put what the action refused beside the fields it is about."""
        show(self, fault)

    def beside(self, now: Measure) -> list[tuple[str, str]]:
        """Where the measure as it stands now differs from what is in this form: label and text now."""
        fresh = type(self)(instance=now)
        rows = []
        for name in (name for name in self._meta.fields or () if name in self.fields):
            theirs, mine = fresh[name].value(), self[name].value()
            if str(theirs or "") != str(mine or ""):
                rows.append((str(self.fields[name].label), _in_words(fresh, name)))
        return rows


def show(form: forms.BaseForm, fault: ValidationError) -> None:
    """Put what an action refused beside the fields it is about, the rest above them."""
    by_field = fault.error_dict if hasattr(fault, "error_dict") else {NON_FIELD_ERRORS: fault.error_list}
    for name, errors in by_field.items():
        for error in errors:
            form.add_error(name if name in form.fields else None, error)


def _in_words(form: forms.BaseForm, name: str) -> str:
    """What stands in a field, as a reader would say it."""
    value, field = form[name].value(), form.fields[name]
    if isinstance(field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    for key, label in getattr(field, "choices", ()):
        if str(key) == str(value if value is not None else ""):
            return str(label)
    return str(value if value not in (None, "") else _("Nothing"))


class FiguresForm(forms.Form):
    """A file of figures. It is looked at before it is read, and `read` holds what it says."""

    file = forms.FileField(
        label=_("The file (CSV UTF-8, at most 2 MB)"),
        help_text=_(
            "Its first line names the columns: on, value. For shares also numerator and denominator; the "
            "value may then be empty. Dates such as 2026-11-01, months such as 2026-11, years such as 2026."
        ),
        error_messages={"empty": _("The file is empty.")},
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        self.read = Read()

    def clean_file(self) -> File[bytes]:
        """Refuse what is too large before it is read, and what cannot be read at all."""
        file: File[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > observations.MOST_BYTES:
            raise ValidationError(_("The file is larger than 2 MB. Send it in parts."))
        try:
            self.read = observations.read(file.read(), self.measure, today=timezone.localdate())
        except FileFault as fault:
            raise ValidationError(str(fault)) from None
        if not self.read.figures and not self.read.refused:
            raise ValidationError(_("There is no row under the names of the columns."))
        return file


class AnewForm(forms.Form):
    """From when the limits are set anew, and why."""

    on = forms.TypedChoiceField(
        label=_("From which figure on?"),
        help_text=_("The first figure after the change."),
    )
    reason = _text(
        _("Why?"),
        _(
            "What is known to have changed, such as “A second ward opened”. Everyone can read this, and your "
            "role. That the figures look different is no reason by itself."
        ),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = list(measure.observations.order_by("-on").values_list("on", flat=True))[:-1]
        taken = set(Rebase.objects.standing().filter(measure=measure).values_list("on", flat=True))
        self.fields["on"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((day.isoformat(), periods.words(day, measure.every)) for day in days if day not in taken),
        ]


class TakeOutForm(forms.Form):
    """Which figure is taken out."""

    on = forms.TypedChoiceField(
        label=_("Which figure should never have been there?"),
        help_text=_("A figure that is only wrong is put right by a file with the right one."),
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = measure.observations.order_by("-on").values_list("on", "value")
        self.fields["on"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *(
                (on.isoformat(), f"{periods.words(on, measure.every)}: {amounts.said(value, measure.unit)}")
                for on, value in days
            ),
        ]
