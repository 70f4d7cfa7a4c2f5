"""Every postcode of the borough is found, however it is typed; others get an answer all the same."""

import datetime
import math
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.foundation.places.atlas import Place
from joinedup.foundation.places.finding import EARTH_RADIUS_M, Outside, Reason, Unclear, distance_m, find
from joinedup.foundation.places.postcodes import shown
from joinedup.foundation.places.tests.samples import SHIPPED_ATLAS

EVERY = SHIPPED_ATLAS.postcodes()


@dataclass(frozen=True)
class Spot:
    latitude: float
    longitude: float


def place(text: str) -> Place:
    found = find(text)
    assert isinstance(found, Place), found
    return found


def test_every_postcode_is_found_as_it_is_written_and_without_its_space() -> None:
    wrong = [p for p in EVERY if place(shown(p)).postcode != shown(p) or place(p) != place(shown(p))]
    assert wrong == []
    assert len(EVERY) == 10_699


@given(st.sampled_from(EVERY), st.data())
def test_every_postcode_is_found_with_any_spaces_and_capitals(postcode: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", "", " ", "  ", "-", "\t", "."]), min_size=7, max_size=7))
    typed = "".join(
        char.lower() if data.draw(st.booleans()) else char
        for pair in zip(gaps, postcode, strict=False)
        for char in pair
    )
    assert place(typed).postcode == shown(postcode)


@given(st.sampled_from([p for p in EVERY if set(p) & set("01")]), st.data())
def test_every_postcode_is_found_with_o_for_nought_and_i_or_l_for_one(
    postcode: str, data: st.DataObject
) -> None:
    slips = {"0": "oO0", "1": "iIlL1"}
    typed = "".join(data.draw(st.sampled_from(slips.get(char, char))) for char in postcode)
    assert place(typed).postcode == shown(postcode)


def test_a_postcode_says_its_ward_neighbourhood_and_area() -> None:
    found = place("E1 1BJ")
    assert (found.ward.name, found.ward.code) == ("Whitechapel", "E05009336")
    assert (found.neighbourhood.code, found.neighbourhood.name) == ("E01004322", "Tower Hamlets 017A")
    assert found.locality.key == "south-west"
    assert (found.latitude, found.longitude) == (51.51932, -0.05733)
    assert found.ended_on is None
    assert not found.is_large_user


def test_a_postcode_out_of_use_says_since_when() -> None:
    assert place("E1 0AB").ended_on == datetime.date(2009, 11, 1)


@pytest.mark.parametrize("text", ["E77 1AD", "E98 1AD", "EC88 2NG"])
def test_a_postcode_of_one_large_organisation_says_so(text: str) -> None:
    assert place(text).is_large_user


@pytest.mark.parametrize("text", ["SW1A 1AA", "M1 1AE", "BT1 5GS", "N1C 4AG"])
def test_a_postcode_elsewhere_is_outside(text: str) -> None:
    assert find(text) == Outside(text, is_near=False)


def test_an_unknown_postcode_that_begins_like_ours_may_be_new_or_over_the_border() -> None:
    assert find("e16 9zz") == Outside("E16 9ZZ", is_near=True)


def test_a_slip_is_put_right_for_postcodes_elsewhere_too() -> None:
    assert find("SWIA lAA") == Outside("SW1A 1AA", is_near=False)


def test_the_first_half_of_a_postcode_says_which_areas_it_can_mean() -> None:
    found = find("e1w")
    assert isinstance(found, Unclear)
    assert found.reason == Reason.PARTIAL
    assert [area.key for area in found.localities] == ["south-west"]


@given(
    st.sampled_from([p for p in EVERY if (q := SHIPPED_ATLAS.look_up(p)) and not q.ended_on]),
    st.integers(2, 3),
)
def test_a_cut_off_postcode_never_hides_the_area_of_the_whole_one(postcode: str, missing: int) -> None:
    found = find(shown(postcode)[:-missing] if missing == 2 else postcode[:-3])
    assert isinstance(found, Unclear)
    assert place(postcode).locality in found.localities


def test_a_first_half_that_only_ended_postcodes_had_leads_to_no_area() -> None:
    assert find("EC88") == Unclear(Reason.PARTIAL)


def test_the_first_half_of_a_postcode_elsewhere_is_outside() -> None:
    assert find("N16") == Outside("N16", is_near=False)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("bow east", "north-east"),
        ("Shadwell Ward", "south-west"),
        ("st dunstans", "south-west"),
        ("St Katharine’s and Wapping", "south-west"),
        ("South East", "south-east"),
        ("উত্তর-পশ্চিম", "north-west"),
    ],
)
def test_the_name_of_a_ward_or_area_leads_to_the_area(text: str, key: str) -> None:
    found = find(text)
    assert isinstance(found, Unclear)
    assert (found.reason, [area.key for area in found.localities]) == (Reason.NAME, [key])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", Reason.EMPTY),
        (" - ", Reason.EMPTY),
        ("where I live", Reason.NO_POSTCODE),
        ("E1 4CG", Reason.NO_POSTCODE),
        ("E1 1BJ or E3 5AA", Reason.DOUBTFUL),
    ],
)
def test_what_is_no_postcode_says_why(text: str, reason: Reason) -> None:
    found = find(text)
    assert isinstance(found, Unclear)
    assert found.reason == reason


def test_two_postcodes_are_both_named() -> None:
    found = find("E1 1BJ or E3 5AA")
    assert isinstance(found, Unclear)
    assert found.postcodes == ("E1 1BJ", "E3 5AA")


@given(st.text(max_size=300))
def test_any_text_gets_an_answer(text: str) -> None:
    assert isinstance(find(text), Place | Outside | Unclear)


class TestDistance:
    """Metres along a great circle."""

    def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres(self) -> None:
        assert distance_m(Spot(51, 0), Spot(52, 0)) == pytest.approx(math.radians(1) * EARTH_RADIUS_M)

    def test_from_the_town_hall_to_canary_wharf_is_about_as_on_the_national_grid(self) -> None:
        a, b = place("E1 1BJ"), place("E14 5AB")
        # Eastings and northings of the source, in metres: straight lines on the grid.
        grid = math.hypot(537_550 - 534_884, 180_304 - 181_833)
        assert distance_m(a, b) == pytest.approx(grid, rel=0.005)

    @given(st.sampled_from(EVERY), st.sampled_from(EVERY), st.sampled_from(EVERY))
    def test_there_and_back_are_alike_and_no_detour_is_shorter(self, a: str, b: str, c: str) -> None:
        one, two, three = place(a), place(b), place(c)
        assert distance_m(one, one) == 0
        assert distance_m(one, two) == distance_m(two, one)
        assert distance_m(one, three) <= distance_m(one, two) + distance_m(two, three) + 1e-6
