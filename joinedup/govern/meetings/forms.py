"""What staff are asked for, with guidance beside each field."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from joinedup.govern.meetings.models import Action, AgendaItem, Board, Decision, Meeting
from joinedup.govern.programmes.forms import RowForm, a_day, a_text

NO_NAMES = _("Everyone can read this. Name no resident and no member of staff.")
A_DAY = _("For example, 23 11 2026")


class BoardForm(RowForm[Board]):
    """A board."""

    purpose = a_text(
        _("What it decides on"), _("Two or three plain sentences."), limit=600, rows=3, required=True
    )

    class Meta:
        model = Board
        fields = ("name", "purpose", "organisation", "members", "quorum", "is_public")
        widgets: ClassVar[dict[str, Any]] = {"members": forms.CheckboxSelectMultiple}
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As people call it."),
            "members": _("Organisations only. Who sits there for them is not listed here."),
            "quorum": _("Leave it empty if the board has no such rule."),
            "is_public": _("Until you tick this, only staff who keep meetings see it."),
        }

    def beside(self, now: Board) -> list[tuple[str, str]]:
        """As for every row; who sits on it is told by name."""
        rows = [row for row in super().beside(now) if row[0] != str(self.fields["members"].label)]
        theirs = {str(each.pk): each.name for each in now.members.all()}
        if set(theirs) != set(self["members"].value() or ()):
            names = ", ".join(theirs.values()) or str(_("Nothing"))
            rows.append((str(self.fields["members"].label), names))
        return rows


class MeetingForm(RowForm[Meeting]):
    """When and where a board meets."""

    held_on = a_day(_("Day"), A_DAY)
    starts_at = forms.TimeField(
        label=_("Begins at"),
        help_text=_("For example, 14:30. Leave it empty if you do not know yet."),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Enter a time in figures, like 14:30.")},
    )

    class Meta:
        model = Meeting
        fields = ("held_on", "starts_at", "place", "is_public")
        help_texts: ClassVar[dict[str, Any]] = {
            "place": _("So that someone who was never there finds it, or “Online”."),
            "is_public": _("Agenda, decisions and minutes. Untick this only for what must stay private."),
        }


class ItemForm(RowForm[AgendaItem]):
    """What the board is asked."""

    question = a_text(
        _("What the board is asked"), _("One plain question."), limit=600, rows=2, required=True
    )
    what_people_told_us = a_text(
        _("What people told us"),
        _("In your own words, so that nobody can be recognised. If people spoke about this, say it here."),
        limit=3000,
        rows=6,
    )
    equality_impact = a_text(
        _("Who gains, who may lose, and what we do about it"),
        _("Think of disabled people, carers, older and younger people, and people who speak little English."),
        limit=2000,
    )
    not_known = a_text(
        _("What we do not know"),
        _("It is better to say so than to leave a gap."),
        limit=2000,
        rows=3,
    )

    class Meta:
        model = AgendaItem
        fields: tuple[str, ...] = (
            *("title", "question", "what_people_told_us", "equality_impact", "not_known", "position"),
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "title": _("A few words that everyone understands."),
            "position": _("The smallest number comes first. 0 puts it last."),
        }


class PutForm(ItemForm):
    """What the board is asked, and at which of the meetings that are planned."""

    field_order = ("version", "meeting")

    class Meta(ItemForm.Meta):
        fields = ("meeting", *ItemForm.Meta.fields)

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: AgendaItem) -> None:
        super().__init__(data, instance=instance)
        planned = Meeting.objects.filter(state=Meeting.State.PLANNED).select_related("board")
        choice: Any = self.fields["meeting"]
        choice.queryset = planned.order_by("held_on", "pk")
        choice.help_text = _("Only meetings that were neither held nor cancelled.")


class DecisionForm(RowForm[Decision]):
    """What was decided, and why."""

    text = a_text(_("What was decided"), _("One or two plain sentences."), limit=600, rows=2, required=True)
    reason = a_text(
        _("Why"),
        _(
            "If we could not, say honestly why: it is shown after the words “We could not, because”. %s"
        ) % NO_NAMES,
        limit=2000,
        rows=5,
        required=True,
    )  # fmt: skip

    class Meta:
        model = Decision
        fields = ("outcome", "text", "reason")
        widgets: ClassVar[dict[str, Any]] = {"outcome": forms.RadioSelect}

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Decision) -> None:
        super().__init__(data, instance=instance)
        self.fields["outcome"].choices = Decision.Outcome.choices  # type: ignore[attr-defined]


class ActionForm(RowForm[Action]):
    """Who does what by when."""

    text = a_text(_("What is done"), _("Begin with a verb."), limit=400, rows=2, required=True)
    due_on = a_day(_("By when"), _("For example, 23 11 2026. From the day after, everyone sees it is late."))

    class Meta:
        model = Action
        fields = ("text", "organisation", "owner", "due_on")
        help_texts: ClassVar[dict[str, Any]] = {
            "owner": _("The job, never a name: for example, Head of community nursing."),
        }


class HoldForm(RowForm[Meeting]):
    """What is known once a meeting was held."""

    minutes = a_text(
        _("Minutes"),
        _("Plain paragraphs with an empty line between them. %s") % NO_NAMES,
        limit=20_000,
        rows=14,
        required=True,
    )
    present = forms.IntegerField(label=_("How many members were there"), min_value=1, max_value=999)

    class Meta:
        model = Meeting
        fields = ("present", "minutes")


class CancelForm(RowForm[Meeting]):
    """Why a meeting is not held."""

    cancelled_because = a_text(_("Why"), NO_NAMES, limit=300, rows=2, required=True)

    class Meta:
        model = Meeting
        fields = ("cancelled_because",)


class FinishForm(RowForm[Action]):
    """When something was done, and what was done."""

    finished_on = a_day(_("Done on"), A_DAY)
    note = a_text(_("What was done"), NO_NAMES, limit=600, rows=4, required=True)

    class Meta:
        model = Action
        fields = ("finished_on", "note")

    def __init__(self, data: Mapping[str, Any] | None = None, *, instance: Action) -> None:
        super().__init__(data, instance=instance)
        self.fields["finished_on"].initial = timezone.localdate()
        self.initial.pop("finished_on", None)
