"""The archive: a tar.gz that begins with a manifest and holds the files the manifest names, and no others.

Reading trusts nothing: a name that leads elsewhere, a link, a file too long, too short, unnamed or
altered refuses the whole archive before anything of the site is touched. Checksums find decay and
mishaps; they are no proof against someone who can rewrite the manifest as well.
"""

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

FORMAT = 1
MANIFEST = "manifest.json"
MEDIA = "media"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
_LONGEST_MANIFEST = 64 * 1024 * 1024
_PART = re.compile(r"[^/\\\0]{1,255}")
_CHUNK = 1024 * 1024
# What stands before a file whose name is long or that is large; our own have a few hundred bytes.
_LONGEST_HEADER = 64 * 1024


class BadArchive(Exception):
    """The archive cannot be used; the words say why."""


class _Header(tarfile.TarInfo):
    """The head of an entry. The library reads heads whole before anybody can ask how long they are."""

    def _proc_member(self, archive: tarfile.TarFile) -> Any:
        """Called for each head, before the rest of it is read: let only those of our own kind through."""
        kinds = {tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.GNUTYPE_SPARSE}
        if self.size < 0 or self.type in kinds | {tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE}:
            raise BadArchive("This is no backup of ours: it has entries of a kind that we do not write.")
        if self.type == tarfile.XHDTYPE and self.size > _LONGEST_HEADER:
            raise BadArchive("This is no backup of ours: the head of an entry is too long.")
        return super()._proc_member(archive)  # type: ignore[misc]  # made to be overridden, says the library

    def _refuse_gaps(self, *_about: Any) -> None:
        raise BadArchive("This is no backup of ours: it has a file with gaps.")

    _proc_gnusparse_00 = _proc_gnusparse_01 = _proc_gnusparse_10 = _refuse_gaps


@dataclass
class Manifest:
    """What is in an archive. `files` holds size and SHA-256 by name, `rows` the number of rows by table."""

    format: int
    version: str
    made_at: str
    engine: str
    key_mark: str
    migrations: list[list[str]]
    rows: dict[str, int]
    left_out: list[str]
    files: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The name of the file that holds the database."""
        return DATABASES[self.engine]


def digest_of(path: Path) -> list[Any]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        return [path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()]


def write(target: Path, manifest: Manifest, sources: Mapping[str, Path]) -> None:
    """Write a new archive that only its owner can read. Raises FileExistsError rather than overwrite.

    It has its final name only when it is complete and on the disk.
    """
    if target.exists():
        raise FileExistsError(target)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    manifest.files = {name: digest_of(path) for name, path in sorted(sources.items())}
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz", format=tarfile.PAX_FORMAT, compresslevel=6) as tar:
                _put(tar, MANIFEST, io.BytesIO(json.dumps(asdict(manifest), indent=1).encode()))
                for name in manifest.files:
                    with sources[name].open("rb") as source:
                        _put(tar, name, source)
            file.flush()
            os.fsync(file.fileno())
        os.link(part, target)  # unlike a rename, this fails when somebody was faster
    finally:
        part.unlink(missing_ok=True)


def _put(tar: tarfile.TarFile, name: str, source: IO[bytes]) -> None:
    about = tarfile.TarInfo(name)
    about.size, about.mode = source.seek(0, os.SEEK_END), 0o600
    source.seek(0)
    tar.addfile(about, source)


def unpack(archive: Path, folder: Path) -> Manifest:
    """Write what the archive holds into the (empty) folder, checking every byte. Raises BadArchive."""
    try:
        with tarfile.open(archive, mode="r|gz", tarinfo=_Header) as tar:
            manifest = _read_manifest(tar)
            _check_space(manifest, folder)
            found = set()
            while (member := tar.next()) is not None:
                _take(tar, member, manifest, folder)
                if member.name in found:
                    raise BadArchive(f"{member.name} is in the archive twice.")
                found.add(member.name)
    except FileNotFoundError as fault:
        raise BadArchive(f"There is no file {archive}.") from fault
    except (tarfile.TarError, EOFError, zlib.error, OSError, TypeError) as fault:
        # TypeError: tarfile reads a compressed head of a few bytes without looking whether they are there.
        raise BadArchive(f"The archive cannot be read to its end: {fault}") from fault
    except RecursionError as fault:  # heads before heads, or lists in lists
        raise BadArchive("This is no backup of ours: its parts lie too deep in one another.") from fault
    if missing := sorted(manifest.files.keys() - found):
        raise BadArchive(f"The archive lacks {missing[0]}, and {len(missing) - 1} more files.")
    return manifest


def _read_manifest(tar: tarfile.TarFile) -> Manifest:
    first = tar.next()
    if first is None or first.name != MANIFEST or not first.isreg() or first.size > _LONGEST_MANIFEST:
        raise BadArchive("This is no backup of ours: it does not begin with a manifest.")
    source = tar.extractfile(first)
    try:
        manifest = Manifest(**json.loads(source.read() if source else b""))
        if manifest.format != FORMAT:
            raise BadArchive(f"The archive has format {manifest.format}; this software reads {FORMAT}.")
        if manifest.engine not in DATABASES or manifest.database not in manifest.files:
            raise BadArchive("The manifest names no database.")
        for name, (size, digest) in manifest.files.items():
            _check_name(name, manifest)
            if not (isinstance(size, int) and size >= 0 and re.fullmatch(r"[0-9a-f]{64}", digest)):
                raise BadArchive(f"The manifest has no size or checksum for {name}.")
    except (ValueError, TypeError, AttributeError) as fault:
        raise BadArchive(f"The manifest cannot be understood ({type(fault).__name__}).") from fault
    return manifest


def _check_name(name: str, manifest: Manifest) -> None:
    """The database, or a path below media/ that stays there."""
    if name == manifest.database:
        return
    parts = name.split("/")
    fine = all(_PART.fullmatch(part) and part not in (".", "..") for part in parts)
    if not fine or len(parts) < 2 or parts[0] != MEDIA or str(PurePosixPath(name)) != name:
        raise BadArchive(f"The archive wants to write to {name!r}, which is not its business.")


def _check_space(manifest: Manifest, folder: Path) -> None:
    needed = sum(size for size, _digest in manifest.files.values())
    if needed * 2 > shutil.disk_usage(folder).free:
        raise BadArchive(f"There is no room: unpacking takes {needed * 2 // 1_000_000 + 1} MB.")


def _take(tar: tarfile.TarFile, member: tarfile.TarInfo, manifest: Manifest, folder: Path) -> None:
    """Copy one file out, by our own hands: its name, kind, length and checksum are as the manifest says."""
    if member.name not in manifest.files:
        raise BadArchive(f"{member.name!r} is in the archive, but not in its manifest.")
    size, digest = manifest.files[member.name]
    source = tar.extractfile(member) if member.isreg() else None
    if source is None:
        raise BadArchive(f"{member.name} is no plain file.")
    if member.size != size:
        raise BadArchive(f"{member.name} is not as long as the manifest says.")
    target = folder / member.name
    target.parent.mkdir(parents=True, exist_ok=True)
    found = hashlib.sha256()
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(_CHUNK):
            found.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if found.hexdigest() != digest:
        raise BadArchive(f"{member.name} is damaged: its checksum is not the one it was written with.")
