"""Measures, their figures, and what changed about how they are read."""

from joinedup.govern.outcomes.models.change import Rebase, Redefinition
from joinedup.govern.outcomes.models.measure import Measure, Observation

__all__ = ["Measure", "Observation", "Rebase", "Redefinition"]
