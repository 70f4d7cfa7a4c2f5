"""A page that is taken down says where to go instead; one person may do it, and putting it back takes two."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.permissions import PermissionRefused, System
from joinedup.inform.pages.actions import put_page
from joinedup.inform.pages.after_actions import take_down
from joinedup.inform.pages.models import ContentPage, Gone, HomePage, PageReview
from joinedup.inform.pages.tests.desk import about, send_in

BY = System("test")


@pytest.fixture
def clinic(home: HomePage) -> Any:
    return put_page(page=ContentPage(title="Clinic", slug="clinic"), parent=home, by=BY)


def down(page: Any, **changes: Any) -> list[str]:
    said = {"words": "", "see_page": None, "see_address": "", "with_below": False, "by": BY, **changes}
    return take_down(page=page, **said)


def test_its_address_answers_gone_with_kind_words_and_a_link(
    clinic: Any, writer: Client, client: Client
) -> None:
    sent = {"see_page": str(about().pk), "see_address": "", "words": "This clinic closed in June."}
    assert writer.post(f"/workspace/pages/{clinic.pk}/take-down/", sent).status_code == 302
    answer = client.get("/clinic/")
    html = answer.content.decode()
    assert answer.status_code == 410
    assert "This clinic closed in June." in html
    assert 'href="/about/"' in html
    assert "/clinic/" not in client.get("/sitemap/").content.decode()


def test_without_words_it_says_the_day_and_leads_home(clinic: Any, client: Client) -> None:
    down(clinic)
    html = client.get("/clinic/").content.decode()
    assert "We took it down on" in html
    assert "Start again from our home page" in html


def test_a_script_in_the_words_is_shown_as_words(clinic: Any, client: Client) -> None:
    down(clinic, words="<script>alert(1)</script>")
    assert "<script>alert" not in client.get("/clinic/").content.decode()


def test_pages_below_go_only_when_asked(home: HomePage, client: Client) -> None:
    with pytest.raises(ValidationError):
        down(about())
    assert client.get("/about/").status_code == 200
    gone = down(about(), with_below=True)
    assert set(gone) == {"/about/", "/about/governance/", "/about/history/", "/about/easy-read/"}
    assert client.get("/about/history/").status_code == 410


def test_the_page_instead_must_stay(clinic: Any, writer: Client) -> None:
    with pytest.raises(ValidationError):
        down(clinic, see_page=clinic)
    sent = {"see_page": "", "see_address": "javascript:alert(1)", "words": ""}
    html = writer.post(f"/workspace/pages/{clinic.pk}/take-down/", sent).content.decode()
    assert 'href="#id_see_address' in html
    assert not Gone.objects.exists()


@pytest.mark.parametrize(
    "address", ["//evil.example", "http://plain.example", "/\\evil", "ftp://x", "about/"]
)
def test_only_paths_of_ours_and_https(address: str, clinic: Any, writer: Client) -> None:
    sent = {"see_page": "", "see_address": address, "words": ""}
    assert writer.post(f"/workspace/pages/{clinic.pk}/take-down/", sent).status_code == 200
    assert not Gone.objects.exists()


def test_the_first_page_stays(home: HomePage, client: Client) -> None:
    with pytest.raises(ValidationError):
        down(home, with_below=True)
    assert client.get("/").status_code == 200


def test_publishing_it_again_ends_it_and_takes_two(
    clinic: Any, writer: Client, reader: Client, client: Client
) -> None:
    down(clinic)
    clinic.refresh_from_db()
    state = send_in(writer, clinic)
    assert client.get("/clinic/").status_code == 410
    reader.post(f"/workspace/pages/waiting/{state.pk}/", {"decision": "publish"})
    assert client.get("/clinic/").status_code == 200
    assert not Gone.objects.exists()


def test_deleting_the_page_afterwards_keeps_what_its_address_says(
    clinic: Any, writer: Client, client: Client
) -> None:
    down(clinic)
    assert writer.post(f"/editor/pages/{clinic.pk}/delete/").status_code == 302
    assert not ContentPage.objects.filter(slug="clinic").exists()
    assert client.get("/clinic/").status_code == 410


def test_when_the_page_instead_goes_too_no_dead_link_is_shown(
    clinic: Any, home: HomePage, client: Client
) -> None:
    other = put_page(page=ContentPage(title="Other", slug="other"), parent=home, by=BY)
    down(clinic, see_page=other)
    down(other)
    assert 'href="/other/"' not in client.get("/clinic/").content.decode()


def test_it_is_in_the_record(clinic: Any, editor: User) -> None:
    down(clinic, by=editor)
    assert AuditEvent.objects.about(clinic).filter(verb="wagtail.unpublish", actor_id=str(editor.pk)).exists()


@pytest.mark.parametrize("fixture", ["officer", "partner", "administrator", "stranger"])
def test_others_are_refused(fixture: str, clinic: Any, request: pytest.FixtureRequest) -> None:
    with pytest.raises(PermissionRefused):
        down(clinic, by=request.getfixturevalue(fixture))
    clinic.refresh_from_db()
    assert clinic.live


def test_it_is_not_due_for_review_any_more(clinic: Any) -> None:
    down(clinic)
    assert not PageReview.objects.of_live_pages().filter(page=clinic).exists()
