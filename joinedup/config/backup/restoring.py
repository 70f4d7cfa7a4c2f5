"""Bringing a backup back: beside the site first, then in its place, whole or not at all.

The database is replaced in one transaction, and carries a number from then on. The uploads follow by
renaming. Whoever finds the folder of a restore that was killed (`settle`, which the worker and the
next backup or restore run) compares the number: it finishes the renaming, or throws the folder away.
"""

import io
import json
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader

from joinedup.config.backup.archive import DATABASES, MEDIA, BadArchive, Manifest, unpack
from joinedup.config.backup.making import STORES, Busy, alone, names_below
from joinedup.foundation.freshness.actions import current, overtake

# What says that somebody has worked here: people who can sign in, and anything on the record.
_TRACES = ["foundation_identity_user", "foundation_audit_auditevent"]


def folder() -> Path:
    """Where a restore keeps what it has unpacked."""
    return Path(settings.DATA_DIR) / "restoring"


class Unfinished(Exception):
    """The database is back, but what follows it is not; running `settle` again finishes it."""


def restore(archive: Path, *, replace: bool) -> Manifest:
    """Put the site back as the archive has it. Raises BadArchive, having changed nothing, or Unfinished."""
    with alone():
        settle()
        here = folder()
        (here / MEDIA).mkdir(mode=0o700, parents=True)
        try:
            manifest = unpack(archive, here)
            _check(manifest, replace=replace)
            store, database = STORES[connection.vendor], here / DATABASES[connection.vendor]
            store.prepare(database, manifest, is_older=bool(_on_disk() - _of(manifest)))
            number = secrets.randbelow(2**31 - 2) + 1
            _write_down({"number": number, "stamp": _stamp()})
            store.replace(database, number, manifest)
        except BaseException:
            shutil.rmtree(here)
            raise
        try:
            settle()
        except Exception as fault:
            raise Unfinished(str(fault)) from fault
    return manifest


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


def settle() -> bool:
    """Finish or forget a restore that was begun; returns whether one was finished. Only when `alone`."""
    here = folder()
    if not here.exists():
        return False
    finished = _was_replaced()
    if finished:
        _swap_uploads(here)
        if settings.PUBLIC_ROLE and connection.vendor == "postgresql":
            call_command("grant_roles", verbosity=0, stdout=io.StringIO())
        overtake(_read().get("stamp", 0))
    shutil.rmtree(here)
    return finished


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
