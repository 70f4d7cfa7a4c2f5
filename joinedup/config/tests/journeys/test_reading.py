"""A newcomer reads the home page and follows every link on it."""

from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser

from joinedup.config.house.links import links_in
from joinedup.config.tests.journeys.conftest import Site, Visitor, visit

pytestmark = pytest.mark.browser


def test_the_home_page_and_every_page_it_leads_to(visitor: Visitor) -> None:
    visitor.open("/")
    assert visitor.page.get_by_role("heading", level=1).inner_text() == "Tower Hamlets Together"
    visitor.check()
    paths = {urldefrag(link).url for link in links_in(visitor.page.content(), "/")}
    files = ("/static/", "/media/")
    pages = sorted(p for p in paths if not p.startswith(files) and not p.endswith((".css", ".svg", ".png")))
    assert len(pages) > 12
    for path in pages:
        answer = visitor.page.goto(visitor.site.address + path)
        assert answer is not None
        assert answer.status < 400, path
        visitor.check()


def test_the_four_plain_ways_in_stand_on_the_first_screen_of_a_phone(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 375)
    someone.open("/")
    for name in ("Find help", "Have your say", "What we did", "News"):
        box = someone.page.locator("main").get_by_role("link", name=name).first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= 800, name
    someone.context.close()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_no_page_scrolls_sideways_on_the_smallest_phone(browser: Browser, site: Site, direction: str) -> None:
    someone = visit(browser, site, 320)
    wide = []
    for path in ("/", "/about/", "/about/history/", "/the-challenges/", "/contact/", "/privacy/", "/cookies/",
                 "/newsletter/", "/have-your-say/", "/have-your-say/your-reference/", "/about/partnership/",
                 "/sitemap/", "/account/login/", "/no-such-page/"):  # fmt: skip
        someone.open(path)
        someone.page.evaluate(f"document.documentElement.dir = '{direction}'")
        if someone.page.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        ):
            wide.append(path)
    someone.context.close()
    assert wide == []


def test_nothing_is_asked_of_any_other_host(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 1280)
    hosts = set()
    someone.page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    for path in ("/", "/newsletter/", "/have-your-say/", "/the-challenges/"):
        someone.open(path)
    someone.context.close()
    assert hosts == {urlsplit(site.address).netloc}


def test_a_visitor_who_only_reads_gets_no_cookie(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 1280)
    for path in ("/", "/about/", "/the-challenges/", "/about/partnership/", "/privacy/"):
        someone.open(path)
    assert someone.context.cookies() == []
    someone.context.close()


def test_the_menu_opens_by_keyboard_on_a_phone(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 375)
    someone.open("/")
    someone.tab_to("Menu")
    someone.page.keyboard.press("Enter")
    someone.check()
    someone.tab_to("The challenges")
    someone.page.keyboard.press("Enter")
    someone.page.wait_for_url("**/the-challenges/")
    someone.context.close()


def test_the_first_tab_leads_past_the_menu(visitor: Visitor) -> None:
    visitor.open("/about/")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "main"


def test_the_page_prints_without_menu_and_footer_links(browser: Browser, site: Site) -> None:
    someone = visit(browser, site, 1280)
    someone.open("/the-challenges/")
    someone.page.emulate_media(media="print")
    assert not someone.page.get_by_role("link", name="Working with you").first.is_visible()
    assert someone.page.get_by_role("heading", level=1).is_visible()
    someone.context.close()
