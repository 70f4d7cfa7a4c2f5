"""What staff are asked for, with guidance beside each field."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.doors import csv_reading
from joinedup.govern.programmes.forms import RowForm, a_day
from joinedup.govern.programmes.models import Project
from joinedup.govern.spend.models import Budget, PartnerShare
from joinedup.govern.spend.payments_file import pounds_and_pence


class MoneyField(forms.Field):
    """An amount as people write it, such as £1,234.50; gives a Decimal of two places."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """An amount that is kept, with commas between thousands."""
        return f"{value:,.2f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        """What was typed, as an amount."""
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None
        try:
            return pounds_and_pence(str(value))
        except csv_reading.CellFault as fault:
            raise ValidationError(str(fault), code="invalid") from None


AN_AMOUNT = _("In pounds, for example 120,000 or 1,234.50.")


class BudgetForm(RowForm[Budget]):
    """A budget."""

    amount = MoneyField(label=_("Amount agreed"), help_text=AN_AMOUNT)
    starts_on = a_day(_("Year begins on"), _("For example, 1 4 2026"))
    ends_on = a_day(_("Year ends on"), _("For example, 31 3 2027"))

    class Meta:
        model = Budget
        fields: tuple[str, ...] = ("name", "amount", "starts_on", "ends_on", "is_public")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("What it is for, such as “Lamps on the towpath, 2026/27”."),
            "is_public": _("Amounts only. Who was paid is never public."),
        }


class NewBudgetForm(BudgetForm):
    """A budget, and the project it is for."""

    field_order = ("version", "project")

    class Meta(BudgetForm.Meta):
        fields = ("project", *BudgetForm.Meta.fields)

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Budget) -> None:
        super().__init__(data, instance=instance)
        choice: Any = self.fields["project"]
        choice.queryset = Project.objects.order_by("programme__name", "position", "pk")
        choice.help_text = _("If it is not here, add it to its programme first.")


class ShareForm(RowForm[PartnerShare]):
    """What an organisation puts in."""

    amount = MoneyField(label=_("What it puts in"), help_text=AN_AMOUNT)

    class Meta:
        model = PartnerShare
        fields = ("organisation", "amount")


class FileForm(forms.Form):
    """A file of payments."""

    file = forms.FileField(
        label=_("File of payments"),
        help_text=_(
            "CSV with the columns on, amount, payee, what_for and reference. Days as 2026-11-23, pounds as "
            "1234.50; a credit note has a minus."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
    )

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > csv_reading.MOST_BYTES:
            most = csv_reading.MOST_BYTES // 1_000_000
            raise ValidationError(
                _now("The file is larger than %(most)s MB. Send it in parts.") % {"most": most}
            )
        return file
