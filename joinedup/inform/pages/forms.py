"""The forms of the workspace's screens for pages, and the one for the site-wide notice."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from joinedup.design.link_blocks import validate_address
from joinedup.foundation.identity.models import User
from joinedup.inform.pages.address_actions import check_target
from joinedup.inform.pages.after_actions import words_of
from joinedup.inform.pages.upkeep import MONTHS


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


class _PageChoice(forms.ModelChoiceField[Any]):
    """Pages of the site as a list, indented as they stand in the tree."""

    def label_from_instance(self, obj: Any) -> str:
        """The title, behind a dash for each step down."""
        return f"{'– ' * max(0, obj.depth - 2)}{obj.title}"


def _public_pages() -> Any:
    return Page.objects.live().filter(depth__gt=1).order_by("path")


class SendBackForm(forms.Form):
    """Why a version goes back to its author."""

    reason = forms.CharField(
        label=_("What should change?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Your colleague gets these words by email."),
    )


class TakeDownForm(forms.Form):
    """Where people should go instead of a page that is taken down."""

    see_page = _PageChoice(
        queryset=Page.objects.none(),
        required=False,
        label=_("Where should people go instead?"),
        help_text=_("A page of this website, if there is one."),
    )
    see_address = forms.CharField(
        label=_("Or another address"),
        required=False,
        max_length=300,
        validators=[check_target],
        help_text=_("A path such as /have-your-say/ or an address that begins with https://"),
    )
    words = forms.CharField(
        label=_("What should people read there?"),
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One or two sentences, such as: This clinic closed in June. You can leave it empty."),
    )
    with_below = forms.BooleanField(
        label=_("Also take down the public pages below it"), required=False, help_text=""
    )

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["see_page"].queryset = _public_pages().exclude(pk=page.pk)  # type: ignore[attr-defined]
        if not page.get_descendants().live().exists():
            del self.fields["with_below"]


class MoveForm(forms.Form):
    """Where a page should stand."""

    parent = _PageChoice(
        queryset=Page.objects.none(),
        label=_("Under which page?"),
        help_text=_("Its address changes; the old one leads to the new one by itself."),
    )
    place = forms.ChoiceField(
        label=_("Where among its neighbours?"),
        choices=[("last", _("Last")), ("first", _("First"))],
        initial="last",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, page: Page, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = page.get_descendants(inclusive=True).values("pk")
        choices = Page.objects.filter(depth__gt=1, locale=page.locale).exclude(pk__in=below).order_by("path")
        self.fields["parent"].queryset = choices  # type: ignore[attr-defined]
        parent = page.get_parent()
        self.fields["parent"].initial = parent.pk if parent is not None else None


class ReviewForm(forms.Form):
    """Who looks after a page and when it is due."""

    owner = forms.ModelChoiceField(
        queryset=User.objects.none(),
        required=False,
        empty_label=_("All editors"),
        label=_("Who looks after it?"),
        help_text=_("That person gets the reminders."),
    )
    every_months = forms.TypedChoiceField(label=_("How often?"), coerce=int, choices=MONTHS)
    review_on = forms.DateField(label=_("Next time"), help_text=_("For example 23 11 2027"))

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = User.objects.filter(pk__in=[person.pk for person in people]).order_by("name")


class RedirectForm(forms.Form):
    """An old address and where it leads."""

    old_path = forms.CharField(
        label=_("Old address"),
        max_length=255,
        help_text=_("From the first slash on, such as /old-page/"),
    )
    page = _PageChoice(
        queryset=Page.objects.none(),
        required=False,
        label=_("Leads to this page"),
        help_text=_("A page of this website. It stays right when the page moves."),
    )
    address = forms.CharField(
        label=_("Or to this address"),
        required=False,
        max_length=255,
        help_text=_(
            "A path of this website, such as /have-your-say/. An old address cannot lead to another website, "
            "unless whoever runs this one allowed it."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["page"].queryset = _public_pages()  # type: ignore[attr-defined]


def add_faults(form: forms.Form, fault: ValidationError) -> None:
    """Show what an action refused beside the fields it named."""
    for field, words in words_of(fault).items():
        form.add_error(field if field in form.fields else None, words)
