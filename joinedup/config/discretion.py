"""What may be said of a fault or an event in a log that operators read: code and counts, never a person.

Masks are for what has a shape: addresses, telephone and NHS numbers, postcodes, secrets of links.
Names and sentences have none, so the words of an exception are kept only where the kind of exception
speaks of code, not of what somebody typed.
"""

import re
import traceback
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import Error
from django.template import TemplateDoesNotExist, TemplateSyntaxError

HIDDEN = "[hidden]"
WITHHELD = "(words withheld: they may hold what somebody typed)"
LONGEST = 2000

_SHAPES = [
    re.compile(r"[^\s,;]*@[^\s,;]*"),  # an e-mail address, and whatever clings to it
    re.compile(r"(?<![\w.])(?:\+|00?)\(?\d[\d ().-]{7,}\d"),  # a telephone number
    re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)"),  # an NHS number
    re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE),  # a postcode
    re.compile(r"(?<![\w/.-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}"),  # a secret of a link, a key
]
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|“[^”]*”")
_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:[_.][A-Za-z0-9]+)+")

# Kinds whose words name classes, attributes, modules, settings or templates.
_OF_CODE = (
    AttributeError,
    NameError,
    ImportError,
    TypeError,
    NotImplementedError,
    RecursionError,
    MemoryError,
    FieldError,
    ImproperlyConfigured,
    TemplateDoesNotExist,
    TemplateSyntaxError,
)


def masked(text: str) -> str:
    """The text with everything hidden that has the shape of something personal or secret."""
    for shape in _SHAPES:
        text = shape.sub(HIDDEN, text)
    return text[:LONGEST]


def _without_quotes(text: str) -> str:
    """The text with its quoted parts hidden, save those that name a table, column or constraint."""

    def kept(match: re.Match[str]) -> str:
        inner = match.group()[1:-1]
        return match.group() if _IDENTIFIER.fullmatch(inner) else f'"{HIDDEN}"'

    return _QUOTED.sub(kept, text)


def words_of(fault: BaseException) -> str:
    """What can be told of the words of an exception."""
    if not str(fault):
        return ""
    if isinstance(fault, Error):  # the lines after the first hold the values of the row
        return masked(_without_quotes(str(fault).splitlines()[0]))
    if isinstance(fault, OSError) and fault.strerror:  # without the name of a file
        return masked(fault.strerror)
    return masked(str(fault)) if isinstance(fault, _OF_CODE) else WITHHELD


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """The exceptions that led to this one, the first cause first."""
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if before is not None:
        yield from _chain(before)
    yield fault


def name_of(fault: BaseException) -> str:
    """The kind of an exception, with where it comes from."""
    kind = type(fault)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def told(fault: BaseException) -> list[str]:
    """The traceback, a line for each frame with its code, and no value of any variable."""
    lines = []
    for link in _chain(fault):
        for frame in traceback.extract_tb(link.__traceback__):
            place = "/".join(Path(frame.filename).parts[-3:])
            lines.append(f"{place}:{frame.lineno} in {frame.name}: {frame.line}")
        words = words_of(link)
        lines.append(f"{name_of(link)}: {words}" if words else name_of(link))
    return lines
