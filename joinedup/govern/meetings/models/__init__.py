"""Boards, their meetings, what they decided, and who does what by when."""

from joinedup.govern.meetings.models.board import Board
from joinedup.govern.meetings.models.decision import Action, Decision
from joinedup.govern.meetings.models.meeting import AgendaItem, Meeting

__all__ = ["Action", "AgendaItem", "Board", "Decision", "Meeting"]
