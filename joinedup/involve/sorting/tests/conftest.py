"""A small sorter, trained once for all tests on invented comments; suggestions for tests."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from joinedup.foundation.permissions import System
from joinedup.involve.contributions.models import Contribution
from joinedup.involve.sorting import calibrating, weights
from joinedup.involve.sorting.actions import Hint, keep_hints
from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.tests.comments import labelled
from joinedup.involve.themes.models import Theme


@pytest.fixture(scope="session")
def small_weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sorter") / "small.npz"
    weights.save(path, *calibrating.calibrated(labelled()))
    return path


@pytest.fixture(scope="session")
def small(small_weights: Path) -> Sorter:
    return Sorter.load(small_weights)


@pytest.fixture(scope="session")
def shipped() -> Sorter:
    return Sorter.load()


@pytest.fixture
def theme(db: None) -> Theme:
    """A theme that the sorter suggests for one of its labels."""
    return Theme.objects.create(slug="food", name="Food", summary="It comes cold.", labels=["Food"])


@pytest.fixture
def other_theme(db: None) -> Theme:
    """Another one, which it never suggests."""
    return Theme.objects.create(slug="staff", name="Staff", summary="They listen.")


@pytest.fixture
def hinted(theme: Theme) -> Callable[..., Contribution]:
    """What the sorter makes of a contribution: food, quite sure, nothing pressing."""

    def hint(contribution: Contribution, **changes: Any) -> Contribution:
        contribution.refresh_from_db()
        given: dict[str, Any] = {"label": "Food", "tone": "negative", "confidence": 0.8, **changes}
        given.setdefault("heard_at", contribution.last_heard_at)
        keep_hints(hints=[Hint(contribution.pk, **given)], sorter="test-1", by=System("tests"))
        return contribution

    return hint
