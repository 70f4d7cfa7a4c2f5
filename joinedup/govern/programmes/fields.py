"""A date of which only some is known: three boxes, and empty ones are allowed."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.govern.programmes.known_dates import KnownDate

FIRST_YEAR, YEARS_AHEAD = 1900, 20


class KnownDateField(forms.Field):
    """Gives a KnownDate, or None when all three boxes are empty."""

    widget = ThreePartDate
    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": _("Enter figures that make a real date, like 2017, or 9 2017, or 1 9 2017."),
        "gap": _("A day needs its month, and a month its year."),
        "year": _("Enter a year between %(first)s and %(last)s."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """What is known, as the boxes show it."""
        return value.typed() if isinstance(value, KnownDate) else value

    def to_python(self, value: Any) -> KnownDate | None:
        """What was typed, as far as it goes."""
        if value in self.empty_values or isinstance(value, KnownDate):
            return value or None
        year, month, day = ([*str(value).split("-", 2), "", ""])[:3]
        if (day and not month) or not year:
            raise ValidationError(self.error_messages["gap"], code="gap")
        try:
            date = KnownDate(int(year), int(month) if month else None, int(day) if day else None)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        first, last = FIRST_YEAR, timezone.localdate().year + YEARS_AHEAD
        if not first <= date.year <= last:
            limits = {"first": first, "last": last}
            raise ValidationError(self.error_messages["year"], code="year", params=limits)
        return date
