"""Reading captions strictly: WebVTT as the W3C defines it for authors (https://www.w3.org/TR/webvtt1/).

Browsers forgive a great deal and then show nothing. This forgives nothing, and says in plain words
which line is wrong. It takes time in proportion to the text, whatever the text is.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_TIME = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMES = re.compile(rf"{_TIME}[ \t]+-->[ \t]+{_TIME}(?:[ \t]+(\S.*))?[ \t]*")
_PERCENT = r"(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)%"
_SETTINGS = {
    "vertical": re.compile(r"rl|lr"),
    "line": re.compile(rf"(?:{_PERCENT}|-?\d+)(?:,(?:start|center|end))?"),
    "position": re.compile(rf"{_PERCENT}(?:,(?:line-left|center|line-right))?"),
    "size": re.compile(_PERCENT),
    "align": re.compile(r"start|center|end|left|right"),
    "region": re.compile(r"\S+"),
}
_TAG = re.compile(r"<([^<>]*)>")
_START = re.compile(
    r"(?:([cibu]|ruby|rt)((?:\.[^\s.<>&]+)*)|(v|lang)((?:\.[^\s.<>&]+)*)[ \t]+([^\s<>&][^<>&\n]*))"
)
_ESCAPE = re.compile(r"&(?:amp|lt|gt|lrm|rlm|nbsp|#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+\d*);")

_MOST_TAGS = 100  # in one caption


class Fault(ValueError):
    """What is wrong with captions, and in which line (counted from 1)."""

    def __init__(self, line: int, problem: str | Promise) -> None:
        super().__init__(line, problem)
        self.line, self.problem = line, problem

    def __str__(self) -> str:
        return str(_("Line %(line)s: %(problem)s")) % {"line": self.line, "problem": self.problem}


@dataclass(frozen=True)
class Cue:
    """Words that show from `start` until `end`, in seconds; `line` is where its times stand."""

    line: int
    start: float
    end: float
    words: str


def decoded(data: bytes) -> str:
    """The text of a caption file. Raises Fault when it is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise Fault(line, _("there are letters we cannot read. Save the file as UTF-8.")) from fault


def tidy(text: str) -> str:
    """The text with one kind of line end, without the mark some editors put before the first letter."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").strip("\n") + "\n"


def read(text: str, length: float | None = None) -> list[Cue]:
    """All cues in order. Raises Fault when anything is wrong, or a cue goes on after `length` seconds."""
    lines = tidy(text).split("\n")
    if "\x00" in text:
        raise Fault(text.count("\n", 0, text.index("\x00")) + 1, _("there is a sign that is no letter."))
    _check_head(lines)
    cues: list[Cue] = []
    for number, block in _blocks(lines):
        cue = _read_block(number, block, seen_cue=bool(cues))
        if cue is None:
            continue
        if cues and cue.start < cues[-1].start:
            raise Fault(cue.line, _("this begins before the one above it. Put them in order of time."))
        if length is not None and cue.end > length:
            raise Fault(cue.line, _("this goes on after the film has ended."))
        cues.append(cue)
    if not cues:
        raise Fault(len(lines), _("there are no captions yet."))
    return cues


def _check_head(lines: list[str]) -> None:
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        raise Fault(1, _("the first line must be WEBVTT, in capital letters."))
    if "-->" in lines[0]:
        raise Fault(1, _("no times may stand in the first line."))
    if len(lines) > 1 and lines[1]:
        raise Fault(2, _("leave this line empty, after WEBVTT."))


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """The blocks between empty lines after the head, each with the number of its first line."""
    found: list[tuple[int, list[str]]] = []
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            found.append((number + 1, []))
        elif found:
            found[-1][1].append(line)
    return [(number, block) for number, block in found if block]


def _read_block(number: int, block: list[str], *, seen_cue: bool) -> Cue | None:
    first = block[0]
    if re.match(r"NOTE(?:[ \t]|$)", first) and "-->" not in first:
        _refuse_arrow(number, block, after=0)
        return None
    if re.fullmatch(r"(?:STYLE|REGION)[ \t]*", first):
        if seen_cue:
            raise Fault(number, _("styles and regions must stand above the first caption."))
        _refuse_arrow(number, block, after=1)
        return None
    if "-->" not in first:
        if len(block) < 2 or "-->" not in block[1]:
            raise Fault(
                number + 1 if len(block) > 1 else number,
                _("times are missing here, such as 00:01.000 --> 00:04.000."),
            )
        number, block = number + 1, block[1:]
    start, end = _times(number, block[0])
    if len(block) == 1 or not "".join(block[1:]).strip():
        raise Fault(number, _("there are no words under these times."))
    _refuse_arrow(number, block, after=1)
    words = "\n".join(block[1:])
    _check_words(number + 1, words)
    return Cue(number, start, end, words)


def _refuse_arrow(number: int, block: list[str], *, after: int) -> None:
    for offset, line in enumerate(block[after:], start=after):
        if "-->" in line:
            raise Fault(
                number + offset, _("--> may only stand between times. Leave an empty line above times.")
            )


def _times(number: int, line: str) -> tuple[float, float]:
    found = _TIMES.fullmatch(line)
    if found is None:
        raise Fault(number, _("we cannot read these times. Write them like 00:01.000 --> 00:04.000."))
    start, end = _seconds(found.groups()[:4]), _seconds(found.groups()[4:8])
    if end <= start:
        raise Fault(number, _("the end must come after the start."))
    said: set[str] = set()
    for setting in (found.group(9) or "").split():
        name, _colon, value = setting.partition(":")
        if name not in _SETTINGS or name in said or not _SETTINGS[name].fullmatch(value):
            raise Fault(number, _("we do not know “%s” after the times.") % setting[:40])
        said.add(name)
    return start, end


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (int(part or 0) for part in parts)
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000


def _check_words(number: int, words: str) -> None:
    """Tags are known and closed in order; < and & are written out."""
    open_tags: list[str] = []
    line, place = number, 0
    for count, tag in enumerate(_TAG.finditer(words), start=1):
        line += words.count("\n", place, tag.start())
        place = tag.start()
        if count > _MOST_TAGS:
            raise Fault(line, _("there are too many signs such as <b> in one caption."))
        inside = tag.group(1)
        if re.fullmatch(_TIME, inside):
            continue
        if inside.startswith("/"):
            if not open_tags or open_tags.pop() != inside[1:]:
                raise Fault(line, _("<%s> closes nothing that is open.") % inside[:40])
            continue
        known = _START.fullmatch(inside)
        if known is None:
            raise Fault(line, _("<%s> is not allowed in captions.") % inside[:40])
        open_tags.append(known.group(1) or known.group(3))
    if open_tags and open_tags != ["v"]:
        raise Fault(number, _("<%s> is opened here and never closed.") % open_tags[-1])
    for offset, line_text in enumerate(_TAG.sub("", words).split("\n")):
        if "<" in line_text:
            raise Fault(number + offset, _("write &lt; for <."))
        if "&" in _ESCAPE.sub("", line_text):
            raise Fault(number + offset, _("write &amp; for &."))
