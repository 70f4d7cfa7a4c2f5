"""Small files for tests: films of a few bytes that say what films say, and captions."""

import struct
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

CAPTIONS = "WEBVTT\n\n00:00.500 --> 00:02.000\nHello.\n\n00:02.500 --> 00:05.000\nGoodbye.\n"


def element(name: int, content: bytes) -> bytes:
    """One EBML element, its size written in eight bytes."""
    return (
        name.to_bytes((name.bit_length() + 7) // 8, "big")
        + struct.pack(">Q", len(content) | 1 << 56)
        + content
    )


def webm(
    seconds: float | None = 8.0,
    *,
    width: int = 64,
    height: int = 36,
    sound: bool = False,
    doctype: bytes = b"webm",
) -> bytes:
    """A WebM without pictures in it, which says how long and wide they would be."""
    info = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"))
    if seconds is not None:
        info += element(0x4489, struct.pack(">d", seconds * 1000))
    picture = element(0xB0, width.to_bytes(2, "big")) + element(0xBA, height.to_bytes(2, "big"))
    tracks = element(0xAE, element(0x83, b"\x01") + element(0xE0, picture))
    if sound:
        tracks += element(0xAE, element(0x83, b"\x02"))
    inside = element(0x1549A966, info) + element(0x1654AE6B, tracks) + element(0x1F43B675, b"\0" * 40)
    return element(0x1A45DFA3, element(0x4282, doctype)) + element(0x18538067, inside)


def box(kind: bytes, content: bytes) -> bytes:
    """One box of an MP4."""
    return struct.pack(">I4s", len(content) + 8, kind) + content


def mp4(
    seconds: int = 8, *, brand: bytes = b"isom", width: int = 64, height: int = 36, sound: bool = False
) -> bytes:
    """An MP4 that says the same."""

    def track(handler: bytes, wide: int, high: int) -> bytes:
        header = b"\0" * 76 + struct.pack(">II", wide << 16, high << 16)
        return box(
            b"trak", box(b"tkhd", header) + box(b"mdia", box(b"hdlr", b"\0" * 8 + handler + b"\0" * 12))
        )

    clock = box(b"mvhd", b"\0" * 12 + struct.pack(">II", 1000, seconds * 1000) + b"\0" * 80)
    tracks = track(b"vide", width, height) + (track(b"soun", 0, 0) if sound else b"")
    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + box(b"moov", clock + tracks) + box(b"mdat", b"\0" * 20)


def upload(data: bytes, name: str = "film.webm") -> Any:
    """As a browser sends it; the type it claims is never believed."""
    return SimpleUploadedFile(name, data, content_type="video/webm")
