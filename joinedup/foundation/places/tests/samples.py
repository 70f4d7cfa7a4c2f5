"""What the tests of places share: the shipped atlas, and an invented borough of two wards."""

import json
from pathlib import Path

from django.conf import settings

from joinedup.foundation.places.atlas import SHIPPED, Atlas

SHARED = Path(settings.BASE_DIR).parent / "shared/data/places"
SHIPPED_ATLAS = Atlas(SHIPPED / "tower_hamlets")

_POSTCODES = """\
postcode,lat,lon,ward25_code,lsoa21_code,lsoa21_name,terminated_as_at_may2022
OX1 1AA,51.100001,-1.0,W2,L1,Elsewhere 001A,
OX1 1AB,51.1,-1.1,W1,L1,Elsewhere 001A,
OX1 1AD,51.1,-1.1,W1,L1,Elsewhere 001A,201203
OX1 1AE,51.1,-1.1,W1,L1,Elsewhere 001A,201203
OX2 1AA,51.2,-1.0,W2,L2,Elsewhere 001B,
"""
_DEPRIVATION = "lsoa21_code,IMD_rank,IMD_decile\nL1,17.0,1.0\nL2,30000.0,9.0\n"
BY_HAND = """\
postcodes_as_at = 2030-01-01
endings_known_until = 2029-01-01
large_user_outcodes = []
example = "OX1 1AA"
deprivation = { name = "Indices", publisher = "Ministry", year = 2030 }
[[locality]]
key = "left"
wards = ["Left ward"]
name = { en = "Left" }
description = { en = "The left half." }
[[locality]]
key = "right"
wards = ["Right & True"]
name = { en = "Right" }
description = { en = "The right half." }
"""


def _ward(code: str, name: str, west: float) -> object:
    corners = [(west, 51.0), (west + 1, 51.0), (west + 1, 52.0), (west, 52.0), (west, 51.0)]
    return {
        "properties": {"WD25CD": code, "WD25NM": name},
        "geometry": {"type": "MultiPolygon", "coordinates": [[corners]]},
    }


def write_source(folder: Path) -> Path:
    """Open data of the invented borough, as a person would download it."""
    folder.mkdir()
    (folder / "elsewhere_postcodes.csv").write_text(_POSTCODES)
    (folder / "imd2025_england_lsoa21_elsewhere.csv").write_text(_DEPRIVATION)
    (folder / "imd2025_england_lsoa21_subdomains_elsewhere.csv").write_text("lsoa21_code\n")
    wards = [_ward("W2", "Right & True", -1.0), _ward("W1", "Left ward", -2.0)]
    (folder / "elsewhere_ward.geojson").write_text(json.dumps({"features": wards}))
    (folder / "ATTRIBUTION.txt").write_text("Contains data of Elsewhere.\n")
    return folder


def write_by_hand(folder: Path, text: str = BY_HAND) -> Path:
    """The folder of the invented borough, before anything was built into it."""
    folder.mkdir()
    (folder / "places.toml").write_text(text)
    return folder
