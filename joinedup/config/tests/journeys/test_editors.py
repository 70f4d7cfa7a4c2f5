"""Two editors: one drafts, the other publishes, the page is where it should be; and what comes afterwards."""

import re
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from joinedup.config.tests.journeys.conftest import DESKTOP, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [DESKTOP], ids=["desktop"])]

Staff = Callable[..., Visitor]
HARD = (
    "The partnership facilitates multidisciplinary collaboration between statutory organisations in order to "
    "optimise integrated provision for individuals with multiple conditions across the borough. "
    "We want to hear from you. You can write to us or call us."
)


def add_under(editor: Visitor, parent: str, title: str) -> Page:
    """A new content page below the page of that title, saved as a draft."""
    page = editor.page
    editor.open(f"/editor/pages/search/?q={parent}")
    page.get_by_role("link", name=parent, exact=True).first.click()
    key = page.url.rstrip("/").split("/")[-2]
    editor.open(f"/editor/pages/add/inform_pages/contentpage/{key}/")
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_role("textbox", name="First sentence").fill(HARD)
    page.get_by_role("button", name="Save draft").click()
    page.get_by_text(re.compile(f"Page '{title}' (created|has been updated)")).wait_for()
    return page


def press_in_footer(page: Page, name: str) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name=name).click()


def test_one_drafts_a_second_publishes_and_the_page_is_everywhere_it_should_be(
    visitor: Visitor, staff: Staff
) -> None:
    title = f"Neighbours {uuid.uuid4().hex[:6]}"
    writer, reader = staff("editor"), staff("editor2")
    page = add_under(writer, "The partnership", title)
    page.get_by_text("Reading age as last saved").first.wait_for()
    assert page.get_by_text("Make two sentences of it.").first.is_visible()

    page.get_by_role("button", name="More actions").click()
    assert page.get_by_role("button", name="Publish", exact=True).count() == 0
    page.get_by_role("button", name="Submit to a second person").click()
    page.get_by_text("submitted for moderation").wait_for()
    visitor.open("/sitemap/")
    assert not visitor.says(title)

    writer.open("/workspace/pages/")
    writer.check()
    writer.page.get_by_role("link", name=title).click()
    assert writer.says("another editor decides")
    assert writer.page.get_by_role("button", name="It is right: publish it").count() == 0
    writer.check()

    mail = writer.site.mail_to("editor2@sample.example", containing=title)
    assert "/workspace/pages/waiting/" in mail
    reader.open("/workspace/pages/")
    reader.page.get_by_role("link", name=title).click()
    reader.check()
    reader.tab_to("It is right: publish it")
    reader.page.keyboard.press("Enter")
    reader.page.wait_for_load_state()
    assert reader.says("It is public now.")

    visitor.open("/about/")
    visitor.page.locator("main").get_by_role("link", name=title).click()
    assert visitor.says("Last checked on")
    visitor.check()
    visitor.open("/sitemap/")
    assert visitor.says(title)
    assert title.lower().replace(" ", "-") in visitor.site.get("/sitemap.xml")


def test_what_is_sent_back_can_be_taken_down_and_moved_in_the_workspace(
    visitor: Visitor, staff: Staff
) -> None:
    title = f"Clinic {uuid.uuid4().hex[:6]}"
    slug = title.lower().replace(" ", "-")
    writer, reader = staff("editor"), staff("editor2")
    press_in_footer(add_under(writer, "The challenges", title), "Submit to a second person")
    writer.page.get_by_text("submitted for moderation").wait_for()
    reader.open("/workspace/pages/")
    reader.page.get_by_role("link", name=title).click()
    reader.press("Send it back")
    reader.is_told("What should change?")
    reader.page.get_by_label("What should change?").fill("Say where it is.")
    reader.press("Send it back")
    assert "Say where it is." in writer.site.mail_to("editor@sample.example", containing=title)

    writer.open(f"/editor/pages/search/?q={title}")
    writer.page.get_by_role("link", name=title, exact=True).first.click()
    press_in_footer(writer.page, "Resubmit to a second person")
    writer.page.get_by_text("submitted for moderation").wait_for()
    reader.open("/workspace/pages/")
    reader.page.get_by_role("link", name=title).click()
    reader.press("It is right: publish it")
    visitor.open(f"/the-challenges/{slug}/")
    assert visitor.says(title)

    writer.open("/workspace/pages/due/")
    writer.check()
    writer.page.get_by_role("link", name=re.compile(f"Edit.*{title}")).click()
    key = writer.page.url.rstrip("/").split("/")[-2]
    writer.open(f"/workspace/pages/{key}/move/")
    writer.check()
    writer.page.get_by_label("Under which page?").select_option(label="– The partnership")
    writer.press("Move it")
    visitor.open(f"/the-challenges/{slug}/")
    assert visitor.page.url.endswith(f"/about/{slug}/")

    writer.open(f"/workspace/pages/{key}/take-down/")
    writer.check()
    writer.page.get_by_label("Where should people go instead?").select_option(label="– Contact us")
    writer.page.get_by_label("What should people read there?").fill("The clinic has closed.")
    writer.press("Take it down")
    writer.check()
    visitor.open(f"/about/{slug}/")
    assert visitor.says("The clinic has closed.")
    visitor.check()
    visitor.page.locator("main").get_by_role("link", name="Contact us").click()
    assert visitor.page.url.endswith("/contact/")


def test_the_screens_that_keep_pages_right_are_sound(staff: Staff) -> None:
    editor = staff("editor")
    for path in ("", "due/", "links/", "addresses/", "read/"):
        editor.open(f"/workspace/pages/{path}")
        editor.check()
    editor.open("/workspace/pages/addresses/")
    editor.press("Save")
    editor.is_told("Old address")
    editor.open("/workspace/pages/due/")
    editor.page.get_by_role("button", name=re.compile("This is still right.*Our history")).click()
    assert editor.says("is due again on")
    editor.check()
    editor.page.get_by_role("link", name=re.compile("Change.*Our history")).click()
    editor.check()


def test_the_easy_read_page_is_sound_and_found_from_its_long_version(visitor: Visitor) -> None:
    visitor.open("/about/")
    visitor.page.get_by_role("link", name="Read this in easy words and pictures (easy read)").click()
    assert visitor.says("We work as one team.")
    visitor.check()
    visitor.page.set_viewport_size({"width": 375, "height": 800})
    visitor.check()
    visitor.page.locator("main").get_by_role("link", name="The partnership").first.click()
    assert visitor.page.url.endswith("/about/")
