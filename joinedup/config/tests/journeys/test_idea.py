"""An idea for a neighbour: sent, given on, answered and read; with a mouse, by keyboard, without scripts."""

import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from joinedup.config.tests.journeys.conftest import PHONE, Site, Visitor, visit

pytestmark = pytest.mark.browser

WORDS = "The bench at the bus stop is broken and my neighbour cannot stand for long. Could someone mend it?"
PRIVATE = " Her NHS number is 943 476 5919, and her phone is 07700 900123."
ANSWER = "Thank you for this idea. The council mends the bench by Friday and puts a second one beside it."
MISSING = [
    "Choose feedback or an idea",
    "Write what you want to tell us",
    "Choose who you are",
    "Choose who it is about",
    "Choose how you want our answer",
]
POINTED_OUT = [
    re.compile(r"looks like an NHS number\W+943 476 5919"),
    re.compile(r"looks like a phone number\W+07700 900123"),
]
WRONG_ADDRESS = "Enter an email address in the right format, like name@example.com"


@dataclass
class Idea:
    """What someone means to send, and what they were given for it."""

    words: str = WORDS
    place: str = field(default_factory=lambda: f"bus stop {uuid.uuid4().hex[:8]}")
    email: str = field(default_factory=lambda: f"neighbour-{uuid.uuid4().hex[:8]}@example.org")
    reference: str = ""
    word: str = ""

    def keep(self, page: Page) -> None:
        """Write down what the thank-you page shows."""
        self.reference = page.locator("#reference").inner_text()
        self.word = page.locator("#word").inner_text()
        assert re.fullmatch(r"[A-Z]+-\w{4}-\w{4}", self.reference)
        assert re.fullmatch(r"[a-z]+-[a-z]+", self.word)


def fill_in(page: Page, idea: Idea) -> None:
    page.get_by_label("An idea").check()
    page.get_by_label("What do you want to tell us?").fill(idea.words)
    page.get_by_label("Which service or place is it about?").fill(idea.place)
    page.get_by_label("I live here").check()
    page.get_by_label("Someone else", exact=True).check()
    page.get_by_label("Your email address").fill(idea.email)
    page.get_by_label("By email").check()


def follow(someone: Visitor, idea: Idea) -> None:
    someone.open("/have-your-say/your-reference/")
    someone.page.get_by_label("Your reference").fill(idea.reference)
    someone.page.get_by_label("Your word").fill(idea.word)
    someone.press("Show me")


def tells_beside_the_field_and_on_top(page: Page, message: str) -> None:
    """The message stands in the field's own group, and in the summary as a link that leads there."""
    assert page.locator(".nhsuk-form-group--error").filter(has_text=message).first.is_visible(), message
    link = page.get_by_role("alert").get_by_role("link", name=message)
    link.click()
    group = page.locator(".nhsuk-form-group--error").filter(has=page.locator(":focus"))
    assert message in group.last.inner_text()


