"""A file of figures as its sender meets it: what became of each row, and the refused ones to correct."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joinedup.govern.outcomes import actions, observations
from joinedup.govern.outcomes.factories import a_file, a_measure
from joinedup.govern.outcomes.models import Measure
from joinedup.govern.outcomes.tests.pages import read, rows

pytestmark = pytest.mark.django_db
HOME = "/workspace/measures/"


def upload(client: Client, measure: Measure, content: bytes, name: str = "figures.csv") -> str:
    answer = client.post(f"{HOME}{measure.slug}/figures/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


class TestAFile:
    def test_is_told_row_by_row_and_its_good_rows_are_in(self, keeper: Client) -> None:
        row = a_measure([5], unit="percent")
        html = upload(
            keeper, row, a_file("2024-01,6", "2024-02,7", "2024-02,7", "2024-03,many", "45413,8", "2024-05,9")
        )
        report = read(html).one("main").text
        for words in (
            "2 figures added",
            "1 figure changed",
            "0 figures were here already",
            "1 row said the same as another one",
            "2 rows not taken",
            "Jan 2024 5.0% 6.0%",
            "5 “many” is not a number. Write it in figures, such as 1234.5. on: 2024-03, value: many",
            "6 45413 is how a spreadsheet counts days. If 2024-05-01 is meant, write that.",
        ):
            assert words in report, words
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [6, 7, 9]

    def test_again_changes_nothing(self, keeper: Client) -> None:
        row, content = a_measure(), a_file("2024-01,6", "2024-02,7")
        upload(keeper, row, content)
        text = read(upload(keeper, row, content)).text
        assert "0 figures added 0 figures changed 2 figures were here already" in text

    def test_all_right_leads_to_the_chart(self, keeper: Client) -> None:
        row = a_measure()
        html = upload(keeper, row, a_file("2024-01,6"))
        assert "See the chart" in html
        assert "not-taken" not in html

    @pytest.mark.parametrize(
        ("content", "told"),
        [
            (b"", "The file is empty."),
            (b"on,value\n", "There is no row under the names of the columns."),
            (b"PK\x03\x04rest", "This is a workbook."),
            ("on,value\n2024-01,£5".encode("latin-1"), "Line 2 has signs that are not UTF-8."),
            (b"a,b\n1,2", "Missing: on, value."),
            (b"x" * 2_000_001, "The file is larger than 2 MB."),
        ],
    )
    def test_that_cannot_be_read_is_told_beside_the_field(
        self, keeper: Client, content: bytes, told: str
    ) -> None:
        html = upload(keeper, a_measure(), content)
        assert read(html).one(klass="nhsuk-error-summary").text.count(told) == 1
        assert html.count(told) == 2
        assert "<title>Error:" in html

    def test_that_is_too_large_is_never_read(self, keeper: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def read_it(*args: Any, **more: Any) -> None:
            raise AssertionError("It was read.")

        monkeypatch.setattr(observations, "read", read_it)
        assert "larger than 2 MB" in upload(keeper, a_measure(), b"x" * 2_000_001)

    def test_that_is_missing_is_asked_for(self, keeper: Client) -> None:
        answer = keeper.post(f"{HOME}{a_measure().slug}/figures/", {})
        assert "Please answer: The file" in unescape(answer.content.decode())

    def test_killed_half_way_and_sent_again_gives_the_same(
        self, keeper: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        row, content = a_measure([5]), a_file("2024-01,6", "2024-02,7")

        def killed(*args: Any, **more: Any) -> None:
            raise RuntimeError("killed")

        with monkeypatch.context() as broken:
            broken.setattr(actions, "record", killed)
            with pytest.raises(RuntimeError, match="killed"):
                upload(keeper, row, content)
        assert list(row.observations.values_list("value", flat=True)) == [5]
        assert "1 figure added" in upload(keeper, row, content)
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [6, 7]


class TestRefusedRows:
    def download(self, keeper: Client, row: Measure, html: str) -> Any:
        found = read(html)
        [field] = [each for each in found.all("input") if each.attributes.get("name") == "rows"]
        path = f"{HOME}{row.slug}/figures/not-taken/"
        return keeper.post(path, {"rows": field.attributes["value"]})

    def sent(self, keeper: Client, row: Measure, content: bytes) -> Any:
        answer = keeper.post(f"{HOME}{row.slug}/figures/", {"file": SimpleUploadedFile("f.csv", content)})
        return self.download(keeper, row, answer.content.decode())

    def test_come_back_as_a_file_with_what_is_wrong(self, keeper: Client) -> None:
        row = a_measure()
        answer = self.sent(keeper, row, a_file("2024-01,five", "2024-02", "2024-03,7"))
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{row.slug}-not-taken.csv"'
        first, second = rows(answer.content)
        assert (first["on"], first["value"], first["line"]) == ("2024-01", "five", "2")
        assert "is not a number" in first["what is wrong"]
        assert (second["line"], second["the line as it was"]) == ("3", "2024-02")

    def test_corrected_are_taken_the_next_time(self, keeper: Client) -> None:
        row = a_measure()
        answer = self.sent(keeper, row, a_file("2024-01,five", "2024-02,6"))
        corrected = answer.content.replace(b'"five"', b'"5"')
        assert "1 figure added" in upload(keeper, row, corrected)
        assert list(row.observations.order_by("on").values_list("value", flat=True)) == [5, 6]

    def test_run_nothing_in_a_spreadsheet(self, keeper: Client) -> None:
        hostile = '=HYPERLINK(""http://x"",""y"")'
        answer = self.sent(keeper, a_measure(), a_file(f'"{hostile}",-5', "@SUM(A1),+7", "2024-01,=1+1"))
        for found in rows(answer.content):
            for cell in found.values():
                assert not cell.startswith(("=", "@", "+", "\t"))
        assert rows(answer.content)[0]["value"] == "-5"

    @pytest.mark.parametrize(
        "sent",
        ["", "[", "{}", "[[]]", "[[1,2,3,4,5,6,7]]", '["1234567"]', "[" * 90_000, '"x"', "null", "NaN"],
    )
    def test_that_are_none_lead_back_to_the_form(self, keeper: Client, sent: str) -> None:
        row = a_measure()
        answer = keeper.post(f"{HOME}{row.slug}/figures/not-taken/", {"rows": sent})
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{HOME}{row.slug}/figures/")

    def test_are_only_taken_never_shown(self, keeper: Client) -> None:
        assert keeper.get(f"{HOME}{a_measure().slug}/figures/not-taken/").status_code == 405

    def test_too_many_are_shown_in_part_and_the_page_stays_small(self, keeper: Client) -> None:
        row = a_measure()
        html = upload(keeper, row, a_file(*(f"2024-01,{'x' * 1500}" for _each in range(900))))
        assert len(html) < 3_000_000
        assert "These are the first. The file holds more of them." in html
        assert "too many for the file." in html
        answer = self.sent(keeper, row, a_file(*(f"2024-01,{'x' * 1500}" for _each in range(900))))
        assert 100 < len(rows(answer.content)) < 900
