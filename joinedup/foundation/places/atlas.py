"""The places of the borough, read once a process from the folder that place.toml names.

Wards, areas and neighbourhoods are read together (a few milliseconds); the postcodes only when the first
is looked up. Sources and faults of the data: docs/adr/0014-places.md.
"""

import csv
import datetime
import gzip
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from joinedup.foundation.places.postcodes import shown

SHIPPED = Path(__file__).parent / "data"
POSTCODES, WARDS, NEIGHBOURHOODS = "postcodes.csv.gz", "wards.json", "neighbourhoods.csv"
BY_HAND, ATTRIBUTION = "places.toml", "ATTRIBUTION.txt"


class AtlasFault(ValueError):
    """The files of the place contradict one another, in words for whoever keeps them."""


@dataclass(frozen=True)
class Ward:
    """A council ward of 2025. `rings` are its outlines on the map, in the map's own units."""

    code: str
    """ONS code, such as E05009332."""
    name: str
    rings: tuple[tuple[tuple[int, int], ...], ...] = field(repr=False)


@dataclass(frozen=True)
class Neighbourhood:
    """A lower layer super output area of 2021 (LSOA): between 1,000 and 3,000 people."""

    code: str
    name: str
    ward: Ward
    """The ward in which most of its live postcodes lie."""
    deprivation_rank: int
    """1 is the most deprived neighbourhood of England."""
    deprivation_decile: int
    """1 is the most deprived tenth of England."""


