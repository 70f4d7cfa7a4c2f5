"""Building the sorter: the same rows give the same file, and nothing of a person is in it."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from joinedup.involve.sorting import calibrating, folds, measuring, net, reporting, training, weights
from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.tests.comments import file_of, labelled


class TestTraining:
    def test_twice_gives_the_same_file(self, small_weights: Path, tmp_path: Path) -> None:
        again = weights.save(tmp_path / "again.npz", *calibrating.calibrated(labelled()))
        assert again == weights.digest(small_weights)

    def test_of_other_rows_gives_another(self, small_weights: Path, tmp_path: Path) -> None:
        other = weights.save(tmp_path / "other.npz", *calibrating.calibrated(labelled(300)))
        assert other != weights.digest(small_weights)

    def test_leaves_out_words_of_one_comment_only(self) -> None:
        rows = labelled()
        rows[0] = rows[0] | {"text": "Zebedee ate the soup"}
        assert "zebedee" not in training.build(rows)[0]["terms"].tobytes().decode()

    def test_copes_with_a_label_that_one_row_has(self) -> None:
        rows = labelled()
        rows[0] = rows[0] | {"theme_p0": "Leave"}
        assert "Leave" in Sorter(*training.build(rows)).targets["theme_p0"].answers

    def test_copes_with_one_answer_only(self) -> None:
        rows = [row | ({"theme_p0": "Food"} if row["theme_p0"] else {}) for row in labelled()]
        assert Sorter(*training.build(rows)).suggest(["anything"])[0].theme_p0 == "Food"

    def test_counts_rare_labels_more(self) -> None:
        counts = training.balance(["a", "a", "a", "b"], 1)
        assert counts.mean() == pytest.approx(1)
        assert counts[3] == pytest.approx(3 * counts[0])


class TestTheNetwork:
    def test_learns_what_is_easy(self) -> None:
        seen = training.sp.csr_matrix(np.eye(4, dtype=np.float32)[[0, 1, 2, 3] * 30])
        wanted = np.eye(2, dtype=np.float32)[[0, 1, 0, 1] * 30]
        found = net.fit(seen, [net.Task(wanted, 1)], seed=1, hidden=20, epochs=120)
        said = np.maximum(seen @ found.words + found.hidden_bias, 0) @ found.out + found.out_bias
        assert (said.argmax(axis=1) == wanted.argmax(axis=1)).mean() > 0.95

    def test_rows_without_a_label_count_nothing(self) -> None:
        task = net.Task(np.array([[1, 0], [0, 0], [0, 1]], dtype=np.float32), 0.5)
        assert task.row_weights().tolist() == pytest.approx([0.5, 0, 0.5])


class TestSplits:
    def test_keep_a_respondent_on_one_side(self) -> None:
        rows = labelled()
        for learnt, aside in folds.splits(rows, 4):
            people = [{rows[n]["id"].rpartition(" - ")[0] for n in part} for part in (learnt, aside)]
            assert not people[0] & people[1]

    def test_keep_the_same_words_on_one_side(self) -> None:
        rows = labelled(60)
        copies = [
            row | {"id": f"p1-copy {n}", "text": row["text"].upper() + "!!"} for n, row in enumerate(rows)
        ]
        groups = folds.groups_of(rows + [row | {"text": row["text"].replace("!", "")} for row in copies])
        assert groups[:60] == groups[60:]

    def test_test_on_every_row_once(self) -> None:
        tested = np.concatenate([aside for _learnt, aside in folds.splits(labelled(), 5)])
        assert sorted(tested) == list(range(360))


class TestScales:
    def test_of_confidence_never_fall(self) -> None:
        chance = np.random.default_rng(1)
        leads = chance.random(500)
        at, share = calibrating.scale_of(leads, chance.random(500) < leads)
        assert share == sorted(share)
        assert at == sorted(at)
        assert 0 <= share[0] < 0.3
        assert 0.7 < share[-1] <= 1

    def test_without_rows_are_plain(self) -> None:
        assert calibrating.scale_of(np.empty(0), np.empty(0)) == [[0.0, 1.0], [0.0, 1.0]]

    def test_of_rank_put_the_middle_in_the_middle(self) -> None:
        at, rank = calibrating.rank_of(np.arange(1001.0))
        assert np.interp(500, at, rank) == pytest.approx(0.5, abs=0.01)


class TestMeasuring:
    def test_is_perfect_for_perfect_answers(self) -> None:
        labels = np.array(["a", "b", "b"])
        assert measuring.score(labels, labels) == measuring.Score(1, 1)

    def test_averages_over_the_answers(self) -> None:
        found = measuring.score(np.array(["a", "b", "b", "b"]), np.array(["b", "b", "b", "b"]))
        assert found.accuracy == 0.75
        assert found.macro_f1 == pytest.approx((0 + 6 / 7) / 2)

    def test_recall_is_of_those_read_first(self) -> None:
        severe = np.array([True, False, True, False])
        assert measuring.recall_at(np.array([4.0, 3, 2, 1]), severe, 0.5) == 0.5

    def test_bands_hold_every_row_once(self) -> None:
        confidence = np.linspace(0, 1, 101)
        bands = list(measuring.reliability(confidence, confidence > 0.5))
        assert sum(many for _name, many, _sure, _right in bands) == 101

    def test_tables_are_as_the_documents_write_them(self) -> None:
        assert list(measuring.table(["a", "b"], [["x", 0.12345]])) == [
            "| a | b |",
            "|---|---|",
            "| x | 0.123 |",
        ]


class TestTheCommand:
    def test_writes_weights_and_figures(self, tmp_path: Path, capsys: Any) -> None:
        source, card = file_of(tmp_path / "in.csv", labelled()), tmp_path / "card.md"
        card.write_text(f"Before\n{reporting.BEGIN}\nformer figures\n{reporting.END}\nafter\n")
        path = tmp_path / "new.npz"
        call_command("train_sorter", source, weights=path, report=card, folds=2)
        text = card.read_text()
        assert text.startswith("Before\n")
        assert text.endswith(f"{reporting.END}\nafter\n")
        assert "former figures" not in text
        assert reporting.sha_named_in(card) == weights.digest(path)
        assert measuring.PLAIN in text

    def test_prints_no_comment(self, tmp_path: Path, capsys: Any) -> None:
        source = file_of(tmp_path / "in.csv", labelled())
        call_command("train_sorter", source, weights=tmp_path / "new.npz")
        said = capsys.readouterr()
        assert "soup" not in said.out + said.err

    @pytest.mark.parametrize("content", ["", "id,text\n1,soup\n"])
    def test_refuses_other_files(self, tmp_path: Path, content: str) -> None:
        source = tmp_path / "in.csv"
        source.write_text(content)
        with pytest.raises(CommandError, match=r"in\.csv has no rows, or lacks columns"):
            call_command("train_sorter", source, weights=tmp_path / "new.npz")

    def test_tells_of_a_missing_file(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="cannot be read"):
            call_command("train_sorter", tmp_path / "none.csv")

    def test_refuses_a_card_without_a_place_for_figures(self, tmp_path: Path) -> None:
        card = tmp_path / "card.md"
        card.write_text("nothing here")
        with pytest.raises(ValueError, match="no place"):
            reporting.write(card, "figures")


@pytest.mark.skipif(not training.LABELLED.exists(), reason="the shared data are not beside the checkout")
class TestTheSharedFile:
    def test_has_the_labels_of_the_shipped_sorter(self, shipped: Sorter) -> None:
        rows = training.rows_of(training.LABELLED)
        for name, target in shipped.targets.items():
            assert set(target.answers) == {row[name] for row in rows if row[name]}


class TestCrossValidation:
    def test_judges_every_row_by_everyone(self) -> None:
        rows = labelled()
        found = measuring.cross_validate(rows, 2)
        for by in (measuring.ALONE, measuring.ASKED, measuring.MAJORITY, measuring.PLAIN):
            assert all(found.suggested("theme_p0", by)), by
        assert found.confidence.min() > 0

    def test_the_first_fold_alone_holds_its_rows_only(self) -> None:
        rows = labelled()
        found = measuring.cross_validate(rows, 4, judged=1)
        _learnt, aside = folds.splits(rows, 4)[0]
        assert [row["id"] for row in found.rows] == [rows[n]["id"] for n in sorted(aside)]
        assert len(found.confidence) == len(found.severity) == len(aside)

    def test_the_first_fold_alone_says_what_it_says_among_all(self) -> None:
        rows = labelled()
        whole, first = measuring.cross_validate(rows, 4), measuring.cross_validate(rows, 4, judged=1)
        _learnt, aside = folds.splits(rows, 4)[0]
        key = ("theme_p0", measuring.ALONE)
        assert whole.by[key][np.sort(aside)].tolist() == first.by[key].tolist()

    def test_beats_the_commonest_answer(self) -> None:
        found = measuring.cross_validate(labelled(), 2)
        true = found.true("theme_p0")
        ours, commonest = (
            measuring.score(true, found.suggested("theme_p0", by)).macro_f1
            for by in (measuring.ALONE, measuring.MAJORITY)
        )
        assert ours > 2 * commonest


class TestWhatIsKept:
    def test_is_taken_instead_of_training(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        first = weights.save(tmp_path / "1.npz", *calibrating.calibrated(labelled(), tmp_path))
        monkeypatch.setattr(training, "_build", lambda _rows: pytest.fail("trained again"))
        assert weights.save(tmp_path / "2.npz", *calibrating.calibrated(labelled(), tmp_path)) == first

    def test_is_weighed_as_the_recipe_says_now(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = labelled()
        training.build(rows, tmp_path / "kept.npz")
        now = dataclasses.replace(training.RECIPES["sentiment3"], lean=0.77)
        monkeypatch.setitem(training.RECIPES, "sentiment3", now)
        _arrays, about = training.build(rows, tmp_path / "kept.npz")
        expected = [-0.77 * np.log(share) for share in _shares(rows, "sentiment3")]
        assert about["targets"]["sentiment3"]["lean"] == pytest.approx(expected, abs=1e-3)


def _shares(rows: list[dict[str, str]], name: str) -> list[float]:
    labels = [row[name] for row in rows if row[name]]
    return [labels.count(answer) / len(labels) for answer in sorted(set(labels))]