def test_what_is_missing_is_told_beside_each_field_and_what_was_written_stays(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/have-your-say/")
    visitor.check()
    visitor.press("Send it")
    visitor.check()
    assert page.get_by_role("alert").get_by_role("link").all_inner_texts() == MISSING
    for message in MISSING:
        tells_beside_the_field_and_on_top(page, message)

    page.get_by_label("What do you want to tell us?").fill(WORDS)
    page.get_by_label("Your email address").fill("nobody@")
    page.get_by_label("By phone call").check()
    visitor.press("Send it")
    visitor.check()
    tells_beside_the_field_and_on_top(page, WRONG_ADDRESS)
    tells_beside_the_field_and_on_top(page, "Enter a phone number, or choose another way for our answer")
    assert page.get_by_label("What do you want to tell us?").input_value() == WORDS
    assert page.get_by_label("Your email address").input_value() == "nobody@"
    assert page.get_by_label("By phone call").is_checked()


def test_an_idea_for_a_neighbour_is_answered_and_the_answer_read(
    visitor: Visitor, staff: Callable[..., Visitor]
) -> None:
    idea = Idea(words=WORDS + PRIVATE)
    send_although_details_are_pointed_out(visitor, idea)
    arrived = visitor.site.mail_to(idea.email)
    assert idea.reference in arrived
    assert idea.word not in arrived

    follow(visitor, idea)
    visitor.check()
    assert visitor.says("We have it. A person reads it by")
    answer_it(staff("officer"), idea)

    follow(visitor, idea)
    visitor.check()
    assert visitor.says("We answered on")
    assert visitor.says(ANSWER)
    assert ANSWER in visitor.site.mail_to(idea.email, "Our answer")
    assert len(visitor.site.letters_to(idea.email)) == 2


def send_although_details_are_pointed_out(visitor: Visitor, idea: Idea) -> None:
    page = visitor.page
    visitor.open("/have-your-say/?kind=idea")
    assert page.get_by_label("An idea").is_checked()
    fill_in(page, idea)
    visitor.press("Send it")
    for message in POINTED_OUT:
        assert page.get_by_role("alert").get_by_text(message).is_visible()
        assert page.locator(".nhsuk-form-group--error").get_by_text(message).is_visible()
    assert page.get_by_role("heading", name="Did you mean to write private details?").is_visible()
    assert page.get_by_label("What do you want to tell us?").input_value() == idea.words
    assert visitor.site.letters_to(idea.email) == []
    visitor.check()

    page.get_by_label("Send it as it is").check()
    visitor.press("Send it")
    assert page.get_by_role("heading", level=1).inner_text() == "Thank you. We have it"
    idea.keep(page)
    visitor.check()


def answer_it(officer: Visitor, idea: Idea) -> None:
    """Find it, say it is being looked at, give it on, and answer."""
    page = officer.page
    officer.open("/workspace/contributions/")
    page.get_by_label("Search").fill(idea.place)
    officer.press("Show")
    officer.check()
    assert page.get_by_role("table").get_by_role("link").all_inner_texts() == [idea.reference]
    page.get_by_role("link", name=idea.reference).click()
    officer.check()
    assert officer.says(idea.words)
    assert officer.says(idea.email)
    officer.press("I am looking at it")
    assert officer.says("Marked as being looked at")

    page.get_by_role("link", name="Give it to someone else").click()
    officer.check()
    page.get_by_label("Organisation").select_option(label="Barts Health NHS Trust")
    officer.press("Give it to them")
    assert officer.says("Given to Barts Health NHS Trust")

    page.get_by_role("link", name="Write the answer").click()
    officer.press("See how it looks")
    tells_beside_the_field_and_on_top(page, "Write the answer")
    officer.check()
    page.get_by_label("Our answer").fill(ANSWER)
    officer.press("See how it looks")
    assert page.get_by_role("region", name="What they will get").get_by_text(ANSWER).is_visible()
    officer.check()
    officer.press("Send this answer")
    assert officer.says("Answered. The email is on its way.")
    officer.check()


def test_the_whole_way_by_keyboard_alone(visitor: Visitor, staff: Callable[..., Visitor]) -> None:
    idea = Idea()
    send_by_keyboard(visitor, idea)
    answer_by_keyboard(staff("officer"), idea)

    keys = visitor.page.keyboard
    visitor.open("/have-your-say/")
    visitor.tab_to("See where it is with your reference")
    keys.press("Enter")
    visitor.page.wait_for_url("**/your-reference/")
    visitor.tab_to("Your reference", "text")
    keys.type(idea.reference)
    visitor.tab_to("Your word", "text")
    keys.type(idea.word)
    keys.press("Enter")
    visitor.page.get_by_role("heading", name="What we answered").wait_for()
    assert visitor.says(ANSWER)
    assert ANSWER in visitor.site.mail_to(idea.email, "Our answer")


def send_by_keyboard(visitor: Visitor, idea: Idea) -> None:
    keys = visitor.page.keyboard
    visitor.open("/have-your-say/")
    visitor.tab_to("Send it", "submit")
    keys.press("Enter")
    visitor.page.get_by_role("alert").wait_for()
    visitor.tab_to("Choose feedback or an idea")
    keys.press("Enter")
    keys.press("ArrowDown")  # from feedback to idea
    visitor.tab_to("What do you want to tell us?")
    keys.type(idea.words)
    visitor.tab_to("Which service or place")
    keys.type(idea.place)
    visitor.tab_to("I live here")
    keys.press("Space")
    visitor.tab_to("Me, or what I saw")
    keys.press("ArrowDown")  # to someone else
    visitor.tab_to("Your email address")
    keys.type(idea.email)
    visitor.tab_to("By email")
    keys.press("Space")
    visitor.tab_to("Send it", "submit")
    keys.press("Enter")
    visitor.page.get_by_role("heading", name="Thank you. We have it").wait_for()
    idea.keep(visitor.page)


def arrives_at(page: Page, end: str) -> None:
    """The path ends so; what stands after a question mark does not matter."""
    page.wait_for_url(lambda address: urlsplit(address).path.endswith(end))


def answer_by_keyboard(officer: Visitor, idea: Idea) -> None:
    page, keys = officer.page, officer.page.keyboard
    officer.open("/workspace/")
    officer.tab_to("What people said", "a")
    keys.press("Enter")
    page.wait_for_url("**/workspace/contributions/")
    officer.tab_to("Search", "text")
    keys.type(idea.place)
    keys.press("Enter")
    page.wait_for_url("**q=bus*")
    officer.tab_to(idea.reference, "a")
    keys.press("Enter")
    arrives_at(page, f"{idea.reference}/")
    assert officer.says("About: Someone else")
    officer.tab_to("Give it to an organisation")
    keys.press("Enter")
    arrives_at(page, "assign/")
    officer.tab_to("Organisation", "select-one")
    keys.type("Barts")
    officer.tab_to("Give it to them")
    keys.press("Enter")
    arrives_at(page, f"{idea.reference}/")
    assert officer.says("Given to Barts Health NHS Trust")
    officer.tab_to("Write the answer")
    keys.press("Enter")
    arrives_at(page, "answer/")
    officer.tab_to("Our answer")
    keys.type(ANSWER)
    officer.tab_to("See how it looks")
    keys.press("Enter")
    page.get_by_role("region", name="What they will get").wait_for()
    officer.tab_to("Send this answer")
    keys.press("Enter")
    arrives_at(page, f"{idea.reference}/")
    assert officer.says("Answered. The email is on its way.")


def test_what_was_sent_is_taken_back(visitor: Visitor, staff: Callable[..., Visitor]) -> None:
    idea, page = Idea(), visitor.page
    visitor.open("/have-your-say/")
    fill_in(page, idea)
    visitor.press("Send it")
    idea.keep(page)
    follow(visitor, idea)
    visitor.press("Take it back")
    assert visitor.says("Do you want to take it back?")
    visitor.check()
    visitor.press("Yes, take it back")
    assert visitor.says("We removed your words and your details")
    assert not visitor.says(idea.words)
    visitor.check()

    officer = staff("officer")
    officer.open(f"/workspace/contributions/{idea.reference}/")
    assert officer.says("The person took this back on")
    assert not officer.says(idea.words)
    assert not officer.says(idea.email)
    officer.check()


def test_a_wrong_word_opens_nothing(visitor: Visitor) -> None:
    follow(visitor, Idea(reference="THT-2222-2222", word="harbour-lantern"))
    assert visitor.page.get_by_role("alert").is_visible()
    assert visitor.page.get_by_label("Your reference").input_value() == "THT-2222-2222"
    visitor.check()


@pytest.mark.parametrize("width", [PHONE], ids=["phone"])
def test_without_javascript(browser: Browser, site: Site, staff: Callable[..., Visitor], width: int) -> None:
    idea, someone = Idea(words=WORDS + PRIVATE), visit(browser, site, width, java_script_enabled=False)
    someone.open("/have-your-say/")
    fill_in(someone.page, idea)
    someone.press("Send it")
    assert someone.page.get_by_role("alert").get_by_text(POINTED_OUT[0]).is_visible()
    someone.page.get_by_label("Send it as it is").check()
    someone.press("Send it")
    idea.keep(someone.page)

    officer = staff("officer", java_script_enabled=False)
    officer.open(f"/workspace/contributions/{idea.reference}/answer/")
    officer.page.get_by_label("Our answer").fill(ANSWER)
    officer.press("See how it looks")
    officer.press("Send this answer")
    assert officer.says("Answered. The email is on its way.")

    follow(someone, idea)
    assert someone.says(ANSWER)
    someone.context.close()
