"""The log: lines of JSON for machines, or plain words, and in neither anything about a person.

Messages are masked (see discretion.py). A path is never written, because some paths hold the secrets
of links: the pattern of the route stands in its place. Extra fields of other people's code are left
out, because nobody has looked at what they hold.
"""

import logging
import sys
import time
from contextvars import ContextVar
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from pythonjsonlogger.json import JsonFormatter

from joinedup.config.discretion import masked, name_of, told, words_of

FORMS = ["json", "plain"]
ACCESS = "joinedup.access"
ACCESS_FIELDS = ["method", "route", "status", "ms", "face"]

request_id: ContextVar[str] = ContextVar("request_id", default="")


def route_of(request: HttpRequest) -> str:
    """The pattern that an address matched, never the address; empty when it matched none."""
    match = getattr(request, "resolver_match", None)
    return str(match.route) if match is not None else ""


def _spellings(request: HttpRequest) -> set[str]:
    """The address as a line may hold it; Django's own lines hold it escaped."""
    plain = {request.path, request.get_full_path()}
    return plain | {each.encode("unicode_escape").decode("ascii") for each in plain}


def message_of(record: logging.LogRecord) -> str:
    """The words of a log line with what is personal or secret taken out."""
    request = getattr(record, "request", None)
    paths = _spellings(request) if isinstance(request, HttpRequest) else set()

    def safe(value: Any) -> Any:
        if isinstance(value, BaseException):
            return f"{name_of(value)}: {words_of(value)}"
        return f"<{route_of(request)}>" if isinstance(request, HttpRequest) and value in paths else value

    args = record.args
    if isinstance(args, tuple):
        args = tuple(safe(value) if isinstance(value, str | BaseException) else value for value in args)
    text = str(record.msg) % args if args else str(record.msg)
    fault = record.exc_info[1] if record.exc_info else None
    if fault is not None and str(fault):
        text = text.replace(str(fault), words_of(fault))
    return masked(text)


class JsonLines(JsonFormatter):
    """One JSON object a line, with the fields named here and no others."""

    @staticmethod
    def converter(seconds: float | None) -> time.struct_time:
        """Times are told in UTC, as their Z says."""
        return time.gmtime(seconds)

    def add_fields(
        self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]
    ) -> None:
        """Time, level, logger, words, request, and for an access line what was answered."""
        log_data["time"] = self.formatTime(record, "%Y-%m-%dT%H:%M:%S") + f".{int(record.msecs):03d}Z"
        log_data["level"] = record.levelname.lower()
        log_data["logger"] = record.name
        if record.name == ACCESS:
            log_data.update({field: getattr(record, field) for field in ACCESS_FIELDS})
        else:
            log_data["message"] = message_of(record)
        if number := request_id.get():
            log_data["request_id"] = number
        if record.exc_info and record.exc_info[1] is not None:
            log_data["fault"] = name_of(record.exc_info[1])
            log_data["traceback"] = told(record.exc_info[1])

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name logging calls it by
        """Nothing: the traceback as the library writes it holds the words of the exception."""
        return ""


class PlainLines(logging.Formatter):
    """The same in words, for whoever sits in front of a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        """The message, and below it the traceback."""
        lines = [message_of(record)]
        if record.exc_info and record.exc_info[1] is not None:
            lines += [f"  {line}" for line in told(record.exc_info[1])]
        return "\n".join(lines)


def configuration(form: str) -> dict[str, Any]:
    """The LOGGING setting. Plain: faults only. JSON: also a line for each request, to standard output."""
    formatters = {"json": {"()": JsonLines}, "plain": {"()": PlainLines}}
    handlers = {
        "faults": {"class": "logging.StreamHandler", "level": "ERROR", "formatter": form},
        "access": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"},
        "none": {"class": "logging.NullHandler"},
    }
    loggers: dict[str, Any] = {
        ACCESS: {"handlers": ["access" if form == "json" else "none"], "level": "INFO", "propagate": False},
        # Scanners ask for hosts that are not ours all day; the access line with its 400 is enough.
        "django.security.DisallowedHost": {"handlers": ["none"], "propagate": False},
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": formatters,
        "handlers": handlers,
        "loggers": loggers,
        "root": {"handlers": ["faults"], "level": "WARNING"},
    }


def end_of_process(
    kind: type[BaseException], fault: BaseException, trace: TracebackType | None
) -> None:  # pragma: no cover - runs in processes that end
    """`sys.excepthook`: what ends a worker or a command is told as discreetly as what a request does."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, fault, trace)
        return
    logging.getLogger("joinedup").error("The process ended by a fault", exc_info=(kind, fault, trace))
