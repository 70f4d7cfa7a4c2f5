"""The form for the site-wide notice."""

import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.design.link_blocks import validate_address


class NoticeForm(forms.Form):
    """What the notice says and until when it shows."""

    title = forms.CharField(
        label=_("Heading"), max_length=80, help_text=_("A few words, such as: Walk-in centre closed today")
    )
    body = forms.CharField(
        label=_("What people should know"),
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What happened, what to do, and when you will say more."),
    )
    link_text = forms.CharField(label=_("Words of a link"), max_length=60, required=False)
    link_href = forms.CharField(
        label=_("Where the link leads"),
        max_length=300,
        required=False,
        validators=[validate_address],
        help_text=_("A path such as /contact/ or a full address."),
    )
    hours = forms.TypedChoiceField(
        label=_("Take it down by itself after"),
        coerce=int,
        choices=[
            (4, _("4 hours")),
            (12, _("12 hours")),
            (24, _("1 day")),
            (72, _("3 days")),
            (168, _("1 week")),
        ],
        initial=24,
    )

    def clean(self) -> dict[str, Any]:
        """A link has both words and an address."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("link_text") and not data.get("link_href") and "link_href" not in self.errors:
            self.add_error("link_href", _("Say where the link leads, or leave its words empty."))
        if data.get("link_href") and not data.get("link_text"):
            self.add_error("link_text", _("Give the link words, or leave its address empty."))
        return data

    def ends_at(self) -> datetime.datetime:
        """The moment it comes down."""
        return timezone.now() + datetime.timedelta(hours=self.cleaned_data["hours"])
