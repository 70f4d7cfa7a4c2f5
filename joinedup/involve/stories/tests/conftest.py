"""Stories for tests, made through the actions, as people make them."""

from collections.abc import Callable
from typing import Any

import pytest

from joinedup.foundation.identity.models import User
from joinedup.involve.contributions.factories import sent
from joinedup.involve.stories import actions
from joinedup.involve.stories.models import Story


@pytest.fixture
def told(officer: User) -> Callable[..., Story]:
    """A story written from what someone said and allowed us to show; a draft, unless `shown`."""

    def made(
        title: str = "The lift", text: str = "It was broken.", *, shown: bool = True, **said: Any
    ) -> Story:
        contribution = sent(may_publish=True, **said).contribution
        story = actions.write(contribution=contribution, title=title, text=text, by=officer)
        return actions.show(story=story, by=officer) if shown else story

    return made
