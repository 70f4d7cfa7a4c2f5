"""What staff fill in to bring in a file of what people said."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from joinedup.foundation.doors.trap import OnceField
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.contributions import comments_file
from joinedup.involve.contributions.actions.bringing_in import Origin
from joinedup.involve.contributions.models import Batch


class BringInForm(forms.Form):
    """Where the words come from, that people know what becomes of them, and the file."""

    once = OnceField()
    name = forms.CharField(
        label=_("Where do these words come from?"),
        help_text=_(
            "A short name such as “Comment cards, Whitechapel library”. For more of the same, write the same "
            "name: what is here already is then not taken twice."
        ),
        max_length=120,
        error_messages={
            "required": _("Write where these words come from"),
            "max_length": _("Use at most 120 characters for the name"),
        },
    )
    way = forms.ChoiceField(
        label=_("How were they collected?"),
        choices=Batch.Way.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how they were collected")},
    )
    organisation = forms.ModelChoiceField(
        label=_("By which organisation?"),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose an organisation"),
        error_messages={"required": _("Choose which organisation collected them")},
    )
    were_told = forms.BooleanField(
        label=_("People were told how their words are used"),
        help_text=_(
            "That we read them, keep them, and may say without names what many people told us. Do not bring "
            "in words of people who were not told."
        ),
        error_messages={"required": _("Tick this if people were told. Otherwise do not bring in the file")},
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSV, at most 2,000 rows. The columns are named above."),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        allow_empty_file=True,
        error_messages={"required": _("Choose a file")},
    )

    def __init__(
        self, *args: Any, organisations: list[Organisation], own: Organisation | None, **kwargs: Any
    ) -> None:
        """`organisations`: those the member of staff may enter for; `own`: the one chosen to begin with."""
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        field.queryset = Organisation.objects.filter(pk__in=[row.pk for row in organisations]).order_by(
            "name"
        )
        field.initial = own.pk if own else None

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        file: Any = self.cleaned_data["file"]
        if (file.size or 0) > comments_file.MOST_BYTES:
            most = comments_file.MOST_BYTES // 1_000_000
            raise ValidationError(
                _now("The file is larger than %(most)s MB. Send it in parts.") % {"most": most}
            )
        return file

    def origin(self) -> Origin:
        """Where the words come from, for the action."""
        asked = self.cleaned_data
        return Origin(name=asked["name"], organisation=asked["organisation"], way=asked["way"])
