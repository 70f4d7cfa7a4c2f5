"""From one voice on a phone, through three organisations, a board and a measure, to "yes, it changed".

`make test` runs it on SQLite with the other journeys, and once more on PostgreSQL.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from joinedup.config.house import routes as house
from joinedup.config.tests import keys
from joinedup.config.tests.journeys.conftest import DESKTOP, PHONE, Site, Visitor, visit

pytestmark = pytest.mark.browser

THEME = "Sample: Places to walk and meet"
PROJECT = "Sample: An interpreter when you asked for one"
MEASURE = "Health Index"
DECIDED = "We pay for three benches by the canal."
ANSWER = "Thank you. Two more walks begin in spring, and there are three new benches by the canal."
NEWS = "You asked for benches by the canal. Since March there are three. Has it changed for you?"


@dataclass
class Voice:
    """What someone says, and what they are known by."""

    mark: str = field(default_factory=lambda: uuid.uuid4().hex[:8])
    reference: str = ""
    case: str = ""

    @property
    def words(self) -> str:
        return f"I cannot walk to the market without a bench on the way. It is about bench {self.mark}."

    @property
    def email(self) -> str:
        return f"walker-{self.mark}@example.org"


@dataclass
class Others:
    """Those who may see nothing of it: someone who is not signed in, and staff of another organisation."""

    visitor: Visitor
    partner: Visitor
    voice: Voice

    def see_nothing(self, *paths: str) -> None:
        """Neither of them gets in, and neither reads a word, the address or the reference.

        Tried are these, and every address in the workspace that is about the voice or its case.
        """
        for path in (*paths, *about(self.voice)):
            for someone in (self.visitor, self.partner):
                answer = someone.context.request.get(someone.site.address + path)
                text = answer.text()
                got_in = answer.ok and "/account/login/" not in answer.url
                assert not got_in, f"{path} let in {someone.page.url}"
                for secret in (self.voice.mark, self.voice.email):
                    assert secret not in text, f"{path} tells {secret}"

    def read_nothing_private(self, *paths: str) -> None:
        """Pages for everyone, on which nothing of this person stands."""
        for path in paths:
            text = self.visitor.context.request.get(self.visitor.site.address + path).text()
            for secret in (self.voice.email, self.voice.reference):
                assert secret not in text, f"{path} tells {secret}"


def about(voice: Voice) -> list[str]:
    """Each route in the workspace that is about this voice or its case; the first of all else in it."""
    known = {stem: (voice.reference,) for stem in keys.KEYS if keys.is_of_a_voice(stem)}
    if voice.case:
        known |= {stem: (voice.case, "1", "1") for stem in keys.KEYS if stem.startswith(keys.CASE)}
    found = []
    for route in house.routes():
        stem = house.stem_of(route.pattern, known)
        if stem is not None and house.has_arguments(route.pattern):
            found.append(house.address(route.pattern, stem, known[stem]))
    return found


@pytest.fixture
def team(
    browser: Browser, site: Site, cookies_of: Callable[[str], list[dict[str, object]]]
) -> Iterator[Callable[[str], Visitor]]:
    """Sample staff at their desks, each in a browser of their own."""
    present: dict[str, Visitor] = {}

    def come(role: str) -> Visitor:
        if role not in present:
            present[role] = visit(browser, site, DESKTOP)
            present[role].context.add_cookies(cookies_of(role))
        return present[role]

    yield come
    for someone in present.values():
        someone.context.close()
    assert [complaint for someone in present.values() for complaint in someone.complaints] == []


def says_it(resident: Visitor, voice: Voice) -> None:
    page = resident.page
    resident.open("/have-your-say/")
    page.get_by_label("An idea").check()
    page.get_by_label("What do you want to tell us?").fill(voice.words)
    page.get_by_label("I live here").check()
    page.get_by_label("Me, or what I saw").check()
    page.get_by_label("Your email address").fill(voice.email)
    page.get_by_label("By email").check()
    page.get_by_label("You may show my words to others").check()
    resident.check()
    resident.press("Send it")
    voice.reference = page.locator("#reference").inner_text()
    resident.check()


def sorts_it(officer: Visitor, voice: Voice) -> None:
    page = officer.page
    officer.open("/workspace/triage/")
    officer.check()
    officer.open(f"/workspace/triage/?q={voice.reference}")
    page.get_by_role("link", name=voice.reference).first.click()
    assert voice.mark in page.locator("main").inner_text()
    officer.check()
    page.get_by_label("What is it about?").select_option(label=THEME)
    page.get_by_label("Content", exact=True).check()
    officer.press("Save and go to the next")
    assert officer.says(f"{voice.reference} is sorted.")


def opens_the_case(officer: Visitor, voice: Voice) -> None:
    page = officer.page
    officer.open(f"/workspace/cases/open/?with={voice.reference}")
    officer.check()
    officer.press("Open the case")
    officer.is_told("Say in a few words what it is about")
    page.get_by_label("What is it about?").fill(f"Benches {voice.mark}")
    page.get_by_label("Who leads?").select_option(label="London Borough of Tower Hamlets")
    officer.press("Open the case")
    found = re.search(r"/cases/(C-\w{6})/", page.url)
    assert found, page.url
    voice.case = found.group(1)
    officer.check()


def asks(officer: Visitor, voice: Voice, organisation: str) -> None:
    page = officer.page
    officer.open(f"/workspace/cases/{voice.case}/ask/")
    page.get_by_label("Whom do you ask?").select_option(label=organisation)
    page.get_by_label("What do you need from them?").fill("Where is a bench missing?")
    officer.check()
    officer.press("Ask them")
    assert officer.says(f"{organisation} is asked.")


def writes_a_part(partner: Visitor, voice: Voice, text: str) -> None:
    partner.open("/workspace/")
    partner.check()
    partner.page.get_by_role("link", name=f"Write your part of case {voice.case}").click()
    partner.check()
    partner.page.get_by_label("Your part of the answer").fill(text)
    partner.press("Keep your part")
    words = partner.page.locator("main").inner_text()
    assert voice.mark in words
    assert voice.reference not in words
    assert voice.email not in words


def agrees(partner: Visitor, voice: Voice) -> None:
    partner.open("/workspace/")
    partner.page.get_by_role("link", name=f"Read the answer of case {voice.case} and agree").click()
    partner.check()
    partner.press("We agree")
    assert partner.says("Agreed. Thank you.")


def writes_the_answer(officer: Visitor, voice: Voice) -> None:
    page = officer.page
    officer.open(f"/workspace/cases/{voice.case}/answer/")
    page.get_by_label("We did it, or are doing it").check()
    page.get_by_label("The answer", exact=True).fill(ANSWER)
    officer.check()
    officer.press("Keep this wording")
    assert officer.says("We wait for Barts Health NHS Trust.")


def puts_it_on_the_agenda(manager: Visitor, voice: Voice) -> None:
    page = manager.page
    manager.open("/workspace/themes/")
    manager.check()
    page.get_by_role("link", name=re.compile(f"What came of it.*{THEME}")).click()
    manager.check()
    page.get_by_role("link", name=re.compile("Begin a new one.*Decision")).click()
    manager.check()
    choice = page.locator("[name=meeting]")
    past = choice.locator("option").nth(1).get_attribute("value")
    choice.select_option(value=past)
    page.locator("[name=title]").fill(f"Benches {voice.mark}")
    page.get_by_label("What the board is asked").fill("Do we pay for three benches?")
    manager.press("Put it on the agenda")
    manager.check()


def decides(manager: Visitor, voice: Voice) -> None:
    page = manager.page
    page.get_by_role("link", name=f"Write down the decision: Benches {voice.mark}").click()
    manager.check()
    page.get_by_label("Agreed", exact=True).check()
    page.get_by_label("What was decided").fill(DECIDED)
    page.get_by_label("Why", exact=True).fill("Many asked for them, and they cost little.")
    manager.press("Write down the decision")
    manager.check()


def ties(manager: Visitor, page: Page, kind: str, name: str) -> None:
    """From the page of one thing, say what followed from it."""
    section = page.locator("section", has=page.get_by_role("heading", name=f"What can follow: {kind}"))
    choice = section.get_by_label("What followed from it?")
    value = choice.locator("option", has_text=name).first.get_attribute("value")
    choice.select_option(value=value)
    section.get_by_role("button", name=re.compile("Tie it")).click()
    page.wait_for_load_state()
    assert manager.says("Tied.")
    manager.check()


def tells_everyone(manager: Visitor) -> None:
    page = manager.page
    manager.open("/workspace/what-came-of-it/")
    manager.check()
    page.get_by_role("link", name=re.compile(f"Decide.*{MEASURE}")).first.click()
    manager.check()
    manager.press("Tell everyone")
    manager.is_told("Write what you tell them")
    page.get_by_label("What do you tell them?").fill(NEWS)
    manager.press("Tell everyone")
    assert manager.says("Emails go out now.")


def is_answered(site: Site, team: Callable[[str], Visitor], voice: Voice, others: Others) -> None:
    """Three organisations, one answer, agreed by all, in the resident's mailbox."""
    officer, case = team("officer"), f"/workspace/cases/{voice.case}/"
    others.see_nothing()
    asks(officer, voice, "Barts Health NHS Trust")
    asks(officer, voice, "East London NHS Foundation Trust")
    writes_a_part(team("partner"), voice, "By the hospital gate.")
    writes_a_part(team("partner2"), voice, "By the day centre.")
    writes_the_answer(officer, voice)
    agrees(team("partner"), voice)
    agrees(team("partner2"), voice)
    others.see_nothing()
    officer.open(case)
    officer.check()
    officer.press("Send the answer to 1 person")
    assert officer.says("Everyone is told, and the case is closed.")
    assert ANSWER in site.mail_to(voice.email, ANSWER)


