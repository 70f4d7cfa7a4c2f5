"""Watching the animation: by keyboard alone, with captions, with less motion, and without a script."""

import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator

from joinedup.config.environment import ROOT
from joinedup.config.tests.journeys.conftest import DESKTOP, Site, Visitor, visit

pytestmark = pytest.mark.browser

FILM = "/animations/integrated-care-in-every-community/"
TITLE = "Integrated care in every community"


@pytest.fixture
def calm(width: int, browser: Browser, site: Site) -> Iterator[Visitor]:
    """Someone whose device asks for less motion."""
    someone = visit(browser, site, width, reduced_motion="reduce")
    yield someone
    someone.context.close()
    assert someone.complaints == []


def video(someone: Visitor) -> Locator:
    return someone.page.locator("video")


def is_paused(someone: Visitor) -> bool:
    return bool(video(someone).evaluate("film => film.paused"))


def showing(someone: Visitor) -> list[str]:
    """Languages of the captions that show now."""
    found: list[str] = video(someone).evaluate(
        "film => [...film.textTracks].filter(t => t.mode === 'showing').map(t => t.language)"
    )
    return found


def wait_for_cue(someone: Visitor, beginning: str = "") -> str:
    """Wait until a caption that begins so is on the picture, and say it."""
    someone.page.wait_for_function(
        "said => [...document.querySelector('video').textTracks].some(t => "
        "[...(t.activeCues || [])].some(c => c.text.startsWith(said)))",
        arg=beginning,
    )
    said: str = video(someone).evaluate(
        "film => [...film.textTracks].flatMap(t => [...(t.activeCues || [])]).map(c => c.text).join(' ')"
    )
    return said


def test_from_the_list_to_the_film(visitor: Visitor) -> None:
    visitor.open("/animations/")
    assert visitor.says("1 minute 35 seconds")
    assert visitor.says("বাংলা")
    visitor.check()
    visitor.page.get_by_role("link", name=TITLE).click()
    visitor.page.wait_for_url(f"**{FILM}")
    visitor.check()
    assert is_paused(visitor)
    assert not visitor.page.get_by_text("Your device asks for less motion").is_visible()


@pytest.mark.parametrize("width", [DESKTOP], ids=["desktop"])
def test_by_keyboard_alone_play_captions_back_and_pause(visitor: Visitor) -> None:
    visitor.open(FILM)
    keyboard = visitor.page.keyboard
    visitor.tab_to("Play", "button")
    keyboard.press("Enter")
    visitor.page.wait_for_function("() => document.querySelector('video').currentTime > 0.9")
    assert wait_for_cue(visitor).startswith("Morning in Tower Hamlets.")
    assert showing(visitor) == ["en"]

    visitor.tab_to("Captions on", "button")
    keyboard.press("Space")
    assert showing(visitor) == []
    assert visitor.page.get_by_role("button", name="Captions off").get_attribute("aria-pressed") == "false"
    keyboard.press("Space")
    assert showing(visitor) == ["en"]

    video(visitor).evaluate("film => { film.currentTime = 60.9 }")
    assert wait_for_cue(visitor, "One plan").startswith("One plan")
    keyboard.press("Shift+Tab")
    keyboard.press("Enter")
    assert 50 < float(video(visitor).evaluate("film => film.currentTime")) < 56
    keyboard.press("Shift+Tab")
    assert visitor.page.evaluate("document.activeElement.textContent").strip() == "Pause"
    keyboard.press("Enter")
    assert is_paused(visitor)
    visitor.check()


def test_with_less_motion_nothing_moves_and_the_pictures_tell_it(calm: Visitor) -> None:
    calm.open(FILM)
    assert calm.page.get_by_text("Your device asks for less motion").is_visible()
    calm.page.wait_for_timeout(1500)
    assert is_paused(calm)
    assert video(calm).evaluate("film => film.currentTime") == 0
    pictures = calm.page.locator(".jo-story__scene")
    assert pictures.count() == 9
    first, second = pictures.nth(0).bounding_box(), pictures.nth(1).bounding_box()
    assert first is not None
    assert second is not None
    assert first["x"] == second["x"]  # one under the other, as large as the page allows
    assert calm.page.locator(".jo-story__scene img").first.evaluate("picture => picture.naturalWidth") == 640
    calm.check()
    calm.press("Play")
    calm.page.wait_for_function("() => document.querySelector('video').currentTime > 0")


