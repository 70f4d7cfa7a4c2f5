"""What happens to a case when someone in it may come to harm."""

from joinedup.involve.cases.actions.opening import raise_risk
from joinedup.involve.contributions.plugs import Follower, register

register(Follower("involve_cases", alarmed=raise_risk))
