"""A film is known by its bytes, whatever it is called, and a broken one never crashes the reader."""

import contextlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from joinedup.inform.animations import reels
from joinedup.inform.animations.tests.filmed import box, mp4, webm

SAMPLE = Path(__file__).parents[1] / "sample/integrated_care"


def test_a_webm_says_its_length_size_and_that_it_is_silent() -> None:
    assert reels.read(io.BytesIO(webm(8.0))) == reels.Reel(reels.WEBM, 8.0, 64, 36, has_sound=False)


def test_an_mp4_says_its_length_size_and_that_it_has_sound() -> None:
    assert reels.read(io.BytesIO(mp4(8, sound=True))) == reels.Reel(reels.MP4, 8.0, 64, 36, has_sound=True)


def test_a_webm_with_sound_is_known() -> None:
    assert reels.read(io.BytesIO(webm(sound=True))).has_sound


def test_a_length_that_is_not_there_is_none() -> None:
    assert reels.read(io.BytesIO(webm(None))).seconds is None


@pytest.mark.parametrize("language", ["en", "bn"])
def test_the_film_we_bring_along_is_read(language: str) -> None:
    with (SAMPLE / f"film.{language}.webm").open("rb") as file:
        reel = reels.read(file)
    assert (reel.kind, reel.width, reel.height, reel.has_sound) == (reels.WEBM, 1280, 720, False)
    assert reel.seconds == pytest.approx(94.5, abs=0.1)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a" + b"\0" * 40,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 40,
        webm(doctype=b"matroska"),
        webm(width=0),
        webm()[:30],
        mp4(brand=b"heic"),
        mp4(brand=b"qt  "),
        mp4()[:60],
        box(b"ftyp", b"isom\0\0\2\0") + b"\xff\xff\xff\xffmoov",
    ],
)
def test_what_is_no_film_is_refused(data: bytes) -> None:
    with pytest.raises(reels.NotAFilm):
        reels.read(io.BytesIO(data))


@given(st.sampled_from([webm(), mp4()]), st.integers(0, 400), st.binary(max_size=24))
def test_a_damaged_film_is_read_or_refused_and_never_a_crash(whole: bytes, place: int, dirt: bytes) -> None:
    damaged = whole[:place] + dirt + whole[place + len(dirt) :]
    with contextlib.suppress(reels.NotAFilm):
        reels.read(io.BytesIO(damaged))


class Counting(io.BytesIO):
    """A file that counts how often it is read."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        return super().read(size)


def number(value: int, length: int) -> bytes:
    return (value | (1 << (7 * length))).to_bytes(length, "big")


def element(name: str, content: bytes, length: int = 4) -> bytes:
    return bytes.fromhex(name) + number(len(content), length) + content


def hostile_webm() -> bytes:
    """Tracks in tracks, pictures in pictures, and widths without end."""
    picture = element("e0", b"\xb0\x80" * 1990)
    tracks = element("1654ae6b", element("ae", picture * 6) * 50, 8)
    return element("1a45dfa3", element("4282", b"webm", 1), 1) + element("18538067", tracks, 8)


def hostile_mp4() -> bytes:
    """Tracks full of media full of empty boxes."""
    media = box(b"mdia", box(b"free", b"") * 1990)
    return box(b"ftyp", b"isom\0\0\2\0isom") + box(b"moov", box(b"trak", media * 6) * 50)


@pytest.mark.parametrize("data", [hostile_webm(), hostile_mp4()])
def test_parts_are_counted_for_the_whole_file(data: bytes) -> None:
    film = Counting(data)
    with pytest.raises(reels.NotAFilm):
        reels.read(film)
    assert film.reads < 20_000
