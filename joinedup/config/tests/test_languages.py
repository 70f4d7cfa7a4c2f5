"""The language in the address: the switch, the menus, missing pages, the review mark, other addresses."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from wagtail.models import Locale, Page

from conftest import loaded_for_a_file
from joinedup.config.house import links
from joinedup.foundation.permissions import System
from joinedup.inform.newsletter import access, factories
from joinedup.inform.pages.models import ContentPage, HomePage
from joinedup.inform.pages.sample import load_pages

BENGALI = [
    "/bn/",
    "/bn/newsletter/",
    "/bn/newsletter/check-your-email/",
    "/bn/newsletter/thank-you/",
    "/bn/newsletter/left/",
    "/bn/newsletter/confirm/nonsense/",
    "/bn/have-your-say/",
    "/bn/have-your-say/your-reference/",
    "/bn/nothing-here/",
]
MARK = "বাংলাভাষী পাঠক যাচাই করেননি"


@pytest.fixture(scope="module")
def pages(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The pages the platform brings along, loaded once for this file and taken away afterwards."""
    with loaded_for_a_file(django_db_blocker, lambda: call_command("load_pages", verbosity=0)):
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.usefixtures("pages")]


def read(path: str, **headers: str) -> str:
    return Client().get(path, headers=headers).content.decode()


def switch_of(html: str) -> str:
    found = re.search(r'<nav class="jo-languages".*?</nav>', html, re.DOTALL)
    return found.group() if found else ""


def menu_of(html: str, name: str = "jo-nav__wide") -> str:
    return html.partition(f'class="{name}"')[2].partition("</ul>")[0]


def alternates_of(html: str) -> dict[str, str]:
    return dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))


class TestTheSwitch:
    @pytest.mark.parametrize(
        ("here", "there"),
        [
            ("/", "/bn/"),
            ("/newsletter/", "/bn/newsletter/"),
            ("/have-your-say/", "/bn/have-your-say/"),
            ("/have-your-say/your-reference/", "/bn/have-your-say/your-reference/"),
            ("/newsletter/left/", "/bn/newsletter/left/"),
        ],
    )
    def test_leads_to_the_same_page_and_back(self, here: str, there: str) -> None:
        assert f'<a href="{there}" hreflang="bn" lang="bn">বাংলা</a>' in switch_of(read(here))
        assert f'<a href="{here}" hreflang="en" lang="en">English</a>' in switch_of(read(there))

    @pytest.mark.parametrize("here", ["/about/", "/privacy/", "/sitemap/", "/about/partnership/"])
    def test_leads_to_the_first_page_where_there_is_no_bengali_one(self, here: str) -> None:
        assert '<a href="/bn/" hreflang="bn" lang="bn">' in switch_of(read(here))

    def test_marks_the_language_of_the_page(self) -> None:
        assert '<span lang="bn" aria-current="true">বাংলা</span>' in switch_of(read("/bn/"))

    def test_is_left_out_of_the_answer_to_a_form_because_it_would_lose_it(self) -> None:
        answer = Client().post("/have-your-say/", {"kind": "idea"}).content.decode()
        assert "There is a problem" in answer
        assert switch_of(answer) == ""

    def test_is_not_on_staff_pages(self, client_for, officer) -> None:
        assert switch_of(client_for(officer).get("/workspace/").content.decode()) == ""


class TestTheLanguageOfAPage:
    def test_is_not_asked_of_the_browser(self) -> None:
        assert '<html lang="en" dir="ltr"' in read("/", **{"accept-language": "bn,en;q=0.1"})
        assert '<html lang="bn" dir="ltr"' in read("/bn/", **{"accept-language": "en"})

    @pytest.mark.parametrize("path", BENGALI)
    def test_sets_no_cookie_but_for_a_form(self, path: str) -> None:
        assert set(Client().get(path).cookies) <= {"csrftoken"}
        if path in ("/bn/", "/bn/nothing-here/"):
            assert not Client().get(path).cookies

    def test_is_told_to_caches_and_readers(self) -> None:
        assert Client().get("/bn/newsletter/")["Content-Language"] == "bn"

    def test_an_english_page_does_not_stand_under_another_language(self) -> None:
        assert Client().get("/bn/about/").status_code == 404
        HomePage.objects.filter(locale__language_code="bn").update(live=False)
        assert Client().get("/bn/").status_code == 404

    def test_names_that_stay_english_are_marked(self) -> None:
        assert '<span class="jo-brand__name" lang="en">Tower Hamlets Together</span>' in read("/bn/")
        assert '<span class="jo-brand__name">Tower Hamlets Together</span>' in read("/")


class TestMenus:
    def test_lead_to_bengali_doors_and_say_where_they_lead_to_english(self) -> None:
        menu = menu_of(read("/bn/"))
        assert re.search(r'href="/bn/have-your-say/">আপনার কথা বলুন</a>', menu)
        assert re.search(r'href="/bn/newsletter/">', menu)
        english = re.findall(r'<a [^>]*href="(/(?!bn/)[^"]*)"([^>]*)>(.*?)</a>', menu)
        assert {href for href, _more, _words in english} >= {"/about/", "/contact/"}
        assert all(' hreflang="en"' in more and "(ইংরেজিতে)" in words for _href, more, words in english)

    def test_are_as_long_as_in_english(self) -> None:
        assert menu_of(read("/bn/")).count("<li>") == menu_of(read("/")).count("<li>")

    def test_lead_to_a_page_once_it_is_translated(self) -> None:
        about = ContentPage.objects.get(slug="about", depth=3)
        bengali = about.copy_for_translation(Locale.objects.get(language_code="bn"))
        bengali.save_revision().publish()
        menu = menu_of(read("/bn/newsletter/"))
        assert re.search(r'href="/bn/about/"[^>]*>আমাদের কথা</a>', menu)

    def test_mark_the_door_one_stands_at(self) -> None:
        assert re.search(r'href="/bn/newsletter/" aria-current="page"', menu_of(read("/bn/newsletter/")))

    def test_are_unmarked_in_english(self) -> None:
        assert "hreflang" not in menu_of(read("/"))


