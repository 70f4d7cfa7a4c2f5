"""Who may write stories and take words out of them. What is shown, everyone may read."""

from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.involve.contributions import access as contributions
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.stories.models import Story


def get_for(user: object, *, reference: str) -> tuple[Contribution, Story | None]:
    """The contribution with that reference, and its story if there is one; Http404 if they may not."""
    contribution = contributions.get_for(user, Permission.CONTRIBUTION_VIEW, reference=reference)
    if not may(user, Permission.STORY_PUBLISH, contribution):
        raise Http404
    return contribution, Story.objects.filter(contribution=contribution).first()


def public_or_404(slug: str) -> Story:
    """The story at that address if everyone may read it."""
    story = Story.objects.public().filter(slug=slug).first()
    if story is None:
        raise Http404
    return story
