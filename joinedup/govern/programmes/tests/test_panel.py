"""The programme on the home page."""

import re

import pytest
from django.test import RequestFactory
from django.utils.translation import override

from joinedup.foundation import panels
from joinedup.govern.programmes.factories import a_disagreement, a_programme, a_project, a_result, a_source
from joinedup.govern.programmes.panels import KEY

pytestmark = pytest.mark.django_db


def drawn() -> str:
    return str(panels.draw(KEY, RequestFactory().get("/")))


def test_editors_find_it_under_words_they_understand() -> None:
    assert dict(panels.choices())[KEY] == "The programme chosen for the home page"


def test_it_shows_name_dates_figures_with_their_tags_and_the_way_to_the_page() -> None:
    programme = a_programme(
        slug="lamps", name="Lamp programme", is_featured=True, headline="The years of the lamps",
        ended_words="in 2018", began_words="2015", summary="We lit them. [audit]",
    )  # fmt: skip
    a_source(key="audit", publisher="Audit")
    project = a_project(programme)
    result = a_result(project=project, figure="652", unit="lamps lit.", shown="figure", basis="measured")
    a_disagreement(project=project, result=result, in_short="Others say 700.")
    a_result(programme=programme, statement="Nights are brighter.", shown="line")
    a_result(programme=programme, statement="Only on its own page.")
    html = drawn()
    assert "The years of the lamps" in html
    assert "2015 to in 2018" in html
    assert "Source: Audit, February 2018" in html
    assert re.search(r"652.*Measured.*lamps lit\. Others say 700\.", html, re.DOTALL)
    assert re.search(r"<b>Claimed:</b> Nights are brighter\.", html)
    assert "Only on its own page." not in html
    assert 'href="/programmes/lamps/"' in html
    assert "Read what the Lamp programme did" in html


def test_it_is_empty_when_none_is_chosen_or_the_chosen_one_is_not_public() -> None:
    a_programme()
    assert drawn() == ""
    hidden = a_programme(is_featured=True, is_public=False)
    a_result(programme=hidden, shown="line")
    assert drawn() == ""


def test_a_chosen_programme_without_results_still_shows() -> None:
    a_programme(name="Lamp programme", is_featured=True)
    assert "Lamp programme" in drawn()


def test_results_of_a_hidden_project_stay_hidden() -> None:
    programme = a_programme(is_featured=True)
    a_result(project=a_project(programme, is_public=False), statement="Hidden", shown="line")
    assert "Hidden" not in drawn()


def test_on_a_page_in_another_language_it_says_that_it_is_english() -> None:
    a_programme(name="Lamp programme", is_featured=True)
    with override("bn"):
        html = drawn()
    assert html.startswith('<div lang="en" dir="ltr">')
    assert "Read what the Lamp programme did" in html


def test_it_costs_few_queries(django_assert_max_num_queries) -> None:
    programme = a_programme(is_featured=True, summary="So. [source-1]")
    for _number in range(5):
        result = a_result(programme=programme, shown="figure", figure="1", unit="x")
        a_disagreement(programme=programme, result=result, in_short="y")
    with django_assert_max_num_queries(2):
        assert drawn()
