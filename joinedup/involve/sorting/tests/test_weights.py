"""The shipped file: small, the one the card names, and safe to read."""

import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest

from joinedup.involve.sorting import reporting, weights
from joinedup.involve.sorting.engine import Sorter

CARD = Path(__file__).resolve().parents[4] / "docs" / "models" / "sorter.md"


class TestTheShippedFile:
    def test_is_under_fifteen_megabytes(self) -> None:
        assert weights.SHIPPED.stat().st_size < 15_000_000

    def test_is_the_one_the_model_card_names(self) -> None:
        assert reporting.sha_named_in(CARD) == weights.digest(weights.SHIPPED)

    def test_holds_plain_arrays_only(self) -> None:
        with np.load(weights.SHIPPED, allow_pickle=False) as bundle:
            assert all(bundle[name].dtype.hasobject is False for name in bundle.files)

    def test_tells_nothing_of_who_wrote_what(self, shipped: Sorter) -> None:
        assert set(shipped.about) == {"version", "targets", "words_from", "severe_from", "scales"}


class TestReading:
    def test_gives_back_what_was_saved(self, tmp_path: Path) -> None:
        path = tmp_path / "a.npz"
        weights.save(path, {"one": np.arange(3)}, {"version": "é"})
        arrays, about = weights.read(path)
        assert arrays["one"].tolist() == [0, 1, 2]
        assert about == {"version": "é"}

    def test_a_missing_file_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(weights.WeightsFault, match="missing"):
            weights.read(tmp_path / "none.npz")

    @pytest.mark.parametrize("keep", [0, 10, 100, -200])
    def test_a_cut_file_is_told(self, small_weights: Path, tmp_path: Path, keep: int) -> None:
        path = tmp_path / "cut.npz"
        path.write_bytes(small_weights.read_bytes()[:keep])
        with pytest.raises(weights.WeightsFault, match="damaged"):
            weights.read(path)

    def test_a_changed_byte_is_told(self, small_weights: Path, tmp_path: Path) -> None:
        content = bytearray(small_weights.read_bytes())
        content[len(content) // 2] ^= 0xFF
        path = tmp_path / "changed.npz"
        path.write_bytes(content)
        with pytest.raises(weights.WeightsFault, match="damaged"):
            weights.read(path)

    def test_a_pickle_is_not_run(self, tmp_path: Path) -> None:
        path = tmp_path / "pickle.npz"
        with zipfile.ZipFile(path, "w") as bundle:
            bundle.writestr("about.npy", pickle.dumps(print))
        with pytest.raises(weights.WeightsFault, match="damaged"):
            weights.read(path)

    def test_an_array_of_objects_is_not_read(self, tmp_path: Path) -> None:
        path = tmp_path / "objects.npz"
        np.savez(path, about=np.array([{"version": "1"}], dtype=object))
        with pytest.raises(weights.WeightsFault, match="damaged"):
            weights.read(path)

    def test_a_file_too_large_is_not_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "large.npz"
        weights.save(path, {}, {})
        monkeypatch.setattr(weights, "MOST_BYTES", 10)
        with pytest.raises(weights.WeightsFault, match="larger"):
            weights.read(path)

    @pytest.mark.parametrize("left_out", ["matrix", "terms", "out"])
    def test_a_file_without_a_part_is_no_sorter(
        self, small_weights: Path, tmp_path: Path, left_out: str
    ) -> None:
        arrays, about = weights.read(small_weights)
        del arrays[left_out]
        weights.save(tmp_path / "part.npz", arrays, about)
        with pytest.raises(weights.WeightsFault, match="no sorter"):
            Sorter.load(tmp_path / "part.npz")

    def test_weights_that_do_not_fit_their_words_are_no_sorter(
        self, small_weights: Path, tmp_path: Path
    ) -> None:
        arrays, about = weights.read(small_weights)
        arrays["matrix"] = arrays["matrix"][:-1]
        weights.save(tmp_path / "short.npz", arrays, about)
        with pytest.raises(weights.WeightsFault, match="no sorter"):
            Sorter.load(tmp_path / "short.npz")


def test_the_same_arrays_are_the_same_file(tmp_path: Path) -> None:
    arrays = {"b": np.ones(4), "a": np.zeros(2)}
    first = weights.save(tmp_path / "1.npz", arrays, {"x": 1, "y": 2})
    assert first == weights.save(tmp_path / "2.npz", dict(reversed(arrays.items())), {"y": 2, "x": 1})


@pytest.mark.parametrize("words", [[], ["one"], ["one", "two three", "café"]])
def test_words_survive_their_array(words: list[str]) -> None:
    assert weights.words_from_bytes(weights.words_to_bytes(words)) == words
