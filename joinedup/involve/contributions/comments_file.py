"""What people said, from a CSV file: checked row by row before anything is kept."""

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from joinedup.foundation.doors import csv_reading
from joinedup.foundation.doors.csv_reading import CellFault, Fault, FileFault
from joinedup.involve.contributions import details
from joinedup.involve.contributions.models import LONGEST, Contribution
from joinedup.involve.contributions.models.batch import LONGEST_KEY

COLUMNS = ("key", "said_on", "kind", "speaker", "place", "words")
MOST_BYTES = 5_000_000
MOST_ROWS = 2_000  # about two seconds, in which nothing else is written
LONGEST_PLACE = 200
# Cards older than this are a slip of the pen, or the count of days of a spreadsheet that begins in 1904.
OLDEST = datetime.timedelta(days=3 * 365 + 1)
_MOST_UNREAD = 20
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Comment:
    """What one person said, as it stands in the file; `line` is where."""

    line: int
    words: str
    kind: str
    speaker: str
    key: str = ""
    place: str = ""
    said_on: datetime.date | None = None
    has_details: bool = False
    """Something in the words looks like a telephone number, an address or the like."""

    @property
    def tells(self) -> tuple[str, str]:
        """What makes it this comment and no other: its words, spaces and forms of letters aside, and day."""
        words = " ".join(unicodedata.normalize("NFC", self.words).split())
        return words, self.said_on.isoformat() if self.said_on else ""


@dataclass(frozen=True)
class Refused:
    """One row that was not taken: what is wrong, and its own number if it has one."""

    fault: Fault
    key: str = ""


@dataclass
class Read:
    """What a file holds: comments in its order, rows that were refused, columns that were passed over."""

    comments: list[Comment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


class _WrongCell(CellFault):
    """What is wrong, and in which column."""

    def __init__(self, column: str, problem: str) -> None:
        super().__init__(problem)
        self.column = column


def read(content: bytes, *, today: datetime.date) -> Read:
    """The comments of a file with the column `words`, and if known the others of COLUMNS.

    A comment that stands in it twice is taken once, the first time. Raises csv_reading.FileFault.
    """
    if len(content) > MOST_BYTES:
        raise FileFault(
            _("The file is larger than %(most)s MB. Send it in parts.") % {"most": MOST_BYTES // 1_000_000}
        )
    found, first = Read(), dict[tuple[str, ...], Comment]()
    for many, row in enumerate(csv_reading.rows(content, wanted=["words"]), 1):
        if many > MOST_ROWS:
            raise FileFault(
                _("The file has more than %(most)s rows. Send it in parts.")
                % {"most": number_format(MOST_ROWS, force_grouping=True)}
            )
        if isinstance(row, Fault):
            found.refused.append(Refused(row))
            continue
        found.unread = found.unread or _unread(row.cells)
        key = row.cells.get("key", "")[:LONGEST_KEY]
        try:
            comment = _comment(row.line, row.cells, today)
        except _WrongCell as wrong:
            found.refused.append(Refused(Fault(row.line, str(wrong), wrong.column)))
            continue
        same = first.setdefault(("key", comment.key) if comment.key else comment.tells, comment)
        if same is comment:
            found.comments.append(comment)
        else:
            found.refused.append(Refused(_again(comment, same), key))
    return found


def _unread(cells: Mapping[str, str]) -> list[str]:
    return [name[:_LONGEST_NAME] for name in cells if name and name not in COLUMNS][:_MOST_UNREAD]


def _again(comment: Comment, same: Comment) -> Fault:
    if comment.tells == same.tells:
        problem = _("The same as line %(line)s. It was read once. Another card needs its own key.")
    else:
        problem = _("This key stands in line %(line)s already, with other words. Only that line was read.")
    return Fault(comment.line, problem % {"line": same.line}, "key" if comment.key else "words")


def _comment(line: int, cells: Mapping[str, str], today: datetime.date) -> Comment:
    key = cells.get("key", "")
    if len(key) > LONGEST_KEY:
        raise _WrongCell("key", _("Use at most %(most)s characters.") % {"most": LONGEST_KEY})
    return Comment(
        line,
        words=_words(cells["words"]),
        kind=_choice("kind", cells.get("kind", ""), Contribution.Kind, Contribution.Kind.FEEDBACK),
        speaker=_choice(
            "speaker", cells.get("speaker", ""), Contribution.Speaker, Contribution.Speaker.RESIDENT
        ),
        key=key,
        place=_place(cells.get("place", "")),
        said_on=_day(cells.get("said_on", ""), today),
        has_details=bool(details.find(cells["words"][:LONGEST], today=today)),
    )


def _words(cell: str) -> str:
    """The words as typed; whatever they begin with, they stay text and are never run."""
    if not cell:
        raise _WrongCell("words", _("There are no words."))
    if len(cell) > LONGEST:
        raise _WrongCell(
            "words",
            _("These are %(many)s characters. The most is %(most)s: put the rest in a row of its own.")
            % {
                "many": number_format(len(cell), force_grouping=True),
                "most": number_format(LONGEST, force_grouping=True),
            },
        )
    return cell


def _place(cell: str) -> str:
    text = " ".join(cell.split())
    if len(text) > LONGEST_PLACE:
        raise _WrongCell("place", _("Use at most %(most)s characters.") % {"most": LONGEST_PLACE})
    return text


def _choice(
    column: str, cell: str, among: type[Contribution.Kind | Contribution.Speaker], otherwise: str
) -> str:
    """The value that the cell names, by itself or in words; `otherwise` where it is empty."""
    said = " ".join(cell.split()).casefold()
    if not said:
        return otherwise
    for value, label in among.choices:
        if said in (value, str(label).casefold()):
            return str(value)
    raise _WrongCell(
        column,
        _("Write %(choices)s, or leave it empty.")
        % {"choices": _(" or ").join(str(value) for value in among.values)},
    )


def _day(cell: str, today: datetime.date) -> datetime.date | None:
    if not cell:
        return None
    try:
        on = csv_reading.day(cell, counted=True)
    except CellFault as fault:
        # The cell is not repeated: where columns have moved, words stand in it.
        raise _WrongCell("said_on", _("This is not a date. Write 2026-11-23 or 23/11/2026.")) from fault
    words = {"day": date_format(on, "j F Y")}
    if on > today:
        raise _WrongCell("said_on", _("%(day)s is still to come.") % words)
    if on < today - OLDEST:
        raise _WrongCell("said_on", _("%(day)s is more than three years ago.") % words)
    return on
