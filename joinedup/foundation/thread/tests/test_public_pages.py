"""What we did: each theme's chain for everyone to read, at the same price however much there is."""

import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.thread.actions import tie
from joinedup.foundation.thread.actions.telling import tell
from joinedup.foundation.thread.plugs import Form, Part
from joinedup.foundation.thread.tests.conftest import BY, DAY, WORDS, Area, chain_of, telling_of

pytestmark = pytest.mark.django_db
MOST = 12  # queries of a public page
SECRET = "Nobody may read this yet"


def main(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode().partition("<main")[2].partition("</main")[0]


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def more(area: Area, themes: range, each: int) -> None:
    """Themes, and on them and on the first one: voices, decisions, projects and the rest; all told."""
    for number in themes:
        theme = area.put(Part.THEME, number)
        for key in range(number * 10, number * 10 + each):
            start = ("test.theme", 1) if key % 2 else theme
            decision, project = area.put(Part.DECISION, key), area.put(Part.PROJECT, key)
            tie(start=area.voice(key, Form.REFERENCE), end=start, on=DAY, by=BY)
            tie(start=start, end=decision, on=DAY, by=BY)
            tie(start=decision, end=project, on=DAY, by=BY)
            tie(start=decision, end=area.put(Part.ANSWER, key), on=DAY, by=BY)
            for part in (Part.MEASURE, Part.SPEND):
                tie(start=project, end=area.put(part, key), on=DAY, by=BY)
            tell(telling=telling_of(decision), text=WORDS, by=BY)


def test_pages_cost_the_same_however_many_themes_and_links_there_are(
    area: Area, client: Client, settings: Any
) -> None:
    settings.PAGE_CACHE = False
    addresses = ("/what-we-did/", "/what-we-did/theme-1/", "/what-we-did/theme-1/board/")
    more(area, range(1, 2), 1)
    few = [queries(client, address) for address in addresses]
    more(area, range(2, 8), 6)
    assert [queries(client, address) for address in addresses] == few
    # Drawn anew, without what the kinds ask for themselves: the stand-ins ask nothing. Six kinds may follow.
    assert few == [3, 5, 5]
    assert max(few) + 6 <= MOST


class TestTheList:
    def test_has_every_public_theme_with_what_came_of_it(self, area: Area, client: Client) -> None:
        chain_of(area, Form.REFERENCE)
        area.put(Part.THEME, 2, title="Benches")
        text = main(client, "/what-we-did/")
        assert "theme 1" in text
        assert "decision 1" in text
        assert "Benches" in text
        assert "Nothing has been decided yet." in text
        assert "Nobody has told us about this yet" in text

    def test_shows_nothing_that_is_not_public(self, area: Area, client: Client) -> None:
        chain_of(area, Form.REFERENCE)
        area.put(Part.DECISION, title=SECRET, public=False)
        area.put(Part.THEME, 2, title=SECRET, public=False)
        assert SECRET not in main(client, "/what-we-did/")
        assert "project 1" not in main(client, "/what-we-did/"), "nor what is behind it"

    def test_says_so_while_there_is_nothing(self, area: Area, client: Client) -> None:
        assert "There is nothing here yet." in main(client, "/what-we-did/")


@pytest.mark.parametrize("address", ["/what-we-did/theme-1/", "/what-we-did/theme-1/board/"])
class TestATheme:
    def test_tells_the_whole_chain(self, area: Area, client: Client, address: str) -> None:
        chain_of(area, *[Form.REFERENCE] * 9)
        text = main(client, address)
        for said in ("About 10 people told us", "decision 1", "project 1", "measure 1", "spend 1"):
            assert said in text

    def test_shows_nothing_that_is_not_public(self, area: Area, client: Client, address: str) -> None:
        chain_of(area, Form.REFERENCE)
        area.put(Part.PROJECT, title=SECRET, text=SECRET, public=False)
        area.put(Part.VOICE, title=SECRET, text=SECRET, public=False)
        text = main(client, address)
        assert SECRET not in text
        assert "measure 1" not in text

    def test_that_is_not_public_or_not_there_is_not_found(
        self, area: Area, client: Client, address: str
    ) -> None:
        assert client.get(address).status_code == 404
        area.put(Part.THEME, public=False)
        assert client.get(address).status_code == 404

    def test_says_what_could_not_be_done(self, area: Area, client: Client, address: str) -> None:
        chain_of(area, Form.REFERENCE)
        area.put(Part.DECISION, title="No second lift", has_failed=True)
        assert "We could not" in main(client, address)

    def test_escapes_what_staff_wrote(self, area: Area, client: Client, address: str) -> None:
        chain_of(area, Form.REFERENCE)
        area.put(Part.DECISION, title="<img src=x>", text="<img src=x>")
        assert "<img src=x>" not in main(client, address)

    def test_names_months_of_what_people_said_and_no_days(
        self, area: Area, client: Client, address: str
    ) -> None:
        theme = area.put(Part.THEME)
        for key, month in ((1, 2), (2, 5)):
            tie(start=area.voice(key), end=theme, on=datetime.date(2026, month, 17), by=BY)
        text = main(client, address)
        assert "February 2026" in text
        assert "17" not in text

    def test_is_there_in_bengali(self, area: Area, client: Client, address: str) -> None:
        chain_of(area, Form.REFERENCE)
        assert "decision 1" in main(client, f"/bn{address}")


def test_quotes_are_published_stories_of_the_theme_and_no_more_than_three(area: Area, client: Client) -> None:
    theme = area.put(Part.THEME)
    for key in range(1, 7):
        words = f"Words of story {key}."
        voice = area.voice(key, public=key != 2, text=words, title=f"Story {key}", href=f"/stories/{key}/")
        tie(start=voice, end=theme, on=DAY, by=BY)
    area.voice(9, text="Words about something else.")
    text = main(client, "/what-we-did/theme-1/")
    assert text.count("<blockquote") == 3
    assert "Words of story 2." not in text
    assert "something else" not in text


def test_a_thing_that_can_be_drawn_is_drawn(area: Area, client: Client) -> None:
    chain_of(area, Form.REFERENCE)
    area.put(Part.MEASURE, picture=lambda: '<svg class="test-picture"></svg>')
    assert '<svg class="test-picture">' in main(client, "/what-we-did/theme-1/")
