"""Every page of every role, at both widths; partner staff among their own; the notice up and down."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from joinedup.config.tests.journeys.conftest import Visitor

pytestmark = pytest.mark.browser

Staff = Callable[..., Visitor]

# What only some may do, and who finds it in the menu. The workspace, organisations and their account all do.
SPECIAL = {
    "/workspace/contributions/": {"officer", "partner", "privacy"},
    "/workspace/newsletter/": {"officer", "privacy"},
    "/workspace/programmes/": {"editor", "manager"},
    "/workspace/events/": {"editor", "officer"},
    "/workspace/staff/": {"privacy", "admin"},
    "/workspace/pages/": {"editor"},
    "/workspace/notice/": {"editor", "admin"},
    "/workspace/messages/": {"admin"},
    "/workspace/audit/": {"privacy", "admin"},
    "/editor/": {"editor"},
    "/design/": {"editor", "admin"},
}
FOR_ALL = {"/workspace/", "/workspace/organisations/", "/account/second-step/"}
NOTICE = "Walk-in centre closed today"


def check_each(someone: Visitor, paths: list[str]) -> None:
    for path in paths:
        answer = someone.page.goto(someone.site.address + path)
        assert answer is not None
        assert answer.status == 200, path
        assert path in someone.page.url, path
        someone.check()


def found(someone: Visitor, words: str) -> str:
    """The address of the one sample contribution with these words in it."""
    someone.open(f"/workspace/contributions/?state=all&q={words}")
    links = someone.page.get_by_role("table").get_by_role("link")
    assert links.count() == 1, words
    return urlsplit(str(links.get_attribute("href"))).path


def link_to(someone: Visitor, start: str, end: str) -> str:
    """The first link of the page whose address begins and ends so."""
    link = someone.page.locator(f"main a[href^='{start}'][href$='{end}']").first
    return str(link.get_attribute("href"))


@pytest.mark.parametrize("role", ["editor", "officer", "partner", "manager", "privacy", "admin"])
def test_each_role_finds_its_own_menu_and_every_page_in_it_is_sound(staff: Staff, role: str) -> None:
    someone = staff(role)
    someone.open("/workspace/")
    links = someone.page.get_by_role("navigation", name="Staff menu").locator("a").all()
    paths = [str(link.get_attribute("href")) for link in links]
    assert set(paths) >= FOR_ALL
    assert set(paths) & set(SPECIAL) == {path for path, roles in SPECIAL.items() if role in roles}
    check_each(someone, [path for path in paths if path != "/editor/"])  # Wagtail's own, see test_page_editor


def test_the_pages_of_one_contribution_are_sound(staff: Staff) -> None:
    officer = staff("officer")
    new, going = found(officer, "canal walks"), found(officer, "going home from hospital")
    to_post = found(officer, "befriending")
    check_each(officer, [new, new + "assign/", new + "answer/", new + "add/", new + "withdraw/"])
    check_each(officer, [going, to_post, to_post + "told/", to_post + "letter/"])
    officer.open(new + "assign/")
    officer.press("Give it to them")
    officer.is_told("Choose an organisation")


def test_what_a_caller_said_is_written_down_with_errors_beside_the_fields(staff: Staff) -> None:
    officer = staff("officer")
    officer.open("/workspace/contributions/enter/")
    officer.check()
    officer.press("Keep it and show the reference")
    officer.is_told("Choose how it reached us")
    page = officer.page
    page.get_by_role("group", name="How did it reach us?").get_by_role("radio").first.check()
    page.get_by_label("An idea").check()
    page.get_by_label("What did they say?").fill("Could the canal path have a lamp?")
    page.get_by_role("group", name="Who are they?").get_by_role("radio").first.check()
    page.get_by_role("group", name="Who is it about?").get_by_role("radio").first.check()
    page.get_by_role("group", name="How do they want our answer?").get_by_role("radio").last.check()
    officer.press("Keep it and show the reference")
    assert officer.says("Kept. Read these out")
    assert page.locator("#word").inner_text()
    officer.check()


def test_partner_staff_see_only_what_was_given_to_their_own_organisation(staff: Staff) -> None:
    partner = staff("partner")
    elsewhere = found(staff("officer"), "crisis line")
    partner.open("/workspace/contributions/?state=all")
    table = partner.page.get_by_role("table")
    assert table.get_by_role("link").count() >= 3
    for cell in table.locator("tbody tr td:last-child").all_inner_texts():
        assert "Barts Health NHS Trust" in cell
    answer = partner.page.goto(partner.site.address + elsewhere)
    assert answer is not None
    assert answer.status == 404
    partner.check()
    own = found(partner, "going home from hospital")
    check_each(partner, [own, own + "answer/", "/workspace/contributions/enter/"])
    answer = partner.page.goto(partner.site.address + "/workspace/staff/")
    assert answer is not None
    assert answer.status == 403
    partner.check()


def test_the_administrator_s_forms_are_sound_empty_and_refused(staff: Staff) -> None:
    admin = staff("admin")
    admin.open("/workspace/staff/")
    check_each(admin, [link_to(admin, "/workspace/staff/", "/end/"), "/workspace/staff/?left=on"])
    admin.open("/workspace/organisations/")
    barts = link_to(admin, "/workspace/organisations/barts", "/")
    check_each(admin, [barts, barts + "change/"])
    for path, button, problem in (
        ("/workspace/organisations/add/", "Save", "Enter the name."),
        (barts + "joined/", "Save", "Say how we know it."),
        ("/workspace/staff/invite/", "Send the invitation", "Choose a role."),
        ("/workspace/notice/", "Show it on every page", "Please answer: Heading"),
    ):
        admin.open(path)
        admin.check()
        admin.press(button)
        admin.is_told(problem)


def test_the_pages_of_one_s_own_account_are_sound(staff: Staff) -> None:
    check_each(
        staff("privacy"),
        [
            "/account/password/change/",
            "/account/second-step/totp/deactivate/",
            "/account/second-step/recovery-codes/generate/",
            "/account/logout/",
        ],
    )


def test_a_notice_shows_on_the_home_page_until_it_is_taken_down(visitor: Visitor, staff: Staff) -> None:
    editor = staff("editor")
    editor.open("/workspace/notice/")
    editor.page.get_by_label("Heading").fill(NOTICE)
    editor.page.get_by_label("What people should know").fill("The pipes burst. Go to Mile End instead.")
    editor.page.get_by_label("Words of a link").fill("Where else to go")
    editor.page.get_by_label("Where the link leads").fill("/contact/")
    editor.press("Show it on every page")
    assert editor.says("The notice now shows on every page.")
    editor.check()
    visitor.open("/")
    assert visitor.page.get_by_text(NOTICE).is_visible()
    visitor.check()
    visitor.page.get_by_role("link", name="Where else to go").click()
    visitor.page.wait_for_url("**/contact/")
    assert visitor.page.get_by_text(NOTICE).is_visible()

    editor.press("Take it down")
    assert editor.says("No notice shows now.")
    editor.check()
    visitor.open("/")
    assert not visitor.page.get_by_text(NOTICE).is_visible()
