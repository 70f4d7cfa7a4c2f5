"""Links of pages that lead nowhere are found without any network, shown, and gone once they are mended."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.address_actions import add_redirect
from joinedup.inform.pages.after_actions import note_broken_links, take_down
from joinedup.inform.pages.jobs import check_links
from joinedup.inform.pages.links import find_broken
from joinedup.inform.pages.models import BrokenLink, ContentPage, HomePage
from joinedup.inform.pages.tests.desk import about, draft

pytestmark = pytest.mark.any_database
BY = System("test")
Fault = BrokenLink.Fault


def saying(html: str, home: HomePage, slug: str = "care", title: str = "Care") -> Any:
    body = [("rich_section", {"heading": "", "text": html})]
    return put_page(page=ContentPage(title=title, slug=slug, body=body), parent=home, by=BY)


@pytest.fixture(autouse=True)
def _from_other_subjects(home: HomePage) -> None:
    """The home pages link to news and animations, which other subjects bring along."""
    put_page(page=ContentPage(title="News", slug="news"), parent=home, by=BY)
    for each in HomePage.objects.all():
        animations = ContentPage(title="Animations", slug="animations", locale=each.locale)
        put_page(page=animations, parent=each, by=BY)


def faults(page: Any, outside: Any = None) -> dict[str, str]:
    """Words of each broken link of the page, and what is wrong."""
    return {link.words: str(fault) for link, fault in find_broken(outside)[page.pk]}


def test_the_pages_we_bring_along_have_no_broken_links(home: HomePage) -> None:
    assert {page: links for page, links in find_broken().items() if links} == {}


@pytest.mark.parametrize(
    ("href", "fault"),
    [
        ("/no-such-page/", Fault.NO_PAGE),
        ("/about/#no-such-place", Fault.NO_ANCHOR),
        ("#no-such-place", Fault.NO_ANCHOR),
        ("/media/images/none.png", Fault.NO_FILE),
        ("/static/none.css", Fault.NO_FILE),
        ("/hidden/", Fault.NO_PAGE),
        ("/about/partnership/no-such-organisation/", Fault.NO_PAGE),
        ("/the-challenges/", Fault.NOT_PUBLIC),
        ("//evil.example/", Fault.ADDRESS),
        ("about/", Fault.ADDRESS),
    ],
)
def test_what_is_wrong_is_said(href: str, fault: str, home: HomePage) -> None:
    draft("Hidden", "hidden")
    take_down(
        page=ContentPage.objects.get(slug="the-challenges"),
        words="", see_page=None, see_address="", with_below=False, by=BY,
    )  # fmt: skip
    page = saying(f'<p>Read <a href="{href}">this</a> now.</p>', home)
    assert faults(page) == {"this": fault}


@pytest.mark.parametrize(
    "href",
    [
        "/about/", "/about/?from=x", "/", "/newsletter/", "/have-your-say/", "/sitemap/#main", "/old/",
        "mailto:a@example.org", "tel:02079460000", "https://example.org/", "/static/design/joinedup.css",
        "http://127.0.0.1:8000/about/",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(href: str, home: HomePage) -> None:
    add_redirect(old_path="/old/", page=about(), address="", by=BY)
    assert faults(saying(f'<p><a href="{href}">this</a></p>', home)) == {}


def test_links_to_pages_by_key_follow_the_page(home: HomePage) -> None:
    target, hidden = about(), draft("Hidden", "hidden")
    page = saying(
        f'<p><a linktype="page" id="{target.pk}">one</a> <a linktype="page" id="{hidden.pk}">two</a> '
        f'<a linktype="page" id="999999">three</a></p>',
        home,
    )
    assert faults(page) == {"two": Fault.NOT_PUBLIC, "three": Fault.NO_PAGE}


def test_every_kind_of_block_is_read(home: HomePage) -> None:
    bad = "/no-such-page/"
    card = {"heading": "A card", "text": "", "link": {"page": None, "address": bad}, "area": ""}
    step = {"when": "now", "title": "A step", "text": f'<p><a href="{bad}">in a step</a></p>', "source": ""}
    fold = f'<p><a href="{bad}">folded away</a></p>'
    body = [
        ("card", card),
        ("card_group", {"heading": "", "cards": [{**card, "heading": "In a group"}]}),
        ("steps", {"heading": "", "steps": [{**step, "source_url": ""}]}),
        ("details", {"summary": "More", "text": fold}),
        ("button_link", {"label": "A button", "link": {"page": None, "address": bad}, "style": "action"}),
        ("button_link", {"label": "Its page went", "link": {"page": None, "address": ""}, "style": "action"}),
    ]
    page = ContentPage(title="All", slug="all")
    blocks = ContentPage._meta.get_field("body").stream_block
    page.body = blocks.to_python([{"type": kind, "value": value} for kind, value in body])
    home.add_child(instance=page)
    found = faults(page)
    assert set(found) == {"A card", "In a group", "in a step", "folded away", "A button", "Its page went"}


def test_a_file_that_is_there_is_found(home: HomePage, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "river.png").write_bytes(b"x")
    page = saying(
        '<p><a href="/media/images/river.png">a</a> <a href="/media/images/../../x">b</a></p>', home
    )
    assert faults(page) == {"b": Fault.NO_FILE}


def test_other_websites_are_asked_only_through_whom_we_are_given(home: HomePage) -> None:
    asked: list[str] = []

    def outside(address: str) -> BrokenLink.Fault | None:
        asked.append(address)
        return Fault.NO_ANSWER if "gone" in address else None

    page = saying(
        '<p><a href="https://gone.example/x">a</a> <a href="https://there.example/">b</a></p>', home
    )
    assert faults(page, outside) == {"a": Fault.NO_ANSWER}
    assert {"https://gone.example/x", "https://there.example/"} <= set(asked)


class TestTheList:
    def test_it_fills_keeps_its_day_and_empties_itself(self, home: HomePage, writer: Client) -> None:
        page = saying('<p><a href="/lost/">this</a></p>', home)
        assert check_links.func() == 1
        row = BrokenLink.objects.get()
        BrokenLink.objects.update(since="2026-01-02")
        assert check_links.func() == 1
        html = writer.get("/workspace/pages/links/").content.decode()
        assert "2 January 2026" in html
        assert "/lost/" in html
        assert "No page stands at this address." in html
        assert row.page_id == page.pk

        saying("<p>Lost was found.</p>", home, slug="lost", title="Lost")
        assert check_links.func() == 0
        assert "Every link leads somewhere." in writer.get("/workspace/pages/links/").content.decode()

    def test_a_button_asks_the_worker(self, home: HomePage, writer: Client) -> None:
        assert "have not been checked yet" in writer.get("/workspace/pages/links/").content.decode()
        answer = writer.post("/workspace/pages/links/check/", follow=True)
        assert "The check has begun" in answer.content.decode()

    def test_a_page_that_is_taken_down_leaves_the_list(self, home: HomePage) -> None:
        page = saying('<p><a href="/lost/">this</a></p>', home)
        check_links.func()
        take_down(page=page, words="", see_page=None, see_address="", with_below=False, by=BY)
        assert not BrokenLink.objects.exists()

    def test_strangers_cannot_change_it(self, home: HomePage, officer: User) -> None:
        with pytest.raises(PermissionRefused):
            note_broken_links(found={}, by=officer)
        assert not AuditEvent.objects.filter(verb="inform_pages.check_links").exists()
