"""What everyone may read: the scorecard, a measure, its file. And what nobody finds there."""

import datetime
import re
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.govern.outcomes import actions
from joinedup.govern.outcomes.factories import BEGAN, a_measure, a_rebase, a_redefinition
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.observations import Figure
from joinedup.govern.outcomes.tests.charts import STEADY
from joinedup.govern.outcomes.tests.pages import Node, read, rows

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>\"'><svg onload=alert(2)>{{ 7|add:7 }}"


def page(client: Client, path: str) -> Node:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return read(answer.content.decode())


class TestTheScorecard:
    def test_tells_each_measure_in_a_line(self, client: Client) -> None:
        a_measure([*STEADY, 60], name="Walks", area="Canal side", unit="percent", target=80)
        [card] = page(client, "/measures/").all("article")
        assert card.one("h2").text == "Walks"
        assert card.one("a").attributes["href"] == Measure.objects.get().get_absolute_url()
        for words in ("Canal side", "60.0%", "May 2025", "Target 80%", "Getting better"):
            assert words in card.text
        assert len(card.all("svg", "jo-spark")) == 1
        assert len(card.all("svg", "jo-sign--improvement")) == 1

    def test_puts_what_is_getting_worse_first_and_counts_each(self, client: Client) -> None:
        a_measure([*STEADY, 60], name="A better")
        a_measure(STEADY, name="B same")
        a_measure([*STEADY, -60], name="D worse")
        a_measure([*STEADY, -60], name="C worse")
        a_measure([1], name="E new")
        found = page(client, "/measures/")
        assert [each.text for each in found.all("h2")][:5] == [
            *("C worse", "D worse", "A better", "B same", "E new"),
        ]  # fmt: skip
        counts = found.one(klass="jo-measures__counts").text
        assert counts == "2 Getting worse 1 Getting better 1 No real change 1 Too early to say"

    def test_says_so_when_there_is_none(self, client: Client) -> None:
        assert "We have not put out any measure yet." in page(client, "/measures/").text

    def test_shows_a_measure_without_a_figure(self, client: Client) -> None:
        a_measure()
        assert "No figure yet" in page(client, "/measures/").text

    def test_costs_as_many_queries_for_many_measures_as_for_one(
        self, client: Client, django_assert_max_num_queries: Any, settings: Any
    ) -> None:
        settings.PAGE_CACHE = False
        for _each in range(15):
            a_rebase(a_measure(STEADY), datetime.date(2024, 5, 1))
        client.get("/measures/")
        with django_assert_max_num_queries(12):
            client.get("/measures/")


