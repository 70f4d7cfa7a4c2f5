"""Who may fetch which film and which captions."""

from pathlib import Path
from typing import Any

from django.http import Http404

from joinedup.foundation.permissions import Permission, may
from joinedup.inform.animations.models import AnimationPage, CaptionTrack
from joinedup.inform.animations.reels import ENDINGS
from joinedup.inform.animations.shelf import FOLDER, shelf


def film_for(user: Any, name: str) -> tuple[Path, str, bool]:
    """Path, content type, and whether everyone may see it. Raises Http404 when this person may not.

    A film is for everyone once a public page shows it. Before that, only those who edit pages see it.
    """
    kind = next((kind for kind, ending in ENDINGS.items() if name.endswith(ending)), None)
    is_public = AnimationPage.objects.live().filter(video=f"{FOLDER}/{name}").exists()
    path = Path(shelf().path(f"{FOLDER}/{name}"))
    if kind is None or not (is_public or may(user, Permission.PAGE_EDIT)) or not path.is_file():
        raise Http404(name)
    return path, kind, is_public


def captions_for(user: Any, page_id: int, language: str) -> tuple[CaptionTrack, bool]:
    """The track, and whether everyone may see it. Raises Http404 as `film_for` does."""
    if page_id > 2**31 - 1:  # no page of any database of ours
        raise Http404(language)
    track = CaptionTrack.objects.select_related("page").filter(page_id=page_id, language=language).first()
    if track is None or not (track.page.live or may(user, Permission.PAGE_EDIT)):
        raise Http404(language)
    return track, bool(track.page.live)
