"""What someone said, the words they said it in, and what we answered."""

from joinedup.involve.contributions.models.answer import Answer
from joinedup.involve.contributions.models.batch import Batch, BatchRow, Collection
from joinedup.involve.contributions.models.contribution import Contribution
from joinedup.involve.contributions.models.draft import AnswerDraft
from joinedup.involve.contributions.models.words import LONGEST, Words

__all__ = ["LONGEST", "Answer", "AnswerDraft", "Batch", "BatchRow", "Collection", "Contribution", "Words"]
