"""Sign up from the home page, confirm, change topics, leave."""

import re
import uuid

import pytest
from playwright.sync_api import Browser

from joinedup.config.tests.journeys.conftest import Site, Visitor, visit

pytestmark = pytest.mark.browser


def address() -> str:
    return f"reader-{uuid.uuid4().hex[:8]}@example.org"


def link_in(mail: str, path: str) -> str:
    found = re.search(rf"http://127\.0\.0\.1:\d+({path}[^\s\"<&]+)", mail)
    assert found, f"no link to {path}"
    return found.group(1)


def test_sign_up_confirm_change_topics_and_leave(visitor: Visitor) -> None:
    email, page = address(), visitor.page
    visitor.open("/")
    box = page.locator("form[action='/newsletter/']")
    box.get_by_label(re.compile("email", re.IGNORECASE)).fill(email)
    box.get_by_role("button").click()
    assert page.get_by_label("Your email address").input_value() == email
    visitor.check()
    page.get_by_label("Care at home").check()
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/newsletter/check-your-email/")
    assert email not in page.url
    visitor.check()

    visitor.open(link_in(visitor.site.mail_to(email), "/newsletter/confirm/"))
    visitor.check()
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/newsletter/thank-you/**")
    visitor.check()

    page.get_by_role("link", name=re.compile("change|topics|choose", re.IGNORECASE)).first.click()
    page.wait_for_url("**/newsletter/preferences/**")
    assert page.get_by_label("Care at home").is_checked()
    page.get_by_label("Mental wellbeing").check()
    page.get_by_label("Care at home").uncheck()
    page.get_by_role("button", name=re.compile("save", re.IGNORECASE)).click()
    assert visitor.says("Saved") or visitor.says("saved")
    visitor.check()
    page.reload()
    assert page.get_by_label("Mental wellbeing").is_checked()
    assert not page.get_by_label("Care at home").is_checked()

    visitor.open(link_in(visitor.site.mail_to(email, "newsletter/leave"), "/newsletter/leave/"))
    visitor.check()
    page.locator("main form").get_by_role("button").click()
    page.wait_for_url("**/newsletter/left/**")
    visitor.check()


def test_the_same_by_keyboard_alone(visitor: Visitor) -> None:
    email, page = address(), visitor.page
    visitor.open("/newsletter/")
    visitor.tab_to("Your email address")
    page.keyboard.type(email)
    visitor.tab_to("Care at home")
    page.keyboard.press("Space")
    visitor.tab_to("Sign me up")
    page.keyboard.press("Enter")
    page.wait_for_url("**/newsletter/check-your-email/")
    visitor.open(link_in(visitor.site.mail_to(email), "/newsletter/confirm/"))
    visitor.tab_to("Yes, send me")
    page.keyboard.press("Enter")
    page.wait_for_url("**/newsletter/thank-you/**")
    visitor.open(link_in(visitor.site.mail_to(email, "newsletter/leave"), "/newsletter/leave/"))
    visitor.tab_to("Yes, leave")
    page.keyboard.press("Enter")
    page.wait_for_url("**/newsletter/left/**")


def test_a_wrong_address_is_told_beside_its_box_and_kept(visitor: Visitor) -> None:
    visitor.open("/newsletter/")
    visitor.page.get_by_label("Your email address").fill("nobody@")
    visitor.page.locator("main form").get_by_role("button").click()
    assert visitor.page.get_by_role("alert").is_visible()
    assert visitor.page.get_by_label("Your email address").input_value() == "nobody@"
    visitor.check()


def test_without_javascript(browser: Browser, site: Site) -> None:
    email, someone = address(), visit(browser, site, 375, java_script_enabled=False)
    someone.open("/newsletter/")
    someone.page.get_by_label("Your email address").fill(email)
    someone.page.locator("main form").get_by_role("button").click()
    someone.page.wait_for_url("**/newsletter/check-your-email/")
    someone.open(link_in(site.mail_to(email), "/newsletter/confirm/"))
    someone.page.locator("main form").get_by_role("button").click()
    someone.page.wait_for_url("**/newsletter/thank-you/**")
    someone.context.close()
