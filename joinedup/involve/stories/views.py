"""The doors of stories: for everyone to read, for staff to write and to take words out."""

from typing import Any

from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from joinedup.foundation.doors.entry import public, requires
from joinedup.foundation.doors.throttle import client_address, too_many
from joinedup.foundation.doors.trust import confirming
from joinedup.foundation.numbers.disclosure import shown
from joinedup.foundation.permissions import Permission
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.contributions.models.words import as_they_stand
from joinedup.involve.stories import access, actions
from joinedup.involve.stories.forms import RedactForm, StoryForm
from joinedup.involve.stories.models import Story

PER_PAGE = 20


@public
def listing(request: HttpRequest) -> HttpResponse:
    """Every story that is shown, latest first."""
    page = Paginator(Story.objects.public().newest_first(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "stories/list.html", {"page": page})


def _story_page(request: HttpRequest, story: Story, **more: Any) -> HttpResponse:
    context = {"story": story, "too": shown(story.me_too.count()), **more}
    return render(request, "stories/story.html", context)


@public
def story(request: HttpRequest, slug: str) -> HttpResponse:
    """One story, and the way to say that this happened to others too."""
    return _story_page(request, access.public_or_404(slug))


@confirming
def too(request: HttpRequest, slug: str, *, trusted: bool) -> HttpResponse:
    """Count that this happened to someone else too. Nothing about them is kept."""
    found = access.public_or_404(slug)
    if request.method != "POST":
        return redirect(found)
    if not trusted:
        return _story_page(request, found, confirm=True)
    if too_many("story.me_too", f"{found.pk} {client_address(request)}"):
        return _story_page(request, found, counted=True)
    actions.me_too(story=found)
    return _story_page(request, found, counted=True)


class StoryFeed(Feed[Story, Story]):
    """The stories that are shown, as a feed."""

    feed_type = Atom1Feed
    title = gettext_lazy("What people told us")
    subtitle = gettext_lazy("Stories that people allowed us to show, without their names.")

    def link(self) -> str:
        """Where the list is."""
        return reverse("stories:list")

    def items(self) -> QuerySet[Story]:
        """The latest ones."""
        return Story.objects.public().newest_first()[:50]

    def item_title(self, item: Story) -> str:
        """Its title."""
        return item.title

    def item_description(self, item: Story) -> str:
        """Its words, as HTML: readers of feeds take them for that."""
        return linebreaks(item.text, autoescape=True)

    def item_pubdate(self, item: Story) -> Any:
        """When it was first shown."""
        return item.published_at

    def item_updateddate(self, item: Story) -> Any:
        """When words were last changed or taken out."""
        return item.changed_at


_feed = StoryFeed()


@public
def feed(request: HttpRequest) -> HttpResponse:
    """The latest stories as Atom."""
    return _feed(request)


def _is_kept(request: HttpRequest, contribution: Contribution, found: Story | None, form: StoryForm) -> bool:
    """Write it, and say what came of that; False where the form has to be looked at again."""
    version = request.POST.get("version", "")
    begun = int(version) if version.isdecimal() else 0
    try:
        actions.write(contribution=contribution, by=request.user, version=begun, **form.cleaned_data)  # type: ignore[arg-type]
    except actions.NotAllowed:
        messages.warning(request, _("This cannot be shown: the person did not allow it, or took it back."))
        return True
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    told = _("Kept. Read it once more before you show it.")
    if found is not None and found.is_public:
        told = _("Kept. Everyone reads it so from now on.")
    messages.success(request, told)
    return True


@requires(Permission.STORY_PUBLISH)
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a story from what someone said: first as a draft, then shown to everyone."""
    contribution, found = access.get_for(request.user, reference=reference)
    words = as_they_stand(list(contribution.words.oldest_first()))
    initial = {"text": "\n\n".join(row.text for row in words)}
    if found is not None:
        initial = {"title": found.title, "text": found.text}
    form = StoryForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _is_kept(request, contribution, found, form):
        return redirect("workspace_stories:write", reference=contribution.reference)
    context = {
        "contribution": contribution,
        "case_title": f"{contribution.reference} · {contribution.get_state_display()}",
        "story": found,
        "words": words,
        "form": form,
        "wordings": found.wordings.select_related("written_by").order_by("-number") if found else [],
        "redact": RedactForm(),
    }
    return render(request, "stories/write.html", context)


@requires(Permission.STORY_PUBLISH)
@require_POST
def show(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a story to everyone, or take it down for good."""
    contribution, found = access.get_for(request.user, reference=reference)
    if found is None:
        return redirect("workspace_stories:write", reference=contribution.reference)
    if request.POST.get("step") == "take-down":
        actions.take_down(story=found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Taken down. Its words are gone, here and in every earlier wording."))
    else:
        try:
            actions.show(story=found, by=request.user)  # type: ignore[arg-type]
        except actions.NotAllowed:
            messages.warning(
                request, _("This cannot be shown: the person did not allow it, or took it back.")
            )
        else:
            messages.success(request, _("Everyone can read it now."))
    return redirect("workspace_stories:write", reference=contribution.reference)


@requires(Permission.STORY_PUBLISH)
def redact(request: HttpRequest, reference: str) -> HttpResponse:
    """Take words out of a story everywhere."""
    contribution, found = access.get_for(request.user, reference=reference)
    if found is None:
        return redirect("workspace_stories:write", reference=contribution.reference)
    form = RedactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.redact(story=found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except ValidationError as fault:
            for name, errors in fault.error_dict.items():
                form.add_error(name, errors)
        else:
            messages.success(request, _("Taken out everywhere."))
            return redirect("workspace_stories:write", reference=contribution.reference)
    context = {
        "contribution": contribution,
        "case_title": f"{contribution.reference} · {contribution.get_state_display()}",
        "story": found,
        "form": form,
    }
    return render(request, "stories/redact.html", context)
