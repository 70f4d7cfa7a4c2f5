"""`manage.py sort_feedback` from the outside."""

import csv
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from joinedup.involve.sorting import training, weights
from joinedup.involve.sorting.filing import ADDED
from joinedup.involve.sorting.tests.comments import COLUMNS, file_of, labelled

ROOT = Path(__file__).resolve().parents[4]


def test_needs_no_database(tmp_path: Path) -> None:
    # No test here asks for a database, so pytest-django refuses every connection.
    source, target = file_of(tmp_path / "in.csv", labelled()[:20]), tmp_path / "out.csv"
    call_command("sort_feedback", source, target)
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    assert list(rows[0]) == [*COLUMNS, *ADDED]


def test_tells_how_many_and_what_was_odd_without_repeating_it(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(b"id,text\r\n1,the secret soup\r\n2,...\r\n3\r\n")
    call_command("sort_feedback", source, tmp_path / "out.csv")
    said = capsys.readouterr()
    assert said.out == ""
    assert "Line 3: no words" in said.err
    assert "Line 4: 1 cells for 2 columns" in said.err
    assert "3 rows sorted" in said.err
    assert "soup" not in said.err


@pytest.mark.parametrize(("source", "target"), [("none.csv", "out.csv"), ("in.csv", "none/out.csv")])
def test_tells_of_paths_that_are_wrong(tmp_path: Path, source: str, target: str) -> None:
    file_of(tmp_path / "in.csv", labelled()[:2])
    with pytest.raises(CommandError, match="cannot be read or written"):
        call_command("sort_feedback", tmp_path / source, tmp_path / target)


def test_tells_of_a_file_that_is_none(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(b"PK\x03\x04")
    with pytest.raises(CommandError, match="workbook"):
        call_command("sort_feedback", source, tmp_path / "out.csv")


def test_tells_of_damaged_weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.npz").write_bytes(b"not weights")
    monkeypatch.setattr(
        "joinedup.involve.sorting.engine.Sorter.load.__func__.__defaults__", (tmp_path / "bad.npz",)
    )
    with pytest.raises(CommandError, match="damaged"):
        call_command("sort_feedback", file_of(tmp_path / "in.csv", labelled()[:2]), tmp_path / "out.csv")


@pytest.mark.slow
def test_runs_without_what_training_needs(tmp_path: Path) -> None:
    source, target = file_of(tmp_path / "in.csv", labelled()[:5]), tmp_path / "out.csv"
    blocked = "import sys; sys.modules.update(dict.fromkeys(('sklearn', 'scipy', 'joblib')))\n"
    code = f"{blocked}from django.core.management import execute_from_command_line as run; run(sys.argv)"
    settings = {"DJANGO_SETTINGS_MODULE": "joinedup.config.settings", "JOINEDUP_MODE": "test"}
    command = [sys.executable, "-c", code, "sort_feedback", str(source), str(target)]
    subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True, capture_output=True)
    assert target.exists()


@pytest.mark.slow
@pytest.mark.skipif(not training.LABELLED.exists(), reason="the shared data are not beside the checkout")
def test_the_whole_shared_file_comes_out_cell_by_cell(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    call_command("sort_feedback", training.LABELLED, target)
    with target.open(encoding="utf-8", newline="") as file:
        out = csv.DictReader(file)
        same = all(
            {name: row[name] for name in COLUMNS} == before
            for row, before in zip(out, training.rows_of(training.LABELLED), strict=True)
        )
    assert same, "a cell changed"
    assert weights.SHIPPED.exists()
