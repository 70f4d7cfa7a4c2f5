"""Pages in British Sign Language: a film of a signer that tells what a page of ours says."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from joinedup.inform.animations.editing import captions_panel, credit_panel, film_panel, transcripts_panel
from joinedup.inform.animations.models.animations import AnimationPage


class BslPage(AnimationPage):
    """A film in British Sign Language, for Deaf people whose first language it is.

    It says which page it tells, and that page links to it. Captions and a transcript are needed as for
    every film: those who sign also read, and someone beside them may not sign.
    """

    bsl_version_of = models.ForeignKey(
        Page,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("BSL version of"),
        help_text=_("The page that says the same in writing. It will link here."),
    )

    content_panels = (
        *Page.content_panels,
        FieldPanel("lead", heading=_("What it is about")),
        FieldPanel("bsl_version_of"),
        film_panel(_("The signer should fill the picture from the waist up, hands always in sight.")),
        captions_panel(_("For people who watch along and do not sign. Needed.")),
        transcripts_panel(_("Everything that is signed, as text. Needed in the language of this page.")),
        FieldPanel("body"),
        credit_panel(),
    )
    template = "animations/bsl.html"
    reader_kind = _("British Sign Language")

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(("animationpage_ptr", "bsl_version_of"), "none")

    class Meta:
        verbose_name = _("page in British Sign Language")

    def clean(self) -> None:
        """No page is the BSL version of itself."""
        super().clean()
        if self.pk and self.bsl_version_of_id == self.pk:
            raise ValidationError({"bsl_version_of": _("Choose another page.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `written`, the page that says the same in writing, while anyone may read it."""
        context = super().get_context(request, *args, **kwargs)
        told = self.bsl_version_of
        context["written"] = told if told is not None and told.live else None
        return context
