"""Another borough brings data and one file written by hand, and changes no code."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from joinedup.foundation.places.atlas import Atlas, AtlasFault, Place
from joinedup.foundation.places.checks import places_are_whole
from joinedup.foundation.places.finding import Outside, find
from joinedup.foundation.places.tests.samples import BY_HAND, write_by_hand, write_source


@pytest.fixture
def elsewhere(tmp_path: Path, settings: Any) -> Path:
    """The folder of an invented borough, named in its place.toml."""
    folder = write_by_hand(tmp_path / "elsewhere")
    settings.PARTNERSHIP = {**settings.PARTNERSHIP, "place": "Elsewhere", "places": str(folder)}
    return folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "source")


@pytest.mark.django_db
def test_its_postcodes_and_pages_are_there_once_they_are_built(
    elsewhere: Path, source: Path, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("build_places", str(source))
    assert f"{elsewhere / 'postcodes.csv.gz'}: 5 rows" in capsys.readouterr().out
    found = find("ox1 1ab")
    assert isinstance(found, Place)
    assert (found.ward.name, found.locality.name) == ("Left ward", "Left")
    assert isinstance(find("E1 1BJ"), Outside)
    page = client.post("/my-area/", {"postcode": "E1 1BJ"}).content.decode()
    assert "That postcode is not in Elsewhere" in page
    assert "Contains data of Elsewhere." in page
    assert client.get("/my-area/left/").status_code == 200
    assert client.get("/my-area/south-east/").status_code == 404


def test_a_neighbourhood_goes_to_the_ward_with_most_of_its_live_postcodes(
    elsewhere: Path, source: Path
) -> None:
    # L1 has one live postcode in each ward: the lower code wins. Ended ones do not count.
    call_command("build_places", str(source), verbosity=0)
    first = Atlas(elsewhere).neighbourhoods[0]
    assert (first.code, first.ward.code, first.deprivation_rank) == ("L1", "W1", 17)
    rows = (source / "elsewhere_postcodes.csv").read_text()
    more = rows + "OX1 1AF,51.1,-1.0,W2,L1,Elsewhere 001A,\n"
    (source / "elsewhere_postcodes.csv").write_text(more)
    call_command("build_places", str(source), verbosity=0)
    assert Atlas(elsewhere).neighbourhoods[0].ward.code == "W2"


def test_the_file_by_hand_comes_first(elsewhere: Path, source: Path) -> None:
    (elsewhere / "places.toml").unlink()
    with pytest.raises(CommandError, match=r"places\.toml first"):
        call_command("build_places", str(source))


@pytest.mark.parametrize("missing", ["elsewhere_postcodes.csv", "elsewhere_ward.geojson", "ATTRIBUTION.txt"])
def test_a_missing_file_of_the_source_is_named(elsewhere: Path, source: Path, missing: str) -> None:
    (source / missing).unlink()
    with pytest.raises(CommandError, match=missing.removeprefix("elsewhere")):
        call_command("build_places", str(source))


@pytest.mark.parametrize(
    ("wards", "said"),
    [
        ('["Left ward", "Right & True"]', "'Right & True' stands in two areas"),
        ('["Left ward", "Lost"]', "'Lost' is no ward"),
        ("[]", "in no area: Left ward"),
    ],
)
def test_wards_that_do_not_fall_into_areas_are_named_before_the_site_starts(
    elsewhere: Path, source: Path, wards: str, said: str
) -> None:
    call_command("build_places", str(source), verbosity=0)
    (elsewhere / "places.toml").write_text(BY_HAND.replace('["Left ward"]', wards))
    with pytest.raises(AtlasFault, match=said):
        Atlas(elsewhere)


def test_the_check_says_that_the_files_are_still_to_be_built(elsewhere: Path) -> None:
    assert [fault.id for fault in places_are_whole(None)] == ["places.E002"]
    assert str(elsewhere) in str(places_are_whole(None)[0].msg)


def test_the_check_says_that_the_place_names_no_folder(settings: Any) -> None:
    settings.PARTNERSHIP = {k: v for k, v in settings.PARTNERSHIP.items() if k != "places"}
    assert [fault.id for fault in places_are_whole(None)] == ["places.E001"]


def test_the_check_has_nothing_to_say_about_what_ships() -> None:
    assert places_are_whole(None) == []
