"""What has ended on a site, written down beside the database, so that no restore brings it back.

The list is lines of JSON: a head, a line for each thing that ended (marks, keys and times; no names,
addresses, words or secrets), and a last line with the digest of all before it. It belongs to one
site: it is used only where the first event of its record stands in the record, too.
"""

import datetime
import hashlib
import json
import os
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.db import Error, connection, transaction

from joinedup.config.backup.archive import BadArchive
from joinedup.config.backup.making import STORES
from joinedup.foundation.audit.models import AuditEvent
from joinedup.foundation.dataprotection.again import end_again, every
from joinedup.foundation.dataprotection.plugs import Ending
from joinedup.foundation.permissions import System

Found = TypeVar("Found")
FORMAT = 1
NAME = "joinedup-endings.jsonl"
# How far back a list reaches that is not made for one archive: no backup that is kept is older.
REACH = datetime.timedelta(days=92)
# A moment before an archive was made may be later than the archive: clocks, and what was under way.
MARGIN = datetime.timedelta(days=1)


@dataclass
class Head:
    """Whose list it is. `numbers` are the highest keys given so far, `unread` what could not be read."""

    format: int = FORMAT
    origin: str = ""
    numbers: dict[str, int] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Ended:
    """What a list did: how many rows by kind, in words; or why it did nothing."""

    counts: dict[str, int]
    is_of_this_site: bool = True


def write_down(path: Path, *, since: datetime.datetime) -> Head:
    """Write the list for its owner only, in the place of an older one; it is whole or not there.

    What cannot be read (a damaged table, an empty database) is named in the head that is returned.
    """
    head = Head()
    head.numbers = _tried(head, "numbers", STORES[connection.vendor].numbers) or {}
    head.origin = _tried(head, "origin", _origin) or ""
    found: list[tuple[str, dict[str, Any]]] = []
    for ending in every():
        found += _tried(head, ending.key, partial(_collected, ending, since)) or []
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        digest = hashlib.sha256()
        for line in (asdict(head), *({"key": key, "entry": entry} for key, entry in found)):
            data = json.dumps(line, separators=(",", ":")).encode() + b"\n"
            digest.update(data)
            file.write(data)
        file.write(json.dumps({"sha256": digest.hexdigest()}).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)
    return head


def _tried(head: Head, what: str, read: Callable[[], Found]) -> Found | None:
    """One thing that cannot be read does not keep the others from being written down."""
    try:
        with transaction.atomic():
            return read()
    except Error:
        head.unread.append(what)
        return None


def _collected(ending: Ending, since: datetime.datetime) -> list[tuple[str, dict[str, Any]]]:
    return [(ending.key, entry) for entry in ending.collect(since)]


def _origin() -> str:
    """The key of the first event of the record; empty when nothing is on it."""
    first = AuditEvent.objects.order_by("occurred_at", "id").first()
    return str(first.pk) if first is not None else ""


def read(path: Path) -> tuple[Head, dict[str, list[dict[str, Any]]]]:
    """The list, by kind. Raises BadArchive when it is not as it was written."""
    try:
        lines = path.read_bytes().splitlines(keepends=True)
        *told, last = lines
        if json.loads(last) != {"sha256": hashlib.sha256(b"".join(told)).hexdigest()}:
            raise BadArchive(f"{path} is damaged, or was cut off.")
        head = Head(**json.loads(told[0]))
        found: dict[str, list[dict[str, Any]]] = {}
        for line in told[1:]:
            about = json.loads(line)
            found.setdefault(about["key"], []).append(about["entry"])
    except OSError as fault:
        raise BadArchive(f"{path} cannot be read: {fault}") from fault
    except (ValueError, TypeError, KeyError, IndexError, RecursionError) as fault:
        raise BadArchive(f"{path} is no list of what has ended.") from fault
    if head.format != FORMAT:
        raise BadArchive(f"{path} has format {head.format}; this software reads {FORMAT}.")
    return head, found


def apply(paths: Iterable[Path]) -> list[Ended]:
    """End again what the lists say, all of it or nothing. Twice changes nothing more."""
    with transaction.atomic():
        return [_apply(path) for path in paths]


def _apply(path: Path) -> Ended:
    head, found = read(path)
    if not (head.origin and AuditEvent.objects.filter(pk=head.origin).exists()):
        return Ended({}, is_of_this_site=False)
    STORES[connection.vendor].raise_numbers(head.numbers)
    counts = end_again(ended=found, by=System("restore"))
    return Ended({str(each.what): counts[each.key] for each in every() if each.key in counts})
