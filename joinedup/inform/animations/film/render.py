"""From SVG to what visitors see: frames by chromium, the film by ffmpeg, stills, captions and transcript."""

import base64
import io
import json
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from joinedup.inform.animations.film.timeline import HEIGHT, RATE, WIDTH, Scene, frame, length, svg

CHROMIUM, FFMPEG = "/usr/bin/chromium", "/usr/bin/ffmpeg"
FLAGS = ["--no-sandbox", "--disable-gpu", "--force-color-profile=srgb", "--font-render-hinting=none"]
MAX_BYTES = 4_000_000


@contextmanager
def canvas() -> Iterator[Page]:
    """An empty page of the film's size in chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.set_content('<body style="margin:0;overflow:hidden"></body>')
        yield page
        browser.close()


def picture(page: Page, all_scenes: list[Scene], second: float, language: str) -> bytes:
    """One frame as PNG."""
    page.evaluate("drawn => { document.body.innerHTML = drawn }", svg(frame(all_scenes, second, language)))
    devtools = page.context.new_cdp_session(page)
    taken = devtools.send("Page.captureScreenshot", {"format": "png", "optimizeForSpeed": True})
    devtools.detach()
    return base64.b64decode(taken["data"])


def _ffmpeg(*arguments: str | Path, **options: Any) -> "subprocess.Popen[bytes]":
    command = [FFMPEG, "-y", "-loglevel", "error", *map(str, arguments)]
    return subprocess.Popen(command, **options)  # noqa: S603 no words of others, and only at authoring time


def _finish(process: "subprocess.Popen[bytes]") -> None:
    if process.wait() != 0:
        raise RuntimeError("ffmpeg could not write the film")


def film(all_scenes: list[Scene], language: str, path: Path, *, rate: str = "230k") -> None:
    """Draw every frame and write a WebM (VP9, no sound). Raises ValueError when it is larger than 4 MB.

    `rate` is bits a second at most, on the average. Seeking works while it loads, because the index
    stands at the start and there is a whole picture every four seconds.
    """
    with tempfile.TemporaryDirectory() as folder:
        frames, log = Path(folder) / "frames.mkv", Path(folder) / "log"
        pipe = ("-f", "image2pipe", "-framerate", str(RATE), "-c:v", "png", "-i", "-", "-c", "copy", frames)
        keeper = _ffmpeg(*pipe, stdin=subprocess.PIPE)
        with canvas() as page:
            for number in range(round(length(all_scenes) * RATE)):
                keeper.stdin.write(picture(page, all_scenes, number / RATE, language))  # type: ignore[union-attr]
        keeper.stdin.close()  # type: ignore[union-attr]
        _finish(keeper)
        coded = (
            "-vf", "scale=out_color_matrix=bt709:out_range=tv", "-pix_fmt", "yuv420p",
            "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709",
            "-c:v", "libvpx-vp9", "-crf", "32", "-b:v", rate, "-g", str(RATE * 4), "-passlogfile", log,
            "-row-mt", "1", "-tile-columns", "1", "-threads", "4", "-cpu-used", "2", "-an",
            "-fflags", "+bitexact", "-flags:v", "+bitexact",
        )  # fmt: skip
        _finish(_ffmpeg("-i", frames, *coded, "-pass", "1", "-f", "null", "-"))
        _finish(_ffmpeg("-i", frames, *coded, "-pass", "2", "-cues_to_front", "1", path))
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"{path.name} has {path.stat().st_size} bytes, at most {MAX_BYTES}: lower `rate`")


def stills(all_scenes: list[Scene], language: str, folder: Path) -> None:
    """One picture of each scene, for those who would rather read than watch."""
    with canvas() as page:
        for scene in all_scenes:
            png = picture(page, all_scenes, scene.begins + scene.still, language)
            Image.open(io.BytesIO(png)).convert("RGB").save(
                folder / f"{scene.name}.{language}.webp", quality=84, method=6
            )


def stamp(seconds: float) -> str:
    """A time as WebVTT writes it."""
    thousandths = round(seconds * 1000)
    hours, rest = divmod(thousandths, 3_600_000)
    minutes, rest = divmod(rest, 60_000)
    early = f"{hours:02}:" if hours else ""
    return f"{early}{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def captions(all_scenes: list[Scene], language: str) -> str:
    """The captions as WebVTT."""
    blocks = ["WEBVTT"]
    for scene in all_scenes:
        for cue in scene.cues:
            begin, end = stamp(scene.begins + cue["from"]), stamp(scene.begins + cue["until"])
            blocks.append(f"{begin} --> {end}\n{cue[language]}")
    return "\n\n".join(blocks) + "\n"


def told(all_scenes: list[Scene], language: str) -> str:
    """What is told of each scene, as JSON: the name of its still, its start, its words."""
    rows = [{"scene": s.name, "begins": s.begins, "words": s.told[language]} for s in all_scenes]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"
