"""Taking the list away as a CSV file that runs nothing in a spreadsheet."""

import csv
import io

import pytest

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.doors.csv_files import MARK
from joinedup.involve.contributions.factories import BY_LETTER, BY_PHONE, given_to, sent

URL = "/workspace/contributions/export.csv"


def content(response) -> str:
    return b"".join(response.streaming_content).decode()


def rows(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content(response).removeprefix(MARK), newline="")))


@pytest.mark.django_db
class TestTheFile:
    def test_opens_in_a_spreadsheet_and_is_written_down(self, officer, client_for):
        sent(words="আমার মা")
        response = client_for(officer).get(URL)
        text = content(response)
        assert text.startswith(MARK)
        assert "আমার মা" in text
        assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
        assert "attachment" in response.headers["Content-Disposition"]
        assert "no-store" in response.headers["Cache-Control"]
        event = AuditEvent.objects.get(verb="involve_contributions.export")
        assert event.details == {"rows": 1}
        assert event.actor_id == str(officer.pk)

    def test_holds_no_names_and_no_contact_details(self, officer, client_for):
        sent(**BY_LETTER, words="First")
        sent(**BY_PHONE, words="Second", needs=("other",), needs_other="Ask for Rahima")
        text = content(client_for(officer).get(URL))
        for private in ("Amina", "7 Elm Walk", "E1 4DG", "7700900123", "Rahima"):
            assert private not in text

    def test_words_that_look_like_a_formula_are_disarmed(self, officer, client_for):
        sent(words='=HYPERLINK("https://evil.example","open")', service_or_place="@SUM(A1)")
        (row,) = rows(client_for(officer).get(URL))
        assert row["Words"].startswith("'=")
        assert row["Service or place"].startswith("'@")

    def test_speaks_in_words_and_not_in_codes(self, officer, client_for):
        sent(**BY_PHONE, kind="idea", speaker="carer", about="someone-else")
        (row,) = rows(client_for(officer).get(URL))
        said = [row[name] for name in ("Kind", "Who speaks", "About", "Answer wanted")]
        assert said == ["Idea", "Carer", "Someone else", "Phone call"]

    def test_is_the_list_as_it_is_filtered(self, officer, client_for):
        sent(kind="idea", words="A bench")
        sent(words="The lift")
        (row,) = rows(client_for(officer).get(URL, {"kind": "idea"}))
        assert row["Words"] == "A bench"

    def test_script_tags_come_out_as_typed_and_harm_nobody(self, officer, client_for):
        sent(words="<script>alert(1)</script>")
        response = client_for(officer).get(URL)
        assert rows(response)[0]["Words"] == "<script>alert(1)</script>"
        assert response.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("who", ["partner", "privacy_officer", "editor", "stranger"])
    def test_is_not_for_those_without_the_permission(self, who, request, client_for, officer, barts):
        given_to(barts, officer)
        client = client_for(request.getfixturevalue(who))
        assert client.get(URL).status_code == 403
        assert not AuditEvent.objects.filter(verb="involve_contributions.export").exists()
