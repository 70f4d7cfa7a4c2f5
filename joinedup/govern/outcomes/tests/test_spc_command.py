"""`manage.py spc`: series in, points and summary out, without a database."""

import csv
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

SHARED = settings.BASE_DIR.parent / "shared/data/govern/spc"
CASES = "case_id,improvement_direction,target,rebase,fix_after_n_points,screen_outliers\n"
SERIES = "case_id,f,x,y\n"


def run(folder: Path, cases: str, series: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """What the command writes: points and summary."""
    (folder / "cases.csv").write_text(cases, encoding="utf-8")
    (folder / "series.csv").write_text(series, encoding="utf-8")
    names = ("cases", "series", "points", "summary")
    call_command("spc", **{name: folder / f"{name}.csv" for name in names}, verbosity=0)
    return read(folder / "points.csv"), read(folder / "summary.csv")


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def same(one: str, other: str) -> bool:
    """Equal as text, or as numbers to one part in a thousand million."""
    try:
        return one == other or float(one) == pytest.approx(float(other), rel=1e-9, abs=1e-12)
    except ValueError:
        return False


def differences(found: list[dict[str, str]], expected: list[dict[str, str]], *keys: str) -> list[str]:
    ours = {tuple(row[key] for key in keys): row for row in found}
    theirs = {tuple(row[key] for key in keys): row for row in expected}
    assert ours.keys() == theirs.keys()
    return [
        f"{key} {column}: {ours[key][column]} and not {wanted}"
        for key, row in theirs.items()
        for column, wanted in row.items()
        if not same(ours[key][column], wanted)
    ]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared data is not here")
def test_every_expected_point_and_chart_comes_out_the_same(tmp_path: Path) -> None:
    expected = read(SHARED / "spc_points_expected.csv")
    series = [",".join(row[name] for name in ("case_id", "f", "x", "y")) for row in expected]
    cases = (SHARED / "spc_cases.csv").read_text(encoding="utf-8")
    points, charts = run(tmp_path, cases, SERIES + "\n".join(series))
    assert len(points) == 10_183
    assert differences(points, expected, "case_id", "f", "x") == []
    assert differences(charts, read(SHARED / "spc_summary_expected.csv"), "case_id", "f") == []


def test_a_series_becomes_points_and_a_line_of_summary(tmp_path: Path) -> None:
    days = "\n".join(f"a,,2024-01-{day:02},{10 + day % 2}" for day in range(1, 15))
    points, [chart] = run(tmp_path, CASES + "a,decrease,20,,,TRUE\n", SERIES + days + "\na,,2024-01-15,40\n")
    assert (points[-1]["special_cause_type"], points[-1]["point_type"]) == (
        "Above UCL",
        "special_cause_concern",
    )
    assert points[0]["target"] == "20.0"
    assert (chart["n"], chart["concern"], chart["variation_type"]) == ("15", "1", "special_cause_concern")
    assert chart["assurance_type"] == "consistent_pass"


def test_a_target_beside_too_few_points_is_what_the_source_says(tmp_path: Path) -> None:
    _points, [chart] = run(tmp_path, CASES + "a,increase,9,,,\n", SERIES + "a,,2024-01-01,5\n")
    assert (chart["last_lpl"], chart["assurance_type"]) == ("", "inconsistent")


@pytest.mark.parametrize(
    ("cases", "series", "said"),
    [
        ("a,increase,,,,\n", "a,,2024-01-01,many\n", "Line 2: “many” is not a number."),
        ("a,increase,,,,\n", "a,,45383,1\n", "write that"),
        ("a,increase,,,,\n", "a,,2024-01-01,nan\n", "is not a number"),
        ("a,increase,,,,\n", "b,,2024-01-01,1\n", "There is no case b."),
        ("a,upwards,,,,\n", "", "improvement_direction is"),
        ("a,increase,,,,perhaps\n", "", "screen_outliers is"),
        ("a,increase,,2020-01-01,,\n", "a,,2024-01-01,1\n", "no value for 2020-01-01"),
        ("a,increase,,,5,\n", "a,,2024-01-01,1\n", "12 points or more"),
        ("a,increase,,,,\na,decrease,,,,\n", "", "a second time"),
        ("a,increase,,,,\n", "a,,2024-01-01,1\na,,2024-01-01,2\n", "two values for 2024-01-01"),
    ],
)
def test_what_is_wrong_is_named_and_the_rest_is_drawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], cases: str, series: str, said: str
) -> None:
    with pytest.raises(CommandError, match="named above"):
        run(tmp_path, CASES + cases + "good,increase,,,,\n", SERIES + series + "good,,2024-01-01,1\n")
    assert said in capsys.readouterr().err
    assert [row["case_id"] for row in read(tmp_path / "summary.csv")] == ["good"] or "second" in said


@pytest.mark.parametrize("cases", ["", "PK\x03\x04", "case\n1\n"], ids=["empty", "workbook", "columns"])
def test_a_file_that_cannot_be_read_leaves_nothing_written(tmp_path: Path, cases: str) -> None:
    with pytest.raises(CommandError):
        run(tmp_path, cases, SERIES)
    assert not (tmp_path / "points.csv").exists()


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"nowhere\.csv cannot be read"):
        call_command(
            "spc", cases=tmp_path / "nowhere.csv", series=tmp_path, points=tmp_path, summary=tmp_path
        )
