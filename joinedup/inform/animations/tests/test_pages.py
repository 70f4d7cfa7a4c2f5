"""What visitors get: the player, the pictures, the text, the list, and the panel on other pages."""

import re
from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.utils import translation
from wagtail.models import Locale

from joinedup.foundation import panels
from joinedup.foundation.freshness.actions import current
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import System
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage, StoryPicture
from joinedup.inform.animations.templatetags.animations import iso_length, length_words, megabytes
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.models import HomePage

FILM = "/animations/hello/"


def player(client: Client) -> str:
    html = client.get(FILM).content.decode()
    return html[html.index("<video") : html.index("</video>")]


class TestThePlayer:
    def test_it_never_plays_by_itself_and_keeps_its_place(self, client: Client, film: AnimationPage) -> None:
        video = player(client)
        head = video[: video.index(">")]
        for said in (" controls", " playsinline", 'preload="none"', 'width="64"', 'height="36"', " poster="):
            assert said in head
        assert "autoplay" not in video
        assert "loop" not in video

    def test_captions_in_the_language_of_the_page_show_first(
        self, client: Client, film: AnimationPage
    ) -> None:
        tracks = re.findall(r"<track [^>]*>", player(client))
        assert ['srclang="en"' in tracks[0], " default" in tracks[0]] == [True, True]
        assert ['srclang="bn"' in tracks[1], " default" in tracks[1]] == [True, False]

    def test_captions_keep_their_place_when_they_are_changed(
        self, client: Client, film: AnimationPage
    ) -> None:
        film.captions.filter(language="en").update(label="English, with sounds")
        tracks = re.findall(r"<track [^>]*>", player(client))
        assert ['srclang="en"' in tracks[0], 'srclang="bn"' in tracks[1]] == [True, True]

    def test_the_film_can_be_fetched_with_its_size_said(self, client: Client, film: AnimationPage) -> None:
        html = client.get(FILM).content.decode()
        assert f'<a href="{film.film_href}" download>Download the film (0.1 MB)</a>' in html

    def test_the_length_and_silence_are_said(self, client: Client, film: AnimationPage) -> None:
        html = client.get(FILM).content.decode()
        assert '<time datetime="PT0M8S">8 seconds</time>' in html
        assert "This film has no sound." in html

    def test_nothing_is_inline(self, client: Client, film: AnimationPage) -> None:
        html = client.get(FILM).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", html)
        assert [tag for tag in re.findall(r"<script[^>]*>", html) if "src=" not in tag] == []


class TestTheText:
    def test_the_transcript_in_the_language_of_the_page_stands_open(
        self, client: Client, film: AnimationPage
    ) -> None:
        html = client.get(FILM).content.decode()
        assert re.search(r'<div class="jo-prose" lang="en" dir="ltr"><p>Words in en</p>', html)

    def test_others_say_their_language(self, client: Client, film: AnimationPage) -> None:
        html = client.get(FILM).content.decode()
        assert re.search(r'<summary[^>]*><span[^>]* lang="bn">বাংলা</span></summary>', html)
        assert re.search(r'lang="bn" dir="ltr"><p>Words in bn</p>', html)

    def test_pictures_stand_with_their_words(self, client: Client, film: AnimationPage) -> None:
        film.story = [StoryPicture(picture=film.poster, words="They wave.")]
        film.save_revision().publish()
        html = client.get(FILM).content.decode()
        assert re.search(
            r'<h2 id="pictures">.*<li class="jo-story__scene">\s*<img [^>]*alt="".*They wave\.', html, re.S
        )


class TestTheList:
    def test_it_shows_poster_title_length_and_caption_languages(
        self, client: Client, film: AnimationPage
    ) -> None:
        html = client.get("/animations/").content.decode()
        card = html[html.index("jo-film-card") :]
        assert '<a href="/animations/hello/">Hello</a>' in card
        assert "8 seconds" in card
        assert card.index(">English</span>") < card.index('<span lang="bn" dir="ltr">বাংলা</span>')
        assert "<img" in card

    def test_the_newest_stands_first(
        self,
        client: Client,
        index: AnimationIndexPage,
        film: AnimationPage,
        unsaved: Callable[..., AnimationPage],
    ) -> None:
        put_page(page=unsaved(title="Newer", slug="newer"), parent=index, by=System("test"))
        html = client.get("/animations/").content.decode()
        assert html.index("Newer</a>") < html.index("Hello</a>")

    def test_an_empty_list_says_so(self, client: Client, index: AnimationIndexPage) -> None:
        assert "There are no animations yet." in client.get("/animations/").content.decode()

    def test_there_is_one_under_each_home_page(self, home: HomePage, index: AnimationIndexPage) -> None:
        assert not AnimationIndexPage.can_create_at(home)


class TestDrafts:
    def test_nobody_sees_a_draft(
        self, client: Client, film: AnimationPage, stranger: User, client_for: Callable[[User], Client]
    ) -> None:
        film.unpublish()
        for someone in (client, client_for(stranger)):
            assert someone.get(FILM).status_code == 404
            assert "Hello" not in someone.get("/animations/").content.decode()
        assert draw() == ""


def draw(language: str = "en") -> str:
    with translation.override(language):
        return panels.draw("newest-animation", RequestFactory().get("/"))


class TestThePanel:
    def test_it_shows_the_newest_with_poster_title_and_length(self, film: AnimationPage) -> None:
        html = draw()
        for said in ("Hello", "8 seconds", "<img", 'href="/animations/hello/"'):
            assert said in html

    def test_it_follows_the_language_of_the_page(self, film: AnimationPage) -> None:
        bengali, _new = Locale.objects.get_or_create(language_code="bn")
        other = film.copy_for_translation(bengali, copy_parents=True)
        other.title = "ওহে"
        other.save_revision().publish()
        assert "ওহে" in draw("bn")
        assert "ওহে" not in draw("en")

    def test_another_language_is_better_than_nothing_and_is_marked(self, film: AnimationPage) -> None:
        assert '<span lang="en">Hello</span>' in draw("bn")

    def test_there_is_nothing_when_there_are_none(self, index: AnimationIndexPage) -> None:
        assert draw() == ""

    def test_a_new_film_raises_the_stamp(
        self, index: AnimationIndexPage, unsaved: Callable[..., AnimationPage]
    ) -> None:
        before = current()
        put_page(page=unsaved(), parent=index, by=System("test"))
        assert current() > before


@pytest.mark.parametrize(
    ("seconds", "words", "machine"),
    [
        (1, "1 second", "PT0M1S"),
        (60, "1 minute", "PT1M0S"),
        (84, "1 minute 24 seconds", "PT1M24S"),
        (121, "2 minutes 1 second", "PT2M1S"),
        (0, "0 seconds", "PT0M0S"),
    ],
)
def test_lengths_are_said_as_people_say_them(seconds: int, words: str, machine: str) -> None:
    assert (length_words(seconds), iso_length(seconds)) == (words, machine)


def test_sizes_are_said_in_megabytes() -> None:
    assert megabytes(3_640_000) == "3.6 MB"


@pytest.mark.parametrize("path", ["/animations/", FILM])
def test_a_page_is_cheap(
    client: Client, film: AnimationPage, django_assert_max_num_queries: Callable[[int], object], path: str
) -> None:
    film.story = [StoryPicture(picture=film.poster, words=f"Scene {i}") for i in range(9)]
    film.save_revision().publish()
    client.get(path)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        assert client.get(path).cookies == {}
