"""What happens to a story when its person takes back what they said, or wants it shown no more."""

from joinedup.involve.contributions.plugs import Follower, register
from joinedup.involve.stories.actions import forget

register(Follower("involve_stories", emptied=forget, hidden=forget))
