"""The page of each area: where it is, its wards, its figures, and what other subjects have for it."""

from html import unescape

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext

from joinedup.foundation import panels
from joinedup.foundation.places.atlas import Locality
from joinedup.foundation.places.drawing import edges, map_of
from joinedup.foundation.places.tests.samples import SHIPPED_ATLAS

pytestmark = pytest.mark.django_db
EVERY = SHIPPED_ATLAS.localities


def read(client: Client, area: Locality, prefix: str = "") -> str:
    response = client.get(f"{prefix}/my-area/{area.key}/")
    assert response.status_code == 200
    return unescape(response.content.decode())


@pytest.mark.parametrize("area", EVERY, ids=lambda area: area.key)
def test_it_says_where_the_area_is_and_names_its_wards(area: Locality, client: Client) -> None:
    page = read(client, area)
    assert area.description in page
    assert [ward.name for ward in area.wards if f"<li>{ward.name}</li>" not in page] == []
    others = {ward.name for ward in SHIPPED_ATLAS.wards} - {ward.name for ward in area.wards}
    assert [name for name in others if f"<li>{name}</li>" in page] == []


@pytest.mark.parametrize("area", EVERY, ids=lambda area: area.key)
def test_it_says_how_many_neighbourhoods_are_deprived_and_whose_figures_these_are(
    area: Locality, client: Client
) -> None:
    page = read(client, area)
    some, every = area.in_most_deprived_fifth, len(area.neighbourhoods)
    assert f"{some} of its {every} neighbourhoods are among the most deprived fifth of England" in page
    assert f"<td>{every}</td><td>{area.in_most_deprived_tenth}</td><td>{some}</td>" in page
    assert "English Indices of Deprivation 2025" in page
    assert "Ministry of Housing, Communities and Local Government" in page


@pytest.mark.parametrize("prefix", ["", "/bn"])
@pytest.mark.parametrize("area", EVERY, ids=lambda area: area.key)
def test_it_shows_the_attribution_and_that_the_list_is_ours(
    area: Locality, prefix: str, client: Client
) -> None:
    page = read(client, area, prefix)
    assert SHIPPED_ATLAS.attribution in page
    ours = "আমাদের নিজেদের ওয়ার্ডের তালিকা" if prefix else "our own list of wards, not an official one"
    assert ours in page


@pytest.mark.parametrize("area", EVERY, ids=lambda area: area.key)
def test_its_map_marks_its_wards_and_says_so_in_words(area: Locality, client: Client) -> None:
    page = read(client, area)
    assert f'role="img" aria-label="Map of Tower Hamlets in its areas. {area.name} is marked."' in page
    assert page.count("jo-map__ward--marked") == len(area.wards)
    assert page.count('class="jo-map__ward') == 20
    assert " style=" not in page


def test_every_line_of_the_map_between_two_areas_is_drawn_for_both() -> None:
    drawn = [set(edges(area.wards)) for area in EVERY]
    around = set(edges(SHIPPED_ATLAS.wards))
    between = set().union(*drawn) - around
    assert all(sum(line in lines for lines in drawn) == 2 for line in between)
    assert len(between) > 20


def test_the_map_without_an_area_marks_none() -> None:
    assert not any(shape.is_marked for shape in map_of().shapes)


def test_it_costs_few_queries_and_sets_no_cookie(client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/my-area/south-east/")
    assert len(queries) <= 12
    assert response.cookies == {}


def test_an_area_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/my-area/middle/").status_code == 404
    assert client.post("/my-area/south-east/").status_code == 405


def test_panels_made_for_the_area_stand_on_its_page_and_on_no_other(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def draw(request: HttpRequest) -> str:
        return "<p>News of the island</p>"

    ours = {"news:south-east": panels.Panel("news:south-east", "News", draw)}
    monkeypatch.setattr(panels, "_panels", ours)
    south_east, others = EVERY[-1], EVERY[:-1]
    assert "<p>News of the island</p>" in read(client, south_east)
    assert not any("News of the island" in read(client, area) for area in others)


def test_the_postcode_box_is_a_panel_for_any_page(client: Client) -> None:
    request = client.get("/my-area/").wsgi_request
    html = panels.draw("my-area", request)
    assert 'method="post" action="/my-area/"' in html
    assert 'name="postcode"' in html
    assert "csrf" not in html
    assert ("my-area", "My area: the postcode box") in [(key, str(title)) for key, title in panels.choices()]
