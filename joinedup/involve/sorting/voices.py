"""What becomes of suggestions when a person takes back what they said, or says more."""

from joinedup.involve.contributions.plugs import Follower, register
from joinedup.involve.sorting.access import is_urgent
from joinedup.involve.sorting.actions import forget

register(Follower("involve_sorting", emptied=forget, is_alarming=is_urgent))
