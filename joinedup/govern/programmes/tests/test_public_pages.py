"""What everyone reads: what is public, how each result is known, and what is not known."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.govern.programmes.factories import (
    a_disagreement,
    a_partner,
    a_programme,
    a_project,
    a_result,
    a_source,
)

pytestmark = pytest.mark.django_db


def read(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_the_list_shows_public_programmes_only() -> None:
    a_programme(name="Lamps", slug="lamps")
    a_programme(name="Secret plan", is_public=False)
    html = read("/programmes/")
    assert 'href="/programmes/lamps/"' in html
    assert "Secret plan" not in html


@pytest.mark.parametrize("path", ["/", "/results.csv"])
def test_nobody_reads_an_unpublished_programme(
    path: str, stranger: User, editor: User, client_for: Callable[[User], Client]
) -> None:
    programme = a_programme(slug="plan", is_public=False)
    a_project(programme, slug="part")
    for client in (Client(), client_for(stranger), client_for(editor)):
        assert client.get(f"/programmes/plan{path}").status_code == 404
        assert client.get("/programmes/plan/part/").status_code == 404


def test_an_unpublished_project_shows_nowhere() -> None:
    programme = a_programme(slug="plan")
    hidden = a_project(programme, slug="part", name="Hidden lamp", is_public=False)
    a_result(project=hidden, statement="Hidden result")
    a_disagreement(project=hidden, question="Hidden question?")
    assert Client().get("/programmes/plan/part/").status_code == 404
    for path in ("/programmes/plan/", "/programmes/plan/results.csv"):
        html = read(path)
        assert "Hidden" not in html, path


@pytest.mark.parametrize("of", ["programme", "project"])
def test_a_result_tells_how_it_is_known_compared_with_what_by_whom_and_where(of: str) -> None:
    project = a_project()
    owner: Any = project if of == "project" else project.programme
    source = a_source(publisher="Canal Audit Office", url="https://example.org/audit/")
    a_result(
        **{of: owner}, basis="measured", by_whom="Dr Lock", compared_with="The year before", source=source,
        period="2017", caveat="Only on dry days.", figure="12", unit="lamps lit", statement="Lamps were lit.",
    )  # fmt: skip
    for path in {owner.get_absolute_url(), project.programme.get_absolute_url()}:
        html = read(path)
        for words in ("Measured", "Dr Lock", "The year before", "Only on dry days.", "Lamps were lit."):
            assert words in html, words
        assert 'href="https://example.org/audit/"' in html
        assert "Canal Audit Office, February 2018" in html


def test_nothing_stated_is_shown_and_counted() -> None:
    programme = a_programme()
    a_result(programme=programme)
    a_result(programme=programme, compared_with="The year before", basis="measured")
    html = read(programme.get_absolute_url())
    assert "Nothing stated" in html
    assert "We show 2 results. Measured: 1. Claimed: 1. Mixed: 0." in html
    assert "1 of them is not compared with anything." in html


def test_both_sides_stand_beside_each_other_with_our_own_sum() -> None:
    project = a_project()
    source = a_source(publisher="Air Ambulance")
    result = a_result(project=project, source=source)
    a_disagreement(
        project=project, result=result, first_says="67% at home.", first_source=source,
        second_says="449 of 652.", second_source=source, part=449, whole=652,
    )  # fmt: skip
    for path in (project.get_absolute_url(), project.programme.get_absolute_url()):
        html = read(path)
        for words in ("67% at home.", "449 of 652.", "Our own sum", "68.865…%", "68.9%"):
            assert words in html, (path, words)
        dispute = result.disagreements.get()
        assert f'href="#disagreement-{dispute.pk}"' in html
        assert f'id="disagreement-{dispute.pk}"' in html


def test_what_is_not_known_is_said() -> None:
    html = read(a_project().get_absolute_url())
    assert "We have not found its dates" in html
    assert "We have not found a figure." in html
    assert "We have not found out." in html


def test_dates_are_shown_as_known() -> None:
    project = a_project(
        status="ended", began_on=datetime.date(2017, 6, 1), began_precision="month",
        ended_words="in the winter of 2018",
    )  # fmt: skip
    html = read(project.get_absolute_url())
    assert "June 2017 to in the winter of 2018" in html
    assert "1 June 2017" not in html


def test_a_partner_on_our_list_leads_to_its_profile(barts: Organisation) -> None:
    programme = a_programme()
    a_partner(programme=programme, organisation=barts, role="its doctors")
    a_partner(programme=programme, name="Canal University")
    html = read(programme.get_absolute_url())
    assert f'<a href="{barts.get_absolute_url()}">{barts.name}</a>: its doctors' in html
    assert "Canal University: paid for it" in html


def test_national_results_stand_apart_from_those_from_here() -> None:
    programme = a_programme(verdict="It is not proven.")
    a_result(programme=programme, statement="Here it grew.")
    a_result(programme=programme, statement="In England it grew.", scope="national")
    html = read(programme.get_absolute_url())
    assert html.index("Here it grew.") < html.index("for all of England") < html.index("In England it grew.")
    assert "It is not proven." in html


def test_what_editors_type_is_never_markup() -> None:
    programme = a_programme(name="<b>x</b>", story="<script>alert(1)</script>", caution="<i>y</i>")
    a_result(programme=programme, statement="<img src=x>")
    html = read(programme.get_absolute_url())
    assert "<script>alert" not in html
    assert "<img src=x>" not in html
    assert "<i>y</i>" not in html


def test_pages_carry_no_cookie_and_no_token() -> None:
    project = a_project()
    for path in ("/programmes/", project.programme.get_absolute_url(), project.get_absolute_url()):
        answer = Client().get(path)
        assert answer.cookies == {}
        assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_a_programme_with_much_in_it_costs_few_queries(
    settings: Any, django_assert_max_num_queries: Any
) -> None:
    settings.PAGE_CACHE = False
    programme = a_programme(story="So. [source-1]")
    for _number in range(5):
        project = a_project(programme)
        for _other in range(4):
            a_disagreement(project=project, result=a_result(project=project))
        a_partner(project=project)
    for path in ("/programmes/", programme.get_absolute_url(), project.get_absolute_url()):
        with django_assert_max_num_queries(12):
            Client().get(path)


def test_only_reading_is_possible() -> None:
    programme = a_programme()
    for path in ("/programmes/", programme.get_absolute_url()):
        assert Client().post(path).status_code == 405
