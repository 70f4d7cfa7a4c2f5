"""No way of publishing lets an animation out that lacks what viewers need."""

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError

from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import VISITOR, PermissionRefused, System
from joinedup.inform.animations.actions import add_picture, put_animation
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage
from joinedup.inform.animations.tests import filmed
from joinedup.inform.animations.tests.conftest import FILM
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pictures.models import Picture


class TestAtOnce:
    @pytest.mark.parametrize(
        ("lacks", "said"),
        [
            ({"captions": ()}, "Add captions in this language: English"),
            ({"captions": ("bn",)}, "Add captions in this language: English"),
            ({"transcripts": ()}, "Add a transcript in this language: English"),
            ({"transcripts": ("bn",)}, "Add a transcript in this language: English"),
            ({"video": filmed.upload(filmed.webm(None))}, "Write the length"),
        ],
        ids=["no captions", "captions elsewhere", "no transcript", "transcript elsewhere", "no length"],
    )
    def test_it_is_refused_and_says_what_is_missing(
        self,
        index: AnimationIndexPage,
        unsaved: Callable[..., AnimationPage],
        lacks: dict[str, object],
        said: str,
    ) -> None:
        with pytest.raises(ValidationError, match=said):
            put_page(page=unsaved(**lacks), parent=index, by=System("test"))

    def test_captions_that_go_on_after_the_film_are_refused(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]
    ) -> None:
        with pytest.raises(ValidationError, match="English: Line 6: this goes on after the film has ended"):
            put_page(page=unsaved(video=filmed.upload(filmed.webm(4))), parent=index, by=System("test"))

    def test_what_is_no_film_is_refused(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]
    ) -> None:
        with pytest.raises(ValidationError, match="not a film"):
            put_page(page=unsaved(video=filmed.upload(b"GIF89a")), parent=index, by=System("test"))


class TestLater:
    def test_a_draft_may_be_unfinished(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]
    ) -> None:
        page = unsaved(captions=(), transcripts=(), live=False)
        index.add_child(instance=page)
        assert not AnimationPage.objects.get().live

    def test_a_draft_that_is_unfinished_cannot_be_published_by_any_code(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]
    ) -> None:
        page = unsaved(captions=(), live=False)
        index.add_child(instance=page)
        revision = page.save_revision(clean=False)
        with pytest.raises(ValidationError, match="Add captions"):
            revision.publish()
        assert not AnimationPage.objects.get().live


class TestTheStore:
    def test_a_film_is_named_after_its_content_and_true_kind(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]
    ) -> None:
        page = unsaved(video=filmed.upload(filmed.mp4(sound=True), "../My Film!.exe"))
        put_page(page=page, parent=index, by=System("test"))
        assert page.video.name.startswith("animations/my-film-")
        assert page.video.name.endswith(".mp4")
        assert (page.kind, page.seconds, page.has_sound) == ("video/mp4", 8, True)

    def test_the_same_film_sent_again_is_kept_once(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage], media: object
    ) -> None:
        for slug in ("one", "two"):
            put_page(page=unsaved(slug=slug), parent=index, by=System("test"))
        names = {page.video.name for page in AnimationPage.objects.all()}
        assert len(names) == 1


class TestWhoMay:
    def test_strangers_put_nothing_in_place(
        self,
        film: AnimationPage,
        index: AnimationIndexPage,
        stranger: User,
        unsaved: Callable[..., AnimationPage],
    ) -> None:
        before = (AnimationPage.objects.count(), Picture.objects.count())
        still = FILM / "joining.en.webp"
        for nobody in (VISITOR, stranger):
            with pytest.raises(PermissionRefused):
                put_animation(page=unsaved(slug="x"), film=FILM / "film.en.webm", parent=index, by=nobody)
            with pytest.raises(PermissionRefused):
                add_picture(path=still, title="x", description="x", credit="x", by=nobody)
        assert (AnimationPage.objects.count(), Picture.objects.count()) == before
