"""Programmes, their projects, and what is said to have come of them."""

from joinedup.govern.programmes.models.milestone import Milestone
from joinedup.govern.programmes.models.partner import PartnerRole
from joinedup.govern.programmes.models.programme import Programme, Project
from joinedup.govern.programmes.models.result import Disagreement, Result
from joinedup.govern.programmes.models.source import Source

__all__ = ["Disagreement", "Milestone", "PartnerRole", "Programme", "Project", "Result", "Source"]