class TestAMeasure:
    def test_has_its_message_for_a_heading_and_its_picture_titled_by_it(self, client: Client) -> None:
        row = a_measure(STEADY, name="Walks")
        found = page(client, row.get_absolute_url())
        assert found.one("h1").text == "Walks"
        assert found.one("h2", "jo-chart__message").text == (
            "No real change: it goes up and down as it usually does."
        )
        wide, narrow = found.all("svg", "jo-chart__picture")
        for picture in (wide, narrow):
            assert picture.attributes["role"] == "img"
            named = picture.attributes["aria-labelledby"].split()
            assert [picture.one(tag).attributes["id"] for tag in ("title", "desc")] == named
            assert picture.one("title").text.startswith("Walks: No real change")
            assert "The table on this page holds every figure." in picture.one("desc").text
        ids = [each.attributes["id"] for each in found.all() if "id" in each.attributes]
        assert len(ids) == len(set(ids))

    def test_writes_latest_average_usual_range_and_target_beside_the_lines(self, client: Client) -> None:
        row = a_measure(STEADY, unit="percent", target=50)
        wide, narrow = page(client, row.get_absolute_url()).all("svg", "jo-chart__picture")
        labels = sorted(each.text for each in wide.all("text", "jo-chart__label"))
        assert labels == [
            *("Average 10.5%", "Latest 11.0%", "Target 50%", "Usual, from 7.8%", "Usual, up to 13.2%"),
        ]  # fmt: skip
        assert narrow.all("text", "jo-chart__label") == []

    def test_says_what_it_counts_for_whom_by_whom_and_what_to_bear_in_mind(self, client: Client) -> None:
        row = a_measure(
            [1], counts="Walks.", why="Fresh air.", publisher="The Trust", licence="OGL v3.0",
            caution="Rain.", area="Canal side", is_finished=True,
        )  # fmt: skip
        text = page(client, row.get_absolute_url()).text
        for words in (
            "Walks.",
            "Fresh air.",
            "The Trust",
            "OGL v3.0",
            "Rain.",
            "Canal side",
            "More is better",
        ):
            assert words in text
        assert "No more figures will come." in text

    def test_of_a_wider_area_says_that_these_are_not_only_people_who_live_here(self, client: Client) -> None:
        row = a_measure([1], area="Barts Health NHS Trust", is_wider=True)
        said = page(client, row.get_absolute_url()).one(klass="jo-measure__wider").text
        assert said == (
            "These figures are for Barts Health NHS Trust. That is more than Tower Hamlets: "
            "they are not only about Tower Hamlets residents."
        )
        assert "Not only Tower Hamlets" in page(client, "/measures/").text

    def test_of_the_borough_says_no_such_thing(self, client: Client) -> None:
        row = a_measure([1], area="Tower Hamlets")
        assert page(client, row.get_absolute_url()).all(klass="jo-measure__wider") == []
        assert "Not only" not in page(client, "/measures/").text

    def test_marks_where_limits_were_set_anew_with_reason_role_and_day_and_no_name(
        self, client: Client, manager: User
    ) -> None:
        row = a_measure([*STEADY, *STEADY])
        actions.set_anew(
            measure=row, on=datetime.date(2025, 5, 1), reason="A second lock opened.", by=manager
        )
        html = client.get(row.get_absolute_url()).content.decode()
        found = read(html)
        starts = found.one(klass="jo-chart__starts").text
        assert starts.startswith("A: May 2025 A second lock opened. Decided by: Programme manager, ")
        for picture in found.all("svg", "jo-chart__picture"):
            assert [each.text for each in picture.all("text", "jo-chart__letter")] == ["A"]
            assert len(picture.all("line", "jo-chart__start")) == 1
        assert manager.name not in html
        assert manager.email not in html

    def test_says_what_changed_in_what_is_counted_and_from_when(self, client: Client) -> None:
        row = a_measure(STEADY)
        a_redefinition(row, datetime.date(2024, 6, 1), what_changed="Runs count as walks now.")
        found = page(client, row.get_absolute_url())
        assert "Jun 2024 Definition 2 begins. Runs count as walks now." in found.text
        assert "This is definition 2." in found.text
        table = found.one("table", "jo-chart__table")
        assert [each.all("td")[-1].text for each in table.one("tbody").all("tr")] == ["2"] * 11 + ["1"] * 5

    def test_holds_every_figure_in_a_table_the_latest_first(self, client: Client) -> None:
        row = a_measure([1, 2, 3])
        table = page(client, row.get_absolute_url()).one("table", "jo-chart__table")
        assert [each.one("th").text for each in table.one("tbody").all("tr")] == [
            *("Mar 2024", "Feb 2024", "Jan 2024"),
        ]  # fmt: skip
        assert [each.attributes["scope"] for each in table.one("thead").all("th")] == ["col"] * 5
        assert table.one("caption").text == f"{row.name}, Canal side"

    def test_says_from_where_the_scale_begins(self, client: Client) -> None:
        row = a_measure([60, 80], unit="percent")
        assert "The scale begins at 60%." in page(client, row.get_absolute_url()).text

    def test_says_how_small_counts_are_treated(self, client: Client) -> None:
        row = a_measure([20], unit="people")
        assert "counts of 1 to 7 people are not shown" in page(client, row.get_absolute_url()).text

    def test_is_drawn_in_few_queries(
        self, client: Client, django_assert_max_num_queries: Any, settings: Any
    ) -> None:
        settings.PAGE_CACHE = False
        row = a_measure([*STEADY] * 4)
        client.get(row.get_absolute_url())
        with django_assert_max_num_queries(10):
            client.get(row.get_absolute_url())

    @pytest.mark.parametrize("values", [[], [5], [5, 5], [0] * 20, [10**12] * 14, [-1, 1] * 10])
    @pytest.mark.parametrize("unit", ["number", "percent", "pounds", "days", "index", "people"])
    def test_of_any_figures_is_drawn(self, client: Client, values: list[float], unit: str) -> None:
        row = a_measure(values, unit=unit)
        page(client, row.get_absolute_url())
        page(client, "/measures/")
        assert client.get(f"/measures/{row.slug}.csv").status_code == 200

    def test_counted_each_day_is_drawn_with_few_words_on_its_axis(self, client: Client) -> None:
        row = a_measure([*STEADY] * 20, every="day")
        for picture in page(client, row.get_absolute_url()).all("svg", "jo-chart__picture"):
            assert 2 <= len(picture.all("text", "jo-chart__day")) <= 7