def test_the_text_can_be_read_in_bengali(visitor: Visitor) -> None:
    visitor.open(FILM)
    words = visitor.page.get_by_text("প্রতিটি পাড়ায় সমন্বিত সেবা").first
    assert not words.is_visible()
    visitor.page.locator("summary", has_text="বাংলা").click()
    assert words.is_visible()
    visitor.check()


def test_the_bengali_page_has_its_own_film_and_captions(visitor: Visitor) -> None:
    visitor.open(f"/bn{FILM}")
    visitor.check()
    visitor.page.locator("[data-do=play]").click()
    assert wait_for_cue(visitor).startswith("টাওয়ার হ্যামলেটসে সকাল")
    assert showing(visitor) == ["bn"]
    visitor.open("/bn/animations/")
    visitor.check()


def test_without_scripts_the_browsers_own_controls_do(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, DESKTOP, java_script_enabled=False)
    someone.open(FILM)
    assert video(someone).get_attribute("controls") is not None
    assert not someone.page.get_by_role("group", name="Film controls").is_visible()
    assert someone.page.locator("track[default]").get_attribute("srclang") == "en"
    assert someone.says("This film has no sound.")
    someone.context.close()


def test_a_film_that_cannot_be_had_says_what_to_do_instead(visitor: Visitor) -> None:
    visitor.context.route("**/media/animations/**", lambda route: route.fulfill(status=200, body="no film"))
    visitor.open(FILM)
    said = visitor.page.get_by_text("The film does not play here.")
    assert not said.is_visible()
    visitor.page.get_by_role("button", name="Play").click()
    said.wait_for()
    assert visitor.page.get_by_role("button", name="Play").is_visible()
    visitor.check()


# The sample borough has no film in sign language: no script draws a signer. This one is our animation again.
SIGNED = """
from wagtail.models import Page
from joinedup.foundation.permissions import System
from joinedup.inform.animations.models import (
    AnimationIndexPage, AnimationPage, BslPage, CaptionTrack, Transcript
)
from joinedup.inform.pages.actions import put_page
about = Page.objects.get(slug="about", locale__language_code="en")
for film in AnimationPage.objects.shown():
    page = BslPage(
        title="About us in British Sign Language", slug="about-bsl", lead="Who we are, signed.",
        locale=film.locale, credit="A test", poster=film.poster, video=film.video,
        seconds=film.seconds, kind=film.kind,
        size=film.size, width=film.width, height=film.height, bsl_version_of=about,
    )
    page.captions = [CaptionTrack(language=t.language, text=t.text) for t in film.captions.all()]
    page.transcripts = [Transcript(language=t.language, text=t.text) for t in film.transcripts.all()]
    index = AnimationIndexPage.objects.get(locale=film.locale)
    put_page(page=page, parent=index, by=System("test"))
"""


@pytest.fixture(scope="module")
def signed(site: Site) -> None:
    """A page in sign language in each language of the site."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-v0", "-c", SIGNED]
    subprocess.run(command, cwd=ROOT, env=site.environment, check=True)


@pytest.mark.usefixtures("signed")
def test_from_a_page_to_its_film_in_sign_language_and_back(visitor: Visitor) -> None:
    visitor.open("/about/")
    visitor.page.get_by_role("link", name="Watch this in British Sign Language (BSL)").click()
    visitor.page.wait_for_url("**/animations/about-bsl/")
    assert is_paused(visitor)
    visitor.page.get_by_role("button", name="Play").click()
    assert wait_for_cue(visitor)
    visitor.page.get_by_role("button", name="Pause").click()
    visitor.check()
    visitor.page.locator('main a[href="/about/"]').click()
    visitor.page.wait_for_url("**/about/")


@pytest.mark.usefixtures("signed")
@pytest.mark.parametrize("address", ["/bn/animations/about-bsl/", "/animations/", "/bn/animations/"])
def test_sign_language_is_sound_in_both_languages(visitor: Visitor, address: str) -> None:
    visitor.open(address)
    assert visitor.page.get_by_text("(BSL)").count() or visitor.page.locator("video").count()
    visitor.check()
