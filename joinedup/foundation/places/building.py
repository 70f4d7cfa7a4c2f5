"""Making the compact files of a place from the open data that ONS, Royal Mail, OS and MHCLG publish.

The source folder holds `*_postcodes.csv`, `*_ward.geojson`, `imd2025_*_lsoa21_<place>.csv` and
ATTRIBUTION.txt in the shapes that docs/adr/0014-places.md names. The same source gives the same bytes.
"""

import csv
import gzip
import json
import math
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from joinedup.foundation.places.atlas import ATTRIBUTION, NEIGHBOURHOODS, POSTCODES, WARDS

MAP_WIDTH = 1000  # units; one is about six metres in Tower Hamlets
Row = dict[str, str]


def _one(folder: Path, pattern: str, without: str = "/") -> Path:
    """The one file of that name. Raises FileNotFoundError when there is none, or more than one."""
    found = [path for path in folder.glob(pattern) if without not in path.name]
    if len(found) != 1:
        raise FileNotFoundError(f"{folder}: {len(found)} files are called {pattern}, one is wanted.")
    return found[0]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def source_postcodes(folder: Path) -> list[Row]:
    """The rows of the source's postcodes, in the order of the postcodes."""
    return sorted(_rows(_one(folder, "*_postcodes.csv")), key=lambda row: row["postcode"])


def source_deprivation(folder: Path) -> dict[str, Row]:
    """The rows of the source's deprivation of 2025, by the code of the neighbourhood."""
    path = _one(folder, "imd2025_*_lsoa21_*.csv", without="subdomains")
    return {row["lsoa21_code"]: row for row in _rows(path)}


def best_fit(postcodes: list[Row]) -> dict[str, str]:
    """Neighbourhood -> the ward in which most of its live postcodes lie; the lower code when two tie."""
    live: defaultdict[str, Counter[str]] = defaultdict(Counter)
    every: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in postcodes:
        every[row["lsoa21_code"]][row["ward25_code"]] += 1
        if not row["terminated_as_at_may2022"]:
            live[row["lsoa21_code"]][row["ward25_code"]] += 1
    return {
        code: min((live[code] or every[code]).items(), key=lambda item: (-item[1], item[0]))[0]
        for code in every
    }


def _rings(geometry: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    shapes = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for shape in shapes:
        for ring in shape:
            yield [(point[0], point[1]) for point in ring]


def _frame(points: list[tuple[float, float]]) -> dict[str, float]:
    """The map's edges and scale: degrees of longitude are shortened as they are at this latitude."""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    x_scale = MAP_WIDTH / (east - west)
    y_scale = x_scale / math.cos(math.radians((south + north) / 2))
    return {
        "west": round(west, 6),
        "north": round(north, 6),
        "x_scale": round(x_scale, 3),
        "y_scale": round(y_scale, 3),
        "width": MAP_WIDTH,
        "height": math.ceil((north - south) * y_scale),
    }


def wards(folder: Path) -> dict[str, Any]:
    """The wards with their outlines in whole units of the map. Neighbours keep the corners they share."""
    features = json.loads(_one(folder, "*_ward.geojson").read_text(encoding="utf-8"))["features"]
    outlines = {
        feature["properties"]["WD25CD"]: (feature["properties"]["WD25NM"], list(_rings(feature["geometry"])))
        for feature in features
    }
    frame = _frame([point for _name, rings in outlines.values() for ring in rings for point in ring])

    def drawn(ring: list[tuple[float, float]]) -> list[list[int]]:
        units = [
            [round((x - frame["west"]) * frame["x_scale"]), round((frame["north"] - y) * frame["y_scale"])]
            for x, y in ring
        ]
        return [point for point, before in zip(units[1:], units, strict=False) if point != before]

    rows = [
        {"code": code, "name": name, "rings": [drawn(ring) for ring in rings]}
        for code, (name, rings) in sorted(outlines.items())
    ]
    return {"frame": frame, "wards": rows}


def build(source: Path, target: Path) -> dict[str, int]:
    """Write the compact files into `target`, which must hold its places.toml. Returns the rows of each."""
    postcodes, deprivation, drawn = source_postcodes(source), source_deprivation(source), wards(source)
    fits, names = best_fit(postcodes), {row["lsoa21_code"]: row["lsoa21_name"] for row in postcodes}
    ward_number = {row["code"]: number for number, row in enumerate(drawn["wards"])}
    number_of = {code: number for number, code in enumerate(sorted(fits))}
    lines = [
        f"{row['postcode'].replace(' ', '')},"
        f"{ward_number[row['ward25_code']]},{number_of[row['lsoa21_code']]},"
        f"{float(row['lat']):.5f},{float(row['lon']):.5f},{row['terminated_as_at_may2022']}\n"
        for row in postcodes
    ]
    (target / POSTCODES).write_bytes(gzip.compress("".join(lines).encode("ascii"), 9, mtime=0))
    (target / WARDS).write_text(_legible(drawn), encoding="utf-8")
    with (target / NEIGHBOURHOODS).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "name", "ward", "deprivation_rank", "deprivation_decile"])
        for code in sorted(fits):
            row = deprivation[code]
            figures = (int(float(row["IMD_rank"])), int(float(row["IMD_decile"])))
            writer.writerow([code, names[code], fits[code], *figures])
    shutil.copyfile(source / ATTRIBUTION, target / ATTRIBUTION)
    return {POSTCODES: len(lines), WARDS: len(drawn["wards"]), NEIGHBOURHOODS: len(fits)}


def _legible(drawn: dict[str, Any]) -> str:
    """One ward a line, so that a change shows as one."""
    rows = ",\n".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in drawn["wards"])
    return f'{{"frame":{json.dumps(drawn["frame"])},\n"wards":[\n{rows}\n]}}\n'
