"""Animations: the list of them, each with its film, captions, transcripts and pictures."""

import math
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet
from wagtail.rich_text import get_text_for_indexing
from wagtail.search import index
from wagtail.url_routing import RouteResult

from joinedup.inform.animations import reels, tongues, webvtt
from joinedup.inform.animations.editing import (
    AnimationForm,
    captions_panel,
    credit_panel,
    film_panel,
    transcripts_panel,
)
from joinedup.inform.animations.shelf import check_video, is_new, shelf, shelf_name
from joinedup.inform.animations.stills import LARGE, SMALL, sized
from joinedup.inform.news.models.reading import ReadablePage
from joinedup.inform.pictures.models import Picture


class AnimationQuerySet(PageQuerySet):  # type: ignore[misc]
    """Reading animations."""

    def shown(self) -> Any:
        """Those anyone may watch, the newest first; pages in sign language are a list of their own."""
        return (
            self.live()
            .exact_type(AnimationPage)
            .order_by("-first_published_at", "-pk")
            .select_related("locale")
        )

    def signed(self) -> Any:
        """Pages in sign language anyone may watch, by title."""
        return self.live().not_exact_type(AnimationPage).order_by("title")


class AnimationIndexPage(ReadablePage):
    """The list of all animations in one language. One for each language of the site."""

    drawing = None  # type: ignore[assignment]  # how Django drops a field

    content_panels = (
        *Page.content_panels,
        FieldPanel("lead"),
        FieldPanel("body"),
    )
    parent_page_types: ClassVar[list[str]] = ["inform_pages.HomePage"]
    subpage_types: ClassVar[list[str]] = [
        "inform_animations.AnimationPage",
        "inform_animations.BslPage",
    ]
    max_count_per_parent = 1
    template = "animations/index.html"
    reader_kind = _("List of animations")

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(("page_ptr", "lead", "body"), "none")

    class Meta:
        verbose_name = _("list of animations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `animations`, those under this page, the newest first, and `signed`, pages in sign language."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        found = list(AnimationPage.objects.child_of(self).shown().prefetch_related("captions"))
        stills = sized((animation.poster_id, SMALL) for animation in found)
        for animation in found:
            animation.still = stills.get((animation.poster_id, SMALL))
        context["animations"] = found
        context["signed"] = AnimationPage.objects.child_of(self).signed()
        return context

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find an animation in one query, where the tree alone would take two and more."""
        if len(path_components) == 1:
            child = AnimationPage.objects.child_of(self).shown().filter(slug=path_components[0]).first()
            if child is not None:
                child._cached_parent_obj = self  # as Wagtail does, so that nobody asks for it again
                return RouteResult(child)
        return super().route(request, path_components)


class AnimationPage(ReadablePage):
    """One film, with everything people need who cannot see, hear or play it.

    It may be saved unfinished, but it cannot be published without captions and a transcript.
    """

    class Licence(models.TextChoices):
        """What others may do with the film."""

        OURS = "CC-BY-4.0", _("Ours: others may share and change it if they name us (CC BY 4.0)")
        SHARE_ALIKE = "CC-BY-SA-4.0", _("Others may share and change it under the same terms (CC BY-SA 4.0)")
        GOVERNMENT = "OGL-3.0", _("Open Government Licence 3.0")
        PERMISSION = "permission", _("Used with permission: only we may show it")

    drawing = None  # type: ignore[assignment]  # how Django drops a field
    video = models.FileField(
        _("film"),
        upload_to=shelf_name,
        storage=shelf,
        max_length=200,
        validators=[check_video],
        help_text=_("A WebM or MP4 file. It never plays by itself."),
    )
    poster = models.ForeignKey(
        Picture,
        verbose_name=_("poster"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text=_("The picture that shows before the film plays, as wide as the film."),
    )
    seconds = models.PositiveIntegerField(
        _("length in seconds"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(6 * 3600)],
        help_text=_("Leave this empty: we read it from the file. If we cannot, we ask you."),
    )
    credit = models.CharField(
        _("credit"), max_length=200, help_text=_("Who made the film, as it should be shown.")
    )
    licence = models.CharField(
        _("licence"),
        max_length=20,
        choices=Licence.choices,
        default=Licence.OURS,
        help_text=_("What others may do with the film. Ask whoever made it."),
    )
    # What the file says of itself, read when it comes in.
    kind = models.CharField(max_length=20, editable=False, default=reels.WEBM)
    size = models.PositiveBigIntegerField(editable=False, default=0)
    width = models.PositiveIntegerField(editable=False, default=1280)
    height = models.PositiveIntegerField(editable=False, default=720)
    has_sound = models.BooleanField(editable=False, default=False)

    objects = PageManager.from_queryset(AnimationQuerySet)()

    base_form_class = AnimationForm
    content_panels = (
        *Page.content_panels,
        FieldPanel("lead", heading=_("What it is about")),
        film_panel(),
        captions_panel(_("For people who cannot hear it, and for all who watch without sound. Needed.")),
        transcripts_panel(
            _("Everything that is said and shown, as text. Needed in the language of this page.")
        ),
        InlinePanel(
            "story",
            heading=_("Read it as pictures"),
            label=_("picture"),
            help_text=_("Still pictures with words, for people who are made unwell by moving ones."),
        ),
        FieldPanel("body"),
        credit_panel(),
    )
    search_fields = (
        *ReadablePage.search_fields,
        index.SearchField("transcript_words"),
    )
    parent_page_types: ClassVar[list[str]] = ["inform_animations.AnimationIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "animations/animation.html"
    reader_kind = _("Animation")

    personal_data: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "page_ptr", "lead", "body", "video", "poster", "seconds", "credit", "licence",
            "kind", "size", "width", "height", "has_sound",
        ),
        "none",
    )  # fmt: skip

    class Meta:
        verbose_name = _("animation")

    def clean(self) -> None:
        """Read length, size and sound from a film that has just come in."""
        super().clean()
        if not is_new(self.video):
            return
        try:
            reel = reels.read(self.video.file)
        except reels.NotAFilm:
            return  # the field's own check says so
        self.kind, self.size, self.has_sound = reel.kind, self.video.size, reel.has_sound
        self.width, self.height = reel.width, reel.height
        if reel.seconds is not None:
            self.seconds = math.ceil(reel.seconds)

    @property
    def language(self) -> str:
        """The code of the page's language."""
        return str(self.locale.language_code) if self.locale_id else str(settings.LANGUAGE_CODE)

    def missing(
        self, *, seconds: int | None, captions: set[Any], transcripts: set[Any]
    ) -> dict[str, str | Promise]:
        """What viewers would lack, in words, by field, given the languages there are."""
        name = tongues.tongue(self.language).name
        said: dict[str, str | Promise] = {}
        if seconds is None:
            said["seconds"] = _("The file does not say how long it is. Write the length here.")
        if self.language not in captions:
            said["captions"] = (
                _("Add captions in this language: %s. Without them the film cannot be published.") % name
            )
        if self.language not in transcripts:
            said["transcripts"] = (
                _("Add a transcript in this language: %s. Without it the film cannot be published.") % name
            )
        return said

    def check_ready(self) -> None:
        """Raise ValidationError unless everything is there that viewers need, captions sound and in time."""
        said = self.missing(
            seconds=self.seconds,
            captions={track.language for track in self.captions.all()},
            transcripts={transcript.language for transcript in self.transcripts.all() if transcript.text},
        )
        for track in self.captions.all():
            try:
                webvtt.read(track.text, self.seconds)
            except webvtt.Fault as fault:
                said.setdefault("captions", f"{track.name}: {fault}")
        if said:
            raise ValidationError([str(problem) for problem in said.values()])

    def save(self, clean: bool = True, **kwargs: Any) -> Any:
        """Save. Raises ValidationError when it is or goes public and something viewers need is missing."""
        if clean and self.live:
            self.full_clean()
            self.check_ready()
        return super().save(clean=clean, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add `tracks`, `transcript`, `other_transcripts` and `story`."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        transcripts = list(self.transcripts.all())
        context["tracks"] = [track for track in self.captions.all() if self.pk]
        context["transcript"] = next((t for t in transcripts if t.language == self.language), None)
        context["other_transcripts"] = [t for t in transcripts if t.language != self.language]
        context["story"] = story = list(self.story.all())
        stills = sized([(self.poster_id, LARGE), *((scene.picture_id, SMALL) for scene in story)])
        context["poster"] = stills.get((self.poster_id, LARGE))
        for scene in story:
            scene.still = stills.get((scene.picture_id, SMALL))
        return context

    @property
    def transcript_words(self) -> str:
        """The transcript in the language of the page, for search."""
        own = (t.text for t in self.transcripts.all() if t.language == self.language)
        return str(get_text_for_indexing(next(own, "")))

    @property
    def film_href(self) -> str:
        """Where the film is, when it is in the store."""
        return str(self.video.url) if self.video and not is_new(self.video) else ""
