"""What search may show of boards and meetings."""

from collections.abc import Iterator
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from joinedup.foundation.findable import Findable, Source, register
from joinedup.govern.meetings.models import Board, Meeting

LANGUAGE = "en"
_BOARD, _MEETING = "govern_meetings.board", "govern_meetings.meeting"


def _of_board(row: Board) -> Findable:
    with translation.override(LANGUAGE):
        return Findable(
            key=f"{_BOARD}:{row.pk}:{LANGUAGE}",
            kind=_("Board"),
            language=LANGUAGE,
            title=row.name,
            summary=row.purpose,
            body="",
            href=row.get_absolute_url(),
        )


def _body(row: Meeting) -> str:
    """All words of the page."""
    said = [row.minutes, row.cancelled_because]
    for item in row.items.all():
        said += [item.title, item.question, item.what_people_told_us, item.equality_impact, item.not_known]
        if item.is_decided:
            said += [item.decision.text, item.decision.reason]
            said += [text for action in item.decision.actions.all() for text in (action.text, action.note)]
    return "\n".join(part for part in said if part)


def _of_meeting(row: Meeting, *, with_body: bool = True) -> Findable:
    with translation.override(LANGUAGE):
        return Findable(
            key=f"{_MEETING}:{row.pk}:{LANGUAGE}",
            kind=_("Meeting"),
            language=LANGUAGE,
            title=str(row),
            summary=", ".join(item.title for item in row.items.all()) if with_body else "",
            body=_body(row) if with_body else "",
            href=row.get_absolute_url(),
        )


def _number(key: str) -> int | None:
    """The row a key names, None for a key that is not of ours."""
    parts = key.split(":")
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() and parts[2] == LANGUAGE else None


def _meetings() -> Any:
    return Meeting.objects.public().select_related("board")


def _in_full() -> Any:
    return _meetings().prefetch_related("items__decision__actions")


def boards() -> Iterator[Findable]:
    """Every public board."""
    yield from map(_of_board, Board.objects.public())


def board(key: str) -> Findable | None:
    """The board with that key, if everyone may read about it."""
    row = Board.objects.public().filter(pk=_number(key) or 0).first()
    return _of_board(row) if row is not None else None


def meetings() -> Iterator[Findable]:
    """Every public meeting."""
    yield from map(_of_meeting, _in_full())


def named_meetings() -> Iterator[Findable]:
    """Every public meeting, by name alone."""
    yield from (_of_meeting(row, with_body=False) for row in _meetings())


def meeting(key: str) -> Findable | None:
    """The meeting with that key, if everyone may read about it."""
    row = _in_full().filter(pk=_number(key) or 0).first()
    return _of_meeting(row) if row is not None else None


register(Source(_BOARD, boards, board))
register(Source(_MEETING, meetings, meeting, named_meetings))
