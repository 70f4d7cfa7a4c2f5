"""What editors are asked for, with guidance beside each field."""

import copy
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext_lazy as _

from joinedup.design.widgets import ThreePartDate
from joinedup.govern.programmes.fields import KnownDateField
from joinedup.govern.programmes.known_dates import Precision, known
from joinedup.govern.programmes.models import (
    Disagreement,
    Milestone,
    PartnerRole,
    Programme,
    Project,
    Result,
    Source,
)
from joinedup.govern.programmes.models.shapes import Row

Kind = TypeVar("Kind", bound=Row)

CITE = _("To name a source, write its short name in square brackets after the sentence: [nao-2018].")
AS_KNOWN = _(
    "Fill in only what a source says: the year, or month and year, or the whole date. Leave the rest empty."
)
IN_WORDS = _("Only if figures do not say it, such as “by September 2017”. Otherwise leave it empty.")


def a_text(
    label: Any, help_text: Any, *, limit: int, rows: int = 4, required: bool = False
) -> forms.CharField:
    """A box for some lines of plain text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=limit,
        required=required,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )


def a_day(label: Any, help_text: Any = "", *, required: bool = True) -> forms.DateField:
    """A whole date as three boxes."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=ThreePartDate,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Enter a real date in figures, like 23 11 2026.")},
    )


