"""Giving away part of a file, as players ask when they seek: HTTP range requests (RFC 9110, section 14)."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import http_date

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_PIECE = 64 * 1024


class Unsatisfiable(ValueError):
    """A part was asked for that the file does not have."""


def wanted(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that `Range: header` asks for; None when it asks for nothing we give in parts.

    Several ranges at once, and what is no range at all, are answered with the whole file, as RFC 9110
    allows. Raises Unsatisfiable when the part lies outside a file of `size` bytes.
    """
    found = _ONE_RANGE.fullmatch(header.replace(" ", "").lower())
    if found is None or found.groups() == ("", "") or max(map(len, found.groups())) > 19:
        return None
    first, last = found.groups()
    if not first:
        length = min(int(last), size)
        if not length:
            raise Unsatisfiable(header)
        return size - length, size - 1
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise Unsatisfiable(header)
    return int(first), min(int(last), size - 1) if last else size - 1


def _pieces(path: Path, first: int, length: int) -> Iterator[bytes]:
    """The bytes from `first` on. The file is opened with the first piece: unread answers open none."""
    with path.open("rb") as file:
        file.seek(first)
        while length > 0 and (piece := file.read(min(_PIECE, length))):
            length -= len(piece)
            yield piece


def _unchanged(request: HttpRequest, tag: str, changed_at: float) -> bool:
    """Whether the visitor's earlier part is of this same file (If-Range), or nothing was said."""
    said = request.headers.get("If-Range", "")
    if not said or said == tag:
        return True
    try:
        return not said.startswith(('"', "W/")) and parsedate_to_datetime(said).timestamp() >= int(changed_at)
    except (ValueError, TypeError, OverflowError):
        return False


def give(request: HttpRequest, path: Path, content_type: str) -> HttpResponseBase:
    """The file, or the part of it that was asked for: 200, 206, 304 or 416. HEAD: no body."""
    state = path.stat()
    tag = f'"{state.st_size:x}-{state.st_mtime_ns:x}"'
    # A film is packed already; packing it again would also make nonsense of the byte counts.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    headers = {"ETag": tag, "Last-Modified": http_date(state.st_mtime), "Accept-Ranges": "bytes"}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    part = None
    if _unchanged(request, tag, state.st_mtime):
        try:
            part = wanted(request.headers.get("Range", ""), state.st_size)
        except Unsatisfiable:
            return HttpResponse(status=416, headers={**headers, "Content-Range": f"bytes */{state.st_size}"})
    first, last = part or (0, state.st_size - 1)
    headers |= {"Content-Type": content_type, "Content-Length": str(last - first + 1)}
    if part is not None:
        headers["Content-Range"] = f"bytes {first}-{last}/{state.st_size}"
    status = 200 if part is None else 206
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(_pieces(path, first, last - first + 1), status=status, headers=headers)
