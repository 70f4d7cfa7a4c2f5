"""Bengali from the first page to the mail: read, have your say by keyboard, get the news."""

import re
import uuid

import pytest

from joinedup.config.tests.journeys.conftest import PHONE, Visitor

pytestmark = pytest.mark.browser

# Elements whose own words are Bengali and whose lines stand closer than its vowel signs need.
TOO_CLOSE = """() => [...document.querySelectorAll('body *')].filter(e => {
  const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.textContent).join('');
  if (!/[\\u0980-\\u09ff]/.test(own) || !e.getClientRects().length) return false;
  const style = getComputedStyle(e);
  return parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.4;
}).map(e => e.outerHTML.slice(0, 120))"""
# Elements that cut off what is in them.
CUT = """() => [...document.querySelectorAll('main *, header *, footer *')].filter(e =>
  e.checkVisibility() && getComputedStyle(e).overflow === 'hidden' && e.clientWidth > 2
  && (e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1)
).map(e => e.outerHTML.slice(0, 120))"""


def reads_well(visitor: Visitor) -> None:
    """axe is content, nothing scrolls sideways, no sign is cut, and the review mark is there."""
    visitor.check()
    assert visitor.page.locator("html").get_attribute("lang") == "bn"
    assert visitor.page.evaluate(TOO_CLOSE) == []
    assert visitor.page.evaluate(CUT) == []
    assert visitor.page.get_by_text("বাংলাভাষী পাঠক যাচাই করেননি").is_visible()


def link_in(mail: str, path: str) -> str:
    found = re.search(rf"http://127\.0\.0\.1:\d+({path}[^\s\"<&]+)", mail)
    assert found, f"no link to {path}"
    return found.group(1)


def test_from_the_english_first_page_to_the_bengali_one_and_on(visitor: Visitor, width: int) -> None:
    visitor.open("/")
    visitor.page.get_by_role("navigation", name="Language").get_by_role("link", name="বাংলা").click()
    visitor.page.wait_for_url("**/bn/")
    reads_well(visitor)
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "টাওয়ার হ্যামলেটস টুগেদার"
    if width == PHONE:
        visitor.page.locator("summary", has_text="মেনু").click()
        reads_well(visitor)
    visitor.page.get_by_role("navigation", name="মূল মেনু").get_by_role("link", name="আপনার কথা বলুন").click()
    visitor.page.wait_for_url("**/bn/have-your-say/")
    reads_well(visitor)


def test_having_ones_say_by_keyboard_alone(visitor: Visitor) -> None:
    email, page = f"rahima-{uuid.uuid4().hex[:8]}@example.org", visitor.page
    visitor.open("/bn/have-your-say/")
    visitor.tab_to("মতামত: ভালো বা মন্দ যা ঘটেছে", "radio")
    page.keyboard.press("ArrowDown")
    visitor.tab_to("আমাদের কী জানাতে চান?", "textarea")
    page.keyboard.type("ক্লিনিকের লিফট তিন সপ্তাহ ধরে নষ্ট। আমার প্রতিবেশী উপরে উঠতে পারেন না।")
    visitor.tab_to("পাঠান", "submit")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    visitor.is_told("আপনি কে, বেছে নিন")
    reads_well(visitor)
    assert page.evaluate("document.activeElement.getAttribute('role')") in ("alert", None)
    assert "লিফট" in page.get_by_label("আমাদের কী জানাতে চান?").input_value()

    visitor.tab_to("আমি এখানে থাকি", "radio")
    page.keyboard.press("Space")
    visitor.tab_to("আমার, বা আমি যা দেখেছি তার", "radio")
    page.keyboard.press("Space")
    visitor.tab_to("আপনার ইমেইল ঠিকানা")
    page.keyboard.type(email)
    visitor.tab_to("ইমেইলে", "radio")
    page.keyboard.press("Space")
    assert page.get_by_label("কোন ভাষায় উত্তর চান?").input_value() == "bn"
    visitor.tab_to("পাঠান", "submit")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="ধন্যবাদ। আমরা পেয়েছি").wait_for()
    reads_well(visitor)

    reference, word = page.locator("#reference").inner_text(), page.locator("#word").inner_text()
    visitor.open(link_in(visitor.site.mail_to(email, reference), "/bn/have-your-say/"))
    page.get_by_label("আপনার সূত্র নম্বর").fill(reference)
    page.get_by_label("আপনার গোপন শব্দ").fill(word)
    visitor.press("দেখান")
    page.get_by_role("heading", name="এখন যে পর্যায়ে: আমরা পেয়েছি").wait_for()
    reads_well(visitor)


def test_the_news_from_the_box_on_the_first_page_to_leaving(visitor: Visitor) -> None:
    email, page = f"rahima-{uuid.uuid4().hex[:8]}@example.org", visitor.page
    visitor.open("/bn/")
    box = page.locator("form[action='/bn/newsletter/']")
    box.get_by_label("ইমেইল ঠিকানা").fill(email)
    box.get_by_role("button", name="খবর পেতে নাম লেখান").click()
    assert page.get_by_label("আপনার ইমেইল ঠিকানা").input_value() == email
    reads_well(visitor)
    page.get_by_label("বাড়িতে দেখাশোনা").check()
    visitor.press("তালিকায় আমার নাম লেখান")
    page.wait_for_url("**/bn/newsletter/check-your-email/")
    reads_well(visitor)

    visitor.open(link_in(visitor.site.mail_to(email), "/bn/newsletter/confirm/"))
    reads_well(visitor)
    visitor.press("হ্যাঁ, আমাকে খবর পাঠান")
    page.wait_for_url("**/bn/newsletter/thank-you/**")
    reads_well(visitor)
    page.get_by_role("link", name="আপনার নাম, বিষয় বা ভাষা বদলান").click()
    assert page.get_by_label("বাড়িতে দেখাশোনা").is_checked()
    reads_well(visitor)
    visitor.press("পছন্দগুলো জমা রাখুন")
    assert visitor.says("জমা হয়েছে।")

    visitor.open(link_in(visitor.site.mail_to(email, "newsletter/leave"), "/bn/newsletter/leave/"))
    reads_well(visitor)
    visitor.press("হ্যাঁ, খবর নেওয়া বন্ধ করুন")
    page.wait_for_url("**/bn/newsletter/left/")
    reads_well(visitor)


def test_a_page_that_is_there_in_english_only(visitor: Visitor) -> None:
    visitor.open("/bn/the-challenges/")
    reads_well(visitor)
    visitor.page.get_by_role("link", name="পাতাটি ইংরেজিতে পড়ুন").click()
    visitor.page.wait_for_url("**/the-challenges/")
    assert visitor.page.locator("html").get_attribute("lang") == "en"
