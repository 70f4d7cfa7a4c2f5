"""How the page editor asks for an animation: what is wrong or missing is said beside its field.

A draft may be unfinished. Publishing may not: see `AnimationPage.missing`.
"""

import math
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.panels.base import get_form_for_model

from joinedup.inform.animations import reels, webvtt
from joinedup.inform.animations.shelf import check_video
from joinedup.inform.pages.editing import PageForm

_MOST_CAPTION_BYTES = 500_000


class CaptionForm(WagtailAdminModelForm):  # type: ignore[misc]
    """Captions in one language: a file, or its text pasted in."""

    file = forms.FileField(
        label=_("Caption file"),
        required=False,
        help_text=_("A WebVTT file (.vtt). Its text is kept; you can change it below."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = False  # a file will do

    def clean(self) -> dict[str, Any]:
        """Take the text from the file, unless the text was changed by hand as well."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        upload, text = data.get("file"), data.get("text", "")
        if upload is not None and not (text and "text" in self.changed_data):
            try:
                if upload.size > _MOST_CAPTION_BYTES:
                    raise webvtt.Fault(1, _("the file is too large for captions."))
                data["text"] = webvtt.decoded(upload.read())
            except webvtt.Fault as fault:
                self.add_error("file", str(fault))
        elif not text.strip() and not self.is_deferred_validation:
            self.add_error("text", _("Choose a caption file, or paste the captions here."))
        return data


class CaptionPanel(InlinePanel):  # type: ignore[misc]
    """The list of caption tracks, each asked for by CaptionForm."""

    def get_form_options(self) -> dict[str, Any]:
        """As for every inline panel, with our form."""
        options: dict[str, Any] = super().get_form_options()
        inside = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=CaptionForm,
            fields=inside["fields"],
            defer_required_on_fields=inside.get("defer_required_on_fields", []),
        )
        return options


def film_panel(hint: str | Promise = "") -> MultiFieldPanel:
    """The film itself, its poster and its length."""
    fields = [FieldPanel("video", required_on_save=False), FieldPanel("poster"), FieldPanel("seconds")]
    return MultiFieldPanel(fields, heading=_("The film"), help_text=hint)


def captions_panel(hint: str | Promise) -> CaptionPanel:
    """The caption tracks, with words on whom they are for."""
    return CaptionPanel("captions", heading=_("Captions"), label=_("captions"), help_text=hint)


def transcripts_panel(hint: str | Promise) -> InlinePanel:
    """The transcripts, with words on what is in them."""
    return InlinePanel("transcripts", heading=_("Transcripts"), label=_("transcript"), help_text=hint)


def credit_panel() -> MultiFieldPanel:
    """Who made the film, and what others may do with it."""
    return MultiFieldPanel([FieldPanel("credit"), FieldPanel("licence")], heading=_("Credit and licence"))


class AnimationForm(PageForm):
    """An animation, whole: film, poster, captions and transcript."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "video": _("Choose the film."),
            "poster": _("Choose a picture that shows before the film plays."),
            "lead": _("Say in one sentence what the film is about."),
        }
        for name, said in words.items():
            if name in self.fields:
                self.fields[name].error_messages["required"] = said

    def clean_video(self) -> Any:
        """Refuse what is no film before anything is read from it."""
        video = self.cleaned_data.get("video")
        if video:
            check_video(video)
        return video

    def _rows(self, name: str) -> list[Any]:
        """The filled-in forms of an inline panel, those marked for deletion left out."""
        formset = self.formsets.get(name)
        if formset is None:
            return []
        formset.is_valid()
        gone = formset.deleted_forms if formset.can_delete else []
        return [
            form for form in formset.forms if form not in gone and (form.has_changed() or form.instance.pk)
        ]

    def _seconds(self, data: dict[str, Any]) -> int | None:
        """As the file says, where it says so; else as the editor wrote."""
        video = data.get("video")
        if video and not getattr(video, "_committed", False):
            reel = reels.read(video.file if hasattr(video, "file") else video)
            if reel.seconds is not None:
                return math.ceil(reel.seconds)
        seconds: int | None = data.get("seconds")
        return seconds

    def clean(self) -> dict[str, Any]:
        """Check what only the whole can tell: length, and that nothing a viewer needs is missing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        data["seconds"] = seconds = self._seconds(data)
        captions, transcripts = self._rows("captions"), self._rows("transcripts")
        if seconds is not None:
            for form in captions:
                self._check_length(form, seconds)
        if self.is_deferred_validation:
            return data
        said = self.instance.missing(
            seconds=seconds,
            captions={
                form.cleaned_data.get("language") for form in captions if hasattr(form, "cleaned_data")
            },
            transcripts={
                form.cleaned_data.get("language") for form in transcripts if hasattr(form, "cleaned_data")
            },
        )
        if not data.get("video"):
            said.pop("seconds", None)  # first things first
        for name, problem in said.items():
            if name in self.formsets:
                self.formsets[name].non_form_errors().append(str(problem))
            elif name not in self.errors:
                self.add_error(name, problem)
        return data

    @staticmethod
    def _check_length(form: Any, seconds: int) -> None:
        text = getattr(form, "cleaned_data", {}).get("text", "")
        if not text or form.errors:
            return
        try:
            webvtt.read(text, seconds)
        except webvtt.Fault as fault:
            form.add_error("text", str(fault))


def check_captions(text: str) -> None:
    """Raise ValidationError, with the line, unless the text is sound WebVTT."""
    try:
        webvtt.read(text)
    except webvtt.Fault as fault:
        raise ValidationError(str(fault), code="captions") from fault
