"""The pages where staff bring in a file, and read what became of each row."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.involve.contributions import comments_file
from joinedup.involve.contributions.models import Batch, Contribution
from joinedup.involve.contributions.tests.test_bringing_in import CARDS, NAME, brought, of

pytestmark = pytest.mark.django_db
URL = "/workspace/contributions/bring-in/"
ALL = "/workspace/contributions/brought-in/"
ClientFor = Callable[..., Client]


def form(content: bytes | None, collected_by: Organisation, **changes: Any) -> dict[str, Any]:
    files = {} if content is None else {"file": SimpleUploadedFile("cards.csv", content, "text/csv")}
    asked = {"name": NAME, "way": "event", "organisation": collected_by.pk, "were_told": "on"}
    return {**asked, **files, "once": "k" * 43, **changes}


def test_the_page_names_the_columns_and_begins_with_ones_own_organisation(
    client_for: ClientFor, officer: User, barts: Organisation, elft: Organisation
) -> None:
    page = client_for(officer).get(URL + "?name=Cards").content.decode()
    assert all(f'<th scope="row">{name}</th>' in page for name in comments_file.COLUMNS)
    assert f'<option value="{barts.pk}" selected>' in page
    assert f'<option value="{elft.pk}">' in page
    assert 'value="Cards"' in page


def test_the_list_leads_to_it(client_for: ClientFor, officer: User, privacy_officer: User) -> None:
    assert URL in client_for(officer).get("/workspace/contributions/").content.decode()
    assert URL not in client_for(privacy_officer).get("/workspace/contributions/").content.decode()


def test_the_empty_file_has_the_headings_that_are_read(client_for: ClientFor, officer: User) -> None:
    answer = client_for(officer).get(URL + "empty.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    [line] = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert tuple(line) == comments_file.COLUMNS
    assert comments_file.read(answer.content, today=Contribution().received_at.date()).comments == []


def test_after_sending_one_lands_on_what_became_of_it(
    client_for: ClientFor, officer: User, barts: Organisation
) -> None:
    client = client_for(officer)
    content = of(*CARDS, "4,2999-01-01,,,,Later.", "5,,,,,Ring 020 7946 0123")
    answer = client.post(URL, form(content, barts))
    batch = Batch.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"{ALL}{batch.pk}/")
    page = client.get(answer.headers["Location"]).content.decode()
    assert "4 rows came in" in page
    assert "0 rows were here already" in page
    assert "1 row was not taken" in page
    assert "1 January 2999 is still to come" in page
    assert "These may name someone" in page
    assert "Later." not in page
    assert Contribution.objects.first().channel == "in-person"  # type: ignore[union-attr]


def test_sent_twice_it_is_one(client_for: ClientFor, officer: User, barts: Organisation) -> None:
    client = client_for(officer)
    places = {client.post(URL, form(of(*CARDS), barts)).headers["Location"] for _time in range(2)}
    assert (len(places), Batch.objects.count(), Contribution.objects.count()) == (1, 1, 3)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"name": " "}, "Write where these words come from"),
        ({"name": "x" * 121}, "Use at most 120 characters"),
        ({"way": ""}, "Choose how they were collected"),
        ({"way": "web"}, "Select a valid choice"),
        ({"organisation": ""}, "Choose which organisation"),
        ({"organisation": "0"}, "Select a valid choice"),
        ({"were_told": ""}, "Tick this if people were told"),
    ],
)
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(
    client_for: ClientFor, officer: User, barts: Organisation, changes: dict[str, str], says: str
) -> None:
    page = client_for(officer).post(URL, form(of(*CARDS), barts, **changes)).content.decode()
    assert page.count(says) >= 1
    assert "There is a problem" in page
    assert changes.get("name") is not None or f'value="{NAME}"' in page
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "Choose a file"),
        (b"", "The file is empty"),
        (b"comment\nHello", "Missing: words"),
        ("words\nTrüst".encode("latin-1"), "Save the file as CSV UTF-8"),
        (b"x" * (comments_file.MOST_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_beside_the_field(
    client_for: ClientFor, officer: User, barts: Organisation, content: bytes | None, says: str
) -> None:
    answer = client_for(officer).post(URL, form(content, barts))
    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not Batch.objects.exists()


def test_the_same_file_under_another_name_is_told_beside_the_field(
    client_for: ClientFor, officer: User, barts: Organisation
) -> None:
    brought(of(*CARDS), officer, barts)
    page = client_for(officer).post(URL, form(of(*CARDS), barts, name="Another")).content.decode()
    assert "under another name" in page


def test_hostile_words_are_shown_as_text(client_for: ClientFor, officer: User, barts: Organisation) -> None:
    evil = "<script>alert(1)</script>"
    batch = brought(of(f"{evil},,{evil},,,Hello", f"b{evil},,,,,{evil}"), officer, barts, name=evil)
    client = client_for(officer)
    reference = Contribution.objects.get().reference
    for path in (ALL, f"{ALL}{batch.pk}/", f"/workspace/contributions/{reference}/"):
        page = client.get(path).content.decode()
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page


def test_rows_that_were_not_taken_come_as_a_file_that_runs_nothing(
    client_for: ClientFor, officer: User, barts: Organisation
) -> None:
    batch = brought(
        of("=1+1,,,,,Words", "=1+1,,,,,Secret words", "K9,,=cmd(),,,Secret words"), officer, barts
    )
    answer = client_for(officer).get(f"{ALL}{batch.pk}/not-taken.csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    again = "This key stands in line 2 already, with other words. Only that line was read."
    assert rows == [
        ["line", "column", "what is wrong", "key"],
        ["3", "key", again, "'=1+1"],
        ["4", "kind", "Write feedback or idea, or leave it empty.", ""],
    ]


def test_formulas_in_words_are_harmless_when_the_list_is_taken_away(
    client_for: ClientFor, officer: User, barts: Organisation
) -> None:
    brought(of('1,,,,@place,"=HYPERLINK(""http://evil.example"")"'), officer, barts)
    answer = client_for(officer).get("/workspace/contributions/export.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    [_headings, row] = csv.reader(io.StringIO(text))
    assert row[-1] == '\'=HYPERLINK("http://evil.example")'
    assert "'@place" in row


def test_a_contribution_says_where_it_came_from(
    client_for: ClientFor, officer: User, privacy_officer: User, barts: Organisation
) -> None:
    batch = brought(of("17b,2026-11-01,,,,Hello."), officer, barts)
    path = f"/workspace/contributions/{Contribution.objects.get().reference}/"
    page = client_for(officer).get(path).content.decode()
    assert f"From {NAME}, brought in by Officer on" in page
    assert "<bdi>17b</bdi>" in page
    assert "Said on 1 November 2026" in page
    assert f"{ALL}{batch.pk}/" in page
    page = client_for(privacy_officer).get(path).content.decode()
    assert f"From {NAME}" in page
    assert f"{ALL}{batch.pk}/" not in page


def test_what_came_in_waits_in_the_triage_queue(
    client_for: ClientFor, officer: User, barts: Organisation
) -> None:
    brought(of(*CARDS), officer, barts)
    page = client_for(officer).get("/workspace/triage/").content.decode()
    assert all(row.reference in page for row in Contribution.objects.all())


def test_files_are_listed_with_their_counts(
    client_for: ClientFor, officer: User, barts: Organisation
) -> None:
    client = client_for(officer)
    assert "No file has come in yet" in client.get(ALL).content.decode()
    batch = brought(of(*CARDS), officer, barts)
    page = client.get(ALL).content.decode()
    assert f"{ALL}{batch.pk}/" in page
    assert (NAME in page, "1 file" in page) == (True, True)


def test_each_organisation_sees_its_own_files_only(
    client_for: ClientFor, officer: User, partner: User, other_partner: User, barts: Organisation
) -> None:
    batch = brought(of(*CARDS), officer, barts)
    for path in (f"{ALL}{batch.pk}/", f"{ALL}{batch.pk}/not-taken.csv"):
        assert client_for(partner).get(path).status_code == 200
        assert client_for(other_partner).get(path).status_code == 404
    assert NAME not in client_for(other_partner).get(ALL).content.decode()


def test_partner_staff_bring_in_for_no_other_organisation(
    client_for: ClientFor, partner: User, barts: Organisation, elft: Organisation
) -> None:
    client = client_for(partner)
    assert "Select a valid choice" in client.post(URL, form(of(*CARDS), elft)).content.decode()
    assert client.post(URL, form(of(*CARDS), barts)).status_code == 302
    assert set(Contribution.objects.values_list("organisation", flat=True)) == {barts.pk}


@pytest.mark.parametrize("path", [URL, URL + "empty.csv", ALL, f"{ALL}1/", f"{ALL}1/not-taken.csv"])
def test_strangers_and_visitors_are_kept_out(
    client: Client, client_for: ClientFor, stranger: User, privacy_officer: User, path: str
) -> None:
    for person in (stranger, privacy_officer):
        assert client_for(person).get(path).status_code == 403
    assert client.get(path).status_code == 302
    assert client_for(stranger).post(URL, {}).status_code == 403
