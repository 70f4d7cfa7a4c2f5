"""Cases: several voices, several organisations, one answer."""

from joinedup.involve.cases.models.answer import Agreement, CaseAnswer
from joinedup.involve.cases.models.case import Case, Merge, Part, Place

__all__ = ["Agreement", "Case", "CaseAnswer", "Merge", "Part", "Place"]
