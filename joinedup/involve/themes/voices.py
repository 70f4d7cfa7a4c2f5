"""What happens to themes when a person takes back what they said: it counts under none of them any more."""

from joinedup.foundation.thread.actions.leaving import leave
from joinedup.involve.contributions.plugs import Follower, register
from joinedup.involve.themes.actions import VOICE


def _left(contribution_id: int) -> None:
    leave(voice=(VOICE, contribution_id))


register(Follower("involve_themes", emptied=_left))