class TestAPageThatIsNotThere:
    def test_says_so_in_bengali(self) -> None:
        answer = Client().get("/bn/nothing-here/")
        assert answer.status_code == 404
        assert "পাতাটি খুঁজে পাচ্ছি না" in answer.content.decode()
        assert "hreflang" not in answer.content.decode().partition("<main")[2].partition("</main>")[0]

    @pytest.mark.parametrize("path", ["/about/", "/about/governance/", "/about/partnership/", "/sitemap/"])
    def test_is_offered_in_english_where_it_is_there(self, path: str) -> None:
        answer = Client().get(f"/bn{path}")
        assert answer.status_code == 404
        assert f'href="{path}" hreflang="en"' in answer.content.decode().partition("<main")[2]
        assert Client().get(path).status_code == 200

    @pytest.mark.parametrize("path", ["/workspace/", "/editor/", "/about/nothing/", "/account/login/"])
    def test_does_not_name_what_is_not_public(self, path: str) -> None:
        answer = Client().get(f"/bn{path}").content.decode().partition("<main")[2].partition("</main>")[0]
        assert f'href="{path}"' not in answer

    def test_is_not_offered_while_it_is_a_draft(self) -> None:
        Page.objects.filter(slug="about").update(live=False)
        assert 'href="/about/"' not in read("/bn/about/").partition("<main")[2].partition("</main>")[0]


class TestTheReviewMark:
    @pytest.mark.parametrize("path", BENGALI)
    def test_stands_on_every_bengali_page_in_both_languages(self, path: str) -> None:
        page = read(path)
        assert MARK in page
        assert '<p lang="en" dir="ltr">This translation awaits a native reader’s review.' in page

    def test_stands_on_personal_pages_and_answers_too(self) -> None:
        token = access.preferences_token(factories.joined())
        assert MARK in read(f"/bn/newsletter/preferences/{token}/")
        assert MARK in Client().post("/bn/have-your-say/", {"kind": "idea"}).content.decode()

    def test_stands_on_no_english_page(self) -> None:
        assert "native reader" not in read("/")

    def test_goes_when_the_place_says_that_the_language_was_reviewed(self) -> None:
        with override_settings(PARTNERSHIP={**settings.PARTNERSHIP, "awaiting_review": []}):
            assert "native reader" not in read("/bn/newsletter/")


class TestOtherAddresses:
    def test_are_named_in_the_head_of_a_page_that_has_them(self) -> None:
        both = {"en": f"{settings.SITE_URL}/newsletter/", "bn": f"{settings.SITE_URL}/bn/newsletter/"}
        assert alternates_of(read("/newsletter/")) == alternates_of(read("/bn/newsletter/")) == both

    def test_are_not_named_where_there_are_none(self) -> None:
        assert alternates_of(read("/about/")) == {}

    def test_are_not_named_on_personal_pages(self) -> None:
        token = access.preferences_token(factories.joined())
        assert alternates_of(read(f"/newsletter/preferences/{token}/")) == {}

    def test_are_in_the_site_map_for_robots(self) -> None:
        text = read("/sitemap.xml")
        rows = {
            re.search(r"<loc>http://[^/]+([^<]*)</loc>", row)[1]: dict(
                re.findall(r'hreflang="(\w+)" href="http://[^/]+([^"]*)"', row)
            )
            for row in re.findall(r"<url>.*?</url>", text, re.DOTALL)
        }
        assert rows["/"] == rows["/bn/"] == {"en": "/", "bn": "/bn/"}
        assert rows["/bn/newsletter/"] == {"en": "/newsletter/", "bn": "/bn/newsletter/"}
        assert rows["/about/"] == {}
        assert "/bn/about/" not in rows

    def test_of_personal_pages_are_closed_to_robots_in_each_language(self) -> None:
        assert "Disallow: /bn/have-your-say/your-reference/" in read("/robots.txt")


class TestThePagesInBengali:
    def test_are_put_in_place_once(self) -> None:
        assert load_pages(by=System("test")) == 0

    def test_are_translations_of_the_english_ones(self) -> None:
        english, bengali = (HomePage.objects.get(locale__language_code=code) for code in ("en", "bn"))
        assert english.get_translation(bengali.locale).pk == bengali.pk

    def test_lead_nowhere_dead(self) -> None:
        found, dead = links.crawl(Client(), "/bn/")
        assert dead == []
        assert "/bn/have-your-say/your-reference/" in found

    def test_say_of_each_link_in_the_text_that_leads_to_english_that_it_does(self) -> None:
        main = read("/bn/").partition("<main")[2].partition("</main>")[0]
        leaving = re.findall(r'<a [^>]*href="((?!/bn/|tel:|mailto:|#)[^"]+)"[^>]*>(.*?)</a>', main, re.DOTALL)
        assert leaving
        unmarked = [href for href, words in leaving if "ইংরেজিতে" not in words and "jo-source" not in words]
        sources = re.findall(r'class="jo-source">.*?href="([^"]+)"', main, re.DOTALL)
        assert [href for href in unmarked if href not in sources] == []
