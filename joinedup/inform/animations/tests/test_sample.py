"""The film we bring along: put in place once, in Bengali too when there is a home page for it."""

import json
import re

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import Locale

from joinedup.foundation.permissions import System
from joinedup.inform.animations import sample, webvtt
from joinedup.inform.animations.film import render
from joinedup.inform.animations.film.timeline import length, scenes
from joinedup.inform.animations.models import AnimationIndexPage, AnimationPage
from joinedup.inform.pages.models import HomePage

BY = System("test")
FILM = "/animations/integrated-care-in-every-community/"


def counts() -> dict[str, int]:
    return {m._meta.label: m._default_manager.count() for m in apps.get_models() if m._meta.managed}


@pytest.fixture
def bengali_home(home: HomePage) -> HomePage:
    locale, _new = Locale.objects.get_or_create(language_code="bn")
    page = home.copy_for_translation(locale)
    page.save_revision().publish()
    return page


class TestPuttingInPlace:
    def test_list_and_film_are_public(self, home: HomePage, client: Client) -> None:
        assert sample.load_pages(by=BY) == 2
        assert client.get("/animations/").status_code == 200
        html = client.get(FILM).content.decode()
        assert "1 minute 35 seconds" in html
        assert html.count('class="jo-story__scene"') == len(scenes())

    def test_a_second_time_changes_nothing(self, bengali_home: HomePage) -> None:
        sample.load_pages(by=BY)
        before = counts()
        assert sample.load_pages(by=BY) == 0
        assert counts() == before

    def test_the_bengali_pages_wait_for_a_home_page(self, home: HomePage) -> None:
        sample.load_pages(by=BY)
        assert not AnimationPage.objects.filter(locale__language_code="bn").exists()

    def test_the_bengali_pages_come_when_it_is_there(self, home: HomePage, client: Client) -> None:
        sample.load_pages(by=BY)
        locale, _new = Locale.objects.get_or_create(language_code="bn")
        home.copy_for_translation(locale).save_revision().publish()
        assert sample.load_pages(by=BY) == 2
        html = client.get("/bn" + FILM).content.decode()
        assert "প্রতিটি পাড়ায় সমন্বিত সেবা" in html
        assert "awaiting_review" in html or "jo-review" in html or "awaits a native" in html
        assert re.search(r'<track[^>]* srclang="bn"[^>]* default', html)
        assert "অ্যানিমেশন" in client.get("/bn/animations/").content.decode()

    def test_each_language_has_its_own_film(self, bengali_home: HomePage) -> None:
        sample.load_pages(by=BY)
        assert len({page.video.name for page in AnimationPage.objects.all()}) == 2

    def test_what_editors_changed_is_kept(self, home: HomePage) -> None:
        sample.load_pages(by=BY)
        index = AnimationIndexPage.objects.get()
        index.title = "Films"
        index.save()
        sample.load_pages(by=BY)
        assert AnimationIndexPage.objects.get().title == "Films"

    def test_without_a_home_page_there_is_nothing_to_do(self, db: None) -> None:
        HomePage.objects.all().delete()
        assert sample.load_pages(by=BY) == 0


@pytest.mark.parametrize("language", ["en", "bn"])
class TestTheFilmItself:
    def test_it_is_small_enough_for_a_telephone(self, language: str) -> None:
        assert (sample.FILM / f"film.{language}.webm").stat().st_size <= render.MAX_BYTES

    def test_captions_and_telling_are_those_of_the_script(self, language: str) -> None:
        all_scenes = scenes()
        captions = (sample.FILM / f"captions.{language}.vtt").read_text(encoding="utf-8")
        assert captions == render.captions(all_scenes, language)
        assert json.dumps(sample.told(language)) == json.dumps(json.loads(render.told(all_scenes, language)))

    def test_captions_are_sound_and_can_be_read_in_time(self, language: str) -> None:
        for cue in webvtt.read(render.captions(scenes(), language), length(scenes())):
            assert len(cue.words) / (cue.end - cue.start) <= 20, cue.words
            assert all(len(row) <= 50 for row in cue.words.split("\n")), cue.words

    def test_every_word_in_the_picture_is_in_captions_and_transcript(self, language: str) -> None:
        for scene in scenes():
            cues = " ".join(cue[language] for cue in scene.cues)
            for name, rows in scene.words[language].items():
                for word in re.findall(r"\w+", " ".join(rows)):
                    assert word.casefold() in scene.told[language].casefold(), (scene.name, name, word)
                    assert word.casefold() in cues.casefold(), (scene.name, name, word)

    def test_every_scene_can_be_drawn_at_any_moment(self, language: str) -> None:
        for scene in scenes():
            for part in range(12):
                drawn = scene.draw(scene.seconds * part / 10, language)
                assert "nan" not in drawn
                assert drawn.count("<g") == drawn.count("</g>")


def test_the_film_is_as_long_as_was_asked() -> None:
    assert 60 <= length(scenes()) <= 120
