"""What was brought in from a file is sorted like anything else: danger is read first."""

import secrets

import pytest
from django.utils import timezone

from joinedup.foundation.identity.models import User
from joinedup.foundation.organisations.models import Organisation
from joinedup.foundation.permissions import System
from joinedup.involve.contributions import comments_file
from joinedup.involve.contributions.actions.bringing_in import Origin, bring_in
from joinedup.involve.contributions.models import Batch
from joinedup.involve.sorting import access
from joinedup.involve.sorting.engine import Sorter
from joinedup.involve.sorting.suggesting import suggest_waiting

pytestmark = pytest.mark.django_db
ROWS = (
    "calm,The soup at lunch was cold and late again.",
    "harm,My carer hits my mother and she wants to die.",
)


def test_words_of_danger_in_a_file_stand_first_in_the_queue(
    officer: User, barts: Organisation, shipped: Sorter
) -> None:
    content = "\n".join(["key,words", *ROWS]).encode()
    bring_in(
        origin=Origin("Cards", barts, Batch.Way.PAPER),
        read=comments_file.read(content, today=timezone.localdate()),
        content=content,
        once=secrets.token_urlsafe(),
        were_told=True,
        by=officer,
    )
    unseen = access.first(access.queue(officer))
    assert unseen.count() == 2
    assert suggest_waiting(by=System("tests")) == 2
    first = access.queue(officer).first()
    assert first is not None
    assert (first.brought_in.key, first.suggestion.has_danger_words) == ("harm", True)
