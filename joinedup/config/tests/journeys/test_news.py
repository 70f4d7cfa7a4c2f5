"""Read the news by filter; sign up for an event with what one needs; take it back; see who comes."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser

from joinedup.config.tests.journeys.conftest import PHONE, Site, Visitor, visit

pytestmark = pytest.mark.browser
Staff = Callable[..., Visitor]

CARERS, ONLINE, FULL = "sample-carers-morning", "sample-ask-us-online", "sample-cooking"


def address() -> str:
    return f"comes-{uuid.uuid4().hex[:8]}@example.org"


def place_link(mail: str) -> str:
    found = re.search(r"http://127\.0\.0\.1:\d+(/events/your-place/[^\s\"<&]+)", mail)
    assert found, "no link to the place"
    return found.group(1)


def read_by_filter(someone: Visitor) -> None:
    """From the home page to the news of one part of the borough, one topic, one post, one month."""
    page = someone.page
    someone.open("/")
    page.locator("main").get_by_role("link", name=re.compile("^News")).first.click()
    page.wait_for_url("**/news/")
    someone.check()
    page.get_by_text("Choose what you see").click()
    page.get_by_role("link", name="North East", exact=True).click()
    page.wait_for_url("**/news/?place=north-east")
    assert page.locator("h1").inner_text() == "News: North East"
    someone.check()
    page.get_by_role("link", name="Health services", exact=True).click()
    page.wait_for_url("**topic=health-services")
    page.get_by_role("link", name="Sample: New walk-in blood pressure checks in Bow").click()
    assert someone.says("North East locality team")
    someone.check()
    page.get_by_role("link", name=re.compile("^News of ")).click()
    assert page.locator("h1").inner_text().startswith("News of ")
    someone.check()


def test_the_news_by_filter(visitor: Visitor) -> None:
    read_by_filter(visitor)
    visitor.open("/news/chairs-briefing/")
    visitor.check()
    visitor.page.get_by_role("link", name=re.compile("one number to ring")).click()
    assert visitor.says("What the board decided")
    visitor.check()


def test_every_page_of_events_is_sound(visitor: Visitor) -> None:
    paths = ["/events/", "/events/past/", "/events/?place=south-west", "/events/sample-health-day/"]
    paths += [f"/events/{slug}/" for slug in (CARERS, ONLINE, FULL, "sample-what-first")]
    paths += [f"/events/{FULL}/sign-up/", "/events/your-place/nonsense/"]
    for path in paths:
        visitor.open(path)
        visitor.check()
    visitor.open("/events/sample-health-day/")
    assert visitor.says("This event is cancelled")
    visitor.open("/events/sample-what-first/")
    assert visitor.says("This event has passed")
    visitor.open(f"/events/{FULL}/")
    assert visitor.says("All places are taken")


def test_sign_up_with_what_one_needs_and_take_it_back_by_keyboard_alone(visitor: Visitor) -> None:
    email, page = address(), visitor.page
    visitor.open(f"/events/{ONLINE}/")
    visitor.tab_to("Sign up")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/events/{ONLINE}/sign-up/")
    visitor.check()
    visitor.tab_to("Sign up", role="submit")
    page.keyboard.press("Enter")
    visitor.is_told("Write what we should call you.")
    visitor.is_told("Write an email address or a phone number")
    visitor.tab_to("Your name")
    page.keyboard.type("Sample: Keyboard")
    visitor.tab_to("Your email address")
    page.keyboard.type(email)
    visitor.tab_to("A British Sign Language (BSL) interpreter")
    page.keyboard.press("Space")
    visitor.tab_to("A quiet space to rest")
    page.keyboard.press("Space")
    visitor.tab_to("Sign up", role="submit")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/events/{ONLINE}/sign-up/sent/")
    assert visitor.says("Look in your email")
    visitor.check()

    visitor.open(place_link(visitor.site.mail_to(email)))
    assert visitor.says("You have a place")
    assert visitor.says("If you told us what you need, we have noted it.")
    visitor.check()
    visitor.tab_to("I cannot come")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You told us you are not coming").wait_for()
    visitor.check()


def test_the_same_without_scripts(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, PHONE, java_script_enabled=False)
    read = someone.page
    someone.open("/news/?kind=locality&place=south-east")
    assert someone.says("Parents asked for later baby clinics")
    someone.open(f"/events/{ONLINE}/sign-up/")
    read.get_by_label("Your name").fill("Sample: No scripts")
    read.get_by_label("Your phone number").fill("07700 900456")
    read.get_by_label("A hearing loop").check()
    someone.press("Sign up")
    assert someone.says("You have a place")
    someone.press("I cannot come")
    assert someone.says("You told us you are not coming")
    someone.context.close()


def test_signing_up_again_and_in_bengali(visitor: Visitor) -> None:
    email, page = address(), visitor.page
    for _time in range(2):
        visitor.open(f"/events/{ONLINE}/sign-up/")
        page.get_by_role("link", name="বাংলা", exact=True).last.click()
        page.wait_for_url("**/sign-up/?language=bn")
        visitor.check()
        page.get_by_label("আপনার নাম").fill("Sample: Twice")
        page.get_by_label("আপনার ইমেইল ঠিকানা").fill(email)
        visitor.press("নাম লেখান")
        page.wait_for_url("**/sign-up/sent/?language=bn")
        visitor.check()
    visitor.open(place_link(visitor.site.mail_to(email, "আপনার জায়গা আগে থেকেই আছে")))
    assert page.locator("html").get_attribute("lang") == "bn"
    assert page.locator("h1").inner_text() == "আপনার জায়গা আছে"
    visitor.check()


def test_who_holds_events_sees_who_comes_and_what_they_need(staff: Staff) -> None:
    officer = staff("officer")
    officer.open("/workspace/events/")
    officer.check()
    officer.page.get_by_role("link", name="Sample: Carers’ morning").click()
    assert officer.says("What those who come need")
    assert officer.says("1 asks for: A British Sign Language (BSL) interpreter")
    officer.check()
    officer.page.get_by_role("link", name="Cancel for Sample: George").click()
    officer.check()


def test_an_editor_sees_how_many_come_and_can_cancel(staff: Staff) -> None:
    editor = staff("editor")
    editor.open("/workspace/events/")
    editor.check()
    editor.page.get_by_role("link", name="Sample: Carers’ morning").click()
    assert not editor.page.get_by_text("What those who come need").is_visible()
    editor.check()
    editor.page.get_by_role("link", name="Cancel this event").click()
    editor.check()
    editor.press("Cancel the event and tell everyone")
    editor.is_told("Say why, in one plain sentence.")
