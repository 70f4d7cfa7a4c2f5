"""What comes with a film: captions and transcripts by language, and stills that tell it as pictures."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from joinedup.inform.animations import tongues, webvtt
from joinedup.inform.animations.editing import check_captions
from joinedup.inform.pictures.models import Picture

TEXT_FEATURES = ["h3", "h4", "bold", "ul", "ol", "link"]

# Rows that were made by code have no place; they stand in the order in which they were made.
IN_ORDER = ["sort_order", "pk"]


class InLanguage(models.Model):
    """Words of an animation in one language. Abstract; see CaptionTrack and Transcript."""

    language = models.CharField(
        _("language"), max_length=10, choices=tongues.choices, help_text=_("The language of these words.")
    )

    class Meta:
        abstract = True

    @property
    def tongue(self) -> tongues.Tongue:
        """The language, with its name and direction."""
        return tongues.tongue(self.language)


class CaptionTrack(InLanguage, Orderable):  # type: ignore[misc]
    """Captions in one language, as WebVTT text. They are kept as text so that they can be checked and are
    never given away as anything else.
    """

    class Kind(models.TextChoices):
        """What the words are, as HTML has it."""

        CAPTIONS = "captions", _("Captions: everything one would hear or need to know")
        SUBTITLES = "subtitles", _("Subtitles: a translation of the words")

    page = ParentalKey("inform_animations.AnimationPage", on_delete=models.CASCADE, related_name="captions")
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.CAPTIONS,
        help_text=_("Choose captions when they tell sounds as well as words."),
    )
    label = models.CharField(
        _("name in the player"),
        max_length=60,
        blank=True,
        help_text=_("Leave it empty for the name of the language."),
    )
    text = models.TextField(
        _("captions"),
        max_length=400_000,
        validators=[check_captions],
        help_text=_("WebVTT. The first line is WEBVTT; then times and words, with empty lines between."),
    )

    panels = (
        FieldPanel("language"),
        FieldPanel("kind"),
        FieldPanel("label"),
        FieldPanel("file"),
        FieldPanel("text"),
    )
    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "sort_order", "page", "language", "kind", "label", "text"), "none"
    )

    class Meta(Orderable.Meta):  # type: ignore[misc]
        ordering = IN_ORDER
        constraints = [models.UniqueConstraint(fields=["page", "language"], name="captions_once_a_language")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """As the player lists it."""
        return self.label or self.tongue.name

    def clean(self) -> None:
        """Keep the text with one kind of line end."""
        super().clean()
        if self.text:
            self.text = webvtt.tidy(self.text)


class Transcript(InLanguage, Orderable):  # type: ignore[misc]
    """Everything a film says and shows, as text in one language. Those who cannot play it miss nothing."""

    page = ParentalKey(
        "inform_animations.AnimationPage", on_delete=models.CASCADE, related_name="transcripts"
    )
    text = RichTextField(
        _("transcript"),
        features=TEXT_FEATURES,
        help_text=_("All that is said, and what happens in the pictures."),
    )

    panels = (FieldPanel("language"), FieldPanel("text"))
    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "sort_order", "page", "language", "text"), "none"
    )

    class Meta(Orderable.Meta):  # type: ignore[misc]
        ordering = IN_ORDER
        constraints = [
            models.UniqueConstraint(fields=["page", "language"], name="transcript_once_a_language")
        ]

    def __str__(self) -> str:
        return self.tongue.name


class StoryPicture(Orderable):  # type: ignore[misc]
    """A still from one scene, with what happens in it. Together they tell the film without motion."""

    page = ParentalKey("inform_animations.AnimationPage", on_delete=models.CASCADE, related_name="story")
    picture = models.ForeignKey(
        Picture,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("picture"),
        help_text=_("A still from the film, as wide as the film."),
    )
    words = models.TextField(_("words"), max_length=800, help_text=_("What happens and what is said."))

    panels = (FieldPanel("picture"), FieldPanel("words"))
    shown_to_everyone: ClassVar[bool] = True
    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        ("id", "sort_order", "page", "picture", "words"), "none"
    )

    class Meta(Orderable.Meta):  # type: ignore[misc]
        ordering = IN_ORDER

    def __str__(self) -> str:
        return self.words[:40]