class TestTheFile:
    def test_holds_every_figure_with_what_it_says(self, client: Client) -> None:
        row = a_measure([*STEADY, 60], name="Walks", target=80, licence="OGL v3.0")
        answer = client.get(f"/measures/{row.slug}.csv")
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{row.slug}.csv"'
        assert answer.content.startswith("\ufeff".encode())
        found = rows(answer.content)
        assert len(found) == 17
        assert found[-1]["Measure"] == "Walks"
        assert (found[-1]["Figure"], found[-1]["First day"]) == ("60", "2025-05-01")
        assert found[-1]["What it says"] == "Better than usual"
        assert found[-1]["Because it is"] == "above the usual range"
        assert (found[-1]["Target"], found[-1]["Licence"]) == ("80", "OGL v3.0")
        assert float(found[-1]["Usual from"]) < float(found[-1]["Average"]) < float(found[-1]["Usual to"])

    def test_runs_nothing_in_a_spreadsheet_and_keeps_numbers_numbers(self, client: Client) -> None:
        row = a_measure(
            [-3.5], name="=cmd|'/c calc'!A1", area="@here", counts="+1", publisher="\t=1+1", caution="-2+3",
            licence="=HYPERLINK(\"http://x\")",
        )  # fmt: skip
        [found] = rows(client.get(f"/measures/{row.slug}.csv").content)
        assert found["Figure"] == "-3.5"
        for name, cell in found.items():
            assert not cell.startswith(("=", "+", "@", "\t")), name
            assert not cell.startswith("-") or name == "Figure"

    def test_leaves_empty_what_is_not_known(self, client: Client) -> None:
        row = a_measure([1, 2])
        found = rows(client.get(f"/measures/{row.slug}.csv").content)
        assert {each["Usual from"] + each["Average"] + each["Target"] for each in found} == {""}
        assert {each["What it says"] for each in found} == {"Not judged"}


