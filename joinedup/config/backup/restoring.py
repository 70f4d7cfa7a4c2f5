"""Bringing a backup back: beside the site first, then in its place, whole or not at all.

The database is replaced in one transaction, and carries a number from then on. The uploads follow by
renaming, and then what had ended since the backup is ended again, from a list that was written down
beside the database before (see endings.py). Whoever finds the folder of a restore that was killed
(`settle`, which the worker and the next backup or restore run) compares the number: it finishes the
renaming and the endings, or throws the folder away.
"""

import datetime
import io
import json
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from joinedup.config.backup import endings
from joinedup.config.backup.archive import DATABASES, MEDIA, BadArchive, Manifest, unpack
from joinedup.config.backup.making import STORES, Busy, alone, names_below
from joinedup.foundation.freshness.actions import current, overtake

_LISTS = ["endings.jsonl", "endings-given.jsonl"]  # what had ended: read here, and brought by hand
# What says that somebody has worked here: people who can sign in, and anything on the record.
_TRACES = ["foundation_identity_user", "foundation_audit_auditevent"]


def folder() -> Path:
    """Where a restore keeps what it has unpacked."""
    return Path(settings.DATA_DIR) / "restoring"


class Unfinished(Exception):
    """The database is back, but what follows it is not; running `settle` again finishes it."""


@dataclass(frozen=True)
class Restored:
    """What came back, what could not be read of what had ended here, and what was ended again."""

    manifest: Manifest
    was_empty: bool
    unread: list[str]
    ended: list[endings.Ended]
    was_given: bool = False


def restore(archive: Path, *, replace: bool, given: Path | None = None) -> Restored:
    """Put the site back as the archive has it, but for what has ended since.

    That is read from the database there is, and from the list that is `given`. Raises BadArchive,
    having changed nothing, or Unfinished.
    """
    with alone():
        settle()
        here = folder()
        (here / MEDIA).mkdir(mode=0o700, parents=True)
        try:
            manifest = unpack(archive, here)
            _check(manifest, replace=replace)
            if given is not None:
                _bring(given)
            head = endings.write_down(here / _LISTS[0], since=_made_at(manifest) - endings.MARGIN)
            if not head.origin:
                (here / _LISTS[0]).unlink()
            store, database = STORES[connection.vendor], here / DATABASES[connection.vendor]
            store.prepare(database, manifest, is_older=bool(_on_disk() - _of(manifest)))
            number = secrets.randbelow(2**31 - 2) + 1
            _write_down({"number": number, "stamp": _stamp()})
            store.replace(database, number, manifest)
        except BaseException:
            shutil.rmtree(here)
            raise
        try:
            ended = settle()
        except Exception as fault:
            raise Unfinished(str(fault)) from fault
    was_given = given is not None
    return Restored(manifest, not head.origin, head.unread, ended or [], was_given)


def _made_at(manifest: Manifest) -> datetime.datetime:
    try:
        return datetime.datetime.fromisoformat(manifest.made_at).astimezone(datetime.UTC)
    except (ValueError, TypeError) as fault:
        raise BadArchive("The manifest does not say when the archive was made.") from fault


def _bring(given: Path) -> None:
    """Put a list that came by hand where `settle` finds it, once it proves to be whole."""
    endings.read(given)
    with os.fdopen(os.open(folder() / _LISTS[1], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(given.read_bytes())
        file.flush()
        os.fsync(file.fileno())


def _on_disk() -> set[tuple[str, str]]:
    """The migrations this software has."""
    return set(MigrationLoader(None).disk_migrations)


def _known() -> set[tuple[str, str]]:
    """Those, and the ones that some of them stand for."""
    found = MigrationLoader(None).disk_migrations
    return set(found) | {(app, name) for migration in found.values() for app, name in migration.replaces}


def _of(manifest: Manifest) -> set[tuple[str, str]]:
    return {(app, name) for app, name in manifest.migrations}


def _check(manifest: Manifest, *, replace: bool) -> None:
    """Whether this archive may come to this place."""
    if manifest.engine != connection.vendor:
        raise BadArchive(
            f"The archive is of {manifest.engine}, and this site keeps its data in {connection.vendor}."
        )
    if newer := sorted(_of(manifest) - _known()):
        app, name = newer[0]
        raise BadArchive(
            f"The archive was made by newer software (version {manifest.version}, migration {app}.{name}). "
            "Install that version first."
        )
    if not replace and not is_untouched():
        raise BadArchive("Somebody has worked on this site already. To throw that away, add --replace.")
    media = Path(settings.MEDIA_ROOT)
    if media.is_symlink() or media.is_mount():
        raise BadArchive(
            f"{media} must be a plain folder, so that it can be changed for another in one step."
        )


def is_untouched() -> bool:
    """Whether nobody has worked here yet: no staff, nothing on the record, no uploads."""
    if names_below(Path(settings.MEDIA_ROOT)):
        return False
    with connection.cursor() as cursor:
        for table in set(_TRACES) & set(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")  # noqa: S608 - a constant
            if cursor.fetchone():
                return False
    return True


def _stamp() -> int:
    """The version stamp of the pages shown until now; 0 on a new site."""
    try:
        return current()
    except Error:
        return 0


def _write_down(about: dict[str, int]) -> None:
    with (folder() / "state.json").open("w") as file:
        json.dump(about, file)
        file.flush()
        os.fsync(file.fileno())


def _read() -> dict[str, int]:
    try:
        return dict(json.loads((folder() / "state.json").read_text()))
    except (OSError, ValueError):
        return {}


def _was_replaced() -> bool:
    number = _read().get("number")
    return number is not None and STORES[connection.vendor].is_marked(number)


def settle_if_alone() -> None:
    """Settle, unless a backup or restore is at work right now (it will)."""
    with suppress(Busy), alone():
        settle()


def settle() -> list[endings.Ended] | None:
    """Finish or forget a restore that was begun; returns what one that was finished ended again.

    Only when `alone`. None when there was nothing to finish.
    """
    here = folder()
    if not here.exists():
        return None
    ended = None
    if _was_replaced():
        _swap_uploads(here)
        if settings.PUBLIC_ROLE and connection.vendor == "postgresql":
            call_command("grant_roles", verbosity=0, stdout=io.StringIO())
        ended = endings.apply(here / name for name in _LISTS if (here / name).exists())
        overtake(_read().get("stamp", 0))
    shutil.rmtree(here)
    return ended


def _swap_uploads(here: Path) -> None:
    """The uploads of the archive take the place of those there were, which go with the folder."""
    live, new, old = Path(settings.MEDIA_ROOT), here / MEDIA, here / f"media.{secrets.token_hex(4)}"
    if not new.exists():
        return
    _dress_alike(new, live if live.exists() else live.parent)
    if live.exists():
        live.rename(old)
    new.rename(live)


def _dress_alike(new: Path, model: Path) -> None:
    """The modes, and for root the owner, of the folder of uploads there was, or else of the data folder."""
    about = model.stat()
    for root, _folders, names in os.walk(new):
        for path in (Path(root), *(Path(root) / name for name in names)):
            path.chmod(about.st_mode & 0o7777 if path.is_dir() else settings.FILE_UPLOAD_PERMISSIONS)
            if os.geteuid() == 0:
                os.chown(path, about.st_uid, about.st_gid)
