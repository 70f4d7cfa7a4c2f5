"""The frame of every page: language, skip link, menu without a script, notice, footer."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory, override_settings
from django.utils import translation

from joinedup.design import gallery, views
from joinedup.design.tests.drawn import Element, read

CONTEXT: dict[str, Any] = {
    "partnership": {
        "name": "Tower Hamlets Together",
        "place": "Tower Hamlets",
        "phone": "+44 20 7946 0000",
        "phone_hours": "9am to 5pm",
        "email": "hello@example.org",
        "address": ["1 Example Street", "London"],
        "colours": {},
    },
    "navigation": [
        {"label": "About us", "href": "/about/", "area": "inform", "current": True},
        {"label": "Have your say", "href": "/have-your-say/", "area": "involve", "current": False},
    ],
    "footer_links": [{"label": "Privacy", "href": "/privacy/"}],
}


def page(template: str = "design/message.html", **context: Any) -> Element:
    return read(render_to_string(template, CONTEXT | context).replace("<!doctype html>", ""))


@pytest.fixture
def _right_to_left() -> Iterator[None]:
    with translation.override("ar"):
        yield


def test_page_says_its_language_and_leads_past_the_menu() -> None:
    html = page(heading="Thank you", body="We wrote to you.")
    assert html.one("html").has(lang="en", dir="ltr")
    first = html.all("a")[0]
    assert first.has(href="#main")
    assert html.one("main").has(id="main")
    assert html.one("main").one("h1").text == "Thank you"


@pytest.mark.usefixtures("_right_to_left")
def test_right_to_left() -> None:
    assert page().one("html").has(lang="ar", dir="rtl")


def test_menu_opens_without_a_script_and_says_where_we_are() -> None:
    menu = page().one("nav", aria_label="Main menu")
    assert menu.one("details").one("summary").text == "Menu"
    assert [link.text for link in menu.all("a", aria_current="page")] == ["About us", "About us"]


def test_footer_tells_how_to_reach_us() -> None:
    footer = page().one("footer")
    hrefs = [link.attributes["href"] for link in footer.all("a")]
    assert hrefs[:2] == ["tel:+442079460000", "mailto:hello@example.org"]
    assert "/privacy/" in hrefs
    assert "tel:999" in hrefs


def test_notice_stands_above_the_page_only_when_there_is_one() -> None:
    assert page().all(class_="jo-notice") == []
    notice = page(notice=gallery.NOTICE).one(class_="jo-notice")
    assert notice.one("h2").text == "Some phone lines are down today"
    assert notice.one("a").has(href="/contact/")


def test_demonstration_is_said() -> None:
    assert page(is_demo=True).one("aside").text == "Demonstration: all people are invented."
    assert page().all("aside") == []


def test_one_language_needs_no_switch_and_two_do() -> None:
    english = {"code": "en", "label": "English", "href": "/en/", "current": True}
    bengali = {"code": "bn", "label": "বাংলা", "href": "/bn/", "current": False}
    assert page(languages=[english]).all("nav", aria_label="Language") == []
    switches = page(languages=[english, bengali]).all("nav", aria_label="Language")
    assert len(switches) == 2  # one for wide screens, one for narrow ones; a style sheet shows one
    for switch in switches:
        assert switch.one("a").has(href="/bn/", lang="bn", hreflang="bn")
        assert switch.one(aria_current="true").text == "English"


def test_pages_can_be_kept_out_of_search() -> None:
    assert page(noindex=True).one("meta", name="robots").has(content="noindex")
    assert page().all("meta", name="robots") == []


def test_scripts_come_from_files_as_modules() -> None:
    assert [script.attributes["type"] for script in page().all("script")] == ["module"]


def test_workspace_keeps_the_name_and_safety_notes_in_sight() -> None:
    html = page("design/workspace.html", case_title="Amina (invented)", safety_notes=["Two people visit"])
    bar = html.one("section", class_="jo-case-bar")
    assert bar.text == "Amina (invented) Two people visit"
    assert page("design/workspace.html").all(class_="jo-case-bar") == []


def test_breadcrumb() -> None:
    crumbs = page("design/breadcrumb.html", crumbs=gallery.CRUMBS).one("nav", aria_label="Breadcrumb")
    assert [link.attributes["href"] for link in crumbs.all("a")] == ["/", "/about/"]
    assert crumbs.one(aria_current="page").text == "Gallery"


def test_pagination_keeps_the_search_and_says_where_we_are() -> None:
    many = Paginator(range(200), 10).page(6)
    html = page("design/pagination.html", page=many, address="?q=walk&page=")
    assert html.one(aria_current="page").text == "Page 6"
    assert html.one("a", rel="next").has(href="?q=walk&page=7")
    assert page("design/pagination.html", page=Paginator([1], 10).page(1)).all("nav") == []


def test_not_found_page_leads_home() -> None:
    html = page("404.html")
    assert html.one("h1").text == "We cannot find that page"
    assert "/" in [link.attributes["href"] for link in html.one("main").all("a")]


def test_fault_page_needs_no_context_no_database_and_no_manifest() -> None:
    broken = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    with override_settings(STORAGES=broken, STATIC_ROOT="/nowhere", DEBUG=False):
        html = read(get_template("500.html").render().replace("<!doctype html>", ""))
    assert html.one("h1").text == "Sorry, something went wrong"
    assert html.one("link", rel="stylesheet").has(href="/static/design/joinedup.css")


def test_place_with_our_colours_gets_an_empty_style_sheet() -> None:
    request = RequestFactory().get("/colours.css")
    assert views.colours(request).content == b""
    with override_settings(PARTNERSHIP={"colours": {"leaf": "#114422"}}):
        answer = views.colours(request)
    assert answer.content == b":root{--jo-leaf:#114422;}\n"
    assert answer["Content-Type"] == "text/css; charset=utf-8"


@pytest.mark.django_db
def test_gallery_shows_every_block(rf: RequestFactory) -> None:
    request = rf.get("/design/")
    html = read(render_gallery(request).replace("<!doctype html>", ""))
    shown = {element.attributes["id"] for element in html.all() if "id" in element.attributes}
    assert {f"block-{name}" for name in gallery.BLOCKS} <= shown
    assert {f"home-{name}" for name in gallery.HOME} <= shown
    assert html.one("meta", name="robots").has(content="noindex")


def render_gallery(request: Any) -> str:
    request.user = type("Nobody", (), {"is_authenticated": False, "has_perm": lambda *_: False})()
    request.session = {}
    return views.gallery(request).content.decode()
