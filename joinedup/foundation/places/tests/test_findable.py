"""Search finds the areas by the names of their wards, in both languages."""

import pytest
from django.test import Client
from django.utils import translation

from joinedup.foundation import findable
from joinedup.foundation.places.findable import PREFIX, everything
from joinedup.foundation.places.tests.samples import SHIPPED_ATLAS

FOUND = list(everything())


def text(one: findable.Findable) -> str:
    return f"{one.title} {one.summary} {one.body}"


@pytest.mark.parametrize("ward", SHIPPED_ATLAS.wards, ids=lambda ward: ward.name)
def test_each_ward_leads_to_its_area_and_to_no_other(ward: object) -> None:
    name = getattr(ward, "name")  # noqa: B009
    area = next(area for area in SHIPPED_ATLAS.localities if ward in area.wards)
    found = [one.href for one in FOUND if one.language == "en" and f"{name}," in f"{one.body.rstrip('.')},"]
    assert found == [f"/my-area/{area.key}/"]


def test_the_box_and_the_four_areas_are_there_in_both_languages() -> None:
    assert [one.href for one in FOUND if one.language == "bn"] == [
        "/bn/my-area/",
        *(f"/bn/my-area/{area.key}/" for area in SHIPPED_ATLAS.localities),
    ]
    assert len(FOUND) == 10
    assert "শ্যাডওয়েল" in " ".join(text(one) for one in FOUND if one.language == "bn")


@pytest.mark.django_db
@pytest.mark.parametrize("one", FOUND, ids=lambda one: one.key)
def test_each_is_found_by_its_key_and_stands_where_it_says(one: findable.Findable, client: Client) -> None:
    assert findable.one(one.key) == one
    assert client.get(one.href).status_code == 200


@pytest.mark.parametrize("reader", ["en", "bn"])
def test_what_they_are_is_said_in_their_language_whoever_asks(reader: str) -> None:
    with translation.override(reader):
        assert {(one.language, str(one.kind)) for one in everything()} == {("en", "Area"), ("bn", "এলাকা")}


def test_a_key_that_is_none_finds_nothing() -> None:
    assert findable.one(f"{PREFIX}:middle:en") is None


def test_the_language_of_the_reader_is_left_as_it_was() -> None:
    with translation.override("bn"):
        list(everything())
        assert translation.get_language() == "bn"


def test_isle_of_dogs_leads_to_the_south_east() -> None:
    assert "Isle of Dogs" in text(next(one for one in FOUND if one.key == f"{PREFIX}:south-east:en"))
