"""What a video file is, read from its bytes: WebM (EBML) or MP4 (ISO base media), length, size, sound.

The name and the type that a browser sends are not believed. Only the few parts that say so are read,
each of a bounded size and only so many of the whole file, so a hostile file costs little.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO

WEBM, MP4 = "video/webm", "video/mp4"
ENDINGS = {WEBM: ".webm", MP4: ".mp4"}
_MOST_PARTS = 2000
_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"av01",
    b"M4V ",
    b"dash",
    b"MSNV",
}

_HEAD, _DOCTYPE, _SEGMENT = 0x1A45DFA3, 0x4282, 0x18538067
_INFO, _SCALE, _DURATION = 0x1549A966, 0x2AD7B1, 0x4489
_TRACKS, _ENTRY, _KIND, _VIDEO, _WIDTH, _HEIGHT = 0x1654AE6B, 0xAE, 0x83, 0xE0, 0xB0, 0xBA
_CLUSTER = 0x1F43B675


class NotAFilm(ValueError):
    """The bytes are neither WebM nor MP4 with moving pictures."""


@dataclass(frozen=True)
class Reel:
    """What a file says of itself. `seconds` is None when it does not say how long it is."""

    kind: str
    seconds: float | None = None
    width: int = 0
    height: int = 0
    has_sound: bool = False


@dataclass
class _Film:
    """The file, and how many of its parts were looked at: of the whole of it, not of each level."""

    file: BinaryIO
    parts: int = 0

    def next_part(self) -> bool:
        """Whether one more may be looked at."""
        self.parts += 1
        return self.parts <= _MOST_PARTS

    def seek(self, place: int) -> None:
        """Go there."""
        self.file.seek(place)

    def tell(self) -> int:
        """Where we are."""
        return self.file.tell()

    def read(self, length: int) -> bytes:
        """The next bytes."""
        return self.file.read(length)


def read(file: BinaryIO) -> Reel:
    """What the file is. Raises NotAFilm when it is not a WebM or MP4, or has no picture track."""
    file.seek(0)
    start = file.read(12)
    file.seek(0, 2)
    size = file.tell()
    try:
        if start[:4] == b"\x1a\x45\xdf\xa3":
            reel = _read_webm(_Film(file), size)
        elif start[4:8] == b"ftyp":
            reel = _read_mp4(_Film(file), size)
        else:
            raise NotAFilm("neither signature")
    except (struct.error, IndexError, OverflowError, ZeroDivisionError) as fault:
        raise NotAFilm("broken off") from fault
    finally:
        file.seek(0)
    if not reel.width or not reel.height:
        raise NotAFilm("no pictures in it")
    return reel


# --- WebM ------------------------------------------------------------------------------------------
def _number(file: _Film, *, keep_marker: bool) -> tuple[int, bool]:
    """A number of variable length, and whether all its bits are set ("unknown size")."""
    first = file.read(1)[0]
    length = 9 - first.bit_length()
    if length > 8:
        raise NotAFilm("no such number")
    value = first if keep_marker else first & (0xFF >> length)
    rest = file.read(length - 1)
    if len(rest) < length - 1:
        raise NotAFilm("broken off")
    for byte in rest:
        value = value << 8 | byte
    return value, value == (1 << 7 * length) - 1


def _elements(file: _Film, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """The elements between two places: id, where the content starts and where it ends."""
    place = start
    while file.next_part():
        if place >= end:
            return
        file.seek(place)
        name, _all = _number(file, keep_marker=True)
        length, unknown = _number(file, keep_marker=False)
        begin = file.tell()
        stop = end if unknown else min(end, begin + length)
        yield name, begin, stop
        place = stop


def _bytes(file: _Film, begin: int, stop: int) -> bytes:
    file.seek(begin)
    return file.read(min(stop - begin, 64))


def _whole(file: _Film, begin: int, stop: int) -> int:
    return int.from_bytes(_bytes(file, begin, min(stop, begin + 8)), "big")


def _read_webm(file: _Film, size: int) -> Reel:
    reel = Reel(WEBM)
    doctype = b""
    for name, begin, stop in _elements(file, 0, size):
        if name == _HEAD:
            for inner, one, other in _elements(file, begin, stop):
                if inner == _DOCTYPE:
                    doctype = _bytes(file, one, other).rstrip(b"\0")
        elif name == _SEGMENT:
            reel = _read_segment(file, begin, stop, reel)
            break
    if doctype != b"webm":
        raise NotAFilm("Matroska, but not WebM")
    return reel


def _read_segment(file: _Film, begin: int, stop: int, reel: Reel) -> Reel:
    for name, one, other in _elements(file, begin, stop):
        if name == _INFO:
            reel = replace(reel, seconds=_webm_seconds(file, one, other))
        elif name == _TRACKS:
            for inner, first, last in _elements(file, one, other):
                if inner == _ENTRY:
                    reel = _read_entry(file, first, last, reel)
        elif name == _CLUSTER and reel.width:
            break
    return reel


def _webm_seconds(file: _Film, begin: int, stop: int) -> float | None:
    scale, length = 1_000_000, 0.0
    for name, one, other in _elements(file, begin, stop):
        if name == _SCALE:
            scale = _whole(file, one, other)
        elif name == _DURATION:
            data = _bytes(file, one, other)
            length = struct.unpack(">f" if len(data) == 4 else ">d", data)[0]
    seconds = length * scale / 1_000_000_000
    return seconds if 0 < seconds < 86_400 else None


def _read_entry(file: _Film, begin: int, stop: int, reel: Reel) -> Reel:
    kind, width, height = 0, 0, 0
    for name, one, other in _elements(file, begin, stop):
        if name == _KIND:
            kind = _whole(file, one, other)
        elif name == _VIDEO:
            for inner, first, last in _elements(file, one, other):
                if inner == _WIDTH:
                    width = _whole(file, first, last)
                elif inner == _HEIGHT:
                    height = _whole(file, first, last)
    if kind == 1 and not reel.width:
        return replace(reel, width=_sane(width), height=_sane(height))
    return replace(reel, has_sound=True) if kind == 2 else reel


def _sane(points: int) -> int:
    return points if points <= 16_384 else 0


# --- MP4 -------------------------------------------------------------------------------------------
def _boxes(file: _Film, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """The boxes between two places: kind, where the content starts and where it ends."""
    place = start
    while file.next_part():
        if place + 8 > end:
            return
        file.seek(place)
        length, kind = struct.unpack(">I4s", file.read(8))
        begin = place + 8
        if length == 1:
            (length,) = struct.unpack(">Q", file.read(8))
            begin += 8
        stop = end if length == 0 else place + length
        if stop < begin or stop > end:
            raise NotAFilm("a box larger than its room")
        yield kind, begin, stop
        place = stop


def _read_mp4(file: _Film, size: int) -> Reel:
    reel = Reel(MP4)
    brands: set[bytes] = set()
    for kind, begin, stop in _boxes(file, 0, size):
        if kind == b"ftyp":
            file.seek(begin)
            data = file.read(min(stop - begin, 256))
            brands = {data[i : i + 4] for i in range(0, len(data), 4) if i != 4}
        elif kind == b"moov":
            for inner, one, other in _boxes(file, begin, stop):
                if inner == b"mvhd":
                    reel = replace(reel, seconds=_mp4_seconds(file, one))
                elif inner == b"trak":
                    reel = _read_trak(file, one, other, reel)
    if not brands & _BRANDS:
        raise NotAFilm("a relative of MP4 that browsers do not play")
    return reel


def _mp4_seconds(file: _Film, begin: int) -> float | None:
    file.seek(begin)
    data = file.read(32)
    scale, length = struct.unpack(">IQ", data[20:32]) if data[0] == 1 else struct.unpack(">II", data[12:20])
    seconds: float = length / scale
    return seconds if 0 < seconds < 86_400 else None


def _read_trak(file: _Film, begin: int, stop: int, reel: Reel) -> Reel:
    width = height = 0
    handler = b""
    for kind, one, other in _boxes(file, begin, stop):
        if kind == b"tkhd":
            file.seek(max(one, other - 8))
            width, height = (value >> 16 for value in struct.unpack(">II", file.read(8)))
        elif kind == b"mdia":
            for inner, first, _last in _boxes(file, one, other):
                if inner == b"hdlr":
                    file.seek(first + 8)
                    handler = file.read(4)
    if handler == b"vide" and not reel.width:
        return replace(reel, width=_sane(width), height=_sane(height))
    return replace(reel, has_sound=True) if handler == b"soun" else reel
