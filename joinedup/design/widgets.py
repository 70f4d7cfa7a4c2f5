"""Form widgets the design system has and Django has not."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

PARTS = (("day", _("Day"), 2), ("month", _("Month"), 2), ("year", _("Year"), 4))


class ThreePartDate(forms.Widget):
    """Day, month and year as three boxes, for dates people know by heart such as a birthday.

    `is_birthday=True` lets the browser fill in the person's own date of birth.
    """

    template_name = "design/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None, *, is_birthday: bool = False) -> None:
        """Remember whether browsers may offer the person's own birthday."""
        super().__init__(attrs)
        self.is_birthday = is_birthday

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the three boxes to the widget's context."""
        context = super().get_context(name, value, attrs)
        own = context["widget"]
        identity = own["attrs"].get("id") or f"id_{name}"
        numbers = self._split(value)
        own["invalid"] = own["attrs"].get("aria-invalid") == "true"
        own["parts"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{identity}_{part}",
                "label": label,
                "width": width,
                "value": numbers[part],
                "autocomplete": f"bday-{part}" if self.is_birthday else "",
            }
            for part, label, width in PARTS
        ]
        return context

    def _split(self, value: Any) -> dict[str, str]:
        """Day, month and year as typed, from a date or from what came in before."""
        if isinstance(value, datetime.date):
            return {"day": str(value.day), "month": str(value.month), "year": str(value.year)}
        year, month, day = ([*str(value or "").split("-", 2), "", ""])[:3]
        return {"day": day, "month": month, "year": year}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        """The date as year-month-day, impossible ones too, so that the field can say what is wrong."""
        typed = {
            part: str(data.get(f"{name}_{part}") or "").strip().replace("-", "–") for part, _l, _w in PARTS
        }
        if not any(typed.values()):
            return None
        return f"{typed['year']}-{typed['month']}-{typed['day']}"

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no box was sent at all."""
        return not any(f"{name}_{part}" in data for part, _l, _w in PARTS)

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        """The first box, where a link from the error summary must lead."""
        return f"{id_}_day" if id_ else ""
