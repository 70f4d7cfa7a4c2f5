"""The rows of `make bench` about sorting, where the labelled comments are not beside the checkout."""

from pathlib import Path

import pytest

from joinedup.config.house import sorting
from joinedup.config.management.commands.bench import line
from joinedup.involve.sorting import training
from joinedup.involve.sorting.engine import Sorter


def test_pace_is_measured_and_quality_plainly_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "LABELLED", tmp_path / "none.csv")
    monkeypatch.setattr(sorting, "TEXTS", 200)
    first, second, last = sorting.rows(line)
    assert first.startswith("| comments sorted, all heads |")
    assert "asked for, 2,000" in second
    assert last.startswith("The labelled comments are not beside the checkout")


def test_invented_texts_are_always_the_same_and_as_long_as_comments() -> None:
    sorter = Sorter.load()
    texts = sorting.invented(sorter, 50)
    assert texts == sorting.invented(sorter, 50)
    assert {len(text.split()) for text in texts} <= {3, 5, 8, 10, 12, 20, 60}
