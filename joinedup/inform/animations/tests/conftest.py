from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.images import ImageFile

from joinedup.foundation.permissions import System
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage, CaptionTrack, Transcript
from joinedup.inform.animations.tests import filmed
from joinedup.inform.pages.actions import open_site, put_page
from joinedup.inform.pages.models import HomePage
from joinedup.inform.pages.sample import build, read
from joinedup.inform.pictures.models import Picture

FILM = Path(__file__).parents[1] / "sample/integrated_care"


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: LazySettings) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def home(db: None) -> HomePage:
    open_site(home=build(HomePage, read("home")), by=System("test"))
    return HomePage.objects.get()


@pytest.fixture
def index(home: HomePage) -> AnimationIndexPage:
    page = AnimationIndexPage(title="Animations", slug="animations", lead="Short films.")
    put_page(page=page, parent=home, by=System("test"))
    return page


@pytest.fixture
def poster(media: Path, db: None) -> Picture:
    picture = Picture(title="Poster", description="Two people wave.")
    with (FILM / "joining.en.webp").open("rb") as file:
        picture.file = ImageFile(file, name="poster.webp")
        picture.save()
    return picture


@pytest.fixture
def unsaved(poster: Picture) -> Callable[..., AnimationPage]:
    """An animation with all it needs, not saved yet; `captions` and `transcripts` are languages."""

    def make(
        *, captions: tuple[str, ...] = ("en",), transcripts: tuple[str, ...] = ("en",), **fields: Any
    ) -> AnimationPage:
        given = {"title": "Hello", "slug": "hello", "lead": "A wave.", "credit": "Us", "poster": poster}
        page = AnimationPage(**{**given, "video": filmed.upload(filmed.webm()), **fields})
        page.captions = [CaptionTrack(language=code, text=filmed.CAPTIONS) for code in captions]
        page.transcripts = [Transcript(language=code, text=f"<p>Words in {code}</p>") for code in transcripts]
        return page

    return make


@pytest.fixture
def film(index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]) -> AnimationPage:
    """A public animation with captions and transcripts in English and Bengali."""
    page = unsaved(captions=("en", "bn"), transcripts=("en", "bn"))
    put_page(page=page, parent=index, by=System("test"))
    return page