def is_done(manager: Visitor, voice: Voice) -> None:
    """On an agenda, decided, tied to a project and to a measure, and everyone is told."""
    puts_it_on_the_agenda(manager, voice)
    decides(manager, voice)
    manager.open("/workspace/themes/")
    manager.page.get_by_role("link", name=re.compile(f"What came of it.*{THEME}")).click()
    manager.page.get_by_role("link", name=DECIDED).first.click()
    ties(manager, manager.page, "Project", PROJECT)
    manager.page.get_by_role("link", name=PROJECT).first.click()
    ties(manager, manager.page, "Measure", MEASURE)
    tells_everyone(manager)


def says_yes(resident: Visitor, site: Site, voice: Voice) -> None:
    """One press, from the mail."""
    mail = site.mail_to(voice.email, "Has it changed")
    link = re.search(r"/what-we-did/your-word/[\w:-]+/", mail)
    assert link, "the mail names the page where people say whether it changed"
    resident.open(link.group())
    resident.check()
    resident.press("Yes, it changed")
    assert resident.says("Thank you. We are glad.")
    resident.check()


def test_from_a_voice_to_yes_it_changed(browser: Browser, site: Site, team: Callable[[str], Visitor]) -> None:
    voice, resident = Voice(), visit(browser, site, PHONE)
    others = Others(visit(browser, site, DESKTOP), team("partner3"), voice)
    says_it(resident, voice)
    others.see_nothing("/workspace/triage/")
    sorts_it(team("officer"), voice)
    opens_the_case(team("officer"), voice)
    is_answered(site, team, voice, others)
    is_done(team("manager"), voice)
    others.see_nothing("/workspace/what-came-of-it/", "/workspace/meetings/", "/workspace/measures/")
    says_yes(resident, site, voice)

    resident.open("/what-we-did/")
    resident.check()
    resident.page.get_by_role("link", name=THEME).click()
    resident.check()
    for told in (DECIDED, PROJECT, MEASURE, "Yes, it changed"):
        assert resident.says(told), told
    others.read_nothing_private("/what-we-did/", resident.page.url.removeprefix(site.address), "/stories/")
    for someone in (resident, others.visitor):
        someone.context.close()
        assert someone.complaints == []