class RowForm(forms.ModelForm[Kind]):
    """A form of one row. It never saves: the action does, with `said()`."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    # Fields of which only some may be known: name to whether it is stored as the last day it can be.
    known_dates: ClassVar[dict[str, bool]] = {}

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Kind) -> None:
        # A model form writes into its object even when it refuses: it gets a copy, the page keeps the row.
        super().__init__(data, instance=copy.copy(instance))
        self.fields["version"].initial = instance.version
        for name in self.known_dates:
            exact = known(getattr(instance, name), getattr(instance, self._precision(name)))
            self.fields[name].initial = exact

    @staticmethod
    def _precision(name: str) -> str:
        return name.replace("_on", "_precision")

    def _known(self) -> dict[str, Any]:
        said: dict[str, Any] = {}
        for name, is_end in self.known_dates.items():
            exact = self.cleaned_data.get(name)
            said[name] = None if exact is None else exact.last() if is_end else exact.first()
            said[self._precision(name)] = Precision.UNKNOWN if exact is None else exact.precision
        return said

    def clean(self) -> dict[str, Any]:
        """Let the row check its dates with what was typed."""
        for name, value in self._known().items():
            setattr(self.instance, name, value)
        return self.cleaned_data

    def said(self) -> dict[str, Any]:
        """The fields for the action."""
        own = {name: self.cleaned_data[name] for name in self._meta.fields or ()}
        return own | self._known()

    def show(self, fault: ValidationError) -> None:
        """Put what the action refused beside the fields it is about."""
        by_field = fault.error_dict if hasattr(fault, "error_dict") else {NON_FIELD_ERRORS: fault.error_list}
        for name, errors in by_field.items():
            for error in errors:
                self.add_error(name if name in self.fields else None, error)

    def beside(self, now: Kind) -> list[tuple[str, str]]:
        """Where the row as it stands now differs from what is in this form: label and text now."""
        fresh = type(self)(instance=now)
        rows = []
        for name in self.fields:
            if name == "version":
                continue
            theirs, mine = fresh[name].value(), self[name].value()
            if str(theirs or "") != str(mine or ""):
                rows.append((str(self.fields[name].label), _in_words(fresh, name)))
        return rows


def _in_words(form: forms.BaseForm, name: str) -> str:
    """What stands in a field, as a reader would say it."""
    value, field = form[name].value(), form.fields[name]
    if isinstance(field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    for key, label in getattr(field, "choices", ()):
        if str(key) == str(value if value is not None else ""):
            return str(label)
    return str(value if value not in (None, "") else _("Nothing"))


class DatedForm(RowForm[Kind]):
    """Adds a beginning and an end."""

    known_dates: ClassVar[dict[str, bool]] = {"began_on": False, "ended_on": True}

    began_on = KnownDateField(label=_("When it began"), help_text=AS_KNOWN)
    ended_on = KnownDateField(label=_("When it ended"), help_text=AS_KNOWN)

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Kind) -> None:
        super().__init__(data, instance=instance)
        for name in ("began_words", "ended_words"):
            self.fields[name].help_text = IN_WORDS


class ProgrammeForm(DatedForm[Programme]):
    """A programme."""

    purpose = a_text(
        _("What it was for"), _("Two or three plain sentences."), limit=600, rows=3, required=True
    )
    summary = a_text(_("In short"), (_("A few sentences for the home page. %s") % CITE), limit=1500, rows=6)
    story = a_text(
        _("What happened"),
        (_("Plain paragraphs with an empty line between them. %s") % CITE),
        limit=6000,
        rows=12,
    )
    legacy = a_text(
        _("What became of it"), _("What goes on, what stopped, and what is not known."), limit=4000, rows=6
    )
    verdict = a_text(
        _("What independent judges found"),
        _("Such as the National Audit Office. Say what it means in plain words."),
        limit=3000,
        rows=6,
    )
    not_found = a_text(
        _("What we have not found"),
        _("What you looked for and did not find. It is better to say so than to leave a gap."),
        limit=3000,
        rows=4,
    )

    field_order = (
        *("version", "name", "purpose", "status", "began_on", "began_words", "ended_on", "ended_words"),
        *("summary", "story", "legacy", "verdict", "caution", "not_found", "headline"),
        *("drawing", "is_featured", "is_public"),
    )

    class Meta:
        model = Programme
        fields = (
            *("name", "purpose", "status", "began_words", "ended_words", "summary", "story", "legacy"),
            *("verdict", "caution", "not_found", "headline", "drawing", "is_featured", "is_public"),
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As people call it."),
            "caution": _("One or two sentences that stand wherever its results do."),
            "headline": _("The heading of its section on the home page; empty takes the name."),
            "drawing": _("One of our own drawings. It only decorates."),
            "is_featured": _("Only one programme can be."),
            "is_public": _("Until you tick this, only editors see it."),
        }


class ProjectForm(DatedForm[Project]):
    """A project of a programme."""

    purpose = a_text(
        _("What it was for"), _("Two or three plain sentences."), limit=600, rows=3, required=True
    )
    what_it_did = a_text(
        _("What it did"), (_("Facts only, each with its source. %s") % CITE), limit=4000, rows=8
    )
    legacy = a_text(_("What became of it"), _("Does it go on? Say so if you do not know."), limit=2000)
    not_found = a_text(
        _("What we have not found"), _("Such as “We have not found a figure.”"), limit=1000, rows=3
    )

    field_order = (
        *("version", "name", "place", "purpose", "status", "began_on", "began_words", "ended_on"),
        *("ended_words", "where", "what_it_did", "legacy", "not_found", "position", "is_public"),
    )

    class Meta:
        model = Project
        fields = (
            *("name", "place", "purpose", "status", "began_words", "ended_words", "where", "what_it_did"),
            *("legacy", "not_found", "position", "is_public"),
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As people call it. Explain technical names in the text."),
            "place": _("Do not call something part of the programme unless a source does."),
            "where": _("The part of the borough, if it was not all of it."),
            "is_public": _("Everyone can read it if its programme is public too."),
        }


class SourceForm(RowForm[Source]):
    """A source."""

    known_dates: ClassVar[dict[str, bool]] = {"published_on": False}

    published_on = KnownDateField(label=_("When it was published"), help_text=AS_KNOWN)
    url = forms.URLField(
        label=_("Web address"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Copy it from the address bar. Leave it empty for a paper that is not on the web."),
    )
    retrieved_on = a_day(_("When we last read it"), _("For example, 23 11 2026"))
    note = a_text(
        _("How far to trust it"),
        _("For example: the people who ran it wrote it themselves."),
        limit=600,
        rows=3,
    )

    field_order = ("version", "publisher", "title", "url", "key", "published_on", "retrieved_on", "note")

    class Meta:
        model = Source
        fields = ("publisher", "title", "url", "key", "retrieved_on", "note")
        help_texts: ClassVar[dict[str, Any]] = {
            "publisher": _("The organisation, such as National Audit Office."),
            "title": _("What the page or paper is called, in your own words if it is long."),
            "key": _("Small letters, figures and hyphens, such as nao-2018. Texts name the source by it."),
        }


class ResultForm(RowForm[Result]):
    """A result."""

    statement = a_text(
        _("What came of it"),
        _("Say what the source says, in plain words, and no more. Round nothing up."),
        limit=600,
        required=True,
    )
    caveat = a_text(
        _("What to bear in mind"),
        _("Such as how few people were asked, or who did the asking."),
        limit=600,
        rows=3,
    )

    class Meta:
        model = Result
        fields = (
            *("statement", "figure", "unit", "basis", "by_whom", "compared_with", "source", "period"),
            *("caveat", "scope", "shown", "position"),
        )
        widgets: ClassVar[dict[str, Any]] = {
            "basis": forms.RadioSelect,
            "scope": forms.RadioSelect,
            "shown": forms.RadioSelect,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "figure": _("Exactly as the source writes it, such as 652 or 97.35%."),
            "unit": _("The words after the figure, such as “people seen in 111 days”."),
            "basis": _(
                "Measured: someone counted or compared, and is named. Claimed: someone says so, or "
                "judged it. Mixed: part of each."
            ),
            "by_whom": _("Who counted, judged or said it. They may not be neutral: readers should know."),
            "compared_with": _(
                "An earlier year, another place. If the source is silent, write “Nothing stated”."
            ),
            "source": _("If it is not here, add it to the list of sources first."),
            "period": _("Such as “111 days from September 2017”. Leave it empty if the source is silent."),
        }

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Result) -> None:
        super().__init__(data, instance=instance)
        self.fields["basis"].choices = Result.Basis.choices  # type: ignore[attr-defined]
        self.fields["shown"].choices = Result.Shown.choices  # type: ignore[attr-defined]


class DisagreementForm(RowForm[Disagreement]):
    """Where sources do not agree."""

    what_we_make_of_it = a_text(
        _("What we make of it"),
        _("Only what is certain. Do not choose a side without a reason."),
        limit=600,
        rows=3,
    )

    class Meta:
        model = Disagreement
        fields = (
            *("question", "result", "first_says", "first_source", "second_says", "second_source"),
            *("part", "whole", "times", "unit", "what_we_make_of_it", "in_short", "position"),
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "question": _("Such as “How many people gave this help?”"),
            "result": _("Its card will say that sources do not agree."),
            "first_says": _("In plain words, with its figure exactly as it stands there."),
            "second_says": _("Leave this and its source empty if the other side is our own sum."),
            "part": _("For our own sum from figures in the source, such as 449."),
            "whole": _("Such as 652."),
            "times": _("100 for a percentage, 1 for a plain share."),
            "unit": _("The sign for per cent, £ for money, or a word."),
            "in_short": _("One sentence for the home page, if the result stands there."),
        }

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Disagreement) -> None:
        super().__init__(data, instance=instance)
        about = {"programme": instance.programme_id, "project": instance.project_id}
        self.fields["result"].queryset = Result.objects.filter(**about)  # type: ignore[attr-defined]


class PartnerRoleForm(RowForm[PartnerRole]):
    """An organisation that took part."""

    class Meta:
        model = PartnerRole
        fields = ("organisation", "name", "role", "position")
        help_texts: ClassVar[dict[str, Any]] = {
            "organisation": _("Choose it here if it is on our list of organisations."),
            "name": _("For one that is not on our list, such as a university."),
            "role": _("In a few words, such as “paid for it” or “ran it”."),
        }


class MilestoneForm(RowForm[Milestone]):
    """What should be reached by when."""

    due_on = a_day(_("By when"), _("For example, 23 11 2026"))
    reached_on = a_day(_("Reached on"), _("Leave this empty until it is reached."), required=False)
    how_we_know = a_text(
        _("How we know"),
        _("What anyone can see or count now. Everyone can read this."),
        limit=600,
        rows=3,
    )

    class Meta:
        model = Milestone
        fields = ("name", "due_on", "reached_on", "how_we_know", "position")
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("Such as “The first walking group has met”. Say something that can be seen to be so."),
        }


FORMS: dict[type[Row], type[RowForm[Any]]] = {
    Programme: ProgrammeForm,
    Project: ProjectForm,
    Source: SourceForm,
    Result: ResultForm,
    Disagreement: DisagreementForm,
    PartnerRole: PartnerRoleForm,
    Milestone: MilestoneForm,
}
