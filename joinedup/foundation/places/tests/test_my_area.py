"""The postcode box and its answers: for everybody, in both languages, and nothing is kept."""

from collections.abc import Callable
from html import unescape

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.identity.models import User
from joinedup.foundation.places.tests.samples import SHIPPED_ATLAS

pytestmark = pytest.mark.django_db
HOW = [("", "en"), ("/bn", "bn")]


def ask(client: Client, text: str, prefix: str = "") -> str:
    response = client.post(f"{prefix}/my-area/", {"postcode": text})
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_a_postcode_of_the_borough_is_answered_with_ward_and_area(client: Client) -> None:
    page = ask(client, "e1 1bj")
    assert '<h1 class="nhsuk-heading-l">E1 1BJ is in South West</h1>' in page
    assert "Whitechapel</dd>" in page
    assert "Tower Hamlets 017A" in page
    assert 'href="/my-area/south-west/"' in page
    assert "We read what you wrote as" not in page


def test_a_slip_that_was_put_right_is_said(client: Client) -> None:
    assert "We read what you wrote as E1 1BJ." in ask(client, "EI lBJ")


def test_a_postcode_out_of_use_is_said(client: Client) -> None:
    assert "went out of use in November 2009" in ask(client, "E1 0AB")


def test_a_postcode_of_one_large_organisation_is_said(client: Client) -> None:
    assert "given to one large organisation" in ask(client, "E98 1AD")
    assert "given to one large organisation" not in ask(client, "E1 1BJ")


def test_a_postcode_elsewhere_gets_a_kind_answer(client: Client) -> None:
    page = ask(client, "SW1A 1AA")
    assert "That postcode is not in Tower Hamlets" in page
    for help_there in ("tel:111", "tel:999", "https://www.gov.uk/find-local-council", 'href="/newsletter/"'):
        assert help_there in page, help_there
    assert "There is a problem" not in page


def test_an_unknown_postcode_near_by_may_be_new_or_over_the_border(client: Client) -> None:
    page = ask(client, "E16 9ZZ")
    assert "We do not know that postcode in Tower Hamlets" in page
    assert "newer than our list of November 2025" in page


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Write your postcode, such as E1 1BJ."),
        ("E14", "Write the whole of your postcode, such as E1 1BJ."),
        ("hello", "Write a postcode, such as E1 1BJ. We cannot read this one."),
        ("E1 1BJ E3 5AA", "Write one postcode, such as E1 1BJ."),
        ("x" * 201, "Write only your postcode."),
    ],
)
def test_what_is_no_postcode_is_said_beside_the_box_and_above(client: Client, text: str, words: str) -> None:
    page = ask(client, text)
    assert page.count(words) == 2
    assert "<title>Error:" in page


def test_half_a_postcode_leads_to_the_areas_it_can_mean(client: Client) -> None:
    page = ask(client, "E1W")
    assert "Postcodes that begin like this are here:" in page
    said = page.split("Postcodes that begin like this are here:")[1].split("</p>")[0]
    assert "/my-area/south-west/" in said
    assert "/my-area/north-east/" not in said


def test_the_name_of_a_ward_leads_to_its_area(client: Client) -> None:
    said = ask(client, "shadwell").split("That name is in this area:")[1].split("</p>")[0]
    assert "/my-area/south-west/" in said


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "E1 1BJ\x00", "'; drop table", "é" * 150])
def test_whatever_is_sent_is_shown_as_text(client: Client, text: str) -> None:
    response = client.post("/my-area/", {"postcode": text})
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


class TestNothingIsKept:
    """A postcode says where someone lives."""

    def test_asking_writes_no_row_no_cookie_and_no_audit(self, client: Client) -> None:
        before = AuditEvent.objects.count()
        with CaptureQueriesContext(connection) as queries:
            response = client.post("/my-area/", {"postcode": "E1 1BJ"})
        said = [query["sql"] for query in queries]
        assert [sql for sql in said if not sql.startswith("SELECT")] == []
        assert [sql for sql in said if "1BJ" in sql] == []
        assert len(said) <= 12
        assert response.cookies == {}
        assert AuditEvent.objects.count() == before

    def test_the_answer_stays_out_of_caches_and_search_engines(self, client: Client) -> None:
        response = client.post("/my-area/", {"postcode": "E1 1BJ"})
        assert response.headers["Cache-Control"] == "no-store, private"
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert '<meta name="robots" content="noindex">' in response.content.decode()

    def test_the_answer_stands_in_no_address_and_no_title(self, client: Client) -> None:
        page = ask(client, "E1 1BJ")
        assert "1BJ" not in page.split("<title>")[1].split("</title>")[0]
        assert 'method="post"' in page

    def test_a_postcode_in_an_address_is_neither_read_nor_cached(self, client: Client) -> None:
        response = client.get("/my-area/?postcode=E1+1BJ")
        assert "is in South West" not in response.content.decode()
        assert response.headers["Cache-Control"] == "no-store, private"

    def test_the_next_box_is_empty_once_a_place_was_found(self, client: Client) -> None:
        assert 'value="' not in ask(client, "e1 1bj").split('name="postcode"')[1].split(">")[0]
        assert 'value="E16 9ZZ"' in ask(client, "E16 9ZZ")


class TestTheEmptyPage:
    """What everybody gets, from the page cache."""

    def test_it_carries_no_token_and_no_cookie(self, client: Client) -> None:
        response = client.get("/my-area/")
        assert b"csrfmiddlewaretoken" not in response.content
        assert response.cookies == {}
        assert "no-store" not in response.headers.get("Cache-Control", "")

    def test_no_token_is_needed_to_ask(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert "is in South West" in ask(strict, "E1 1BJ")

    def test_it_names_every_area_and_ward(self, client: Client) -> None:
        page = unescape(client.get("/my-area/").content.decode())
        for area in SHIPPED_ATLAS.localities:
            assert f'href="/my-area/{area.key}/"' in page
        assert [ward.name for ward in SHIPPED_ATLAS.wards if ward.name not in page] == []


@pytest.mark.parametrize(("prefix", "language"), HOW)
@pytest.mark.parametrize("text", [None, "E1 1BJ", "SW1A 1AA", "E16 9ZZ", "E14", "hello"])
def test_each_answer_shows_the_map_in_words_and_where_it_comes_from(
    client: Client, prefix: str, language: str, text: str | None
) -> None:
    response: HttpResponse = (
        client.get(f"{prefix}/my-area/")
        if text is None
        else client.post(f"{prefix}/my-area/", {"postcode": text})
    )
    page = unescape(response.content.decode())
    assert f'<html lang="{language}"' in page
    assert SHIPPED_ATLAS.attribution in page
    assert page.count('role="img" aria-label="') == 1
    assert 'aria-label=""' not in page


def test_a_stranger_and_staff_see_what_everybody_sees(
    stranger: User, officer: User, client_for: Callable[[User], Client]
) -> None:
    for user in (stranger, officer):
        assert "is in South West" in ask(client_for(user), "E1 1BJ")


def test_in_bengali_the_area_has_its_bengali_name_and_address(client: Client) -> None:
    page = ask(client, "E1 1BJ", "/bn")
    assert "দক্ষিণ-পশ্চিম" in page
    assert 'href="/bn/my-area/south-west/"' in page
    assert 'href="/bn/newsletter/"' in page


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_nothing_else_is_answered(client: Client, method: str) -> None:
    assert getattr(client, method)("/my-area/").status_code == 405