@dataclass(frozen=True)
class Locality:
    """One of the areas in which the partnership works: several whole wards, by our own list."""

    key: str
    """What other subjects keep and addresses show, such as "north-west". Never changes."""
    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    wards: tuple[Ward, ...]
    neighbourhoods: tuple[Neighbourhood, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """Its name in the reader's language, else in English."""
        return in_language(self.names)

    @property
    def description(self) -> str:
        """Where it is, in the reader's language, else in English."""
        return in_language(self.descriptions)

    def among_most_deprived(self, deciles: int) -> int:
        """How many of its neighbourhoods are in that many most deprived tenths of England."""
        return sum(n.deprivation_decile <= deciles for n in self.neighbourhoods)

    @property
    def in_most_deprived_tenth(self) -> int:
        """Neighbourhoods among the most deprived 10 % of England."""
        return self.among_most_deprived(1)

    @property
    def in_most_deprived_fifth(self) -> int:
        """Neighbourhoods among the most deprived 20 % of England."""
        return self.among_most_deprived(2)


@dataclass(frozen=True)
class Place:
    """Where a postcode of the borough is. The point is the postcode's grid reference, not an address."""

    postcode: str
    """As it is written, such as "E1 4DG"."""
    ward: Ward
    neighbourhood: Neighbourhood
    locality: Locality
    """That of its ward."""
    latitude: float
    """WGS 84 degrees, 5 decimals (about a metre)."""
    longitude: float
    ended_on: datetime.date | None
    """First day of the month it ended in; None when live, or ended after `endings_known_until`."""
    is_large_user: bool
    """Given to one large organisation, or to no place at all."""


@dataclass(frozen=True)
class Frame:
    """How degrees become units of the map: x grows to the east, y to the south."""

    west: float
    north: float
    x_scale: float
    y_scale: float
    width: int
    height: int

    def point(self, latitude: float, longitude: float) -> tuple[int, int]:
        """Where that point is on the map."""
        return round((longitude - self.west) * self.x_scale), round((self.north - latitude) * self.y_scale)


def in_language(texts: Mapping[str, str]) -> str:
    """The text in the language of the page, else in the first language of the site."""
    return texts.get(get_language() or "", texts[settings.LANGUAGE_CODE])


class Atlas:
    """Everything known about the places of one borough. Raises AtlasFault when its files do not fit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.by_hand: dict[str, Any] = tomllib.loads((folder / BY_HAND).read_text(encoding="utf-8"))
        self.attribution = (folder / ATTRIBUTION).read_text(encoding="utf-8").strip()
        drawn = json.loads((folder / WARDS).read_text(encoding="utf-8"))
        self.frame = Frame(**drawn["frame"])
        self.wards = tuple(
            Ward(row["code"], row["name"], tuple(tuple((x, y) for x, y in ring) for ring in row["rings"]))
            for row in drawn["wards"]
        )
        self.neighbourhoods = self._read_neighbourhoods()
        self.localities = self._read_localities()
        self._locality_of = {ward.code: area for area in self.localities for ward in area.wards}
        self._large_users = frozenset(self.by_hand["large_user_outcodes"])

    def _read_neighbourhoods(self) -> tuple[Neighbourhood, ...]:
        wards = {ward.code: ward for ward in self.wards}
        with (self.folder / NEIGHBOURHOODS).open(encoding="utf-8", newline="") as file:
            return tuple(
                Neighbourhood(
                    row["code"],
                    row["name"],
                    wards[row["ward"]],
                    int(row["deprivation_rank"]),
                    int(row["deprivation_decile"]),
                )
                for row in csv.DictReader(file)
            )

    def _read_localities(self) -> tuple[Locality, ...]:
        wards = {ward.name: ward for ward in self.wards}
        left, found = dict(wards), []
        for row in self.by_hand["locality"]:
            for name in row["wards"]:
                if left.pop(name, None) is None:
                    said = "stands in two areas" if name in wards else "is no ward"
                    raise AtlasFault(f"{self.folder / BY_HAND}: {name!r} {said}.")
            held = tuple(wards[name] for name in row["wards"])
            here = tuple(n for n in self.neighbourhoods if n.ward in held)
            found.append(Locality(row["key"], row["name"], row["description"], held, here))
        if left:
            raise AtlasFault(f"{self.folder / BY_HAND}: in no area: {', '.join(left)}.")
        return tuple(found)

    @cached_property
    def _rows(self) -> dict[str, str]:
        """Postcode without its space -> the rest of its line, taken apart only when it is asked for."""
        with gzip.open(self.folder / POSTCODES, "rt", encoding="ascii") as file:
            return dict(line.rstrip("\n").split(",", 1) for line in file)

    @cached_property
    def outcodes(self) -> frozenset[str]:
        """The first halves of its postcodes."""
        return frozenset(postcode[:-3] for postcode in self._rows)

    def postcodes(self) -> list[str]:
        """Every postcode, without spaces."""
        return list(self._rows)

    def look_up(self, postcode: str) -> Place | None:
        """The place of a postcode written without a space and in capitals, if it is one of ours."""
        row = self._rows.get(postcode)
        if row is None:
            return None
        ward_number, neighbourhood_number, latitude, longitude, ended = row.split(",")
        ward = self.wards[int(ward_number)]
        return Place(
            postcode=shown(postcode),
            ward=ward,
            neighbourhood=self.neighbourhoods[int(neighbourhood_number)],
            locality=self._locality_of[ward.code],
            latitude=float(latitude),
            longitude=float(longitude),
            ended_on=datetime.date(int(ended[:4]), int(ended[4:]), 1) if ended else None,
            is_large_user=postcode[:-3] in self._large_users,
        )

    def beginning_with(self, start: str) -> tuple[Locality, ...]:
        """The areas in which live postcodes begin like this, as they are shown ("E1 4")."""
        out, _space, rest = start.partition(" ")
        wards = {
            int(row.partition(",")[0])
            for postcode, row in self._rows.items()
            if postcode[:-3] == out and postcode[-3:].startswith(rest) and row.endswith(",")
        }
        here = {self._locality_of[self.wards[number].code].key for number in wards}
        return tuple(area for area in self.localities if area.key in here)


@cache
def _read(folder: Path) -> Atlas:
    return Atlas(folder)


def atlas() -> Atlas:
    """The atlas of this place, read once a process. Raises OSError or AtlasFault when it cannot be."""
    return _read(SHIPPED / settings.PARTNERSHIP["places"])


def localities() -> tuple[Locality, ...]:
    """The areas of this place, in the order in which they are shown."""
    return atlas().localities


def locality(key: str) -> Locality | None:
    """The area with that key."""
    return next((area for area in localities() if area.key == key), None)
