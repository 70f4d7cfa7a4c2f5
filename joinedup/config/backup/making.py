"""Making a backup while the site runs: the database at one moment, and every upload it speaks of."""

import datetime
import fcntl
import hashlib
import hmac
import os
import shutil
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from joinedup.config.backup import postgres, sqlite
from joinedup.config.backup.archive import DATABASES, FORMAT, MEDIA, BadArchive, Manifest, write

STAGING = ".backup-"
STORES: dict[str, ModuleType] = {"sqlite": sqlite, "postgresql": postgres}


class Busy(BadArchive):
    """Another backup or restore is at work."""


@contextmanager
def alone() -> Iterator[None]:
    """One backup or restore at a time. Raises Busy when another one is at work."""
    with (settings.DATA_DIR / ".backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            raise Busy("Another backup or restore is at work.") from fault
        yield


def left_out() -> list[str]:
    """Tables whose rows are not kept: what can be made again, and sessions, which must not come back."""
    return [str(settings.CACHES["default"]["LOCATION"]), "django_session"]


def key_mark() -> str:
    """Eight figures by which a secret key can be told from another, and not guessed."""
    mark = hmac.new(settings.SECRET_KEY.encode(), b"joinedup backup", hashlib.sha256)
    return mark.hexdigest()[:8]


def version() -> str:
    """The version of the software."""
    about = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return str(about["project"]["version"])


def back_up(target: Path) -> Manifest:
    """Write the archive. Raises FileExistsError when the name is taken, BadArchive when it cannot be made."""
    with alone():
        for old in settings.DATA_DIR.glob(f"{STAGING}*"):  # left by one that was killed
            shutil.rmtree(old)
        staging = Path(tempfile.mkdtemp(prefix=STAGING, dir=settings.DATA_DIR))
        try:
            return _back_up(target, staging)
        finally:
            shutil.rmtree(staging)


def _back_up(target: Path, staging: Path) -> Manifest:
    """Uploads are linked before and after the database is copied: none that it speaks of can be missed.

    Before, for those that are deleted meanwhile; after, for those that come meanwhile.
    """
    database = staging / DATABASES[connection.vendor]
    made_at = datetime.datetime.now(datetime.UTC)  # before the copy: whatever is later may not be in it
    _link_uploads(staging / MEDIA)
    rows = STORES[connection.vendor].snapshot(database, left_out())
    _link_uploads(staging / MEDIA)
    manifest = Manifest(
        format=FORMAT,
        version=version(),
        made_at=made_at.isoformat(timespec="seconds"),
        engine=connection.vendor,
        key_mark=key_mark(),
        migrations=sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations()),
        rows=rows,
        left_out=left_out(),
    )
    uploads = {f"{MEDIA}/{name}": staging / MEDIA / name for name in names_below(staging / MEDIA)}
    write(target, manifest, {database.name: database, **uploads})
    return manifest


def names_below(folder: Path) -> list[str]:
    """The plain files below a folder, as paths from it; links are left where they are."""
    return sorted(
        str(path.relative_to(folder))
        for root, _folders, names in os.walk(folder)
        for path in (Path(root) / name for name in names)
        if path.is_file() and not path.is_symlink()
    )


def _link_uploads(folder: Path) -> None:
    """Hold on to every upload there is now. A stored file is never changed, so a second name is enough."""
    for name in names_below(settings.MEDIA_ROOT):
        held = folder / name
        if held.exists():
            continue
        held.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(settings.MEDIA_ROOT / name, held)
        except FileNotFoundError:
            continue  # deleted just now
        except OSError:
            shutil.copyfile(settings.MEDIA_ROOT / name, held)
