"""Where measures are kept: forms with guidance, nothing lost, and a report on every file."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.govern.outcomes.factories import BEGAN, a_measure, a_rebase
from joinedup.govern.outcomes.models import Measure, Rebase, Redefinition
from joinedup.govern.outcomes.tests.charts import STEADY
from joinedup.govern.outcomes.tests.pages import filled, read

pytestmark = pytest.mark.django_db
HOME = "/workspace/measures/"
MEASURE = {
    "name": "Walks by the canal",
    "counts": "Walks of an hour or longer.",
    "unit": "percent",
    "every": "month",
    "direction": "increase",
    "area": "Canal side",
    "publisher": "The Canal Trust",
}


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def send(client: Client, path: str, **fields: Any) -> Any:
    return client.post(path, filled(page(client, path)) | fields)


def paths_of(measure: Measure) -> list[str]:
    """Every door of the workspace, those that only take something last."""
    own = f"{HOME}{measure.slug}/"
    undo = f"{own}limits/{a_rebase(measure, BEGAN).pk}/undo/"
    return [HOME, HOME + "add/", own, own + "change/", own + "figures/", own + "limits/", undo,
            own + "figures/take-out/", own + "figures/not-taken/"]  # fmt: skip


@pytest.mark.parametrize(
    "who", ["stranger", "partner", "other_partner", "officer", "editor", "privacy_officer"]
)
def test_who_keeps_no_measures_comes_through_no_door(
    request: pytest.FixtureRequest, client_for: Callable[[User], Client], who: str
) -> None:
    measure, browser = a_measure([1, 2]), client_for(request.getfixturevalue(who))
    for path in paths_of(measure):
        assert browser.get(path).status_code == 403, path
        assert browser.post(path, {"rows": "[]"}).status_code == 403, path
    assert Rebase.objects.standing().count() == 1


def test_a_visitor_is_asked_to_sign_in(client: Client) -> None:
    for path in paths_of(a_measure([1, 2])):
        assert client.get(path).headers["Location"].startswith("/account/login/"), path


def test_an_address_that_is_none_is_a_missing_page(keeper: Client) -> None:
    for path in paths_of(a_measure([1, 2]))[2:]:
        assert keeper.get(path.replace("canal-1", "nowhere")).status_code in (404, 405), path
    other = a_measure([1, 2], slug="other")
    theirs = a_rebase(other, BEGAN)
    assert keeper.post(f"{HOME}canal-1/limits/{theirs.pk}/undo/").status_code == 404
    assert Rebase.objects.get(pk=theirs.pk).undone_at is None


class TestTheList:
    def test_names_all_with_what_they_say(self, keeper: Client) -> None:
        a_measure([*STEADY, 60], name="Walks", unit="percent")
        a_measure(name="Quiet walks", is_public=False)
        text = read(page(keeper, HOME)).one("table").text
        assert "Walks Canal side 60.0%, May 2025 Getting better: it is higher than usual. Everyone" in text
        assert "Quiet walks Canal side None yet There are no figures yet. Keepers of measures only" in text

    def test_says_so_when_there_is_none(self, keeper: Client) -> None:
        assert "There are no measures yet." in page(keeper, HOME)

    def test_has_one_filled_button(self, keeper: Client) -> None:
        a_measure([1])
        for path in (HOME, f"{HOME}canal-1/", f"{HOME}canal-1/figures/", f"{HOME}canal-1/limits/"):
            main = read(page(keeper, path)).one("main")
            filled_ones = [
                each for each in main.all(klass="nhsuk-button")
                if "nhsuk-button--secondary" not in each.attributes["class"]
            ]  # fmt: skip
            assert len(filled_ones) == 1, path


class TestAdding:
    def test_leads_on_to_its_figures(self, keeper: Client) -> None:
        answer = send(keeper, HOME + "add/", **MEASURE, target="92.5", screens="on")
        row = Measure.objects.get()
        assert answer.headers["Location"] == f"{HOME}walks-by-the-canal/"
        assert (row.is_public, str(row.target), row.screens) == (False, "92.500000", True)
        assert "Bring in figures" in page(keeper, f"{HOME}{row.slug}/")

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"name": ""}, "Please answer: Name"),
            ({"counts": ""}, "Please answer: What it counts"),
            ({"unit": "miles"}, "Select a valid choice"),
            (
                {"direction": "neutral", "target": "5"},
                "Where neither way is better there is nothing to aim at.",
            ),
            ({"fix_first": "11"}, "12"),
            ({"unit": "days", "of_people": "on"}, "Tick this for per cent only."),
            ({"target": "soon"}, "Enter a number."),
            ({"counts": "x" * 601}, "600"),
        ],
    )
    def test_says_what_is_wrong_beside_the_field_and_above_and_loses_nothing(
        self, keeper: Client, fields: dict[str, str], told: str
    ) -> None:
        answer = send(keeper, HOME + "add/", **(MEASURE | {"why": "What I wrote."} | fields))
        html = unescape(answer.content.decode())
        assert answer.status_code == 200
        summary = read(html).one(klass="nhsuk-error-summary").text
        assert told in summary
        assert html.count(told) >= 2
        assert "What I wrote." in html
        assert not Measure.objects.exists()

    def test_asks_nothing_about_other_definitions(self, keeper: Client) -> None:
        assert "what_changed" not in page(keeper, HOME + "add/")


class TestChanging:
    def test_nothing_changes_nothing_but_the_version(self, keeper: Client) -> None:
        row = a_measure([1], why="Air.", caution="Rain.", unit="percent", target=5, is_wider=True)
        before = {f.name: getattr(row, f.attname) for f in row._meta.fields if f.name != "version"}
        answer = send(keeper, f"{HOME}{row.slug}/change/")
        assert answer.status_code == 302
        row.refresh_from_db()
        assert {f.name: getattr(row, f.attname) for f in row._meta.fields if f.name != "version"} == before
        assert (row.version, row.definition_version) == (2, 1)

    def test_of_what_is_counted_asks_what_and_from_when_and_then_says_so(
        self, keeper: Client, client: Client
    ) -> None:
        row = a_measure([1, 2, 3])
        path = f"{HOME}{row.slug}/change/"
        answer = send(keeper, path, counts="Walks and runs.")
        html = unescape(answer.content.decode())
        assert "Say what changed, or tick that the same thing is counted." in html
        assert "Say from when it is counted this way" in html
        assert "Walks and runs." in html
        date = {"begins_on_day": "1", "begins_on_month": "2", "begins_on_year": "2024"}
        answer = send(keeper, path, counts="Walks and runs.", what_changed="Runs count.", **date)
        assert answer.status_code == 302
        assert Redefinition.objects.get().number == 2
        assert "Runs count." in client.get(row.get_absolute_url()).content.decode()

    def test_of_words_alone_is_ticked_so(self, keeper: Client) -> None:
        row = a_measure([1])
        send(keeper, f"{HOME}{row.slug}/change/", counts="Long walks.", is_same_thing="on")
        assert Measure.objects.get().counts == "Long walks."
        assert not Redefinition.objects.exists()

    def test_leaves_the_unit_as_it_is_once_there_are_figures(self, keeper: Client) -> None:
        row = a_measure([1])
        html = page(keeper, f"{HOME}{row.slug}/change/")
        assert "There are figures already, so this stays as it is." in html
        send(keeper, f"{HOME}{row.slug}/change/", unit="days", of_people="on")
        row.refresh_from_db()
        assert (row.unit, row.of_people) == ("number", False)

    def test_shows_the_second_of_two_editors_both_and_loses_nothing(self, keeper: Client) -> None:
        row = a_measure([1], name="As it was")
        path = f"{HOME}{row.slug}/change/"
        mine = filled(page(keeper, path)) | {"name": "What I wrote", "why": "My reason."}
        send(keeper, path, name="What they wrote", is_public="")
        answer = keeper.post(path, mine)
        html = unescape(answer.content.decode())
        assert "Someone else changed this while you were writing." in html
        for words in ("What I wrote", "What they wrote", "My reason."):
            assert words in html
        assert Measure.objects.get().name == "What they wrote"
        assert keeper.post(path, filled(answer.content.decode())).status_code == 302
        assert Measure.objects.get().name == "What I wrote"


class TestTakingOut:
    def test_offers_every_figure_and_takes_one(self, keeper: Client) -> None:
        row = a_measure([12, None], unit="people")
        path = f"{HOME}{row.slug}/figures/take-out/"
        offered = [each.text for each in read(page(keeper, path)).one("select").all("option")]
        assert offered == ["Choose", "Feb 2024: 1 to 7 people", "Jan 2024: 12 people"]
        assert send(keeper, path, on="2024-02-01").headers["Location"] == f"{HOME}{row.slug}/"
        assert [each.value for each in row.observations.all()] == [12]

    def test_is_refused_beside_the_field(self, keeper: Client) -> None:
        row = a_measure([1, 2])
        a_rebase(row, BEGAN.replace(month=2))
        path = f"{HOME}{row.slug}/figures/take-out/"
        for on, told in (
            ("", "Please answer"),
            ("2024-02-01", "Take that back first."),
            ("x", "valid choice"),
        ):
            assert told in unescape(send(keeper, path, on=on).content.decode())
        assert row.observations.count() == 2


class TestLimitsSetAnew:
    def test_ask_for_a_figure_and_a_reason(self, keeper: Client, manager: User) -> None:
        row = a_measure([1, 2, 3])
        path = f"{HOME}{row.slug}/limits/"
        offered = [each.text for each in read(page(keeper, path)).one("select").all("option")]
        assert offered == ["Choose", "Mar 2024", "Feb 2024"]
        answer = send(keeper, path, on="2024-02-01", reason="A lock opened.")
        assert answer.headers["Location"] == f"{HOME}{row.slug}/"
        made = Rebase.objects.get()
        assert (made.reason, made.made_by, made.made_as) == ("A lock opened.", manager, "programme-manager")
        assert "A lock opened." in page(keeper, f"{HOME}{row.slug}/")

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"on": "", "reason": "Why."}, "Please answer: From which figure on?"),
            ({"on": "2024-02-01", "reason": " "}, "Please answer: Why?"),
            ({"on": "2024-01-01", "reason": "Why."}, "Select a valid choice"),
            ({"on": "1999-01-01", "reason": "Why."}, "Select a valid choice"),
            ({"on": "2024-02-01", "reason": "x" * 601}, "600"),
        ],
    )
    def test_are_refused_beside_the_field(self, keeper: Client, fields: dict[str, str], told: str) -> None:
        row = a_measure([1, 2, 3])
        answer = send(keeper, f"{HOME}{row.slug}/limits/", **fields)
        assert told in unescape(answer.content.decode())
        assert not Rebase.objects.exists()

    def test_are_taken_back_after_asking_once(self, keeper: Client, manager: User) -> None:
        row = a_measure([1, 2, 3])
        made = a_rebase(row, BEGAN.replace(month=2), reason="A lock opened.")
        path = f"{HOME}{row.slug}/limits/{made.pk}/undo/"
        assert "A lock opened." in page(keeper, path)
        assert Rebase.objects.standing().exists()
        assert keeper.post(path).headers["Location"] == f"{HOME}{row.slug}/"
        made.refresh_from_db()
        assert made.undone_by == manager
        assert "Also what was taken back" in page(keeper, f"{HOME}{row.slug}/")

    def test_may_be_set_from_there_again_once_taken_back(self, keeper: Client) -> None:
        row = a_measure([1, 2, 3])
        made = a_rebase(row, BEGAN.replace(month=2))
        keeper.post(f"{HOME}{row.slug}/limits/{made.pk}/undo/")
        send(keeper, f"{HOME}{row.slug}/limits/", on="2024-02-01", reason="It was right.")
        assert Rebase.objects.standing().get().reason == "It was right."


def test_every_field_has_a_label_and_tables_have_captions_and_scopes(keeper: Client) -> None:
    row = a_measure(STEADY)
    a_rebase(row, BEGAN.replace(month=5))
    own = f"{HOME}{row.slug}/"
    for path in (HOME, HOME + "add/", own, own + "change/", own + "figures/", own + "limits/"):
        main = read(page(keeper, path)).one("main")
        labels = {each.attributes.get("for") for each in main.all("label")}
        for tag in ("input", "select", "textarea"):
            for each in main.all(tag):
                is_hidden = each.attributes.get("type") == "hidden"
                assert is_hidden or each.attributes["id"] in labels, (path, each.attributes)
        for table in main.all("table"):
            assert table.one("caption").text
            assert all(each.attributes.get("scope") in ("row", "col") for each in table.all("th"))
        assert all(each.attributes.get("tabindex") == "0" for each in main.all(klass="jo-table-box"))
        assert all(each.attributes.get("aria-label") for each in main.all(klass="jo-table-box"))
