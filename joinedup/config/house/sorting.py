"""What the sorter of comments costs and how good it is, beside a plain linear machine in the same run."""

import random
from collections.abc import Callable, Iterator

from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

from joinedup.involve.sorting import measuring, training
from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.measuring import ALONE, PLAIN
from joinedup.involve.sorting.recipe import RECIPES

TEXTS = 5_000
_FOLDS = 5  # one of them is measured
_SEED = 2026
_LEAST = 2_000  # texts a second asked for

Line = Callable[[str, str, str, float], str]


def invented(sorter: Sorter, many: int) -> list[str]:
    """Texts of known words, as long as comments are: a median of 10 words and some of 60."""
    chance = random.Random(_SEED)  # noqa: S311
    words = [term for term in sorter.vocabulary.terms if term.isalpha()]
    lengths = (3, 5, 8, 10, 12, 20, 60)
    return [" ".join(chance.choices(words, k=chance.choice(lengths))) for _text in range(many)]


def rows(line: Line) -> Iterator[str]:
    """Texts a second; and quality where the labelled comments are beside the checkout."""
    sorter = Sorter.load()
    is_there = training.LABELLED.exists()
    labelled = training.rows_of(training.LABELLED) if is_there else []
    texts = [row["text"] for row in labelled[:TEXTS]] if is_there else invented(sorter, TEXTS)
    labels = [one.theme_p0 for one in sorter.suggest(texts)]
    plain = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LinearSVC(C=0.2))
    plain.fit(texts, labels)
    rate, beside = measuring.pace(sorter.suggest, texts), measuring.pace(plain.predict, texts)
    what = "comments sorted, all heads"
    yield line(what, f"{rate:,.0f} a second", f"one head of {PLAIN}, {beside:,.0f}", rate / beside)
    yield line(what, f"{rate:,.0f} a second", f"asked for, {_LEAST:,}", rate / _LEAST)
    if not is_there:
        yield "The labelled comments are not beside the checkout, so the quality of sorting was not measured."
        return
    found = measuring.cross_validate(labelled, _FOLDS, judged=1)
    for name in RECIPES:
        true = found.true(name)
        ours, theirs = (measuring.score(true, found.suggested(name, by)).macro_f1 for by in (ALONE, PLAIN))
        yield line(f"macro F1 of {name}, text alone", f"{ours:.3f}", f"{PLAIN}, {theirs:.3f}", ours / theirs)
