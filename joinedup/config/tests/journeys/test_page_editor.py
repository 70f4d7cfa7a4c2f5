"""The page editor: a sentence changed, previewed, approved, in the history; a picture needs a licence."""

import struct
import uuid
import zlib
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page

from joinedup.config.tests.journeys.conftest import DESKTOP, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.parametrize("width", [DESKTOP], ids=["desktop"])]


def small_picture() -> bytes:
    """A PNG of one grey point, a new one each time."""

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    words = part(b"tEXt", b"Comment\0" + uuid.uuid4().hex.encode())
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        [part(b"IHDR", head), words, part(b"IDAT", zlib.compress(b"\0\x80")), part(b"IEND", b"")]
    )


def first_sentence(page: Page) -> Locator:
    return page.get_by_role("textbox", name="First sentence")


def open_about(editor: Visitor) -> Page:
    """From the workspace's menu through the list of pages, as an editor goes."""
    editor.open("/editor/pages/search/?q=partnership")
    editor.page.get_by_role("link", name="The partnership", exact=True).click()
    first_sentence(editor.page).wait_for()
    return editor.page


def send_in(page: Page) -> None:
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("button", name="Submit to a second person").click()
    page.get_by_text("submitted for moderation").wait_for()


def approve(second: Visitor) -> None:
    """What waits for the page about us, from the workspace."""
    second.open("/workspace/pages/")
    second.page.get_by_role("link", name="The partnership", exact=True).click()
    second.press("It is right: publish it")
    assert second.says("It is public now.")


def test_a_sentence_is_changed_previewed_and_approved(
    visitor: Visitor, staff: Callable[..., Visitor]
) -> None:
    editor = staff("editor")
    page = open_about(editor)
    before = first_sentence(page).input_value()
    after = f"We are neighbours in one borough, working as one ({uuid.uuid4().hex[:6]})."
    first_sentence(page).fill(after)
    page.get_by_role("button", name="Toggle preview").click()
    page.locator("iframe[title='Preview']").last.content_frame.get_by_text(after).wait_for()
    visitor.open("/about/")
    assert visitor.says(before)

    send_in(page)
    visitor.open("/about/")
    assert visitor.says(before)
    approve(staff("editor2"))
    visitor.open("/about/")
    assert visitor.says(after)
    assert not visitor.says(before)
    visitor.check()

    open_about(editor)
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("link", name="View history").click()
    theirs = page.get_by_role("row").filter(has_text="Sample: Edwin Second-Editor")
    theirs.first.wait_for()
    assert "Published" in " ".join(theirs.all_inner_texts())
    assert page.get_by_role("row").filter(has_text="Sample: Esther Editor").count() > 0


def test_a_page_can_be_scheduled(staff: Callable[..., Visitor]) -> None:
    page = open_about(staff("editor"))
    page.get_by_role("button", name="Toggle status").click()
    page.get_by_role("button", name="Set schedule").click()
    dialogue = page.get_by_role("dialog")
    assert dialogue.get_by_label("Go live date/time").is_visible()
    assert dialogue.get_by_label("Expiry date/time").is_visible()


def offer_picture(page: Page) -> str:
    """Choose a picture on one's own computer; its name."""
    name = f"grey-{uuid.uuid4().hex[:8]}.png"
    page.get_by_role("link", name="Add a").first.click()
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": small_picture()}
    )
    return name


def test_a_picture_without_a_description_is_refused(staff: Callable[..., Visitor]) -> None:
    editor = staff("editor")
    page = editor.page
    editor.open("/editor/images/")
    name = offer_picture(page)
    page.get_by_text("Please provide an image description").wait_for()
    page.get_by_role("button", name="Update").click()
    page.get_by_text("This field is required.").first.wait_for()
    editor.open("/editor/images/")
    assert page.get_by_text(name).count() == 0

    name = offer_picture(page)
    page.get_by_label("Description").fill("A grey square.")
    page.get_by_label("Licence").select_option(label="Our own work")
    page.get_by_label("Credit").fill("Sample: nobody")
    page.get_by_role("button", name="Update").click()
    page.get_by_text("Image updated.").first.wait_for()
    editor.open("/editor/images/")
    assert page.get_by_text(name).count() > 0
