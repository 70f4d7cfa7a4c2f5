"""The results as a file: whole, explained, and nothing in it runs in a spreadsheet."""

import csv
import io

import pytest
from django.test import Client

from joinedup.govern.programmes.factories import a_programme, a_project, a_result, a_source
from joinedup.govern.programmes.spreadsheet import headings


def rows(slug: str) -> list[dict[str, str]]:
    answer = Client().get(f"/programmes/{slug}/results.csv")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="{slug}-results.csv"' in answer.headers["Content-Disposition"]
    text = answer.content.decode("utf-8-sig")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.django_db
def test_each_result_stands_with_its_meaning_and_its_source() -> None:
    project = a_project(a_programme(slug="lamps", name="Lamps"), name="Bridge")
    source = a_source(title="A report", publisher="Audit", url="https://example.org/r/", published_on=None,
                      published_precision="unknown")  # fmt: skip
    a_result(project=project, source=source, figure="12", unit="lamps", statement="Lit.")
    a_result(programme=project.programme, basis="measured", statement="Measured one.")
    found = rows("lamps")
    assert [row["What came of it"] for row in found] == ["Measured one.", "Lit."]
    row = found[1]
    assert row["Project"] == "Bridge"
    assert row["How it is known"] == "Claimed"
    assert row["What that means"].startswith("Someone says so")
    assert row["Compared with"] == "Nothing stated"
    assert row["Time it is about"] == "Not stated"
    assert row["Published"] == "Not seen"
    assert row["Web address"] == "https://example.org/r/"
    assert row["Read by us on"] == "2026-11-01"
    assert list(row) == headings()


@pytest.mark.django_db
def test_words_that_look_like_a_formula_are_disarmed() -> None:
    a_result(
        programme=a_programme(slug="lamps"), statement='=HYPERLINK("http://x","y")', figure="-5", unit="x"
    )
    row = rows("lamps")[0]
    assert row["What came of it"] == '\'=HYPERLINK("http://x","y")'
    assert row["Figure"] == "'-5"
