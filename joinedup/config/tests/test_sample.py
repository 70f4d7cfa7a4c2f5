"""The sample borough: complete, repeatable, without a dead link, and true to the seed."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from joinedup.config.house import links
from joinedup.foundation.identity.models import User
from joinedup.inform.pages.models import HomePage

# Word for word, curly apostrophe and comma included.
VISION = "To work together to improve the health and wellbeing of the people of Tower Hamlets."
MISSION = (
    "The mission of Tower Hamlets Together is to improve the health and wellbeing of people who live in "
    "Tower Hamlets and to enhance the quality of the care services we provide, ensuring that we spend the "
    "money we have available, wisely. Our services will be person-centred, coordinated and will make a real "
    "and positive difference to people’s lives."
)
VALUES = ["We are collaborative", "We are compassionate", "We are inclusive", "We are accountable"]
VANGUARD = "featured-programme"  # a panel; in Bengali, where programmes are not told yet, a text
ORDER = [
    "what_we_are",
    "partners",
    VANGUARD,
    "working_with_you",
    "newest-animation",
    "newsletter",
    "vision",
    "mission",
    "values",
    "call_to_residents",
    "integrated_care",
]


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("borough")]


@dataclass
class Seen:
    """What someone who follows every link sees, each page drawn anew."""

    pages: dict[str, str]
    queries: dict[str, int]
    dead: list[str]


@pytest.fixture(scope="module")
def seen(borough: None, django_db_blocker: Any) -> Seen:
    """The whole public site, walked once for this file; before anything else in it changes a page."""
    with django_db_blocker.unblock(), override_settings(PAGE_CACHE=False, ALLOWED_HOSTS=["*"]):
        client = Client()
        addresses, dead = links.crawl(client)
        walked = Seen({}, {}, dead)
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                walked.pages[address] = client.get(address).content.decode()
            walked.queries[address] = len(queries)
    return walked


def home_page(language: str = "en") -> HomePage:
    return HomePage.objects.get(locale__language_code=language)


def counts() -> dict[str, int]:
    return {m._meta.label: m._default_manager.count() for m in apps.get_models() if m._meta.managed}


def test_loading_again_changes_nothing() -> None:
    before = counts()
    call_command("load_sample", verbosity=0)
    assert counts() == before


def test_every_sample_person_is_marked_as_invented() -> None:
    assert User.objects.exists()
    assert not User.objects.filter(is_sample=False).exists()
    assert not User.objects.exclude(email__endswith="@sample.example").exists()


def test_no_link_is_dead(seen: Seen) -> None:
    assert seen.dead == []
    assert {
        "/",
        "/about/",
        "/the-challenges/",
        "/working-with-you/",
        "/privacy/",
        "/bn/",
        "/bn/newsletter/",
        "/bn/have-your-say/",
        "/sitemap/",
    } <= seen.pages.keys()


def test_the_site_map_for_robots_is_whole_and_leads_nowhere_dead() -> None:
    client = Client()
    found = set(re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", client.get("/sitemap.xml").content.decode()))
    assert {"/programmes/vanguard/", "/my-area/north-west/", "/bn/my-area/north-west/", "/news/"} <= found
    assert {path for path in found if client.get(path).status_code != 200} == set()


def test_the_site_map_for_people_names_programmes_and_areas_too() -> None:
    html = Client().get("/sitemap/").content.decode()
    for path in ("/programmes/vanguard/", "/my-area/north-west/", "/about/partnership/"):
        assert html.split("<main")[1].count(f'href="{path}"') == 1


ELSEWHERE = HttpResponse(content_type="text/plain")


class Hurried(Client):
    """Someone who looks at the first page and at one other only."""

    def get(self, path: str, *args: Any, **more: Any) -> Any:
        return super().get(path, *args, **more) if path in ("/", "/gone/") else ELSEWHERE


def test_a_dead_link_is_caught() -> None:
    home = home_page()
    [care] = [block.value for block in home.body if block.block_type == "integrated_care"]
    gone = {**care, "link": {"page": None, "address": "/gone/"}, "link_label": "Gone"}
    home.body.append(("integrated_care", gone))
    home.save()
    _pages, dead = links.crawl(Hurried())
    assert dead == ["/gone/ (404), on /"]


def test_vision_mission_and_values_are_word_for_word() -> None:
    html = Client().get("/").content.decode()
    assert VISION in html
    assert MISSION in html
    places = [html.index(value) for value in VALUES]
    assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_sections_of_the_home_page_stand_in_the_order_of_the_first_page(language: str) -> None:
    blocks = home_page(language).body
    names = [block.value if block.block_type == "panel" else block.block_type for block in blocks]
    told = [VANGUARD if name == "milestone" else name for name in names]
    assert [name for name in told if name in ("intro", *ORDER)] == ["intro", *ORDER]


def test_the_first_screen_has_the_four_plain_ways_in() -> None:
    first = home_page().body[0]
    assert [way["label"] for way in first.value["ways"]] == [
        "Find help",
        "Have your say",
        "What we did",
        "News",
    ]


def test_no_public_page_costs_more_than_twelve_queries(seen: Seen) -> None:
    assert {address: many for address, many in seen.queries.items() if many > 12} == {}


def test_every_page_says_what_it_is(seen: Seen) -> None:
    for page, html in seen.pages.items():
        assert html.count("<h1") == 1, page
        language = "bn" if page.startswith("/bn/") or page.endswith("?language=bn") else "en"
        assert f'<html lang="{language}" dir="ltr"' in html, page
        assert "<title>" in html, page
