"""The files that ship: whole, without gap or overlap, and the same as the open data they came from."""

import csv
import datetime
from collections import Counter
from pathlib import Path

import pytest

from joinedup.foundation.places import building
from joinedup.foundation.places.atlas import ATTRIBUTION, NEIGHBOURHOODS, POSTCODES, WARDS
from joinedup.foundation.places.tests.samples import SHARED, SHIPPED_ATLAS

needs_source = pytest.mark.skipif(not SHARED.exists(), reason="the open data stand beside the project")
KEYS = ["north-west", "south-west", "north-east", "south-east"]


def test_there_are_four_areas_with_names_in_both_languages() -> None:
    assert [area.key for area in SHIPPED_ATLAS.localities] == KEYS
    assert all(set(area.names) == set(area.descriptions) == {"en", "bn"} for area in SHIPPED_ATLAS.localities)


def test_every_ward_is_in_exactly_one_area() -> None:
    held = Counter(ward.code for area in SHIPPED_ATLAS.localities for ward in area.wards)
    assert held == Counter(ward.code for ward in SHIPPED_ATLAS.wards)
    assert len(held) == 20


def test_every_neighbourhood_is_in_exactly_one_area_that_of_its_ward() -> None:
    held = Counter(n.code for area in SHIPPED_ATLAS.localities for n in area.neighbourhoods)
    assert held == Counter(n.code for n in SHIPPED_ATLAS.neighbourhoods)
    assert len(held) == 169
    assert all(n.ward in area.wards for area in SHIPPED_ATLAS.localities for n in area.neighbourhoods)


def test_each_area_hangs_together() -> None:
    """Every ward of an area shares a line of its outline with another one of it."""
    for area in SHIPPED_ATLAS.localities:
        lines = {ward.code: _lines(ward.rings[0]) for ward in area.wards}
        reached, waiting = set(), [area.wards[0].code]
        while waiting:
            code = waiting.pop()
            reached.add(code)
            waiting += [other for other in lines if other not in reached and lines[other] & lines[code]]
        assert reached == set(lines), area.key


def _lines(ring: tuple[tuple[int, int], ...]) -> set[frozenset[tuple[int, int]]]:
    return {frozenset(pair) for pair in zip(ring, ring[1:] + ring[:1], strict=True)}


def test_the_figures_of_deprivation_are_those_of_the_indices() -> None:
    tenth = {area.key: area.in_most_deprived_tenth for area in SHIPPED_ATLAS.localities}
    fifth = {area.key: area.in_most_deprived_fifth for area in SHIPPED_ATLAS.localities}
    assert tenth == dict(zip(KEYS, [5, 7, 4, 6], strict=True))
    assert fifth == dict(zip(KEYS, [20, 22, 19, 12], strict=True))


def test_what_ships_is_small() -> None:
    size = sum(path.stat().st_size for path in SHIPPED_ATLAS.folder.iterdir())
    assert size < 110_000


@needs_source
def test_every_row_of_the_source_is_found_with_what_it_says() -> None:
    with (SHARED / "tower_hamlets_postcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        place = SHIPPED_ATLAS.look_up(row["postcode"].replace(" ", ""))
        assert place is not None, row["postcode"]
        ended = row["terminated_as_at_may2022"]
        wanted = (
            row["postcode"],
            row["ward25_code"],
            row["ward25_name"],
            row["lsoa21_code"],
            row["lsoa21_name"],
            datetime.datetime.strptime(ended, "%Y%m").date() if ended else None,  # noqa: DTZ007
        )
        found = (
            place.postcode,
            place.ward.code,
            place.ward.name,
            place.neighbourhood.code,
            place.neighbourhood.name,
            place.ended_on,
        )
        near = max(abs(place.latitude - float(row["lat"])), abs(place.longitude - float(row["lon"])))
        if wanted != found or near > 0.0000051:
            wrong.append((wanted, found))
    assert wrong == []
    assert len(rows) == len(SHIPPED_ATLAS.postcodes())


@needs_source
def test_every_rank_and_decile_is_that_of_the_source() -> None:
    source = building.source_deprivation(SHARED)
    assert len(source) == len(SHIPPED_ATLAS.neighbourhoods)
    for one in SHIPPED_ATLAS.neighbourhoods:
        row = source[one.code]
        assert (float(row["IMD_rank"]), float(row["IMD_decile"])) == (
            one.deprivation_rank,
            one.deprivation_decile,
        )


@needs_source
def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    before = {name: (SHIPPED_ATLAS.folder / name).read_bytes() for name in (POSTCODES, WARDS, NEIGHBOURHOODS)}

    building.build(SHARED, tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


@needs_source
def test_the_attribution_is_that_of_the_source_word_for_word() -> None:
    shipped = (SHIPPED_ATLAS.folder / ATTRIBUTION).read_text(encoding="utf-8")
    assert shipped == (SHARED / ATTRIBUTION).read_text(encoding="utf-8")


def test_the_points_of_live_postcodes_lie_on_the_map() -> None:
    frame = SHIPPED_ATLAS.frame
    outside = []
    for postcode in SHIPPED_ATLAS.postcodes():
        place = SHIPPED_ATLAS.look_up(postcode)
        assert place is not None
        x, y = frame.point(place.latitude, place.longitude)
        if not (0 <= x <= frame.width and 0 <= y <= frame.height):
            outside.append(postcode)
    assert outside == []