class TestWhatIsNotPublic:
    @pytest.fixture
    def hidden(self) -> Measure:
        return a_measure([*STEADY, 60], name="Hush walks", is_public=False)

    def test_stands_in_no_list_page_file_or_search(self, client: Client, hidden: Measure) -> None:
        call_command("build_search_index", verbosity=0)
        assert client.get(hidden.get_absolute_url()).status_code == 404
        assert client.get(f"/measures/{hidden.slug}.csv").status_code == 404
        for path in ("/measures/", "/search/?q=hush+walks", "/sitemap.xml", "/sitemap/"):
            assert "Hush walks" not in client.get(path).content.decode()
            assert hidden.slug not in client.get(path).content.decode()

    def test_is_not_there_even_for_those_who_keep_it(self, keeper: Client, hidden: Measure) -> None:
        assert keeper.get(hidden.get_absolute_url()).status_code == 404
        assert keeper.get(f"/measures/{hidden.slug}.csv").status_code == 404

    def test_is_there_once_it_is_public_and_gone_once_it_is_not(
        self, client: Client, hidden: Measure, manager: User
    ) -> None:
        assert client.get("/measures/").status_code == 200
        row = actions.change(measure=hidden, version=1, by=manager, is_public=True)
        assert "Hush walks" in client.get("/measures/").content.decode()
        actions.change(measure=row, version=2, by=manager, is_public=False)
        assert "Hush walks" not in client.get("/measures/").content.decode()

    def test_is_found_once_it_is_public_and_not_once_it_is_not(
        self, client: Client, hidden: Measure, manager: User
    ) -> None:
        row = actions.change(measure=hidden, version=1, by=manager, is_public=True)
        call_command("build_search_index", verbosity=0)
        assert row.get_absolute_url() in client.get("/search/?q=hush+walks").content.decode()
        actions.change(measure=row, version=2, by=manager, is_public=False)
        call_command("build_search_index", verbosity=0)
        assert row.get_absolute_url() not in client.get("/search/?q=hush+walks").content.decode()

    def test_an_address_that_is_none_is_a_missing_page(self, client: Client) -> None:
        for path in ("/measures/nowhere/", "/measures/nowhere.csv", "/measures/%00/", "/measures/a.b.csv"):
            assert client.get(path).status_code == 404


def test_a_new_figure_shows_at_once(client: Client, manager: User) -> None:
    row = a_measure([1])
    client.get(row.get_absolute_url())
    figures = [Figure(2, datetime.date(2024, 2, 1), Decimal(77))]
    actions.observe(measure=row, figures=figures, by=manager)
    assert "<b>77</b>" in client.get(row.get_absolute_url()).content.decode()


def test_whatever_is_written_is_text_and_nothing_else(client: Client, keeper: Client) -> None:
    names = ("name", "counts", "why", "area", "publisher", "licence", "caution")
    row = a_measure(STEADY, **dict.fromkeys(names, EVIL))
    a_rebase(row, datetime.date(2024, 5, 1), reason=EVIL)
    a_redefinition(row, datetime.date(2024, 9, 1), what_changed=EVIL)
    workspace = f"/workspace/measures/{row.slug}/"
    paths = [row.get_absolute_url(), "/measures/"]
    staff = [workspace, "/workspace/measures/", workspace + "change/", workspace + "figures/"]
    staff += [workspace + "limits/", f"{workspace}limits/{row.rebases.get().pk}/undo/"]
    for browser, path in [*((client, path) for path in paths), *((keeper, path) for path in staff)]:
        html = browser.get(path).content.decode()
        assert "alert(1)" in html, path
        for tag in re.findall(r"<[^>]*>", html):
            assert "onload=alert" not in tag or "&lt;svg onload" in tag, path
        assert "<script>alert" not in html
        assert "<svg onload" not in html
        assert "{{ 7|add:7 }}" in html


def test_no_page_carries_a_style_or_a_script_of_its_own(client: Client) -> None:
    row = a_measure(STEADY)
    a_rebase(row, datetime.date(2024, 5, 1))
    for path in ("/measures/", row.get_absolute_url()):
        main = page(client, path).one("main")
        for each in main.all():
            assert "style" not in each.attributes
            assert not any(name.startswith("on") for name in each.attributes)
        assert main.all("script") == main.all("style") == []


def test_headings_go_down_one_step_at_a_time(client: Client) -> None:
    row = a_measure(STEADY)
    a_rebase(row, BEGAN.replace(month=5))
    for path in ("/measures/", row.get_absolute_url()):
        levels = [
            int(each.tag[1])
            for each in page(client, path).one("main").all()
            if each.tag in ("h1", "h2", "h3")
        ]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
