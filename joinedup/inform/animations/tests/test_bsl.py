"""Pages in British Sign Language: a film with captions and transcript, tied to the page it tells."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System
from joinedup.inform.animations.models import (
    AnimationIndexPage,
    AnimationPage,
    BslPage,
    CaptionTrack,
    Transcript,
)
from joinedup.inform.animations.tests import filmed
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pictures.models import Picture

BY = System("test")


@pytest.fixture
def desk(editor: User, client_for: Callable[[User], Client]) -> Client:
    return client_for(editor)


@pytest.fixture
def about(home: HomePage) -> ContentPage:
    page = ContentPage(title="About us", slug="about")
    put_page(page=page, parent=home, by=BY)
    return page


@pytest.fixture
def unsigned(poster: Picture) -> Callable[..., BslPage]:
    """A page in sign language with all it needs, not saved yet."""

    def make(*, captions: bool = True, transcript: bool = True, **fields: Any) -> BslPage:
        video = filmed.upload(filmed.webm())
        page = BslPage(title="About us in BSL", slug="about-bsl", credit="Us", poster=poster, video=video)
        for name, value in fields.items():
            setattr(page, name, value)
        page.captions = [CaptionTrack(language="en", text=filmed.CAPTIONS)] if captions else []
        page.transcripts = [Transcript(language="en", text="<p>We are partners.</p>")] if transcript else []
        return page

    return make


@pytest.fixture
def signed(index: AnimationIndexPage, about: ContentPage, unsigned: Callable[..., BslPage]) -> BslPage:
    page = unsigned(bsl_version_of=about)
    put_page(page=page, parent=index, by=BY)
    return page


def shown(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_it_shows_the_film_its_captions_and_the_same_in_words(signed: BslPage, client: Client) -> None:
    html = shown(client, "/animations/about-bsl/")
    assert "This page is in British Sign Language." in html
    assert f'src="{signed.film_href}"' in html
    assert f'src="/animations/captions/{signed.pk}/en.vtt"' in html
    assert "<p>We are partners.</p>" in html


def test_film_and_captions_are_for_everyone_once_it_is_public(signed: BslPage, client: Client) -> None:
    assert client.get(signed.film_href).status_code == 200
    assert client.get(f"/animations/captions/{signed.pk}/en.vtt").status_code == 200


def test_film_and_captions_of_a_draft_are_not(signed: BslPage, client: Client) -> None:
    signed.unpublish()
    assert client.get(signed.film_href).status_code == 404
    assert client.get(f"/animations/captions/{signed.pk}/en.vtt").status_code == 404


def test_both_pages_lead_to_each_other(signed: BslPage, client: Client) -> None:
    link = '<a href="/animations/about-bsl/">Watch this in British Sign Language (BSL)</a>'
    assert link in shown(client, "/about/")
    assert '<a href="/about/">About us</a>' in shown(client, "/animations/about-bsl/")


def test_a_draft_of_it_is_not_linked(signed: BslPage, client: Client) -> None:
    signed.unpublish()
    assert "about-bsl" not in shown(client, "/about/")
    assert "about-bsl" not in shown(client, "/animations/")


def test_when_the_written_page_goes_no_dead_link_is_left(
    signed: BslPage, about: ContentPage, client: Client
) -> None:
    about.unpublish()
    html = shown(client, "/animations/about-bsl/")
    assert '<a href="/about/">About us</a>' not in html
    assert "This page is in British Sign Language." in html


def test_the_list_of_animations_has_it_in_a_part_of_its_own(
    signed: BslPage, film: AnimationPage, client: Client
) -> None:
    animations, _heading, signs = shown(client, "/animations/").partition('<h2 id="signed">')
    assert "/animations/hello/" in animations
    assert "/animations/about-bsl/" not in animations.split("<main")[1]
    assert "/animations/about-bsl/" in signs


def test_the_newest_animation_is_never_one(signed: BslPage, film: AnimationPage) -> None:
    assert list(AnimationPage.objects.shown()) == [film]


@pytest.mark.parametrize(
    ("lacking", "words"), [("captions", "Add captions"), ("transcript", "Add a transcript")]
)
def test_without_captions_or_text_it_cannot_be_published(
    lacking: str, words: str, index: AnimationIndexPage, unsigned: Callable[..., BslPage]
) -> None:
    with pytest.raises(ValidationError, match=words):
        put_page(page=unsigned(**{lacking: False}), parent=index, by=BY)


def test_what_is_no_film_is_refused(index: AnimationIndexPage, unsigned: Callable[..., BslPage]) -> None:
    with pytest.raises(ValidationError, match="not a film that browsers can play"):
        put_page(page=unsigned(video=filmed.upload(b"<svg></svg>")), parent=index, by=BY)


def test_no_page_is_the_bsl_version_of_itself(signed: BslPage) -> None:
    signed.bsl_version_of = signed.page_ptr
    with pytest.raises(ValidationError, match="Choose another page"):
        signed.full_clean()


def test_the_editor_offers_it_under_the_animations(index: AnimationIndexPage, desk: Client) -> None:
    path = f"/editor/pages/add/inform_animations/bslpage/{index.pk}/"
    html = shown(desk, path)
    assert "BSL version of" in html
    assert "The signer should fill the picture" in html
