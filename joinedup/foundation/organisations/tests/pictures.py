"""Pictures made for tests, good and bad."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(kind="PNG", size=(40, 20), **options):
    """The bytes of a picture."""
    out = io.BytesIO()
    Image.new("RGB", size, "#0b4a5c").save(out, kind, **options)
    return out.getvalue()


def upload(name="logo.png", content=None):
    """A file as a browser sends it; the kind it claims to be counts for nothing."""
    return SimpleUploadedFile(name, picture() if content is None else content, content_type="image/png")


def bomb(side=30_000):
    """A PNG of a few bytes that says it has 900 million points."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0"))
        + chunk(b"IEND", b"")
    )


def moving(kind):
    """A picture with two frames."""
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:])
    return out.getvalue()
